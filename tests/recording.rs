//! The code of `docs/recording.md`, executed: it stands in a server or a client, which is used, and the log that it writes is
//! an operation log.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write files and run programs, and fail where they cannot"
)]

#[path = "support/cargo.rs"]
mod cargo;
#[path = "support/node.rs"]
mod node;
#[path = "support/python.rs"]
mod python;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The code of a section.
fn code(section: &str) -> String {
    let page = fs::read_to_string(root().join("docs/recording.md")).unwrap();
    let section =
        page.split("\n## ").find(|text| text.starts_with(section)).expect("the section is on the page");
    let fence = section.split("```").nth(1).expect("the section has code");
    fence.split_once('\n').unwrap().1.to_owned()
}

/// What the servers of `tests/recording` serve.
const SCHEMA: &str = "type Query { hello(name: String!): String! } type Mutation { rename(name: String!): String! } \
                      type Subscription { ticks: Int! }";

/// What the servers are asked: a name and its document.
const GREETING: (&str, &str) = ("Greeting", "query Greeting($name: String!) { hello(name: $name) }");
const RENAME: (&str, &str) = ("Rename", "mutation Rename($name: String!) { rename(name: $name) }");
const TICKS: (&str, &str) = ("Ticks", "subscription Ticks { ticks }");

/// A log, and what schemacheck says of it.
struct Log {
    lines: Vec<Value>,
    report: Value,
}

/// An empty folder below `home`: what an earlier run recorded is not what this one does.
fn empty(home: &Path, name: &str) -> PathBuf {
    let folder = home.join("recording").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a program of `tests/recording` beside the code of a section, in a folder below `home`; gives the log.
fn interpret(section: &str, home: &Path, interpreter: &Path, program: &str) -> Log {
    let folder = empty(home, program);
    for file in fs::read_dir(root().join("tests/recording")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    let extension = Path::new(program).extension().unwrap();
    fs::write(folder.join("recorder").with_extension(extension), code(section)).unwrap();
    record(Command::new(interpreter).arg(program), &folder)
}

/// Runs a program in a folder; gives the log that it writes there.
fn record(program: &mut Command, folder: &Path) -> Log {
    let output = program.current_dir(folder).output().unwrap();
    let (out, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program:?}:\n{out}\n{told}");
    let log = fs::read_to_string(folder.join("operations.ndjson")).unwrap();
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    fs::write(folder.join("schema.graphql"), SCHEMA).unwrap();
    let validate = ["validate", "schema.graphql", "--operations", "operations.ndjson", "--format", "json"];
    let schemacheck = env!("CARGO_BIN_EXE_schemacheck");
    let output = Command::new(schemacheck).args(validate).current_dir(folder).output().unwrap();
    Log { lines, report: serde_json::from_slice(&output.stdout).unwrap() }
}

/// Holds a log of a server against what it was asked by karen's client: what is valid, once each.
fn expect_server(log: Log, asked: &[(&str, &str)]) {
    let Log { lines, report } = log;
    let client = json!({"name": "karen", "version": "20045"});
    let expected: Vec<Value> = asked
        .iter()
        .map(|(name, document)| json!({"document": document, "operationName": name, "client": client}))
        .collect();
    let without_times = lines.into_iter().map(|mut entry| {
        let seen = entry.as_object_mut().unwrap().remove("lastSeen").unwrap();
        assert!(seen.as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{seen} is a time");
        entry
    });
    assert_eq!(without_times.collect::<Vec<_>>(), expected);
    let names: Vec<&Value> = expected.iter().map(|entry| &entry["operationName"]).collect();
    expect_report(&report, &names, &json!([client]));
    for operation in report["operations"].as_array().unwrap() {
        assert!(operation["traffic"]["lastSeen"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    }
}

/// Holds what schemacheck read back: each operation with who sent it and how often; all of them are valid.
fn expect_report(report: &Value, names: &[&Value], clients: &Value) {
    assert_eq!(report["state"], "pass", "{report:#}");
    let operations = report["operations"].as_array().unwrap();
    assert_eq!(operations.iter().map(|operation| &operation["name"]).collect::<Vec<_>>(), names);
    for (line, operation) in (1..).zip(operations) {
        assert_eq!(
            (&operation["verdict"], &operation["clients"]),
            (&json!("valid"), clients),
            "{operation:#}"
        );
        assert_eq!(operation["traffic"]["count"], 1);
        assert_eq!(operation["source"]["file"], "operations.ndjson");
        assert_eq!(operation["source"]["line"], line);
    }
}

/// Holds a log of a client against what it sent.
fn expect_client(Log { lines, report }: &Log) {
    let [entry] = &lines[..] else { panic!("one operation was sent, and recorded {lines:?}") };
    let words = entry["document"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words, GREETING.1);
    assert_eq!(entry["operationName"], "Greeting");
    let clients = entry.get("client").map_or(json!([]), |client| json!([client]));
    expect_report(report, &[&json!("Greeting")], &clients);
}

fn node(section: &str, program: &str) -> Log {
    interpret(section, &node::installed("node"), Path::new("node"), program)
}

fn python(section: &str, requirements: &str, program: &str) -> Log {
    let interpreter = python::python(requirements);
    let home = interpreter.parent().and_then(Path::parent).unwrap().to_owned();
    interpret(section, &home, &interpreter, program)
}

#[test]
fn apollo_server() {
    expect_server(node("Apollo Server", "apollo-server.mjs"), &[GREETING]);
}

#[test]
fn yoga() {
    expect_server(node("GraphQL Yoga", "yoga.mjs"), &[GREETING, TICKS]);
}

#[test]
fn strawberry() {
    expect_server(python("Strawberry", "requirements.txt", "strawberry_server.py"), &[GREETING, TICKS]);
}

#[test]
fn ariadne() {
    expect_server(python("Ariadne and graphql-core", "requirements.txt", "ariadne_server.py"), &[GREETING]);
}

#[test]
fn async_graphql() {
    let server = fs::read_to_string(root().join("tests/recording/async-graphql.rs")).unwrap();
    let files = [("main.rs", server.as_str()), ("recorder.rs", &code("async-graphql"))];
    let program = cargo::cargo("recording-async-graphql", &files);
    let folder = empty(&root().join("target/frameworks-rust"), "async-graphql");
    expect_server(record(&mut Command::new(program), &folder), &[GREETING, RENAME, TICKS]);
}

#[test]
fn javascript_client() {
    expect_client(&node("JavaScript clients", "javascript-client.mjs"));
}

#[test]
fn python_client() {
    expect_client(&python("Python clients", "gql.txt", "python_client.py"));
}
