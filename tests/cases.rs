//! Every case folder: forward and backward, what a person reads as a snapshot, silence on equal schemas.
//!
//! A folder is `tests/cases/<rule or scenario>/{old,new}.graphql` with `operations.graphql` where there are operations.
//! All rules run on every case, so a false finding shows as a difference somewhere.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the project's own files, and fail where they cannot"
)]

use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, old: &str, new: &str, format: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schemacheck"));
    command.current_dir(folder).args(["diff", old, new, "--format", format]);
    if folder.join("operations.graphql").exists() {
        command.args(["--operations", "operations.graphql"]);
    }
    command.output().unwrap()
}

/// What is broken is explained: every error of a broken operation has the change that it comes from.
fn assert_explained(folder: &Path, old: &str, new: &str) {
    let report: serde_json::Value = serde_json::from_slice(&run(folder, old, new, "json").stdout).unwrap();
    let operations = report["operations"].as_array().unwrap().iter();
    for operation in operations.filter(|operation| operation["verdict"] == "broken") {
        for error in operation["errors"].as_array().unwrap() {
            assert!(error["change"].is_string(), "{}: {} {error}", folder.display(), operation["name"]);
        }
    }
}

/// The report on the case from one schema to the other.
fn report(folder: &Path, old: &str, new: &str) -> String {
    let output = run(folder, old, new, "human");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let code = output.status.code().unwrap();
    format!("{}exit code {code}\n", String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_case_reads_as_recorded() {
    insta::glob!("cases/*/old.graphql", |path| {
        let folder = path.parent().unwrap();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for schema in ["old.graphql", "new.graphql"] {
            let same = report(folder, schema, schema);
            assert!(
                same.contains("0 breaking, 0 dangerous, 0 safe"),
                "{name}: {schema} equals itself:\n{same}"
            );
        }
        assert_explained(folder, "old.graphql", "new.graphql");
        assert_explained(folder, "new.graphql", "old.graphql");
        let text = format!(
            "{}\n=== backward ===\n\n{}",
            report(folder, "old.graphql", "new.graphql"),
            report(folder, "new.graphql", "old.graphql")
        );
        assert!(
            !text.contains("not proven"),
            "{name}: a suggestion that cannot be proven is not made:\n{text}"
        );
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!("report", text);
        });
    });
}
