//! Syntax: what the reference implementation takes and refuses, and the project's own cases.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

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

/// Texts of the project's own with the place of their first error; nothing where they parse.
const CASES: &[(&str, Option<(u32, u32)>)] = &[
    // Documents and operations.
    ("{ a }", None),
    ("", Some((1, 1))),
    (" \n # nothing\n", Some((3, 1))),
    ("{ a } { b }", None),
    ("query { a } mutation { b } subscription { c }", None),
    ("query Q($a: Int = 1, $b: [T!]! @d) @d(x: $a) { a }", None),
    ("\"for people\" query Q(\"its id\" $a: Int) { a } \"\"\"also\"\"\" fragment F on T { a }", None),
    ("\"for people\" { a }", Some((1, 1))),
    ("query Q($a: Int = $b) { a }", Some((1, 19))),
    ("query Q($a: Int @d(x: $b)) { a }", Some((1, 23))),
    ("query Q() { a }", Some((1, 9))),
    ("query Q(a: Int) { a }", Some((1, 9))),
    ("query Q($a Int) { a }", Some((1, 12))),
    ("query Q($a: ) { a }", Some((1, 13))),
    ("query Q($a: [Int) { a }", Some((1, 17))),
    ("query Q($a: Int!!) { a }", Some((1, 17))),
    ("query 1 { a }", Some((1, 7))),
    ("query Q", Some((1, 8))),
    ("querry { a }", Some((1, 1))),
    ("query query { query }", None),
    // Selections.
    ("{ }", Some((1, 3))),
    ("{ a {} }", Some((1, 6))),
    ("{ a", Some((1, 4))),
    ("{ a: b c: d(e: 1) @f { g } }", None),
    ("{ a: }", Some((1, 6))),
    ("{ a: b: c }", Some((1, 7))),
    ("{ a() }", Some((1, 5))),
    ("{ a(b) }", Some((1, 6))),
    ("{ a(b:) }", Some((1, 7))),
    ("{ a(b: 1 }", Some((1, 10))),
    ("{ a(b: 1, c: 2,, d: 3) }", None),
    ("{ a @ }", Some((1, 7))),
    ("{ on fragment query true null }", None),
    ("{ ...F ... on T { a } ... { a } ... @d { a } ...F @d }", None),
    ("{ ... }", Some((1, 7))),
    ("{ ... on { a } }", Some((1, 10))),
    ("{ ..F }", Some((1, 3))),
    ("{ ...on }", Some((1, 9))),
    ("{ a } }", Some((1, 7))),
    ("fragment on on T { a }", Some((1, 10))),
    ("fragment F T { a }", Some((1, 12))),
    ("fragment F on { a }", Some((1, 15))),
    ("fragment F on on { a }", None),
    ("fragment F on T", Some((1, 16))),
    // Values.
    ("{ a(b: [1, 2.5, -3e-10, \"s\", true, null, E, $v, [], {}, {c: [1]}]) }", None),
    ("{ a(b: [1) }", Some((1, 10))),
    ("{ a(b: {c 1}) }", Some((1, 11))),
    ("{ a(b: {\"c\": 1}) }", Some((1, 9))),
    ("{ a(b: $) }", Some((1, 9))),
    ("{ a(b: 01) }", Some((1, 9))),
    ("{ a(b: 1.) }", Some((1, 10))),
    ("{ a(b: .5) }", Some((1, 8))),
    ("{ a(b: 1e) }", Some((1, 10))),
    ("{ a(b: -) }", Some((1, 9))),
    ("{ a(b: 1x) }", Some((1, 9))),
    ("{ a(b: 'x') }", Some((1, 8))),
    ("{ a(b: \"x) }\n", Some((1, 13))),
    ("{ a(b: \"\\x\") }", Some((1, 9))),
    ("{ a(b: \"\\u{110000}\") }", Some((1, 9))),
    ("{ a(b: \"\\uD83D\\uDE00 \\u{1F600}\") }", None),
    ("{ a(b: \"\"\"x\n\"y\" \\\"\"\" \"\"\") }", None),
    ("{ a(b: \"\"\"x) }", Some((1, 15))),
    ("{ a # \"\n b }", None),
    ("{ a\r\n\r\n ? }", Some((3, 2))),
    ("{ \u{1F600} }", Some((1, 3))),
    ("\u{FEFF}{ a }", None),
    // Type system.
    ("schema { query: Q } extend schema @d", None),
    ("schema { }", Some((1, 10))),
    ("schema { queries: Q }", Some((1, 10))),
    ("extend schema", Some((1, 14))),
    ("type T implements & A & B @d { \"x\" a(\"y\" b: Int = 1 @d): [T!]! @d } type U", None),
    ("type T { }", Some((1, 10))),
    ("type T { a }", Some((1, 12))),
    ("type T { a() : Int }", Some((1, 12))),
    ("type T { a: Int = 1 }", Some((1, 17))),
    ("type T implements { a: Int }", Some((1, 19))),
    ("extend type T", Some((1, 14))),
    ("interface I implements J { a: Int } extend interface I @d", None),
    ("union U = | A | B union V extend union V = C", None),
    ("union U = A |", Some((1, 14))),
    ("union U = A B", Some((1, 13))),
    ("enum E { A @d \"b\" B } extend enum E { C }", None),
    ("enum E { A true }", Some((1, 12))),
    ("enum E { }", Some((1, 10))),
    ("input I @oneOf { a: Int = 1 b: [I] }", None),
    ("input I { a(b: Int): Int }", Some((1, 12))),
    ("scalar S @d extend scalar S @e", None),
    ("extend scalar S", Some((1, 16))),
    ("directive @d(a: Int) repeatable on | FIELD | OBJECT", None),
    ("directive d on FIELD", Some((1, 11))),
    ("directive @d on NOWHERE", Some((1, 17))),
    ("directive @d FIELD", Some((1, 14))),
    ("extend directive @d on FIELD", Some((1, 8))),
    ("\"x\" extend type T { a: Int }", Some((1, 1))),
];

#[test]
fn the_own_cases_hold() {
    let mut wrong = Vec::new();
    for &(text, expected) in CASES {
        let found = first_error(text, Limits::default());
        if found != expected {
            wrong.push(format!("{text:?}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn limits_are_errors_of_their_own() {
    let error = |text: &str, limits: Limits| {
        let mut sources = Sources::new();
        let id = sources.add("text", text).unwrap();
        let errors = parse(&Bump::new(), sources.get(id), limits).unwrap_err();
        place(&sources, &errors[0])
    };
    let limits = Limits::default();
    assert_eq!(error("{ a { b } }", Limits { depth: 1, ..limits }), ("limit".to_owned(), 1, 5));
    assert_eq!(error("{ a { b } }", Limits { tokens: 3, ..limits }), ("limit".to_owned(), 1, 5));
    assert_eq!(error("{ a { b } }", Limits { bytes: 10, ..limits }), ("limit".to_owned(), 1, 1));
}
