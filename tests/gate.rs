//! The registry, the gate, the matrix and runs in parts, from outside.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, start servers, and fail where they cannot"
)]

#[path = "support/python.rs"]
mod python;
#[path = "support/run.rs"]
mod run;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use self::run::{Answer, folder, root, schemacheck};

/// A registry, and how the program is called with it.
struct Program {
    folder: PathBuf,
    settings: Vec<(String, String)>,
}

impl Program {
    fn new(folder: &Path, registry: &str) -> Self {
        let settings = [
            ("SCHEMACHECK_REGISTRY", registry),
            ("SCHEMACHECK_BY", "ann"),
            ("SCHEMACHECK_TODAY", "2026-11-01"),
        ];
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned()));
        Program { folder: folder.to_owned(), settings: settings.to_vec() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = schemacheck();
        command.args(arguments).current_dir(&self.folder).envs(self.settings.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        run::run(&mut self.command(arguments), b"")
    }

    fn must(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.code, 0, "{arguments:?}: {} {}", answer.out, answer.err);
        answer.out
    }

    /// The report as JSON, held against its schema.
    fn report(&self, arguments: &[&str]) -> (i32, Value) {
        run::report(&mut self.command(arguments))
    }

    /// Publishes a client and deploys it.
    fn client(&self, name: &str, operations: &str, environment: &str) {
        self.must(&["client", "publish", name, "--operations", operations]);
        self.must(&["client", "deploy", name, "--env", environment]);
    }

    /// Publishes a schema and deploys it.
    fn schema(&self, name: &str, schema: &str, environment: &str) {
        self.must(&["schema", "publish", name, schema]);
        self.must(&["schema", "deploy", name, "--env", environment]);
    }
}

/// A folder with these files, and a registry below it.
fn work(files: &[(&str, &str)]) -> (TempDir, Program) {
    let folder = folder(files);
    let program = Program::new(folder.path(), ".schemacheck");
    (folder, program)
}

/// The versions of clients that a report says do not pass, with how many operations break.
fn failing(report: &Value) -> Vec<String> {
    let clients = report["gate"]["clients"].as_array().unwrap().iter();
    let failing = clients.filter(|client| client["verdict"] != "pass");
    failing
        .map(|client| {
            let text = |key: &str| client[key].as_str().unwrap().to_owned();
            format!("{}@{} {}/{}", text("name"), text("version"), client["broken"], client["operations"])
        })
        .collect()
}

const BOTS: [(&str, &str); 5] = [
    ("bob@30004", "queries/bob/30004"),
    ("boss@20045", "queries/boss/20045"),
    ("karen@20045", "queries/karen/20045"),
    ("karen@20051", "queries/karen/20051"),
    ("lawyer_rat@10012", "queries/lawyer_rat/10012"),
];

