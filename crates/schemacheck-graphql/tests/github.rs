//! GitHub's public schema loads as it is published, wrong by the letter as it is.

use std::collections::BTreeMap;

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

#[path = "support/github.rs"]
mod github;

/// How many types the texts define, and how often each rule warns.
fn load(version: &str) -> (usize, BTreeMap<&'static str, usize>) {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", github::schema(version)).unwrap();
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
