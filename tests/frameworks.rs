//! The server code of each framework, executed: pasted into a small server, which then has to answer old and new clients
//! and to export the patched schema. `tests/frameworks/README.md` says how a server is made.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write files and run programs, and fail where they cannot"
)]

#[path = "support/cargo.rs"]
mod cargo;
#[path = "support/node.rs"]
mod node;
#[path = "support/paste.rs"]
mod paste;
#[path = "support/python.rs"]
mod python;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use self::cargo::cargo;
use self::paste::paste;
use self::python::python;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/frameworks")
}

/// Runs a program that has to end well, in the folder of the fixtures; gives what it says.
fn output(command: &mut Command, allowed: &[i32]) -> String {
    let output =
        command.current_dir(folder()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code().is_some_and(|code| allowed.contains(&code)), "{command:?}\n{out}\n{told}");
    out.into_owned()
}

fn schemacheck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_schemacheck"))
}

/// What a server says of itself and answers to each request.
struct Answers {
    sdl: String,
    answers: Vec<Value>,
}

/// Pastes, asks and compares. `schemas` is the folder of the schemas and requests; `server` is the file of the server in
/// the folder of the framework; `command` runs a server that lies in the folder it is given.
fn check(framework: &str, schemas: &str, server: &str, command: impl Fn(&Path) -> Command) {
    let restored = if schemas == "." { "restored".to_owned() } else { format!("{schemas}-restored") };
    let schemas = folder().join(schemas);
    let requests = schemas.join("requests.json");
    let requests: Vec<Value> = serde_json::from_str(&fs::read_to_string(requests).unwrap()).unwrap();
    let read = |file: &str| fs::read_to_string(folder().join(framework).join(file)).unwrap();
    let text = read(server);
    let work = folder().join("../../target/frameworks").join(framework).join(server);
    let place = |name: &str, text: &str, schema: &str| {
        let place = work.join(name);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(server), text).unwrap();
        // A server that is written to its schema reads it from beside itself.
        fs::write(place.join("schema.graphql"), schema).unwrap();
        place
    };
    let ask = |place: &Path| -> Answers {
        let said = output(
            command(place)
                .arg(place.join(server))
                .args(["requests.json", "operations"].map(|name| schemas.join(name))),
            &[0],
        );
        let said: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{framework} said {said}"));
        let answers = said["answers"].as_array().unwrap().clone();
        assert_eq!(answers.len(), requests.len(), "{framework} answers each request");
        Answers { sdl: said["sdl"].as_str().unwrap().to_owned(), answers }
    };

    let new = fs::read_to_string(schemas.join("new.graphql")).unwrap();
    let before = place("before", &text, &new);
    let answered = ask(&before);
    same_schema(framework, &work, [&new, &answered.sdl], &[]);
    for (request, answer) in requests.iter().zip(&answered.answers) {
        if request["document"] == "new" {
            expect(framework, request, answer);
        } else {
            let rejected = answer["errors"].is_array() && answer["data"].is_null();
            assert!(rejected, "{framework}, without the patch, to {request}: {answer}");
        }
    }

    let (patched, snippets) = patch(framework, &schemas, &work);
    let pasted = paste(&text, &snippets);
    let after = place("after", &put_back(&pasted, || read(&restored)), &patched);
    let answered = ask(&after);
    let unsaid = UNSAID.iter().filter(|(of, file, ..)| [*of, *file] == [framework, server]);
    let unsaid: Vec<_> = unsaid.map(|(.., rule, coordinate)| [*rule, *coordinate]).collect();
    same_schema(framework, &work, [&patched, &answered.sdl], &unsaid);
    for (request, answer) in requests.iter().zip(&answered.answers) {
        expect(framework, request, answer);
    }
}

/// The server with its removed resolvers: in place of each line that asks for one stands the next of `restored`.
fn put_back(server: &str, restored: impl FnOnce() -> String) -> String {
    const ASKS: &str = "put the resolver back";
    if !server.contains(ASKS) {
        return server.to_owned();
    }
    let restored = restored();
    let mut resolvers = restored.trim_end().split("\n---\n");
    let mut server_lines = Vec::new();
    for line in server.lines() {
        let asks = line.contains(ASKS);
        server_lines.push(if asks { resolvers.next().expect("a resolver for each line") } else { line });
    }
    assert!(resolvers.next().is_none(), "each resolver is asked for");
    server_lines.join("\n") + "\n"
}

