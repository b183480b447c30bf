//! `schemacheck init`: looks around and writes a first configuration.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use bumpalo::Bump;
use schemacheck_graphql::ast::Definition;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::source::Sources;
use walkdir::{DirEntry, WalkDir};

use crate::config::FILE;
use crate::output::{complain, print};
use crate::source::file::shown;
use crate::source::git::Here;
use crate::{graphqlrc, source};

/// So many files and directories are looked at.
const ENTRIES: usize = 100_000;
/// Directories that others fill.
const FOREIGN: &[&str] = &["node_modules", "target", "dist", "build", "vendor", "venv", "__pycache__"];

/// What stands in the working directory.
#[derive(Default)]
struct Around {
    /// Files that define types.
    schema: BTreeSet<String>,
    /// Files that hold operations.
    operations: BTreeSet<String>,
    /// The configuration that other tools share.
    shared: Option<&'static str>,
}

/// Runs the command; gives the exit code.
pub(crate) fn run() -> u8 {
    let around = look();
    let text = configuration(&around, source::git::here().as_ref());
    let file = OpenOptions::new().write(true).create_new(true).open(FILE);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => {
            print(&format!("wrote {FILE}; read it, and then see what works: schemacheck doctor\n"));
            0
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            complain(&format!("{FILE} is there already and stays as it is; to begin anew, remove it first"));
            2
        }
        Err(error) => {
            complain(&format!("{FILE}: cannot be written: {error}"));
            2
        }
    }
}

fn look() -> Around {
    let ours = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || FOREIGN.contains(&name.as_ref()))
    };
    let mut around = Around {
        shared: graphqlrc::FILES.iter().copied().find(|name| Path::new(name).is_file()),
        ..Around::default()
    };
    for entry in WalkDir::new(".").sort_by_file_name().into_iter().filter_entry(ours).take(ENTRIES).flatten()
    {
        let path = entry.path();
        if !entry.file_type().is_file() || !source::file::has_extension(path, &["graphql", "graphqls", "gql"])
        {
            continue;
        }
        let name = shown(path);
        for file in source::file::read(&name, &[]).0 {
            let (defines, operates) = kinds(&file.text);
            if defines {
                around.schema.insert(name.clone());
            } else if operates {
                around.operations.insert(name.clone());
            }
        }
    }
    around
}

/// Whether a text defines types, and whether it holds operations.
fn kinds(text: &str) -> (bool, bool) {
    let mut sources = Sources::new();
    let Ok(id) = sources.add("", text) else { return (false, false) };
    let arena = Bump::new();
    let Ok(document) = parser::parse(&arena, sources.get(id), Limits::default()) else {
        return (false, false);
    };
    let any = |wanted: fn(&Definition<'_>) -> bool| document.definitions.iter().any(wanted);
    let operates = any(|definition| matches!(definition, Definition::Operation(_)));
    (any(|definition| matches!(definition, Definition::Type(_) | Definition::Schema(_))), operates)
}

/// The fewest directories and files that hold all of these and none of the others.
fn places(wanted: &BTreeSet<String>, others: &BTreeSet<String>) -> Vec<String> {
    let mut places = BTreeSet::new();
    for file in wanted {
        let mut folders = file.match_indices('/').map(|(at, _)| &file[..at]);
        let pure = |folder: &&str| {
            let prefix = format!("{folder}/");
            !others.iter().any(|other| other.starts_with(&prefix))
        };
        places.insert(folders.find(pure).unwrap_or(file).to_owned());
    }
    places.into_iter().collect()
}

fn configuration(around: &Around, here: Option<&Here>) -> String {
    let schema = match &around.schema {
        files if files.len() == 1 => files.iter().cloned().collect(),
        files => places(files, &around.operations),
    };
    let operations = places(&around.operations, &around.schema);
    let mut text = String::from(
        "# What schemacheck works on. Flags and SCHEMACHECK_* variables win over this file.\n\n",
    );
    let mut setting = |comment: &str, key: &str, values: &[String], example: &str| {
        let quoted: Vec<String> =
            values.iter().map(|value| toml::Value::from(value.as_str()).to_string()).collect();
        let line = match quoted.as_slice() {
            [] => format!("# {key} = {example}"),
            [one] => format!("{key} = {one}"),
            several => format!("{key} = [\n    {},\n]", several.join(",\n    ")),
        };
        text.extend(["# ", comment, "\n", line.as_str(), "\n\n"]);
    };
    if let Some(shared) = around.shared {
        let comment = format!("Schema and operations come from {shared}, which other tools share.");
        setting(&comment, "schema", &[], "\"schema.graphql\"");
    } else {
        let comment = match schema.len() {
            0 => "The schema: a file, a directory, a glob or the address of a server. None was found.",
            1 => "The schema: a file, a directory, a glob or the address of a server.",
            _ => {
                "The schema. Several places define types; leave those that are its parts, and remove the others."
            }
        };
        setting(comment, "schema", &schema, "\"schema.graphql\"");
        let comment = match operations.len() {
            0 => "The operations that clients have stored, whatever their form. None were found.",
            _ => "The operations that clients have stored.",
        };
        setting(comment, "operations", &operations, "[\"queries\"]");
    }
    let old: Vec<String> = match (here, schema.as_slice(), around.shared) {
        (Some(Here { branch: Some(branch), at_root }), [schema], None) => {
            vec![format!("git:merge-base({branch}):{}{schema}", if *at_root { "" } else { "./" })]
        }
        _ => Vec::new(),
    };
    let comment = "What the schema is compared with where the command line does not say: here, what it was when the \
                   branch began.";
    setting(comment, "old", &old, "\"git:merge-base(main):schema.graphql\"");
    text.push_str(
        "# From where on a run fails: breaking (any breaking change), affected (only where a stored operation breaks),\n\
         # dangerous, or never.\n# fail-on = \"breaking\"\n\n\
         # Rules by id whose severity you see in another light: safe, dangerous or breaking.\n\
         # [rules]\n# field-nullability-loosened = \"dangerous\"\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_largest_directories_without_others() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let operations =
            set(&["queries/a/1.graphql", "queries/b/2.graphql", "src/app/q.graphql", "top.graphql"]);
        let schema = set(&["src/schema.graphql"]);
        assert_eq!(places(&operations, &schema), ["queries", "src/app", "top.graphql"]);
        assert_eq!(places(&schema, &operations), ["src/schema.graphql"]);
    }
}
