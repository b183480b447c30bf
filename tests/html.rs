//! The HTML report in a real browser: it says what is in the report, works, fits a phone, and runs no text.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use serde_json::Value;
use support::{hostile, large, must, node, root, run, schemacheck};

/// One browser at a time: its package unpacks it where another may just start it.
static BROWSER: Mutex<()> = Mutex::new(());

/// Opens the report of these arguments in a browser; gives what was seen there.
fn open(name: &str, folder: &Path, arguments: &[&str]) -> (String, Value) {
    let html = run(schemacheck().args(arguments).args(["--format", "html"]).current_dir(folder), b"").out;
    let _one = BROWSER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let packages = node::installed("reports");
    let pictures = root().join("target/pictures").join(name);
    fs::create_dir_all(&pictures).unwrap();
    let file = pictures.join("report.html");
    fs::write(&file, &html).unwrap();
    // The browser's own libraries are those that its package ships, wherever the test runs.
    let seen = must(
        Command::new("node")
            .arg(packages.join("page.mjs"))
            .args([&file, &pictures])
            .env("TMPDIR", &packages)
            .env("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs20.x"),
    );
    (html, serde_json::from_str(&seen).unwrap())
}

/// What holds of every report.
fn is_sound(seen: &Value) {
    assert_eq!(seen["errors"], serde_json::json!([]));
    let requests = seen["requests"].as_array().unwrap();
    assert!(requests.iter().all(|request| request == "report.html"), "no network: {requests:?}");
    for size in seen["sizes"].as_array().unwrap() {
        assert!(size["overflow"].as_i64().unwrap() <= 0, "wider than the screen: {size}");
    }
    assert!(seen["drawn"].as_i64().unwrap() > 200, "the text is drawn: {}", seen["drawn"]);
    let background = |at: usize| &seen["sizes"][at]["background"];
    assert_ne!(background(0), background(3), "light and dark differ");
    assert_eq!((&seen["pwned"], seen["strange"].as_u64()), (&Value::Null, Some(0)));
    assert_eq!((&seen["nothing"], &seen["again"]), (&serde_json::json!([]), &seen["all"]));
    assert_eq!(seen["toggled"], true);
    assert_eq!(seen["printed"], "none", "no search field on paper");
}

#[test]
fn the_incident_can_be_searched_filtered_copied_and_read_on_a_phone() {
    let arguments =
        ["diff", "schemas/incident/old.graphql", "schemas/incident/new.graphql", "--operations", "queries"];
    let (html, seen) = open("incident", &root(), &arguments);
    is_sound(&seen);
    assert_eq!(
        seen["title"],
        "schemacheck: schemas/incident/new.graphql breaks 2 of 20 operations (8 of 40 stored copies), sent by 5 client versions"
    );
    assert_eq!(seen["all"].as_array().unwrap().len(), 12, "two broken operations and ten changes are open");
    let ids = |list: &Value| {
        list.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&seen["searched"]), ["o6"]);
    assert!(
        ids(&seen["filtered"]).len() == 10 && ids(&seen["filtered"]).iter().all(|id| id.starts_with('c'))
    );
    assert_eq!(seen["matrix"].as_array().unwrap().len(), 12, "six client versions on two schemas");
    assert_eq!(
        (seen["matrix"][0].as_str(), seen["matrix"][1].as_str()),
        (Some("✓ 7"), Some("✗ 1 of 7 broken"))
    );
    // A search by a client opens what was folded.
    assert_eq!(ids(&seen["ofClient"]).len(), 7);
    let patch = must(schemacheck().arg("suggest").args(&arguments[1..]).current_dir(root()));
    assert_eq!(seen["copied"]["text"].as_str(), Some(patch.as_str()), "the patch, to the character");
    assert_eq!(seen["copied"]["label"], "Copied");
    assert_eq!(seen["jumped"]["inView"], true);
    assert!(
        html.contains("<code class=\"from\"><mark>emessage</mark>_id</code>"),
        "renames are drawn as renames"
    );
    assert!(!html.contains("http://") && !html.replace("http-equiv", "").contains("https://"), "no network");
}

#[test]
fn three_thousand_changes_are_still_one_page() {
    let folder = large(3_000);
    let (html, seen) =
        open("large", folder.path(), &["diff", "old.graphql", "new.graphql", "--operations", "queries"]);
    is_sound(&seen);
    assert_eq!(seen["all"].as_array().unwrap().len(), 3_060);
    assert!(html.len() < 12 << 20, "{}", html.len());
}

#[test]
fn no_text_of_a_schema_a_document_or_a_file_name_runs_or_draws() {
    let folder = hostile();
    let (html, seen) =
        open("hostile", folder.path(), &["diff", "old.graphql", "new.graphql", "--operations", "queries"]);
    is_sound(&seen);
    assert!(html.contains("globalThis.pwned=1") && html.contains("\\u{202e}"), "the text is shown");
    assert!(!html.contains('\u{202E}') && !html.contains('\u{1}'));
}
