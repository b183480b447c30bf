//! `.graphqlrc` and `graphql.config`, which many tools share: `schema`, `documents`, `projects` and
//! `extensions.schemacheck`. Only static files are read; a configuration that is a program is not run.

use std::fs;
use std::path::Path;

use saphyr_parser::{Event, Parser, ScalarStyle};
use schemacheck_graphql::suggestion::closest;
use serde_json::{Map, Value};

use crate::http::{Header, address, origin, variable_of};

/// Static files, in the order in which graphql-config looks for them.
pub(crate) const FILES: &[&str] = &[
    "graphql.config.json",
    "graphql.config.yaml",
    "graphql.config.yml",
    "graphql.config.toml",
    ".graphqlrc",
    ".graphqlrc.json",
    ".graphqlrc.yaml",
    ".graphqlrc.yml",
    ".graphqlrc.toml",
];
/// The endings of files that are programs.
const PROGRAMS: &[&str] = &["ts", "cts", "mts", "js", "cjs", "mjs"];
/// How deep a file may nest.
const DEPTH: usize = 64;

/// What such a file says of one project.
#[derive(Default)]
pub(crate) struct Project {
    pub(crate) schema: Vec<String>,
    pub(crate) documents: Vec<String>,
    /// Each for the server that it is named with.
    pub(crate) headers: Vec<Header>,
    /// `extensions.schemacheck`
    pub(crate) extension: Option<Value>,
    /// Why nothing was taken, where the file has several projects and none was chosen.
    pub(crate) undecided: Option<String>,
}

/// The file that is a program in this directory, which is not read.
pub(crate) fn program(folder: &Path) -> Option<String> {
    let names = ["graphql.config", ".graphqlrc"].into_iter();
    let mut names = names.flat_map(|stem| PROGRAMS.iter().map(move |ending| format!("{stem}.{ending}")));
    names.find(|name| folder.join(name).is_file())
}

/// Reads a file; of several projects the one with this name, else the only one, else `default`.
pub(crate) fn read(path: &Path, name: Option<&str>) -> Result<Project, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let value = parse(path, &text)?;
    let Value::Object(file) = value else { return Err("is no map of schema, documents and projects".into()) };
    let Some(projects) = file.get("projects") else {
        return match name {
            None => project(&file),
            Some(name) => Err(format!("has no projects, hence no {name}; leave --project out")),
        };
    };
    let Value::Object(projects) = projects else { return Err("projects is no map of names".into()) };
    let names = || projects.keys().map(String::as_str);
    let chosen = match name {
        Some(name) => projects.get(name).ok_or_else(|| {
            let close =
                closest(name, names()).map_or(String::new(), |close| format!("; did you mean {close}?"));
            format!("has no project {name}{close}")
        })?,
        None if projects.len() == 1 => projects.values().next().unwrap_or(&Value::Null),
        None => {
            let Some(default) = projects.get("default") else {
                let names = names().collect::<Vec<_>>().join(", ");
                let undecided = Some(format!("has the projects {names}; choose one with --project"));
                return Ok(Project { undecided, ..Project::default() });
            };
            default
        }
    };
    match chosen {
        Value::Object(chosen) => project(chosen),
        // The short form: a project that is only its schema.
        Value::String(_) | Value::Array(_) => {
            project(&Map::from_iter([("schema".to_owned(), chosen.clone())]))
        }
        _ => Err("has a project that is no map".into()),
    }
}

fn project(map: &Map<String, Value>) -> Result<Project, String> {
    let mut project = Project::default();
    for entry in entries(map.get("schema")) {
        match entry {
            Value::String(text) => project.schema.push(interpolate(text)?.0),
            // An address with what belongs to it.
            Value::Object(entry) => {
                for (url, options) in entry {
                    let (url, _) = interpolate(url)?;
                    if let Some(Value::Object(headers)) = options.get("headers") {
                        let here = origin(&address(&url).map_err(|what| format!("schema {what}"))?);
                        for (name, value) in headers {
                            let Value::String(value) = value else {
                                return Err(format!("the header {name} is no text"));
                            };
                            let (value, secrets) = interpolate(value)?;
                            let header = Header::new(Some(here.clone()), name, &value)?;
                            project.headers.push(header.hiding(secrets));
                        }
                    }
                    project.schema.push(url);
                }
            }
            _ => return Err("schema is neither a text nor a list of them".into()),
        }
    }
    for entry in entries(map.get("documents")) {
        let Value::String(text) = entry else {
            return Err("documents is neither a text nor a list of them".into());
        };
        project.documents.push(interpolate(text)?.0);
    }
    project.extension = map.get("extensions").and_then(|extensions| extensions.get("schemacheck")).cloned();
    Ok(project)
}

