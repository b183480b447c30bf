//! What an introspection leaves out of a schema is no change.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use bumpalo::Bump;
use schemacheck::diff::diff;
use schemacheck::impact::{Verdict, check_operations};
use schemacheck::operation::StoredDocument;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::introspection::{Unknown, to_sdl};
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::Sources;

const SDL: &str = r#"
directive @cost(weight: Int) on FIELD_DEFINITION | OBJECT | SCHEMA
directive @tag(name: String, old: Int @deprecated) repeatable on FIELD
schema @cost(weight: 1) { query: Query }
type Query @cost {
  at(zone: String, offset: Int @deprecated): Time @cost(weight: 5)
  user(by: By, filter: Filter): Int
  old: Int @deprecated(reason: "Use at")
}
input By @oneOf { id: ID name: String }
input Filter { text: String words: String @deprecated(reason: "Use text") }
scalar Time @specifiedBy(url: "https://example.com/time")
"#;

/// As a service tells it that is asked by an old client: no deprecated inputs, none of the newer keys.
const TOLD: &str = r#"
directive @cost(weight: Int) on FIELD_DEFINITION | OBJECT | SCHEMA
directive @tag(name: String) on FIELD
type Query {
  at(zone: String): Time
  user(by: By, filter: Filter): Int
  old: Int @deprecated(reason: "Use at")
}
input By { id: ID name: String }
input Filter { text: String }
scalar Time
"#;

const ALL: Unknown = Unknown {
    applied_directives: true,
    deprecated_inputs: true,
    directives: true,
    one_of: true,
    repeatable: true,
    specified_by: true,
};

/// Loads two schemas, the second as an introspection that does not tell `unknown`, for a test in both directions.
fn with(old: &str, new: &str, unknown: Unknown, test: impl Fn(&Valid<Schema<'_>>, &Valid<Schema<'_>>)) {
    let (arena, mut sources) = (Bump::new(), Sources::new());
    let ids = [old, new].map(|text| sources.add("schema.graphql", text).unwrap());
    let [old, new] = ids.map(|id| {
        let loaded = schema::load(&arena, &sources, &[id], Limits::default());
        loaded.unwrap_or_else(|errors| panic!("{errors:?}")).schema
    });
    test(&old, &new.with_unknown(unknown));
}

fn changes(old: &Valid<Schema<'_>>, new: &Valid<Schema<'_>>) -> Vec<String> {
    let diff = diff(old, new);
    let mut lines: Vec<String> =
        diff.changes.iter().map(|change| format!("{} {}", change.rule.id, change.coordinate)).collect();
    lines.sort();
    lines.dedup();
    lines
}

#[test]
fn an_introspection_of_a_schema_is_that_schema() {
    with(SDL, TOLD, ALL, |text, introspected| {
        assert_eq!(changes(text, introspected), [""; 0]);
        assert_eq!(changes(introspected, text), [""; 0]);
    });
}

#[test]
fn each_thing_that_is_told_is_a_change() {
    let cases: [(Unknown, &[&str], &[&str]); 6] = [
        (
            Unknown { applied_directives: false, ..ALL },
            &[
                "applied-directive-removed Query",
                "applied-directive-removed Query.at",
                "applied-directive-removed schema",
            ],
            &[
                "applied-directive-added Query",
                "applied-directive-added Query.at",
                "applied-directive-added schema",
            ],
        ),
        (
            Unknown { deprecated_inputs: false, ..ALL },
            &[
                "argument-removed Query.at(offset:)",
                "directive-argument-removed @tag(old:)",
                "input-field-removed Filter.words",
            ],
            &[
                "optional-argument-added Query.at(offset:)",
                "optional-directive-argument-added @tag(old:)",
                "optional-input-field-added Filter.words",
            ],
        ),
        (Unknown { directives: false, ..ALL }, &[], &[]),
        (Unknown { one_of: false, ..ALL }, &["one-of-removed By"], &["one-of-added By"]),
        (
            Unknown { repeatable: false, ..ALL },
            &["directive-repeatable-removed @tag"],
            &["directive-repeatable-added @tag"],
        ),
        (
            Unknown { specified_by: false, ..ALL },
            &["specified-by-changed Time"],
            &["specified-by-changed Time"],
        ),
    ];
    for (unknown, forward, backward) in cases {
        with(SDL, TOLD, unknown, |text, introspected| {
            assert_eq!(changes(text, introspected), forward, "{unknown:?}");
            assert_eq!(changes(introspected, text), backward, "{unknown:?}");
        });
    }
}