#[test]
fn the_incident_is_stopped_in_both_directions() {
    let folder = tempfile::tempdir().unwrap();
    let registry = folder.path().join("registry");
    let program = Program::new(&root(), registry.to_str().unwrap());
    for (name, operations) in BOTS {
        program.client(name, operations, "prod");
    }
    program.schema("platform@1", "schemas/incident/old.graphql", "prod");

    // The schema that renames, from a file and from the registry.
    let (code, report) =
        program.report(&["gate", "--env", "prod", "--schema", "schemas/incident/new.graphql"]);
    assert_eq!((code, report["state"].as_str()), (1, Some("fail")));
    assert_eq!(failing(&report), ["bob@30004 1/7", "boss@20045 1/6", "karen@20045 2/7", "karen@20051 2/8"]);
    assert_eq!(report["gate"]["order"], "client-first");
    assert_eq!(report["patch"]["verified"], true);
    let reasons = report["reasons"].to_string();
    for name in ["bob@30004", "boss@20045", "karen@20045", "karen@20051"] {
        assert!(reasons.contains(name), "{reasons}");
    }
    program.must(&["schema", "publish", "platform@2", "schemas/incident/new.graphql"]);
    let (code, of_version) = program.report(&["gate", "--env", "prod", "--schema", "platform@2"]);
    assert_eq!((code, failing(&of_version)), (1, failing(&report)));
    let shown = program.run(&["gate", "--env", "prod", "--schema", "platform@2"]).out;
    assert!(shown.contains("✗ karen@20051        2 of 8 operations broken"), "{shown}");
    for form in ["markdown", "html"] {
        let text = program.run(&["gate", "--env", "prod", "--schema", "platform@2", "--format", form]).out;
        assert!(text.contains("✗ karen@20051        2 of 8 operations broken"), "{form}: {text}");
    }
    let looked_at = program.run(&["doctor"]).out;
    assert!(looked_at.contains("environments: prod"), "{looked_at}");

    // With the aliases it may go live.
    let patched = folder.path().join("patched.graphql");
    let patched = patched.to_str().unwrap();
    let suggest =
        ["suggest", "registry:platform@env:prod", "registry:platform@2", "--operations", "registry:env:prod"];
    program.must(&[&suggest[..], &["--write", patched]].concat());
    let (code, passed) = program.report(&["gate", "--env", "prod", "--schema", patched]);
    assert_eq!((code, failing(&passed)), (0, vec![]));
    assert_eq!(passed["gate"]["order"], "either");

    // The build that is newer than the change and still sends the old text.
    program.must(&["client", "publish", "frog@20061", "--operations", "queries/frog/20061"]);
    assert_eq!(program.report(&["gate", "--env", "prod", "--client", "frog@20061"]).0, 0);
    program.must(&["schema", "deploy", "platform@2", "--env", "prod"]);
    let (code, stale) = program.report(&["gate", "--env", "prod", "--client", "frog@20061"]);
    assert_eq!((code, failing(&stale)), (1, vec!["frog@20061 2/6".to_owned()]));
    // It says what the client was built for, and which change broke it.
    assert!(
        stale["gate"]["message"].as_str().unwrap().contains("platform@1"),
        "{}",
        stale["gate"]["message"]
    );
    assert_eq!(stale["renameRules"][0]["from"], "emessage");

    let (code, matrix) = program.report(&["matrix", "--env", "prod"]);
    assert_eq!(code, 1);
    let cells: Vec<String> = matrix["matrix"]["clients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {} {}", row["name"], row["cells"][0]["verdict"], row["cells"][1]["verdict"]))
        .collect();
    let expected = |name: &str, on_new: &str| format!("\"{name}\" \"pass\" \"{on_new}\"");
    let fail = |name| expected(name, "fail");
    assert_eq!(
        cells,
        [fail("bob"), fail("boss"), fail("karen"), fail("karen"), expected("lawyer_rat", "pass")]
    );
    let markdown = program.run(&["matrix", "--env", "prod", "--format", "markdown"]).out;
    assert!(markdown.contains("| lawyer&#95;rat&#64;10012 | pass | pass |"), "{markdown}");
    let shown = program.run(&["matrix", "--env", "prod"]).out;
    assert!(shown.contains("karen@20051        pass         fail 2 of 8"), "{shown}");
}

const SCHEMAS: &[(&str, &str)] = &[
    ("ab.graphql", "type Query { a: Int b: Int }"),
    ("b.graphql", "type Query { b: Int }"),
    ("bc.graphql", "type Query { b: Int c: Int }"),
    ("a/op.graphql", "query A { a }"),
    ("b/op.graphql", "query B { b }"),
    ("c/op.graphql", "query C { c }"),
];

