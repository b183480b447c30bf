//! GitHub's public schema loads as it is published, wrong by the letter as it is.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test installs what it needs")]

use std::collections::BTreeMap;

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::schema::introspection::to_sdl;
use schemacheck_graphql::source::{Origin, Sources};

#[path = "support/github.rs"]
mod github;

/// How many types the texts define, and how often each rule warns.
fn load(version: &str) -> (usize, BTreeMap<&'static str, usize>) {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", github::file(version, "schema.graphql")).unwrap();
    let arena = Bump::new();
    let loaded = schema::load(&arena, &sources, &[text], Limits::default()).unwrap();
    let mut warnings = BTreeMap::new();
    for warning in &loaded.warnings {
        *warnings.entry(warning.rule).or_default() += 1;
    }
    (loaded.schema.types().filter(|(_, ty)| !ty.built_in).count(), warnings)
}

#[test]
fn the_schema_of_today_loads_with_warnings() {
    let (types, warnings) = load("15.26.1");
    let expected = [("interface-field-deprecation", 12), ("unique-field-definition-names", 2)];
    assert_eq!((types, warnings), (1623, BTreeMap::from(expected)));
}

#[test]
fn an_old_schema_loads() {
    let (types, warnings) = load("10.0.0");
    assert_eq!((types, warnings), (934, BTreeMap::new()));
}

#[test]
fn its_introspection_gives_the_same_types() {
    let json = github::file("15.26.1", "schema.json");
    let sdl = to_sdl(&json).unwrap();
    let mut sources = Sources::new();
    let parent = sources.add("schema.json", json).unwrap();
    let introspected = sources.add_embedded(sdl.text, Origin { parent, map: sdl.map }).unwrap();
    let direct = sources.add("schema.graphql", github::file("15.26.1", "schema.graphql")).unwrap();
    let arena = Bump::new();
    let types = |id| {
        let loaded = schema::load(&arena, &sources, &[id], Limits::default()).unwrap();
        let types =
            loaded.schema.types().map(|(id, ty)| (ty.name, ty.kind, loaded.schema.fields_of(id).len()));
        let mut types: Vec<_> = types.collect();
        types.sort();
        types
    };
    let (introspected, direct) = (types(introspected), types(direct));
    assert_eq!(introspected.len(), direct.len());
    for (one, other) in introspected.iter().zip(&direct) {
        assert_eq!(one, other);
    }
}
