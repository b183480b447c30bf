//! Real schemas and real clients: every operation gets the verdict of the reference implementation on both schemas.

#![expect(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Valid};
use schemacheck_graphql::source::Sources;
use serde_json::Value;
use support::{Place, diagnose_on, read, shared};

/// Operations by id: the path below the folder without its ending.
fn operations(folder: &Path) -> BTreeMap<String, String> {
    let mut operations = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "graphql") {
                let id = path.strip_prefix(folder).unwrap().with_extension("");
                operations.insert(id.to_str().unwrap().replace('\\', "/"), read(&path));
            }
        }
    }
    operations
}

/// What each operation gets against a schema.
fn verdicts(schema: &Path, operations: &BTreeMap<String, String>) -> BTreeMap<String, Vec<Place>> {
    let mut sources = Sources::new();
    let sdl = sources.add("schema", read(schema)).unwrap();
    let ids: Vec<_> =
        operations.iter().map(|(id, text)| (id, sources.add(id.as_str(), text.as_str()).unwrap())).collect();
    let arena = Bump::new();
    let (schema, _) = schema::build(&arena, &sources, &[sdl], Limits::default())
        .unwrap_or_else(|errors| panic!("{}: {errors:?}", schema.display()));
    let schema = Valid::assume_valid(schema);
    let verdict = |&(id, source): &(&String, _)| {
        let arena = Bump::new();
        let places = diagnose_on(&arena, &sources, &schema, source).into_iter().map(|(place, _)| place);
        (id.clone(), places.collect())
    };
    ids.iter().map(verdict).collect()
}

/// Compares every operation of a client with what is expected; answers how many are broken on the new schema.
fn compare(folder: &Path, operations: &BTreeMap<String, String>, expected: &str) -> usize {
    let expected: Value = serde_json::from_str(&read(&folder.join(expected))).unwrap();
    let expected = expected["operations"].as_object().unwrap();
    assert_eq!(operations.len(), expected.len(), "{}", folder.display());
    let mut broken = 0;
    let mut wrong = Vec::new();
    for (side, schema) in [("valid_old", "schema-old.graphql"), ("valid_new", "schema-new.graphql")] {
        for (id, places) in verdicts(&folder.join(schema), operations) {
            broken += usize::from(side == "valid_new" && !places.is_empty());
            if expected[&id][side] != places.is_empty() {
                wrong.push(format!("{id} {side}: {places:?} {}", expected[&id]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", folder.display(), wrong.join("\n"));
    broken
}

#[test]
fn every_operation_of_the_corpus_gets_its_verdict() {
    // Folder, and how many operations of the old client break.
    let histories = [
        ("flexus", 2),
        ("saleor-dashboard/2021-02-zipcode-to-postalcode", 7),
        ("saleor-dashboard/2021-03-image-to-media", 6),
        ("saleor-dashboard/2023-07-transactions-drop-deprecated", 25),
        ("artsy-force/2023-08-verifyAddress-arg", 2),
    ];
    for (name, broken) in histories {
        let Some(folder) = shared("corpus").map(|corpus| corpus.join(name)) else { return };
        assert_eq!(
            compare(&folder, &operations(&folder.join("operations-old")), "expected.json"),
            broken,
            "{name}"
        );
        compare(&folder, &operations(&folder.join("operations-new")), "expected-newclient.json");
    }
}

#[test]
fn a_large_generated_client_gets_its_verdicts() {
    let Some(folder) = shared("corpus/linear-sdk/2023-02-milestone") else { return };
    let operations = serde_json::from_str(&read(&folder.join("operations.json"))).unwrap();
    assert_eq!(compare(&folder, &operations, "expected.json"), 13);
}

#[test]
fn the_errors_of_the_incident_have_their_places() {
    let Some(folder) = shared("corpus/flexus") else { return };
    let expected: Value = serde_json::from_str(&read(&folder.join("expected.json"))).unwrap();
    let mut broken = Vec::new();
    for (id, found) in
        verdicts(&folder.join("schema-new.graphql"), &operations(&folder.join("operations-old")))
    {
        let mut found: Vec<_> =
            found.iter().map(|&(_, line, column)| (u64::from(line), u64::from(column))).collect();
        let place = |error: &Value| (error["line"].as_u64().unwrap(), error["column"].as_u64().unwrap());
        let errors = expected["operations"][&id]["errors_new"].as_array();
        let mut errors: Vec<_> = errors.into_iter().flatten().map(place).collect();
        found.sort_unstable();
        errors.sort_unstable();
        assert_eq!(found, errors, "{id}");
        if !found.is_empty() {
            broken.push(id);
        }
    }
    assert_eq!(broken, ["ckit_bot_exec.DeleteEmessages", "ckit_bot_exec.KarenThreads"]);
}