/// The patched schema, and the code of the patch.
fn patch(framework: &str, schemas: &Path, work: &Path) -> (String, Vec<Value>) {
    let patched = work.join("patched.graphql");
    fs::copy(schemas.join("new.graphql"), &patched).unwrap();
    let flags = ["--framework", framework, "--format", "json", "--write"];
    let report = output(
        schemacheck()
            .arg("suggest")
            .args(["old.graphql", "new.graphql"].map(|name| schemas.join(name)))
            .arg("--operations")
            .arg(schemas.join("operations/old.graphql"))
            .args(flags)
            .arg(&patched),
        &[0],
    );
    let report: Value = serde_json::from_str(&report).unwrap();
    let snippets = report["patch"]["code"][framework].as_array().unwrap().clone();
    let suggestions = report["suggestions"].as_array().unwrap().iter();
    let codes: Vec<&str> =
        suggestions.filter_map(|suggestion| suggestion["code"][framework].as_str()).collect();
    assert!(codes.is_empty() == snippets.is_empty(), "{framework}: {snippets:?}, one by one {codes:?}");
    assert!(codes.iter().all(|code| !code.is_empty()), "{framework}: {codes:?}");
    (fs::read_to_string(patched).unwrap(), snippets)
}

/// What a framework refuses although it fits the schema: its name, the operation and the error. In variables, Juniper asks
/// for each input field that is not null, whatever its default.
const REFUSED: &[(&str, &str, &str)] = &[
    ("juniper", "OldTicketFilter", "In field \"kinds\": Expected \"[TicketKind!]!\", found null"),
    ("juniper", "OldPerson", "In field \"role\": Expected \"Role!\", found null"),
];

/// Holds an answer against what a request expects.
fn expect(framework: &str, request: &Value, answer: &Value) {
    let operation = request["operation"].as_str().unwrap();
    let refused = REFUSED.iter().find(|(by, known, _)| [*by, *known] == [framework, operation]);
    let error = refused.map(|(.., error)| *error).or(request["error"].as_str());
    let fits = if let Some(error) = error {
        let errors = answer["errors"].as_array();
        errors.is_some_and(|errors| {
            errors.iter().any(|found| found["message"].as_str().is_some_and(|told| told.contains(error)))
        })
    } else if let Some(events) = request["events"].as_array() {
        let events: Vec<Value> = events.iter().map(|event| json!({"data": event})).collect();
        *answer == Value::from(events)
    } else {
        *answer == json!({"data": answered(framework, &request["data"])})
    };
    assert!(fits, "{framework} answers {request} with {answer}");
}

/// The data as a framework answers them: for an object of which nothing is asked, async-graphql answers null.
fn answered(framework: &str, data: &Value) -> Value {
    let each = |value: &Value| answered(framework, value);
    match data {
        Value::Object(fields) if fields.is_empty() && framework == "async-graphql" => Value::Null,
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), each(value))).collect(),
        Value::Array(values) => values.iter().map(each).collect(),
        other => other.clone(),
    }
}

/// What a framework cannot say: its name, the file of the server, the rule of the change that is left and its place.
const UNSAID: &[(&str, &str, &str, &str)] =
    &[("juniper", "corners.rs", "deprecated-removed", "Subscription.messageTicks(msgCount:)")];

