//! What the tests of this folder share.

#![allow(dead_code, reason = "each test takes what it needs")]
#![expect(clippy::disallowed_methods, reason = "tests read files")]
#![allow(unreachable_pub, reason = "a module of tests has no outside")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bumpalo::Bump;
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema::{self, Valid};
use schemacheck_graphql::source::{SourceId, Sources};
use schemacheck_graphql::validation::validate;
use serde_json::Value;

/// A folder beside the workspace that holds data of others. It is not part of the project: where it is missing, the
/// tests run on the project's own data alone.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    folder.exists().then_some(folder)
}

/// The records of a file of JSON lines; none where it is missing. A record whose text is no sequence of Unicode scalar
/// values (the reference works on UTF-16, with lone surrogates) has its id alone.
pub fn records(path: &str) -> Vec<Value> {
    let Some(file) = shared(path) else { return Vec::new() };
    let record = |line: &str| {
        serde_json::from_str(line).unwrap_or_else(|_| {
            let (_, rest) = line.split_once("\"id\":\"").unwrap();
            serde_json::json!({ "id": rest.split('"').next() })
        })
    };
    read(&file).lines().map(record).collect()
}

pub fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A rule with line and column.
pub type Place = (String, u32, u32);

/// A diagnostic as the tests compare it.
pub fn place(sources: &Sources, diagnostic: &Diagnostic) -> Place {
    let at = sources.locate(diagnostic.span.start);
    (diagnostic.rule.to_owned(), at.line, at.column)
}

/// What a document gets against a schema: nothing where it is valid.
pub fn check(sdl: &str, document: &str) -> Vec<Place> {
    diagnose(sdl, document).into_iter().map(|(place, _)| place).collect()
}

/// The same with the whole diagnostics.
pub fn diagnose(sdl: &str, document: &str) -> Vec<(Place, Diagnostic)> {
    let mut sources = Sources::new();
    let sdl = sources.add("schema", sdl).unwrap();
    let document = sources.add("document", document).unwrap();
    let arena = Bump::new();
    let (schema, _) = schema::build(&arena, &sources, &[sdl], Limits::default())
        .unwrap_or_else(|errors| panic!("the schema does not parse: {errors:?}"));
    let schema = Valid::assume_valid(schema);
    diagnose_on(&arena, &sources, &schema, document)
}

pub fn diagnose_on(
    arena: &Bump,
    sources: &Sources,
    schema: &Valid<schema::Schema<'_>>,
    document: SourceId,
) -> Vec<(Place, Diagnostic)> {
    let diagnostics = match parse(arena, sources.get(document), Limits::default()) {
        Ok(document) => validate(arena, schema, &document),
        Err(errors) => errors,
    };
    diagnostics.into_iter().map(|diagnostic| (place(sources, &diagnostic), diagnostic)).collect()
}

/// The rules that failed, each once.
pub fn rules(places: &[Place]) -> BTreeSet<String> {
    places.iter().map(|(rule, ..)| rule.clone()).collect()
}

/// The differences between what was expected and what was found are exactly those that are listed with a reason.
pub fn assert_differences(found: &[(String, String)], listed: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (id, what) in found {
        if !listed.iter().any(|(listed, _)| listed == id) {
            wrong.push(format!("not listed: {id}: {what}"));
        }
    }
    for (id, reason) in listed {
        if !found.iter().any(|(found, _)| found == id) {
            wrong.push(format!("no longer differs: {id}: {reason}"));
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
