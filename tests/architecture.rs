//! The shape of the house: which crate may know which, and that lists and files agree.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the project's own files, and fail where they cannot"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn crates_know_each_other_in_one_direction_only() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let allowed = [
        ("schemacheck-graphql", &[][..]),
        ("schemacheck", &["schemacheck-graphql"]),
        ("schemacheck-extract", &["schemacheck-graphql"]),
        ("schemacheck-registry", &[]),
        (
            "schemacheck-cli",
            &["schemacheck", "schemacheck-extract", "schemacheck-graphql", "schemacheck-registry"],
        ),
    ];
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), allowed.len(), "every crate has its place");
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let (_, allowed) = allowed.iter().find(|(allowed, _)| *allowed == name).unwrap();
        let known = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"].is_null());
        let known: BTreeSet<&str> = known
            .map(|dependency| dependency["name"].as_str().unwrap())
            .filter(|name| name.starts_with("schemacheck"))
            .collect();
        assert_eq!(known, allowed.iter().copied().collect(), "{name}");
    }
}

/// The entries of the one macro call `name! { … }` in a file.
fn listed(file: &Path, name: &str) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let start = text.find(&format!("\n{name}! {{\n")).unwrap() + name.len() + 5;
    let end = start + text[start..].find("\n}").unwrap();
    text[start..end].split_whitespace().map(|entry| entry.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn every_rule_file_is_in_its_list() {
    for folder in [
        "crates/schemacheck/src/rules",
        "crates/schemacheck-graphql/src/validation/rules",
        "crates/schemacheck-graphql/src/schema/rules",
    ] {
        let folder = root().join(folder);
        let listed: BTreeSet<String> = listed(&folder.join("mod.rs"), "rules").into_iter().collect();
        let files: BTreeSet<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            // Beside the rules stand what several of them share, as modules of their own.
            .filter(|stem| {
                !fs::read_to_string(folder.join("mod.rs")).unwrap().contains(&format!("mod {stem};"))
            })
            .filter(|stem| stem != "mod")
            .collect();
        assert_eq!(listed, files, "{}", folder.display());
    }
}

#[test]
fn every_framework_is_in_the_list_and_has_a_server() {
    let folder = root().join("crates/schemacheck/src/framework");
    let list = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let listed: BTreeSet<String> = listed(&folder.join("mod.rs"), "frameworks").into_iter().collect();
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let files =
        files.filter(|file| fs::read_to_string(file).unwrap().contains("static FRAMEWORK: Framework"));
    let files: BTreeSet<String> =
        files.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(listed, files, "{list}");
    // Code that is not executed is not shipped.
    let executed = fs::read_to_string(root().join("tests/frameworks.rs")).unwrap();
    for framework in &listed {
        let name = framework.replace('_', "-");
        assert!(executed.contains(&format!("\"{name}\"")), "tests/frameworks.rs executes {name}");
        assert!(root().join("tests/frameworks").join(&name).is_dir(), "{name} has a server");
    }
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let rules: BTreeSet<String> = listed(&root().join("crates/schemacheck/src/rules/mod.rs"), "rules")
        .into_iter()
        .map(|module| module.replace('_', "-"))
        .collect();
    let cases: BTreeSet<String> = fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let without: Vec<&String> = rules.difference(&cases).collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
    // A folder that is no rule is a scenario, and its name says so.
    let strays: Vec<&String> =
        cases.difference(&rules).filter(|case| !case.starts_with("scenario-")).collect();
    assert!(strays.is_empty(), "cases of no rule: {strays:?}");
}