/// Holds the schema that a server should have against the one that it exports: no change at all, in neither direction,
/// besides what its framework cannot say.
fn same_schema(framework: &str, work: &Path, [expected, exported]: [&str; 2], unsaid: &[[&str; 2]]) {
    let (one, other) = (work.join("expected.graphql"), work.join("exported.graphql"));
    fs::write(&one, expected).unwrap();
    fs::write(&other, exported).unwrap();
    let report = output(schemacheck().arg("diff").args([&one, &other]).args(["--format", "json"]), &[0, 1]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let changes = report["changes"].as_array().unwrap();
    let found: Vec<_> = changes.iter().map(|change| [&change["rule"], &change["coordinate"]]).collect();
    assert_eq!(found, unsaid, "{framework} exports another schema: {changes:?}");
}

/// The file of the server of a pair of schemas.
fn server_file(schemas: &str, ending: &str) -> String {
    let name = if schemas == "." { "server" } else { schemas };
    format!("{name}.{ending}")
}

/// A server of Python, with the packages that a file of `tests/python` pins.
fn check_python(framework: &str, requirements: &str, schemas: &[&str]) {
    let interpreter = python(requirements);
    for schemas in schemas {
        check(framework, schemas, &server_file(schemas, "py"), |_| {
            let mut command = Command::new(&interpreter);
            command.arg("python_runner.py");
            command
        });
    }
}

/// The pairs of schemas that all frameworks of Python have.
const PYTHON: &[&str] =
    &[".", "corners", "kept", "directives", "one-of", "returned", "implementers", "roots", "words"];

#[test]
fn strawberry() {
    check_python("strawberry", "requirements.txt", PYTHON);
}

#[test]
fn graphene() {
    check_python("graphene", "graphene.txt", PYTHON);
}

#[test]
fn ariadne() {
    check_python("ariadne", "requirements.txt", PYTHON);
}

/// A server of TypeScript. Its file holds several modules, each below a line `// file: NAME`; the first is the server.
fn check_node(framework: &str, schemas: &[&str]) {
    let installed = node::installed("node");
    for schemas in schemas {
        let server = server_file(schemas, "ts");
        check(framework, schemas, &server, |place| {
            let text = fs::read_to_string(place.join(&server)).unwrap();
            let name = format!("{framework}-{server}-{}", place.file_name().unwrap().to_str().unwrap());
            let modules = installed.join(&name);
            fs::create_dir_all(&modules).unwrap();
            let mut module = (server.as_str(), String::new());
            for line in text.lines().chain(["// file: "]) {
                if let Some(next) = line.strip_prefix("// file: ") {
                    let (name, text) = std::mem::replace(&mut module, (next, String::new()));
                    fs::write(modules.join(name), text).unwrap();
                } else {
                    module.1 += line;
                    module.1.push('\n');
                }
            }
            let config = r#"{"extends": "../tsconfig.json", "compilerOptions": {"outDir": "built"}, "include": ["*.ts"]}"#;
            fs::write(modules.join("tsconfig.json"), config).unwrap();
            let compiler = installed.join("node_modules/typescript/bin/tsc");
            output(Command::new("node").arg(compiler).arg("--project").arg(&modules), &[0]);
            let mut command = Command::new("node");
            command.arg(modules.join("built").join(&name).join(&server).with_extension("js"));
            command
        });
    }
}

#[test]
fn apollo_server() {
    check_node(
        "apollo-server",
        &[".", "corners", "kept", "directives", "one-of", "returned", "implementers", "roots"],
    );
}

#[test]
fn nestjs() {
    check_node("nestjs", &[".", "corners", "kept", "directives", "one-of", "returned", "implementers"]);
}

#[test]
fn pothos() {
    check_node(
        "pothos",
        &[".", "corners", "kept", "directives", "one-of", "returned", "implementers", "roots"],
    );
}

#[test]
fn type_graphql() {
    check_node("type-graphql", &[".", "corners", "kept", "directives", "implementers"]);
}

/// A server of Rust, with the packages that `tests/frameworks/rust` pins.
fn check_rust(framework: &str, schemas: &[&str]) {
    for schemas in schemas {
        let server = server_file(schemas, "rs");
        check(framework, schemas, &server, |place| {
            let text = fs::read_to_string(place.join(&server)).unwrap();
            let stage = place.file_name().unwrap().to_str().unwrap();
            let name = format!("{framework}-{}-{stage}", Path::new(&server).file_stem().unwrap().display());
            Command::new(cargo(&name, &[(&server, &text)]))
        });
    }
}

#[test]
fn async_graphql() {
    check_rust("async-graphql", &[".", "corners", "kept", "returned", "implementers", "roots"]);
}

#[test]
fn juniper() {
    check_rust("juniper", &[".", "corners", "kept", "returned", "implementers", "roots"]);
}
