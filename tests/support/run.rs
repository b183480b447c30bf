//! Runs of the program under test, and of others, from outside.

#![allow(dead_code, unreachable_pub, reason = "not every test needs every part")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The program under test.
pub fn schemacheck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_schemacheck"))
}

/// What a run gave.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    /// Everything that it wrote.
    pub fn told(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }
}

/// Runs a command with an input; it has to end by itself.
pub fn run(command: &mut Command, input: &[u8]) -> Answer {
    let shown = format!("{command:?}");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
    // The program may end without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code().unwrap_or_else(|| panic!("{shown}: {:?}", output.status)),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs a command that has to succeed; gives its standard output.
pub fn must(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let answer = run(command, b"");
    assert_eq!(answer.code, 0, "{shown}\n{}", answer.told());
    answer.out
}

/// The report of a run of the program as JSON, held against its schema.
pub fn report(command: &mut Command) -> (i32, Value) {
    let answer = run(command.args(["--format", "json"]), b"");
    let report: Value = serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}", answer.told()));
    let schema: Value = serde_json::from_str(&must(schemacheck().arg("json-schema"))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0]);
    (answer.code, report)
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    folder
}

/// Writes files below a folder.
pub fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