/// One or several, or none.
fn entries(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}

/// Puts in variables of the environment, `${NAME}` or `${NAME:default}`; gives the text and what was put in.
fn interpolate(text: &str) -> Result<(String, Vec<String>), String> {
    let (mut result, mut put_in) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inside, behind)) = after.split_once('}') else { break };
        let (name, default) =
            inside.split_once(':').map_or((inside, None), |(name, text)| (name, Some(text)));
        result.push_str(before);
        match (variable_of(name), default) {
            (Ok(value), _) => {
                result.push_str(&value);
                put_in.push(value);
            }
            (Err(_), Some(default)) => result.push_str(default.trim_matches('"')),
            (Err(what), None) => return Err(what),
        }
        rest = behind;
    }
    result.push_str(rest);
    Ok((result, put_in))
}

fn parse(path: &Path, text: &str) -> Result<Value, String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let json = || serde_json::from_str(text).map_err(|error| error.to_string());
    match ending.as_deref() {
        Some("json") => json(),
        Some("toml") => toml::from_str(text).map_err(|error| error.message().to_owned()),
        Some("yaml" | "yml") => yaml(text),
        // Without an ending, it may be either.
        _ => json().or_else(|_| yaml(text)),
    }
}

/// The first document of a YAML text. Aliases are refused: a small file could become a large one by them.
fn yaml(text: &str) -> Result<Value, String> {
    // Open lists and maps, each map with the key that waits for its value.
    let mut open: Vec<(Value, Option<String>)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| format!("line {}: {}", error.marker().line(), error.info()))?;
        let line = span.start.line();
        let done = match event {
            Event::Alias(_) => {
                return Err(format!("line {line}: an alias (*name) is not read; write the value out"));
            }
            Event::Scalar(text, style, ..) => scalar(&text, style),
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() == DEPTH => {
                return Err(format!("line {line}: nests deeper than {DEPTH}"));
            }
            Event::SequenceStart(..) => {
                open.push((Value::Array(Vec::new()), None));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Value::Object(Map::new()), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map_or(Value::Null, |(value, _)| value),
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
        };
        match open.last_mut() {
            None => return Ok(done),
            Some((Value::Array(list), _)) => list.push(done),
            Some((Value::Object(map), key)) => match (key.take(), done) {
                (None, Value::String(name)) => *key = Some(name),
                (None, Value::Array(_) | Value::Object(_)) => {
                    return Err(format!("line {line}: a key is no text"));
                }
                (None, plain) => *key = Some(plain.to_string()),
                (Some(name), value) => {
                    if map.insert(name.clone(), value).is_some() {
                        return Err(format!("line {line}: {name} stands twice"));
                    }
                }
            },
            Some(_) => {}
        }
    }
    Ok(Value::Object(Map::new()))
}

/// A plain scalar by the core schema of YAML 1.2; a quoted one is text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_as_json_would_say_it() {
        let text = "# note\nschema:\n  - ./a.graphql\n  - https://x/graphql:\n      headers: {A: 'b', n: 1}\ndocuments: \
                    \"src/**/*.{ts,tsx}\"\nnothing: ~\nyes: true\nlong: |\n  two\n  lines\n";
        let json = serde_json::json!({
            "schema": ["./a.graphql", {"https://x/graphql": {"headers": {"A": "b", "n": 1}}}],
            "documents": "src/**/*.{ts,tsx}",
            "nothing": null,
            "yes": true,
            "long": "two\nlines\n",
        });
        assert_eq!(yaml(text), Ok(json));
        assert_eq!(yaml("{\"a\": [1, \"2\"]}"), Ok(serde_json::json!({"a": [1, "2"]})));
        for (text, expected) in [
            ("a: &x 1\nb: *x", "line 2: an alias"),
            ("a: 1\na: 2", "line 2: a stands twice"),
            ("a: [", "line "),
            (&format!("a: {}", "[".repeat(100)), "line 1: nests deeper"),
        ] {
            let error = yaml(text).unwrap_err();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
    }
}
