//! Validation of operations: the project's own cases, and what the reference implementation answers.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use schemacheck_graphql::validation::RULE_IDS;
use serde_json::Value;
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

const NO_ROOT: &str = "version 16 lets operations pass whose root type the schema does not have; the text does not";
const DEFINITIONS: &str = "the document is refused for its type definitions; directives inside them are not checked";
const ONE_OF: &str = "version 16 blames the value for a nullable variable in a @oneOf field; the text has it where \
                      variables are checked, as version 17";
const STREAM: &str = "@stream is not in the text; as an unknown directive it does not keep fields from merging";
const EXTENDED: &str = "the record lacks a field that the reference's schema was extended with";
const SCALARS: &str = "the reference forgets built-in scalars that a schema does not use; here they are always there";

/// Where the reference differs, and why it is not followed.
const DIFFERENCES: &[(&str, &str)] = &[
    ("16.11.0:validation:41", EXTENDED),
    ("16.11.0:validation:52", DEFINITIONS),
    ("16.11.0:validation:116", NO_ROOT),
    ("16.11.0:validation:117", NO_ROOT),
    ("16.11.0:validation:130", SCALARS),
    ("16.11.0:validation:143", NO_ROOT),
    ("16.11.0:validation:144", NO_ROOT),
    ("16.11.0:validation:368", NO_ROOT),
    ("16.11.0:validation:401", DEFINITIONS),
    ("16.11.0:validation:451", NO_ROOT),
    ("16.11.0:validation:454", NO_ROOT),
    ("16.11.0:validation:455", NO_ROOT),
    ("16.11.0:validation:561", ONE_OF),
    ("16.11.0:validation:600", ONE_OF),
    ("17.0.0-alpha.8+f808084e:validation:41", EXTENDED),
    ("17.0.0-alpha.8+f808084e:validation:91", DEFINITIONS),
    ("17.0.0-alpha.8+f808084e:validation:181", SCALARS),
    ("17.0.0-alpha.8+f808084e:validation:304", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:305", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:306", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:307", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:308", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:309", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:310", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:311", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:495", DEFINITIONS),
];

const INNERMOST: &str = "conflicts are told where they are, each name of a scope once; the reference points at the \
                         outermost fields above them";
const DOLLAR: &str = "the name of a variable begins with its $; the reference points behind it";
const BOTH: &str = "conditions and further fields are told alike; the reference stops at the conditions";

/// Where the reference points elsewhere, and why.
const OTHER_PLACES: &[(&str, &str)] = &[
    ("16.11.0:validation:257", INNERMOST),
    ("16.11.0:validation:258", INNERMOST),
    ("16.11.0:validation:259", INNERMOST),
    ("16.11.0:validation:260", INNERMOST),
    ("16.11.0:validation:261", INNERMOST),
    ("16.11.0:validation:262", INNERMOST),
    ("16.11.0:validation:263", INNERMOST),
    ("16.11.0:validation:276", INNERMOST),
    ("16.11.0:validation:281", INNERMOST),
    ("16.11.0:validation:285", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:323", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:324", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:325", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:326", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:327", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:328", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:329", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:342", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:347", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:351", INNERMOST),
    ("16.11.0:validation:479", DOLLAR),
    ("17.0.0-alpha.8+f808084e:validation:573", DOLLAR),
    ("17.0.0-alpha.8+f808084e:validation:454", BOTH),
    ("17.0.0-alpha.8+f808084e:validation:455", BOTH),
];

/// The records that score: operations whose schema the record holds and whose syntax is standard.
fn usable(record: &Value) -> bool {
    record["kind"] == "executable"
        && record["sdl_reproducible"] != false
        && record["parses_default"] != false
        && record["valid_full"].is_boolean()
}

/// The schema of a record.
fn schema_of(record: &Value) -> String {
    let sdl = record["schema_sdl"].as_str().unwrap();
    // A directive location of an experiment of the reference; no document that it parses by default uses it.
    let mut sdl = sdl.replace("directive @onFragmentVariableDefinition on FRAGMENT_VARIABLE_DEFINITION", "");
    // The records of this suite lack the directives that its schema was extended with.
    if record["suite"] == "validation/__tests__/UniqueDirectivesPerLocationRule-test" {
        for directive in ["directive", "directiveA", "directiveB", "repeatable repeatable"] {
            let _ = write!(sdl, " directive @{directive} on FIELD | FRAGMENT_DEFINITION");
        }
    }
    sdl
}

#[test]
fn the_reference_agrees() {
    if shared("vectors").is_none() {
        return;
    }
    let mut differences = Vec::new();
    let mut other_places = Vec::new();
    for version in ["graphql-js-16", "graphql-js-17"] {
        for record in records(&format!("vectors/{version}/validation.jsonl")).iter().filter(|record| usable(record)) {
            let found = check(&schema_of(record), record["document"].as_str().unwrap());
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
                continue;
            }
            assert_eq!(record["valid_spec"].as_bool().unwrap() || expected.is_empty(), found.is_empty(), "{id}");
            // Where the record is about one rule, its errors have places.
            let rule = kebab(record["rule"].as_str().unwrap());
            if RULE_IDS.contains(&rule.as_str())
                && let Some(expected) = places(&record["expected_errors"])
            {
                let found: BTreeSet<_> =
                    found.iter().filter(|(id, ..)| *id == rule).map(|&(_, line, column)| (line, column)).collect();
                if found != expected {
                    other_places.push((id, format!("{rule}: expected {expected:?}, found {found:?}")));
                }
            }
        }
    }
    assert_differences(&differences, DIFFERENCES);
    assert_differences(&other_places, OTHER_PLACES);
}

/// The first place of each error, where they have places.
fn places(errors: &Value) -> Option<BTreeSet<(u32, u32)>> {
    let number = |value: &Value| Some(u32::try_from(value.as_u64()?).unwrap());
    let place = |at: &Value| Some((number(&at["line"])?, number(&at["column"])?));
    errors.as_array()?.iter().map(|error| place(&error["locations"][0])).collect()
}