/// What only the running client knows stays a hole in the registry; everything around it is checked.
#[test]
fn a_client_whose_code_has_holes_is_published_and_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let registry = folder.path().join("registry");
    let program = Program::new(&root(), registry.to_str().unwrap());
    let published =
        program.run(&["client", "publish", "bot@1", "--operations", "tests/projects/incident_bot"]);
    assert_eq!(published.code, 0, "{}", published.err);
    assert!(
        published.err.contains("it is not published"),
        "what could not be read is told: {}",
        published.err
    );
    program.must(&["client", "deploy", "bot@1", "--env", "prod"]);
    program.schema("platform@1", "schemas/incident/old.graphql", "prod");
    let (code, report) =
        program.report(&["gate", "--env", "prod", "--schema", "schemas/incident/new.graphql"]);
    assert_eq!((code, failing(&report)), (1, vec!["bot@1 3/3".to_owned()]));
    assert_eq!(report["coverage"]["withHoles"], 2);
}

#[test]
fn what_cannot_be_answered_is_an_error_and_a_dry_run_says_so_loudly() {
    let (folder, program) = work(SCHEMAS);
    let gate = ["gate", "--env", "prod", "--schema", "b.graphql"];
    let told = |arguments: &[&str], expected: &str| {
        let (code, report) = program.report(arguments);
        assert_eq!((code, report["state"].as_str()), (2, Some("error")), "{arguments:?}");
        let reasons = report["reasons"].to_string();
        assert!(reasons.contains(expected), "{arguments:?}: {reasons}");
    };
    told(&gate, "there is no registry");
    assert_eq!(program.run(&["client", "list"]).code, 2);
    assert_eq!(program.run(&["client", "publish", "a@1", "--operations", "nothing"]).code, 2);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let empty = ["client", "publish", "a@1", "--operations", "empty", "--allow-empty"];
    assert!(program.run(&empty).err.contains("a client without operations cannot be gated"));
    fs::write(folder.path().join("bad.graphql"), "query { a").unwrap();
    let bad = program.run(&["client", "publish", "a@1", "--operations", "bad.graphql"]);
    assert!(bad.code == 2 && bad.err.contains("bad.graphql:1:10"), "{}", bad.err);
    assert!(program.run(&["schema", "publish", "s@1", "bad.graphql"]).err.contains("bad.graphql"));

    program.must(&["client", "publish", "a@1", "--operations", "a"]);
    told(&gate, "no client is live in prod");
    assert!(program.run(&["client", "deploy", "a@2", "--env", "prod"]).err.contains("versions that are: 1"));
    assert!(program.run(&["client", "retire", "a@1", "--env", "prod"]).err.contains("not live"));
    program.must(&["client", "deploy", "a@1", "--env", "prod"]);
    told(&["gate", "--env", "staging", "--schema", "b.graphql"], "environments with a history: prod");
    told(&["gate", "--env", "prod", "--client", "a@1"], "no schema is live in prod");
    told(&["gate", "--env", "prod", "--client", "z@1"], "no schema is live in prod");
    told(&["matrix", "--env", "prod"], "no schema is live in prod");
    told(&["gate", "--env", "prod", "--schema", "missing.graphql"], "missing.graphql");
    told(&["gate", "--env", "prod", "--schema", "s@9"], "s@9 is not published");
    told(&["validate", "ab.graphql", "--operations", "registry:env:staging"], "no client is live in staging");

    // No schema is live yet: the operations are validated, and that is said.
    let (code, first) = program.report(&["gate", "--env", "prod", "--schema", "ab.graphql"]);
    assert_eq!(code, 0);
    assert!(first["reasons"].to_string().contains("no schema is live there yet"), "{}", first["reasons"]);
    assert_eq!(program.report(&gate).0, 1);

    let dry = program.run(&[&gate[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0);
    assert!(
        dry.err.contains("DRY RUN: the gate would have stopped this deploy with exit code 1"),
        "{}",
        dry.err
    );
    let nothing = program.run(&["gate", "--env", "staging", "--schema", "b.graphql", "--dry-run"]);
    assert!(nothing.code == 0 && nothing.err.contains("exit code 2"), "{}", nothing.err);
    assert_eq!(program.report(&[&gate[..], &["--dry-run"]].concat()).1["gate"]["dryRun"], true);
    let usage = program.run(&["gate", "--env", "prod", "--dry-run"]);
    assert_eq!(usage.code, 2, "a dry run is called rightly");
}

#[test]
fn versions_never_change_and_deploys_make_what_is_live() {
    let (folder, program) = work(SCHEMAS);
    program.must(&["client", "publish", "web@1", "--operations", "a"]);
    let again = program.must(&["client", "publish", "web@1", "--operations", "a"]);
    assert!(again.contains("published before"), "{again}");
    let other = program.run(&["client", "publish", "web@1", "--operations", "b"]);
    assert!(other.code == 2 && other.err.contains("a version never changes"), "{}", other.err);
    program.must(&["client", "publish", "web@2", "--operations", "b"]);
    program.must(&["client", "publish", "web@3", "--operations", "b"]);
    let live = || -> Vec<String> {
        let list: Value =
            serde_json::from_str(&program.must(&["client", "list", "--env", "prod", "--format", "json"]))
                .unwrap();
        let list = list.as_array().unwrap().iter();
        list.map(|client| client["version"].as_str().unwrap().to_owned()).collect()
    };
    program.must(&["client", "deploy", "web@1", "--env", "prod"]);
    program.must(&["client", "deploy", "web@2", "--env", "prod"]);
    assert_eq!(live(), ["1", "2"], "many versions live at once are the normal case");
    program.must(&["client", "retire", "web@1", "--env", "prod"]);
    assert_eq!(live(), ["2"]);
    program.must(&["client", "deploy", "web@3", "--env", "prod", "--replace", "--by", "bea"]);
    assert_eq!(live(), ["3"]);
    let list: Value = serde_json::from_str(&program.must(&["client", "list", "--format", "json"])).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(list[2]["live"][0]["by"], "bea");
    assert!(list[2]["live"][0]["at"].as_str().unwrap().starts_with("20"));

    // Names are hostile.
    for name in ["../../etc/passwd@..", "Web@1", "web@1/..", "con@nul", "@scope/app@1.0", "a\u{1b}[31m@1"] {
        program.must(&["client", "publish", name, "--operations", "a"]);
    }
    let listed = program.must(&["client", "list"]);
    assert!(listed.contains("../../etc/passwd@..") && listed.contains("@scope/app@1.0"), "{listed}");
    assert!(!listed.contains('\u{1b}'), "{listed:?}");
    let outside: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside.len(), SCHEMAS.len() + 1, "only the registry is new: {outside:?}");
}

#[test]
fn a_schema_is_held_beside_every_live_one_and_approvals_count() {
    let (folder, program) = work(SCHEMAS);
    program.client("web@1", "a", "prod");
    program.client("web@2", "b", "prod");
    program.client("web@3", "c", "prod");
    program.schema("api@1", "ab.graphql", "prod");
    program.must(&["schema", "publish", "api@2", "bc.graphql"]);
    program.must(&["schema", "deploy", "api@2", "--env", "prod", "--keep"]);
    // A client has to live with both.
    for (client, code) in [("web@1", 1), ("web@2", 0), ("web@3", 1)] {
        let (found, report) = program.report(&["gate", "--env", "prod", "--client", client]);
        assert_eq!(found, code, "{client}");
        let states = report["gate"]["schemas"].as_array().unwrap();
        assert_eq!(states.len(), 2, "{client}");
    }
    // web@1 works on api@1 alone, web@3 on api@2 alone.
    let gate = ["gate", "--env", "prod", "--schema", "b.graphql", "--fail-on", "affected"];
    let (code, report) = program.report(&gate);
    assert_eq!((code, failing(&report)), (1, vec!["web@1 1/1".to_owned(), "web@3 1/1".to_owned()]));

    program.must(&["schema", "deploy", "api@1", "--env", "prod"]);
    let (code, report) = program.report(&gate);
    assert_eq!((code, failing(&report)), (1, vec!["web@1 1/1".to_owned()]));
    // web@3 is invalid on both, so it is not this schema's fault; api@2 would be its rescue, and breaks web@1.
    let (code, rescue) = program.report(&["gate", "--env", "prod", "--schema", "api@2"]);
    assert_eq!((code, rescue["gate"]["order"].as_str()), (1, Some("neither")));

    let fingerprint = report["changes"][0]["fingerprint"].as_str().unwrap();
    let approve =
        ["approve", fingerprint, "--reason", "web@1 is dead", "--by", "ann", "--expires", "2999-12-31"];
    program.must(&approve);
    let (code, approved) = program.report(&gate);
    assert_eq!((code, failing(&approved)), (0, vec![]));
    assert_eq!(approved["gate"]["clients"][0]["broken"], 1, "what was accepted is still told");
    let shown = program.run(&gate).out;
    assert!(
        shown.contains("1 of 1 operation broken, accepted") && shown.contains("web@1 is dead"),
        "{shown}"
    );

    // The place of the registry comes from the configuration too; several services need a name.
    fs::write(folder.path().join("schemacheck.toml"), "registry = \".schemacheck\"\n").unwrap();
    let configured = Command::new(env!("CARGO_BIN_EXE_schemacheck"))
        .args(["schema", "list"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(String::from_utf8(configured.stdout).unwrap().contains("api@1"));
    program.schema("other@1", "bc.graphql", "prod");
    let (code, report) = program.report(&gate);
    assert!(code == 2 && report["reasons"].to_string().contains("several services"), "{}", report["reasons"]);
    assert_eq!(program.report(&["gate", "--env", "prod", "--schema", "api@2", "--fail-on", "never"]).0, 0);
}

#[test]
fn what_is_damaged_is_never_read_as_whole() {
    let (folder, program) = work(SCHEMAS);
    program.client("web@1", "a", "prod");
    program.client("web@2", "b", "prod");
    program.schema("api@1", "ab.graphql", "prod");
    let registry = folder.path().join(".schemacheck");
    let gate = ["gate", "--env", "prod", "--schema", "ab.graphql"];
    assert_eq!(program.report(&gate).0, 0);
    let mut files = Vec::new();
    let mut folders = vec![registry.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert_eq!(files.len(), 1 + 3 + 3 + 3, "{files:?}");
    for file in &files {
        let whole = fs::read(file).unwrap();
        for damaged in [&whole[..whole.len() / 2], &[&whole[..whole.len() - 2], b"  "].concat(), b""] {
            fs::write(file, damaged).unwrap();
            let (code, report) = program.report(&gate);
            assert_eq!(code, 2, "{} {}", file.display(), report["reasons"]);
        }
        fs::remove_file(file).unwrap();
        let (code, report) = program.report(&gate);
        // Without the last entry of the history, a shorter one remains.
        let last = file.ends_with("deploys/prod/0000000003.json");
        assert_eq!(code, if last { 0 } else { 2 }, "{} {}", file.display(), report["reasons"]);
        fs::write(file, whole).unwrap();
    }
    // A version that was replaced behind the back of its deploy.
    let list = registry.join("clients/web/1.json");
    let other = fs::read_to_string(registry.join("clients/web/2.json")).unwrap();
    let whole = fs::read(&list).unwrap();
    fs::write(&list, other.replace("\"release\":\"2\"", "\"release\":\"1\"")).unwrap();
    let (code, report) = program.report(&gate);
    assert!(
        code == 2 && report["reasons"].to_string().contains("changed after its deploy"),
        "{}",
        report["reasons"]
    );
    fs::write(&list, whole).unwrap();

    // A text that is whole and another one; publishing again heals it.
    let text = files.iter().find(|file| fs::read(file).unwrap() == b"query A { a }").unwrap();
    fs::write(text, "query A { b }").unwrap();
    let (code, report) = program.report(&gate);
    assert!(
        code == 2 && report["reasons"].to_string().contains("its content is not"),
        "{}",
        report["reasons"]
    );
    program.must(&["client", "publish", "web@1", "--operations", "a"]);
    assert_eq!(program.report(&gate).0, 0);
}

/// An S3 server that ends with its test.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(python::python("s3.txt"))
            .arg(root().join("tests/python/s3_server.py"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let server = Server { child, port: line.trim().parse().expect("the server prints its port") };
        assert!(server.ask("PUT", "/bucket").contains("200 OK"));
        server
    }

    /// The program with a registry on this server.
    fn program(&self, folder: &Path) -> Program {
        let mut program = Program::new(folder, "s3://bucket/registry");
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        for (key, value) in [
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ENDPOINT", &endpoint),
            ("AWS_ALLOW_HTTP", "true"),
        ] {
            program.settings.push((key.to_owned(), value.to_owned()));
        }
        program
    }

    fn ask(&self, method: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// How many objects there are below a folder of the registry.
    fn objects(&self, folder: &str) -> usize {
        let listed = self.ask("GET", &format!("/bucket?list-type=2&prefix=registry/{folder}/"));
        assert!(listed.contains("200 OK"), "{listed}");
        listed.matches("<Key>").count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs several calls at once; the exit codes in their order.
fn at_once(program: &Program, calls: &[Vec<String>]) -> Vec<i32> {
    let spawn = |call: &Vec<String>| {
        program.command(&call.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap()
    };
    let children: Vec<Child> = calls.iter().map(spawn).collect();
    let code = |child: Child| child.wait_with_output().unwrap().status.code();
    children.into_iter().map(|child| code(child).expect("the program ends by itself")).collect()
}

/// Publishers and deployers at once, wherever the registry lies.
fn nobody_loses_or_overwrites(program: &Program) {
    let words = |line: String| -> Vec<String> { line.split(' ').map(str::to_owned).collect() };
    let publish = |release: &str, operations: &str| {
        words(format!("client publish {release} --operations {operations}"))
    };
    // The same version with other operations: one of both, and it stays.
    let mut codes = at_once(program, &[publish("web@1", "a"), publish("web@1", "b")]);
    codes.sort_unstable();
    assert_eq!(codes, [0, 2]);
    let published =
        |operations: &str| program.run(&["client", "publish", "web@1", "--operations", operations]).code;
    assert_eq!(published("a") + published("b"), 2, "exactly one of both was published");
    // The same version with the same operations: both are right.
    assert_eq!(at_once(program, &[publish("web@2", "b"), publish("web@2", "b")]), [0, 0]);

    for version in 3..9 {
        program.must(&["client", "publish", &format!("web@{version}"), "--operations", "b"]);
    }
    let deploys: Vec<Vec<String>> =
        (3..9).map(|version| words(format!("client deploy web@{version} --env prod"))).collect();
    assert_eq!(at_once(program, &deploys), [0; 6]);
    let list: Value =
        serde_json::from_str(&program.must(&["client", "list", "--env", "prod", "--format", "json"]))
            .unwrap();
    assert_eq!(list.as_array().unwrap().len(), 6, "no deploy is lost: {list}");
    program.must(&["schema", "publish", "api@1", "b.graphql"]);
    program.must(&["schema", "deploy", "api@1", "--env", "prod"]);
    assert_eq!(program.report(&["gate", "--env", "prod", "--schema", "bc.graphql"]).0, 0);
}

#[test]
fn nobody_loses_or_overwrites_in_a_folder() {
    let (_folder, program) = work(SCHEMAS);
    nobody_loses_or_overwrites(&program);
}

#[test]
fn a_bucket_keeps_publishers_apart_and_a_killed_one_leaves_nothing() {
    let (folder, _) = work(SCHEMAS);
    let server = Server::start(&[]);
    let program = server.program(folder.path());
    nobody_loses_or_overwrites(&program);

    // A publisher that is killed in the middle has published nothing, and the next one does.
    let operations: serde_json::Map<String, Value> =
        (0..300).map(|at| (at.to_string(), format!("query Q{at} {{ b }}").into())).collect();
    fs::write(folder.path().join("many.json"), Value::from(operations).to_string()).unwrap();
    let before = server.objects("objects");
    let publish = ["client", "publish", "many@1", "--operations", "many.json"];
    let mut child = program.command(&publish).spawn().unwrap();
    let started = Instant::now();
    while server.objects("objects") < before + 5 {
        assert!(started.elapsed() < Duration::from_secs(60), "the publisher does not begin");
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "it was killed before its end");
    assert!(server.objects("objects") < before + 300);
    assert_eq!(server.objects("clients/many"), 0);
    assert!(!program.must(&["client", "list"]).contains("many"));
    assert_eq!(program.run(&["client", "deploy", "many@1", "--env", "prod"]).code, 2);
    assert_eq!(program.report(&["gate", "--env", "prod", "--schema", "bc.graphql"]).0, 0);
    assert!(program.must(&publish).contains("300 documents"));
    program.must(&["client", "deploy", "many@1", "--env", "prod"]);
    assert_eq!(program.report(&["gate", "--env", "prod", "--schema", "bc.graphql"]).0, 0);
}

#[test]
fn a_store_without_conditional_writes_or_without_an_answer_is_refused() {
    let (folder, _) = work(SCHEMAS);
    let server = Server::start(&["unconditional"]);
    let mut program = server.program(folder.path());
    let refused = program.run(&["client", "publish", "web@1", "--operations", "a"]);
    assert!(refused.code == 2 && refused.err.contains("conditional writes"), "{}", refused.err);
    // Nobody listens on the port of a server that has ended.
    drop(server);
    let gate = ["gate", "--env", "prod", "--schema", "b.graphql"];
    let (code, report) = program.report(&gate);
    assert_eq!((code, report["state"].as_str()), (2, Some("error")));
    program.settings[0].1 = "ftp://bucket".to_owned();
    assert!(program.report(&gate).1["reasons"].to_string().contains("s3://"));
}

/// All parts of a run, merged; in JSON and for a person.
fn merged(program: &Program, folder: &Path, call: &[&str], of: usize) -> (i32, String, String) {
    let mut files = Vec::new();
    for index in 1..=of {
        let file = folder.join(format!("part-{index}-of-{of}.json")).to_str().unwrap().to_owned();
        let (partition, output) = (format!("{index}/{of}"), format!("json={file}"));
        let code =
            program.run(&[call, &["--partition", &partition, "--output", &output, "-q"]].concat()).code;
        assert!(code < 3, "{call:?}");
        files.push(file);
    }
    // The order of the reports does not count.
    files.reverse();
    let merge: Vec<&str> = std::iter::once("merge").chain(files.iter().map(String::as_str)).collect();
    let json = program.run(&[&merge[..], &["--format", "json"]].concat());
    assert_eq!(json.err, "");
    (json.code, json.out, program.run(&merge).out)
}

#[test]
fn parts_merged_are_the_whole_run_byte_for_byte() {
    let (folder, program) = work(SCHEMAS);
    let parts = tempfile::tempdir().unwrap();
    // A larger example: 120 operations, some of which need what only others show to be gone.
    let fields = |names: &str| format!("type Query {{ {names} }} enum E {{ P Q R }}");
    let old = fields("a(x: E): Int b: Int! c: Int d(e: E = P): Int");
    let new = "type Query { b: Int d(e: E = Q, f: Int!): Int } enum E { P Q }";
    fs::write(folder.path().join("old.graphql"), old).unwrap();
    fs::write(folder.path().join("new.graphql"), new).unwrap();
    let texts = ["a", "a(x: R)", "b", "c", "d", "d(e: P)", "nothing", "b c"];
    let map: serde_json::Map<String, Value> = (0..120)
        .map(|at| (at.to_string(), format!("query Q{at} {{ {} }}", texts[at % texts.len()]).into()))
        .collect();
    fs::write(folder.path().join("map.json"), format!("{:#}", Value::from(map))).unwrap();
    let config = "[deprecation]\nsoften-removals = true\nrequire-unused = true\n";
    fs::write(folder.path().join("schemacheck.toml"), config).unwrap();
    for (client, operations) in [("web@1", "a"), ("web@2", "b"), ("log@1", "map.json")] {
        program.client(client, operations, "prod");
    }
    program.schema("api@1", "old.graphql", "prod");
    let in_root = Program::new(&root(), folder.path().join(".schemacheck").to_str().unwrap());
    let incident =
        ["diff", "schemas/incident/old.graphql", "schemas/incident/new.graphql", "--operations", "queries"];
    let larger = ["diff", "old.graphql", "new.graphql", "--operations", "map.json", "--client", "web@1"];
    let rolling = ["--rolling", "--new-operations", "a", "--new-operations", "c"];
    let calls: [(&Program, Vec<&str>); 6] = [
        (&in_root, incident.to_vec()),
        (&program, larger.to_vec()),
        (&program, [&larger[..], &rolling].concat()),
        (
            &program,
            vec!["validate", "new.graphql", "--operations", "map.json", "--operations", "missing.graphql"],
        ),
        (&program, vec!["gate", "--env", "prod", "--schema", "new.graphql"]),
        (&program, vec!["diff", "old.graphql", "old.graphql", "--operations", "b"]),
    ];
    for (program, call) in &calls {
        let whole = program.run(&[&call[..], &["--format", "json"]].concat());
        let shown = program.run(call);
        for of in 1..=5 {
            let (code, json, human) = merged(program, parts.path(), call, of);
            assert_eq!((code, json.as_str()), (whole.code, whole.out.as_str()), "{call:?} in {of} parts");
            assert_eq!(human, shown.out, "{call:?} in {of} parts");
        }
    }
    // Every operation is in one part, and no part passes for the whole.
    let (_, part) = program.report(&[&larger[..], &["--partition", "2/3"]].concat());
    assert!(part["coverage"]["operations"].as_u64().unwrap() < 120);
    assert!(part["reasons"].to_string().contains("part 2/3"), "{}", part["reasons"]);
    assert_eq!(part["patch"], Value::Null);

    // What is no whole run cannot be merged.
    let merge = |files: &[&str]| {
        let files: Vec<String> =
            files.iter().map(|file| parts.path().join(file).to_str().unwrap().to_owned()).collect();
        let arguments: Vec<&str> = std::iter::once("merge").chain(files.iter().map(String::as_str)).collect();
        let answer = program.run(&arguments);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{arguments:?}");
        answer.err
    };
    assert!(merge(&["part-1-of-2.json"]).contains("parts are missing: 2/2"));
    assert!(merge(&["part-1-of-2.json", "part-1-of-2.json"]).contains("there twice"));
    assert!(merge(&["part-1-of-2.json", "part-2-of-3.json"]).contains("different runs"));
    assert!(merge(&["../part-0.json"]).contains("part-0.json"));
    fs::write(folder.path().join("b/op.graphql"), "query B { b b }").unwrap();
    assert!(merge(&["part-1-of-2.json", "part-2-of-2.json"]).contains("changed since"));
    let whole = parts.path().join("whole.json");
    fs::write(&whole, program.run(&["diff", "old.graphql", "new.graphql", "--format", "json"]).out).unwrap();
    assert!(merge(&["whole.json"]).contains("no report of a part"));
}
