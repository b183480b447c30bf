//! Real histories, kept beside the project: what became of every operation, which renames a person sees, and that the
//! printed patch keeps old and new clients alive. Without the data the test says so and checks the project's own
//! incident, which has the same shape.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the data beside the project, and fail where they cannot"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of a history; nothing where the data is not there.
fn history(name: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/corpus").join(name);
    folder.is_dir().then_some(folder)
}

fn schemacheck(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_schemacheck")).args(arguments).current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn report(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let (code, text) = schemacheck(folder, &[arguments, &["--format", "json"]].concat());
    (code, serde_json::from_str(&text).unwrap())
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The verdict of every stored operation by the name of its file or, in a manifest, of its id.
fn verdicts(report: &Value) -> BTreeMap<String, String> {
    let mut verdicts = BTreeMap::new();
    for operation in report["operations"].as_array().unwrap() {
        let places = std::iter::once(&operation["source"]).chain(operation["duplicates"].as_array().unwrap());
        for place in places {
            let file = place["file"].as_str().unwrap().to_owned();
            verdicts.insert(file, operation["verdict"].as_str().unwrap().to_owned());
        }
    }
    verdicts
}

/// Whether the command's verdicts are those of the reference, old operations or new ones.
fn assert_verdicts(folder: &Path, operations: &str, expected: &str) {
    let expected = json(&folder.join(expected));
    let (_, report) =
        report(folder, &["diff", "schema-old.graphql", "schema-new.graphql", "--operations", operations]);
    let verdicts = verdicts(&report);
    let expected = expected["operations"].as_object().unwrap();
    assert_eq!(verdicts.len(), expected.len(), "{}: every operation is checked", folder.display());
    for (id, entry) in expected {
        let file = format!("{operations}/{id}.graphql");
        let verdict = verdicts.get(&file).unwrap_or_else(|| panic!("{file} was checked"));
        let documents = match (entry["valid_old"].as_bool().unwrap(), entry["valid_new"].as_bool().unwrap()) {
            // A document that stays valid may still be hurt by its variables or its response.
            (true, true) => &["valid", "at-risk", "broken"][..],
            (true, false) => &["broken"],
            (false, true) => &["fixed"],
            (false, false) => &["already-invalid"],
        };
        assert!(documents.contains(&verdict.as_str()), "{id} is {verdict}");
        let errors = report["operations"].as_array().unwrap().iter().any(|operation| {
            operation["source"]["file"] == file.as_str()
                && !operation["errors"].as_array().unwrap().is_empty()
        });
        let valid_new = entry["valid_new"].as_bool().unwrap();
        assert!(!(valid_new && errors), "{id} is valid on the new schema and has errors");
    }
    // What is broken is explained: every error has the change that it comes from.
    for operation in
        report["operations"].as_array().unwrap().iter().filter(|operation| operation["verdict"] == "broken")
    {
        for error in operation["errors"].as_array().unwrap() {
            assert!(error["change"].is_string(), "{}: {}", operation["name"], error["message"]);
        }
    }
}

#[test]
fn every_operation_of_every_history_has_the_verdict_of_the_reference() {
    for name in [
        "flexus",
        "saleor-dashboard/2021-02-zipcode-to-postalcode",
        "saleor-dashboard/2021-03-image-to-media",
        "saleor-dashboard/2023-07-transactions-drop-deprecated",
        "artsy-force/2023-08-verifyAddress-arg",
    ] {
        let Some(folder) = history(name) else { continue };
        assert_verdicts(&folder, "operations-old", "expected.json");
        assert_verdicts(&folder, "operations-new", "expected-newclient.json");
    }
}

#[test]
fn a_manifest_has_the_verdicts_of_the_reference() {
    let Some(folder) = history("linear-sdk/2023-02-milestone") else { return };
    let expected = json(&folder.join("expected.json"));
    let arguments = ["diff", "schema-old.graphql", "schema-new.graphql", "--operations", "operations.json"];
    let (code, report) = report(&folder, &arguments);
    assert_eq!(code, 1);
    let broken = report["summary"]["operationsBroken"].as_u64().unwrap();
    assert!(broken >= expected["summary"]["valid_old_only"].as_u64().unwrap());
    let expected_names: Vec<&str> = expected["operations"]
        .as_object()
        .unwrap()
        .values()
        .filter(|entry| entry["valid_new"] == false)
        .map(|entry| entry["name"].as_str().unwrap())
        .collect();
    let with_errors: Vec<&str> = report["operations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|operation| !operation["errors"].as_array().unwrap().is_empty())
        .map(|operation| operation["name"].as_str().unwrap())
        .collect();
    assert_eq!(with_errors.len(), expected_names.len());
    assert!(expected_names.iter().all(|name| with_errors.contains(name)));
}

/// Renames as (old coordinate, new coordinate).
fn renames(report: &Value) -> Vec<(String, String)> {
    let changes = report["changes"].as_array().unwrap().iter().filter(|change| change["rename"].is_object());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut renames: Vec<_> =
        changes.map(|change| (text(&change["coordinate"]), text(&change["newCoordinate"]))).collect();
    renames.sort();
    renames
}

#[test]
fn the_incident_has_exactly_the_renames_that_a_person_sees() {
    let Some(folder) = history("flexus") else { return };
    let (code, report) = report(
        &folder,
        &["diff", "schema-old.graphql", "schema-new.graphql", "--operations", "operations-old"],
    );
    assert_eq!(code, 1);
    let truth = json(&folder.join("renames.json"));
    let mut expected: Vec<(String, String)> = truth["renames"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned()))
        .collect();
    expected.sort();
    assert_eq!(renames(&report), expected);
    assert_eq!(report["renameRules"][0]["explains"], 10);
    let broken: Vec<&str> = report["operations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|operation| operation["verdict"] == "broken")
        .map(|operation| operation["name"].as_str().unwrap())
        .collect();
    assert_eq!(broken, ["DeleteEmessages", "KarenThreads"]);

    // The places of the errors are those of the reference.
    let reference = json(&folder.join("expected.json"));
    for id in ["ckit_bot_exec.KarenThreads", "ckit_bot_exec.DeleteEmessages"] {
        let place = |error: &Value| (error["line"].as_u64().unwrap(), error["column"].as_u64().unwrap());
        let mut expected: Vec<_> =
            reference["operations"][id]["errors_new"].as_array().unwrap().iter().map(place).collect();
        expected.sort_unstable();
        let file = format!("operations-old/{id}.graphql");
        let operations = report["operations"].as_array().unwrap();
        let operation =
            operations.iter().find(|operation| operation["source"]["file"] == file.as_str()).unwrap();
        let found: Vec<_> = operation["errors"].as_array().unwrap().iter().map(place).collect();
        assert_eq!(found, expected, "{id}");
        assert!(operation["errors"].as_array().unwrap().iter().all(|error| error["change"].is_string()));
    }
}

#[test]
fn every_rename_that_a_person_sees_is_found_and_no_trap_is_taken_for_one() {
    for name in [
        "saleor-dashboard/2021-02-zipcode-to-postalcode",
        "saleor-dashboard/2021-03-image-to-media",
        "artsy-force/2023-08-verifyAddress-arg",
    ] {
        let Some(folder) = history(name) else { continue };
        let (_, report) = report(&folder, &["diff", "schema-old.graphql", "schema-new.graphql"]);
        let found = renames(&report);
        let truth = json(&folder.join("renames.json"));
        for trap in truth["not_renames"].as_array().into_iter().flatten() {
            let from = trap[0].as_str().unwrap();
            match trap[1].as_str() {
                Some(to) => assert!(!found.contains(&(from.to_owned(), to.to_owned())), "{from} -> {to}"),
                None => assert!(found.iter().all(|(old, _)| old != from), "{from}"),
            }
        }
        for pair in truth["renames"].as_array().unwrap() {
            let (from, to) = (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned());
            assert!(found.contains(&(from.clone(), to.clone())), "{name}: {from} -> {to}");
        }
        if truth["renames"].as_array().unwrap().is_empty() {
            assert_eq!(found, [], "{name} has no rename");
        }
    }
}

#[test]
fn the_printed_patch_keeps_old_and_new_clients_alive() {
    let folder = history("flexus");
    let (schemas, old_operations, new_operations) = match &folder {
        Some(folder) => (folder.clone(), "operations-old", Some("operations-new")),
        None => (root(), "queries", None),
    };
    let (old, new) = match &folder {
        Some(_) => ("schema-old.graphql", "schema-new.graphql"),
        None => ("schemas/incident/old.graphql", "schemas/incident/new.graphql"),
    };
    let work = tempfile::tempdir().unwrap();
    let (code, diff) = schemacheck(&schemas, &["suggest", old, new, "--operations", old_operations]);
    assert_eq!(code, 0, "the patch saves everything");
    let patched = work.path().join(new);
    fs::create_dir_all(patched.parent().unwrap()).unwrap();
    fs::copy(schemas.join(new), &patched).unwrap();
    fs::write(work.path().join("aliases.patch"), diff).unwrap();
    let applied =
        Command::new("git").args(["apply", "aliases.patch"]).current_dir(work.path()).status().unwrap();
    assert!(applied.success(), "git takes the patch");
    for operations in [Some(old_operations), new_operations].into_iter().flatten() {
        let arguments = ["validate", patched.to_str().unwrap(), "--operations", operations];
        let (code, report) = report(&schemas, &arguments);
        assert_eq!(code, 0, "{operations} on the patched schema: {}", report["reasons"]);
    }
}
