//! Syntax: what the reference implementation takes and refuses, and the project's own cases.

mod support;

use bumpalo::Bump;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::source::Sources;
use support::{assert_differences, place, records, shared};

/// The place of the first error of a text, in the order of the text; nothing where it parses.
fn first_error(text: &str, limits: Limits) -> Option<(u32, u32)> {
    let mut sources = Sources::new();
    let id = sources.add("text", text).unwrap();
    let arena = Bump::new();
    let errors = parse(&arena, sources.get(id), limits).err()?;
    let (_, line, column) = place(&sources, &errors[0]);
    Some((line, column))
}

/// Where the reference differs, and why it is not followed.
const DIFFERENCES: &[(&str, &str)] = &[
    ("16.11.0:parser:179", LEGACY),
    ("16.11.0:parser:208", LEGACY),
    ("16.11.0:parser:209", LEGACY),
    ("16.11.0:parser:272", LEGACY),
];
const LEGACY: &str = "variables of fragments: an experiment of the reference that no text has had";

#[test]
fn the_reference_agrees() {
    if shared("vectors").is_none() {
        return;
    }
    let mut differences = Vec::new();
    for record in records("vectors/graphql-js-16/parser.jsonl") {
        let source = record["source"].as_str().unwrap();
        // The grammar of a part, read as part of a document.
        let (before, after) = match record["fn"].as_str().unwrap() {
            "parse" => ("", ""),
            "parseValue" => ("{f(a:", ")}"),
            "parseConstValue" => ("query($a:T=", "){f}"),
            "parseType" => ("query($a:", "){f}"),
            other => panic!("{other}"),
        };
        let line_end = if source.contains('#') { "\n" } else { "" };
        // The reference does not count the end of the text.
        let tokens = record["options"]["maxTokens"].as_u64().map_or(1000, |tokens| tokens as u32 + 1);
        let limits = Limits { tokens, ..Limits::default() };
        let found = first_error(&format!("{before}{source}{line_end}{after}"), limits);
        let shift = |(line, column)| (line, if line == 1 { column - before.len() as u32 } else { column });
        let found = found.map(shift);
        let number = |key: &str| u32::try_from(record[key].as_u64().unwrap()).unwrap();
        let expected = (record["parses"] == false).then(|| (number("line"), number("column")));
        if found != expected {
            let id = record["id"].as_str().unwrap().to_owned();
            differences.push((id, format!("expected {expected:?}, found {found:?}: {record}")));
        }
    }
    assert_differences(&differences, DIFFERENCES);
}
