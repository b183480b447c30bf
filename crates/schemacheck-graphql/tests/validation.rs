//! Validation of operations: the project's own cases, and what the reference implementation answers.

mod support;

use std::collections::BTreeSet;

use support::{assert_differences, check, records, rules, shared};

/// `KnownTypeNamesRule` → `known-type-names`
fn kebab(rule: &str) -> String {
    let mut id = String::new();
    for char in rule.trim_end_matches("Rule").chars() {
        if char.is_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(char.to_ascii_lowercase());
    }
    id
}

/// Rules of the reference that the September 2025 text does not have.
const NOT_IN_THE_TEXT: &[&str] = &[
    "MaxIntrospectionDepthRule",
    "DeferStreamDirectiveLabelRule",
    "DeferStreamDirectiveOnRootFieldRule",
    "DeferStreamDirectiveOnValidOperationsRule",
    "StreamDirectiveOnListFieldRule",
];

/// Where the reference differs, and why it is the reference that is not followed.
const DIFFERENCES: &[(&str, &str)] = &[];

#[test]
fn the_reference_agrees() {
    if shared("vectors").is_none() {
        return;
    }
    let mut differences = Vec::new();
    for version in ["graphql-js-16", "graphql-js-17"] {
        for record in records(&format!("vectors/{version}/validation.jsonl")) {
            let usable = record["kind"] == "executable"
                && record["sdl_reproducible"] != false
                && record["parses_default"] != false
                && record["valid_full"].is_boolean();
            if !usable {
                continue;
            }
            // A directive location of an experiment of the reference; no document that it parses by default uses it.
            let sdl = record["schema_sdl"].as_str().unwrap();
            let sdl =
                sdl.replace("directive @onFragmentVariableDefinition on FRAGMENT_VARIABLE_DEFINITION", "");
            let found = check(&sdl, record["document"].as_str().unwrap());
            let expected: BTreeSet<String> = record["failing_rules"]
                .as_array()
                .unwrap()
                .iter()
                .map(|rule| rule.as_str().unwrap())
                .filter(|rule| !NOT_IN_THE_TEXT.contains(rule))
                .map(kebab)
                .collect();
            let found_rules = rules(&found);
            let id = record["id"].as_str().unwrap().to_owned();
            if found_rules != expected {
                differences.push((id, format!("expected {expected:?}, found {found:?}")));
            }
        }
    }
    assert_differences(&differences, DIFFERENCES);
}
