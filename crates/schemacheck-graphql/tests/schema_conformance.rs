//! Type system validation against what graphql-js answers, where its recorded vectors lie beside the project.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its vectors")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;
use serde_json::Value;

/// Where this project differs from graphql-js, by record, each with the reason.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "16.11.0:schema:371",
        "a fragment among the definitions of a schema is ignored there, and a warning here",
    ),
    (
        "16.11.0:schema:479",
        "a directive on the scalar of its own argument: forbidden in section 3.13, not looked for there",
    ),
    ("16.11.0:schema:480", "the same schema, validated once more"),
];

/// Records that cannot be told in SDL: what the case builds in code, or switches off.
fn reproducible(record: &Value) -> bool {
    let yes = |key: &str| record[key].as_bool().unwrap_or(false);
    let base_in_code = yes("programmatic_base") && record["sdl"].as_str() == Some("");
    record["sdl_reproducible"].as_bool() != Some(false) && !base_in_code && record["options"].is_null()
}

/// The findings in these texts as one schema, one a line.
fn findings(texts: &[&str]) -> Vec<String> {
    let mut sources = Sources::new();
    let ids: Vec<_> = texts
        .iter()
        .filter(|text| !text.trim().is_empty())
        .enumerate()
        .map(|(index, text)| sources.add(format!("{index}"), *text).unwrap())
        .collect();
    let arena = Bump::new();
    let diagnostics = match schema::build(&arena, &sources, &ids, Limits::default()) {
        Ok((_, diagnostics)) => diagnostics,
        Err(errors) => errors,
    };
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = sources.locate(diagnostic.span.start);
            format!("{:?} {} {place} {}", diagnostic.level, diagnostic.rule, diagnostic.message)
        })
        .collect()
}

fn records(file: &str) -> Option<Vec<Value>> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors")).join(file);
    if !path.exists() {
        return None;
    }
    let text = std::fs::read_to_string(path).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Holds what was found against what was expected; every difference is listed, and nothing else is.
#[derive(Default)]
struct Score {
    agreed: usize,
    differing: BTreeMap<String, String>,
}

impl Score {
    fn add(&mut self, record: &Value, expected_valid: bool, texts: &[&str]) {
        let found = findings(texts);
        if found.is_empty() == expected_valid {
            self.agreed += 1;
            return;
        }
        let id = record["id"].as_str().unwrap().to_owned();
        let reference =
            [&record["errors"], &record["sdl_errors"], &record["errors_full"], &record["build_error"]]
                .map(Value::to_string)
                .join(" ");
        let told = format!(
            "{}\n  ours: {found:#?}\n  theirs: {reference}\n{}",
            record["case"],
            texts.join("\n---\n")
        );
        self.differing.insert(id, told);
    }

    fn hold(self, prefix: &str) {
        let total = self.agreed + self.differing.len();
        let unlisted: Vec<_> = self
            .differing
            .iter()
            .filter(|(id, _)| !DIFFERENCES.iter().any(|(listed, _)| listed == id))
            .map(|(id, told)| format!("{id} {told}"))
            .collect();
        let settled: Vec<_> = DIFFERENCES
            .iter()
            .filter(|(id, _)| id.starts_with(prefix) && !self.differing.contains_key(*id))
            .collect();
        assert!(
            unlisted.is_empty(),
            "{} of {total} agree; not listed:\n{}",
            self.agreed,
            unlisted.join("\n\n")
        );
        assert!(settled.is_empty(), "listed, but no difference any more: {settled:?}");
        assert!(self.agreed * 100 >= total * 98, "only {} of {total} agree", self.agreed);
    }
}

/// The SDL files below a folder.
fn schema_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            schema_files(&path, found);
        } else if matches!(name.as_str(), "old.graphql" | "new.graphql") || name.starts_with("schema-") {
            found.push(path);
        }
    }
}

#[test]
fn real_schemas_load() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = Vec::new();
    schema_files(&root.join("schemas"), &mut files);
    assert!(!files.is_empty());
    let corpus = root.join("../shared/corpus");
    if corpus.exists() {
        schema_files(&corpus, &mut files);
    }
    for file in files {
        let mut sources = Sources::new();
        let id = sources.add("schema", std::fs::read_to_string(&file).unwrap()).unwrap();
        let arena = Bump::new();
        let loaded = schema::load(&arena, &sources, &[id], Limits::default());
        assert!(loaded.is_ok(), "{}: {:#?}", file.display(), loaded.unwrap_err());
    }
}

fn text<'r>(record: &'r Value, key: &str) -> &'r str {
    record[key].as_str().unwrap_or("")
}

#[test]
fn schemas_are_valid_where_the_reference_says_so() {
    let Some(records) = records("graphql-js-16/schema.jsonl") else { return };
    let mut score = Score::default();
    for record in records.iter().filter(|record| reproducible(record)) {
        let empty = |key: &str| record[key].as_array().is_none_or(Vec::is_empty);
        let valid = record["builds"] == true && record["schema_valid"] == true && empty("sdl_errors");
        let mut texts = vec![text(record, "sdl")];
        texts.extend(record["extensions"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()));
        score.add(record, valid, &texts);
    }
    score.hold("16.11.0:schema:");
}

#[test]
fn definitions_are_valid_where_the_reference_says_so() {
    for (version, prefix) in [("16", "16.11.0:validation:"), ("17", "17.0.0-alpha.8+f808084e:validation:")] {
        let Some(records) = records(&format!("graphql-js-{version}/validation.jsonl")) else { return };
        let mut score = Score::default();
        let usable = |record: &&Value| record["kind"] == "sdl" && reproducible(record);
        for record in records.iter().filter(usable) {
            let valid = record["valid_full"] == true && record["type_system_valid"] == true;
            score.add(record, valid, &[text(record, "schema_sdl"), text(record, "document")]);
        }
        score.hold(prefix);
    }
}
