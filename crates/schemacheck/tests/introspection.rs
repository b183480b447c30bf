//! What an introspection leaves out of a schema is no change.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use bumpalo::Bump;
use schemacheck::diff::{diff, diff_of};
use schemacheck::rename::Decisions;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::{Origin, Sources};

const SDL: &str = r#"
directive @cost(weight: Int) on FIELD_DEFINITION | OBJECT | SCHEMA
schema @cost(weight: 1) { query: Query }
type Query @cost { at: Time @cost(weight: 5) old: Int @deprecated(reason: "Use at") }
scalar Time @specifiedBy(url: "https://example.com/time")
"#;

/// As a service of before 2021 tells it: no applied directives, no `specifiedByURL`.
const INTROSPECTED: &str = r#"
directive @cost(weight: Int) on FIELD_DEFINITION | OBJECT | SCHEMA
schema { query: Query }
type Query { at: Time old: Int @deprecated(reason: "Use at") }
scalar Time
"#;

#[test]
fn an_introspection_of_a_schema_is_that_schema() {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", SDL).unwrap();
    let parent = sources.add("introspection.json", "{}").unwrap();
    let origin = Origin { parent, map: vec![(0, 0)] };
    let introspected = sources.add_embedded(INTROSPECTED, origin).unwrap();
    let arena = Bump::new();
    let load = |id| schema::load(&arena, &sources, &[id], Limits::default()).map_err(|_| ()).unwrap().schema;
    let (text, introspected) = (load(text), load(introspected));
    for (old, new) in [(&text, &introspected), (&introspected, &text)] {
        let rules = |changes: &[schemacheck::change::Change]| {
            changes.iter().map(|change| change.rule.id).collect::<Vec<_>>()
        };
        assert_eq!(rules(&diff_of(&sources, old, new, Decisions::NONE).changes), [""; 0]);
        assert!(!diff(old, new).changes.is_empty(), "of two texts they are changes");
    }
}
