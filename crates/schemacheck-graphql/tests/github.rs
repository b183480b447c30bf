//! GitHub's public schema loads as it is published, wrong by the letter as it is.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test installs what it needs")]

use std::collections::BTreeMap;

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::schema::introspection::{is_introspection, to_sdl};
use schemacheck_graphql::source::{Origin, SourceId, Sources};

#[path = "../../../tests/support/node.rs"]
mod node;

/// How many types the texts define, and how often each rule warns.
fn summary(sources: &Sources, text: SourceId) -> (usize, BTreeMap<&'static str, usize>) {
    let arena = Bump::new();
    let loaded = schema::load(&arena, sources, &[text], Limits::default()).unwrap();
    let mut warnings = BTreeMap::new();
    for warning in &loaded.warnings {
        *warnings.entry(warning.rule).or_default() += 1;
    }
    (loaded.schema.types().filter(|(_, ty)| !ty.built_in).count(), warnings)
}

fn load(version: u8) -> (usize, BTreeMap<&'static str, usize>) {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", node::github(version, "schema.graphql")).unwrap();
    summary(&sources, text)
}

#[test]
fn the_schema_of_today_loads_with_warnings() {
    let expected = [("interface-field-deprecation", 12), ("unique-field-definition-names", 2)];
    assert_eq!(load(15), (1623, BTreeMap::from(expected)));
}

#[test]
fn an_old_schema_loads() {
    assert_eq!(load(10), (934, BTreeMap::new()));
}

/// The package's introspection is older than its SDL, so that it is no other form of the same schema.
#[test]
fn an_introspection_loads() {
    let json = node::github(15, "schema.json");
    assert!(is_introspection(&json));
    let sdl = to_sdl(&json).unwrap();
    assert_eq!((sdl.left_out.len(), sdl.unknown.deprecated_inputs), (0, true));
    let mut sources = Sources::new();
    let parent = sources.add("schema.json", json).unwrap();
    let text = sources.add_embedded(sdl.text, Origin { parent, map: sdl.map }).unwrap();
    let expected = BTreeMap::from([("interface-field-deprecation", 9)]);
    assert_eq!(summary(&sources, text), (1593, expected));
}
