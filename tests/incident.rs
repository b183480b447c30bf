//! The incident, live: a real server over HTTP and WebSocket on this machine, and a bot that was built before the rename.
//! `docs/incident.md` tells the same story.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write files and run programs, and fail where they cannot"
)]

#[path = "support/paste.rs"]
mod paste;
#[path = "support/python.rs"]
mod python;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use self::paste::paste;
use self::python::python;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where the servers of this test are written.
fn work() -> PathBuf {
    let work = root().join("target/incident");
    fs::create_dir_all(&work).unwrap();
    work
}

/// A running server; it ends with the test, also where that panics.
struct Server {
    process: Child,
    port: u64,
    /// The schema that it exports, as a file.
    schema: PathBuf,
}

impl Server {
    fn start(name: &str, text: &str) -> Self {
        let file = work().join(format!("{name}.py"));
        fs::write(&file, text).unwrap();
        let mut process = Command::new(python("requirements.txt"))
            .arg(&file)
            .arg("0")
            .stdout(Stdio::piped())
            .stderr(fs::File::create(work().join(format!("{name}.log"))).unwrap())
            .spawn()
            .unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let (sender, first_line) = mpsc::channel();
        std::thread::spawn(move || {
            let _ = sender.send(out.lines().next());
        });
        // The guard is there before anything can go wrong.
        let mut server = Server { process, port: 0, schema: work().join(format!("{name}.graphql")) };
        let said =
            first_line.recv_timeout(Duration::from_secs(60)).expect("a line, or the log in target/incident");
        let said: Value = serde_json::from_str(&said.expect("the server says its port").unwrap()).unwrap();
        server.port = said["port"].as_u64().unwrap();
        fs::write(&server.schema, said["sdl"].as_str().unwrap()).unwrap();
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the bot gets, and whether it can work. Its operations are those that are stored for this build.
fn bot(server: &Server) -> (bool, Value) {
    let output = Command::new(python("requirements.txt"))
        .arg(root().join("tests/incident/client.py"))
        .arg(server.port.to_string())
        .arg(root().join("queries/karen/20045"))
        .output()
        .unwrap();
    let (out, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let said = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}\n{told}"));
    (output.status.success(), said)
}

/// The exit code of the program, and its report.
fn schemacheck(arguments: &[&str]) -> (i32, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_schemacheck"))
        .args(arguments)
        .args(["--format", "json"])
        .current_dir(root())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}")))
}

fn messages(errors: &Value) -> Vec<&str> {
    errors.as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap()).collect()
}

#[test]
fn the_code_brings_a_crashed_bot_back() {
    let after = fs::read_to_string(root().join("tests/incident/server.py")).unwrap();
    // The rename of the incident was one replacement of a word.
    let old = Server::start("old", &after.replace("emsg_", "emessage_"));
    let new = Server::start("new", &after);
    let (old_schema, new_schema) = (old.schema.to_str().unwrap(), new.schema.to_str().unwrap());
    for (example, server) in [("old", old_schema), ("new", new_schema)] {
        let example = format!("schemas/incident/{example}.graphql");
        let (code, report) = schemacheck(&["diff", &example, server, "--fail-on", "dangerous"]);
        assert_eq!(code, 0, "the server has the schema of the example: {}", report["reasons"]);
    }

    // Before the rename the bot works.
    let (works, said) = bot(&old);
    assert!(works, "{said}");
    let events = said["threads"]["events"].as_array().unwrap();
    let payload = |event: &Value| event["data"]["bot_threads_calls_tasks"]["news_payload_emessage"].clone();
    assert_eq!(payload(&events[1])["emessage_payload"]["text"], "Where is my order?");
    assert_eq!(said["delete"]["data"]["emessages_delete"], true);

    // The check that nobody ran.
    let queries = ["--operations", "queries"];
    let (code, report) = schemacheck(&[&["diff", old_schema, new_schema][..], &queries].concat());
    assert_eq!((code, &report["summary"]["operationsBroken"]), (1, &Value::from(2)));

    // The rename is deployed: the bot's subscription is refused, with the errors of the incident.
    let (works, said) = bot(&new);
    assert!(!works);
    let refused = messages(&said["threads"]["errors"]);
    assert_eq!(
        refused[..2],
        [
            "Unknown argument 'want_emessage_types' on field 'Subscription.bot_threads_calls_tasks'. \
             Did you mean 'want_emsg_types' or 'want_messages'?",
            "Cannot query field 'emessage_id' on type 'FExternalMessageOutput'. Did you mean 'emsg_id'?",
        ]
    );
    assert_eq!(refused.len(), 9, "one argument and eight fields: {refused:?}");
    assert_eq!(said["threads"]["events"], Value::Array(Vec::new()));
    assert!(said["delete"]["errors"].is_array(), "{said}");
    // The stored operations said the same before the deploy.
    let threads = report["operations"].as_array().unwrap();
    let threads = threads.iter().find(|operation| operation["name"] == "KarenThreads").unwrap();
    assert_eq!(threads["errors"].as_array().unwrap().len(), refused.len());

    // The patch, and its code pasted into the server.
    let suggest =
        [&["suggest", old_schema, new_schema][..], &queries, &["--framework", "strawberry"]].concat();
    let (code, report) = schemacheck(&suggest);
    assert_eq!((code, &report["patch"]["verified"]), (0, &Value::Bool(true)));
    let snippets = report["patch"]["code"]["strawberry"].as_array().unwrap();
    let told = fs::read_to_string(root().join("docs/incident.md")).unwrap();
    let shown = snippets[1..].iter().map(|snippet| snippet["code"].as_str().unwrap());
    for text in shown.chain(refused[..2].iter().copied()) {
        assert!(told.contains(text), "docs/incident.md tells another story than this:\n{text}");
    }
    let patched = Server::start("patched", &paste(&after, snippets));
    let patched_schema = patched.schema.to_str().unwrap();

    // What the server says of itself now breaks nobody, neither an old client nor a new one.
    for before in [old_schema, new_schema] {
        let check = ["diff", before, patched_schema, "--operations", "queries", "--fail-on", "affected"];
        let (code, report) = schemacheck(&check);
        assert_eq!(code, 0, "{}", report["reasons"]);
    }

    // The bot, not built again, works again.
    let (works, said) = bot(&patched);
    assert!(works, "{said}");
    let events = said["threads"]["events"].as_array().unwrap();
    assert_eq!(payload(&events[1])["emessage_payload"]["text"], "Where is my order?");
    assert_eq!(payload(&events[1])["emessage_from"], "alice");
    assert_eq!(said["delete"]["data"]["emessages_delete"], true);
}