#[test]
fn whether_inputs_are_deprecated_and_which_directives_there_are_may_be_unknown() {
    let told = "type Query { a(b: Int c: Int): Int }";
    let text = "directive @d on FIELD type Query { a(b: Int @deprecated c: Int): Int }";
    with(text, told, ALL, |text, introspected| {
        assert_eq!(changes(text, introspected), [""; 0]);
        assert_eq!(changes(introspected, text), [""; 0]);
    });
    with(text, told, Unknown::default(), |text, introspected| {
        assert_eq!(changes(text, introspected), ["deprecated-removed Query.a(b:)", "directive-removed @d"]);
        assert_eq!(changes(introspected, text), ["deprecated-added Query.a(b:)", "directive-added @d"]);
    });
}

#[test]
fn what_is_not_told_hides_no_other_change() {
    // Neither is a deprecated input that may be there taken for one with a new name.
    let old = "type Query { a(before: Int @deprecated gone: Int): Int b: Int }";
    let new = "type Query { a(befores: Int): Int }";
    with(old, new, ALL, |old, new| {
        let expected = [
            "argument-removed Query.a(gone:)",
            "field-removed Query.b",
            "optional-argument-added Query.a(befores:)",
        ];
        assert_eq!(changes(old, new), expected);
    });
}

#[test]
fn an_operation_that_uses_what_is_not_told_is_at_risk() {
    let json = r#"{"__schema": {"queryType": {"name": "Query"}, "types": [
        {"kind": "OBJECT", "name": "Query", "fields": [{"name": "a", "type": {"kind": "SCALAR", "name": "Int"}, "args": [
            {"name": "b", "type": {"kind": "INPUT_OBJECT", "name": "In"}, "defaultValue": null}
        ]}]},
        {"kind": "INPUT_OBJECT", "name": "In", "inputFields": [{"name": "c", "type": {"kind": "SCALAR", "name": "Int"}}]},
        {"kind": "SCALAR", "name": "Int"}
    ]}}"#;
    let old = "directive @d repeatable on FIELD type Query { a(b: In x: Int @deprecated): Int gone: Int } \
               input In { c: Int y: Int @deprecated }";
    let told = to_sdl(json).unwrap();
    assert!(told.unknown.deprecated_inputs && told.unknown.directives);
    let operations = [
        ("{ a(b: {c: 1}) }", Verdict::Valid, 0),
        ("{ a(x: 1) }", Verdict::AtRisk, 1),
        ("{ a(b: {y: 1}) }", Verdict::AtRisk, 1),
        ("{ a @d @d }", Verdict::AtRisk, 2),
        // What is gone for certain breaks, and what never was is not the change's fault.
        ("{ a(x: 1) gone }", Verdict::Broken, 1),
        ("{ a(z: 1) }", Verdict::AlreadyInvalid, 0),
    ];
    let (arena, mut sources) = (Bump::new(), Sources::new());
    let (old, new) = (sources.add("old", old).unwrap(), sources.add("new", told.text).unwrap());
    let documents =
        operations.map(|(text, ..)| StoredDocument::new(sources.add("operation.graphql", text).unwrap()));
    let load = |id| schema::load(&arena, &sources, &[id], Limits::default()).map_err(|_| ()).unwrap().schema;
    let (old, new) = (load(old), load(new).with_unknown(told.unknown));
    let check =
        |old, new| check_operations(&sources, old, new, &diff(old, new), &documents, Limits::default());
    for (checked, (text, verdict, unsure)) in check(&old, &new).iter().zip(operations) {
        assert_eq!(checked.verdict, verdict, "{text}");
        let helps = checked.errors.iter().filter_map(|error| error.diagnostic.help.as_deref());
        let told = helps.filter(|help| help.starts_with("the introspection does not tell"));
        assert_eq!(told.count(), unsure, "{text}");
        assert!(checked.errors.len() > unsure || verdict != Verdict::Broken, "{text}");
    }
    // Backward, they are no less valid before than after.
    let backward = check(&new, &old);
    let verdicts: Vec<Verdict> = backward.iter().map(|checked| checked.verdict).collect();
    let [valid, fixed] = [Verdict::Valid, Verdict::Fixed];
    assert_eq!(verdicts, [valid, valid, valid, valid, fixed, Verdict::AlreadyInvalid]);
}
