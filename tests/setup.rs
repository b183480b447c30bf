//! What surrounds a decision: the configuration and who shares it, first steps, who is told, and metrics.

#![allow(
    clippy::disallowed_methods,
    clippy::float_cmp,
    clippy::unwrap_used,
    reason = "tests read and write files, fail where they cannot, and metrics are whole numbers"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

#[path = "support/program.rs"]
#[allow(dead_code, reason = "other tests use more of what is shared")]
mod program;
#[path = "support/python.rs"]
mod python;

use program::{Scripted, folder, report_with, respond, run_with};

const OLD: &str = "type Query { a: Int b: Int }";
const NEW: &str = "type Query { b: Int }";
const SECRET: &str = "whsec-0123456789";

/// A folder in which `diff old.graphql new.graphql` fails and `diff old.graphql old.graphql` passes.
fn work() -> tempfile::TempDir {
    folder(&[
        ("old.graphql", OLD),
        ("new.graphql", NEW),
        ("queries/web/1/a.graphql", "query UsesA { a }"),
        ("queries/<!channel>/1/b.graphql", "query AlsoUsesA { a b }"),
    ])
}

/// What Python makes of a program and its input.
fn python(interpreter: &Path, program: &str, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(interpreter)
        .args(["-c", program])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_webhook_is_told_of_every_run_and_can_check_who_sent_it() {
    let receiver = Scripted::start(|_, before, stream| {
        // The first attempt gets lost.
        let status = if before == 0 { "503 Service Unavailable" } else { "204 No Content" };
        respond(stream, status, "", b"");
    });
    let work = work();
    let route = format!("webhook:{}/hooks/private-path", receiver.url);
    let tell = |new: &str, variables: &[(&str, &str)]| {
        let arguments = ["diff", "old.graphql", new, "--operations", "queries", "--notify", &route];
        let answer = run_with(work.path(), &arguments, variables);
        assert!(
            !answer.told().contains("private-path") && !answer.told().contains(SECRET),
            "{}",
            answer.told()
        );
        answer
    };
    let variables = [("SCHEMACHECK_WEBHOOK_SECRET", SECRET), ("SCHEMACHECK_RUN", "1")];
    assert_eq!(tell("new.graphql", &variables).code, 1);
    assert_eq!(tell("old.graphql", &variables).code, 0);
    assert_eq!(tell("old.graphql", &variables).code, 0);
    assert_eq!(tell("old.graphql", &[variables[0], ("SCHEMACHECK_RUN", "2")]).code, 0);
    let requests = receiver.requests();
    let keys: Vec<&str> = requests.iter().map(|request| request.header("idempotency-key").unwrap()).collect();
    // Attempts and repetitions of one run have one key; another outcome and another run have others.
    assert_eq!((keys[0], keys[2]), (keys[1], keys[3]));
    assert!(keys.len() == 5 && keys[0] != keys[2] && keys[4] != keys[2] && keys[4].len() == 32, "{keys:?}");
    let told: Value = serde_json::from_str(&requests[1].body).unwrap();
    assert_eq!(
        (&told["state"], &told["command"], &told["breaking"]),
        (&"fail".into(), &"diff".into(), &1.into())
    );
    assert_eq!(told["changes"][0]["coordinate"], "Query.a");
    assert_eq!(told["operations"][1]["name"], "UsesA");
    let passed: Value = serde_json::from_str(&requests[2].body).unwrap();
    assert_eq!(passed["state"], "pass");

    // As a receiver would: by another implementation, over the bytes as they came.
    let check = "import hmac, sys; key, timestamp = sys.argv[1:]; body = sys.stdin.read(); \
                 print('sha256=' + hmac.new(key.encode(), f'{timestamp}.{body}'.encode(), 'sha256').hexdigest())";
    let timestamp = requests[1].header("x-schemacheck-timestamp").unwrap();
    let expected = python(Path::new("python3"), check, &[SECRET, timestamp], &requests[1].body);
    assert_eq!(requests[1].header("x-schemacheck-signature"), Some(expected.as_str()));
    let other =
        python(Path::new("python3"), check, &[SECRET, timestamp], &requests[1].body.replace("fail", "pass"));
    assert_ne!(requests[1].header("x-schemacheck-signature"), Some(other.as_str()));

    // Without a secret nothing is sent.
    let unsigned = tell("old.graphql", &[]);
    assert_eq!((unsigned.code, receiver.requests().len()), (2, 5));
    assert!(unsigned.out.contains("SCHEMACHECK_WEBHOOK_SECRET"), "{}", unsigned.out);
}

#[test]
fn that_nobody_was_told_is_an_error_unless_the_run_failed() {
    let gone = Scripted::start(|_, _, stream| respond(stream, "404 Not Found", "", b"no_service"));
    let address = format!("{}/services/T0/B0/xyzzy-secret", gone.url);
    let work = work();
    let told = |new: &str, route: &str| {
        let variables = [("HOOK", address.as_str()), ("SCHEMACHECK_WEBHOOK_SECRET", SECRET)];
        let (code, report) =
            report_with(work.path(), &["diff", "old.graphql", new, "--notify", route], &variables);
        assert!(!report.to_string().contains("xyzzy"), "{report}");
        (code, report["reasons"].to_string())
    };
    let (code, reasons) = told("old.graphql", "webhook:env:HOOK");
    assert_eq!(code, 2);
    assert!(
        reasons.contains(
            "webhook:env:HOOK: the message was not delivered: it answers 404 Not Found: no_service"
        ),
        "{reasons}"
    );
    // The break stays the answer, and what went wrong is told with it.
    let (code, reasons) = told("new.graphql", "slack:env:HOOK");
    assert_eq!(code, 1);
    assert!(reasons.contains("slack:env:HOOK: the message was not delivered"), "{reasons}");
    // Slack is not told of a pass, but a route that cannot work is an error at once.
    assert_eq!(told("old.graphql", "slack:env:HOOK").0, 0);
    for (route, expected) in [
        ("slack:env:NOWHERE", "the environment has no variable NOWHERE"),
        ("slakc:env:HOOK", "there is no such route"),
        ("slack", "write it as slack or webhook"),
        ("webhook:ftp://x/", "begins with http:// or https://"),
        ("webhook:https://ann:pw@x/", "holds a user or a password"),
    ] {
        let (code, reasons) = told("old.graphql", route);
        assert_eq!(code, 2, "{route}");
        assert!(reasons.contains(expected) && !reasons.contains("pw"), "{reasons}");
    }
}

#[test]
fn slack_is_told_in_words_that_call_nobody() {
    let slack = Scripted::start(|_, _, stream| respond(stream, "200 OK", "", b"ok"));
    let work = work();
    let variables = [
        ("HOOK", slack.url.as_str()),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "acme/api"),
        ("GITHUB_RUN_ID", "77"),
    ];
    let arguments =
        ["diff", "old.graphql", "new.graphql", "--operations", "queries", "--notify", "slack:env:HOOK"];
    assert_eq!(run_with(work.path(), &arguments, &variables).code, 1);
    let body: Value = serde_json::from_str(&slack.requests()[0].body).unwrap();
    assert_eq!(body["text"], "schemacheck diff: fail for new.graphql");
    let section = body["blocks"][1]["text"]["text"].as_str().unwrap();
    let expected = "• 2 stored operations break\n• 1 breaking change\n*Breaking changes*\n`Query.a` ";
    assert!(section.starts_with(expected), "{section}");
    assert!(section.contains("`AlsoUsesA` &lt;!channel&gt;@1\n"), "{section}");
    assert!(section.ends_with("<https://github.com/acme/api/actions/runs/77|The run>\n"), "{section}");
}

/// What a scrape reads, by the reader of Prometheus' own client: name, labels and value of each sample.
fn scrape(file: &Path) -> Vec<(String, Value, f64)> {
    let read = "import json, sys\nfrom prometheus_client.parser import text_string_to_metric_families as read\n\
                for family in read(sys.stdin.read()):\n    assert family.type == 'gauge' and family.documentation\n    \
                for sample in family.samples:\n        print(json.dumps([sample.name, sample.labels, sample.value]))";
    let interpreter = python::python("prometheus.txt");
    let text = python(&interpreter, read, &[], &fs::read_to_string(file).unwrap());
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn metrics_say_how_the_last_run_ended_and_when_one_passed_last() {
    let work = work();
    let manifest = "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [{\"id\": \"1\", \
                    \"name\": \"Third\", \"type\": \"query\", \"body\": \"query Third { a }\", \"clientName\": \
                    \"a\\\"b\\\\c\\nd\"}]}";
    fs::write(work.path().join("queries/manifest.json"), manifest).unwrap();
    let file = work.path().join("out/check.prom");
    fs::create_dir(work.path().join("out")).unwrap();
    let run = |new: &str| {
        let arguments =
            ["diff", "old.graphql", new, "--operations", "queries", "--metrics-file", "out/check.prom"];
        let code = run_with(work.path(), &arguments, &[]).code;
        assert_eq!(
            fs::read_dir(work.path().join("out")).unwrap().count(),
            1,
            "nothing is left beside the file"
        );
        (code, scrape(&file))
    };
    let value = |samples: &[(String, Value, f64)], name: &str, label: &str, text: &str| {
        let found = samples.iter().find(|(found, labels, _)| {
            found == name && labels["command"] == "diff" && (label.is_empty() || labels[label] == text)
        });
        found.unwrap_or_else(|| panic!("no {name} {label}={text} in {samples:?}")).2
    };
    let (run_at, pass_at) =
        ("schemacheck_last_run_timestamp_seconds", "schemacheck_last_success_timestamp_seconds");
    let (code, failed) = run("new.graphql");
    assert_eq!((code, value(&failed, "schemacheck_state", "state", "fail")), (1, 1.0));
    assert_eq!(value(&failed, pass_at, "", ""), 0.0, "none has passed yet");
    assert!(value(&failed, run_at, "", "") > 1.7e9);
    assert_eq!(value(&failed, "schemacheck_changes", "severity", "breaking"), 1.0);
    assert_eq!(value(&failed, "schemacheck_operations", "verdict", "broken"), 3.0);
    assert_eq!(value(&failed, "schemacheck_operations_checked", "", ""), 3.0);
    for client in ["web", "<!channel>", "a\"b\\c\nd"] {
        assert_eq!(value(&failed, "schemacheck_client_operations_broken", "client", client), 1.0);
    }
    let (code, passed) = run("old.graphql");
    assert_eq!((code, value(&passed, "schemacheck_state", "state", "pass")), (0, 1.0));
    assert_eq!(value(&passed, pass_at, "", ""), value(&passed, run_at, "", ""));

    // A run that cannot answer keeps when the last one passed.
    let text = fs::read_to_string(&file).unwrap();
    let earlier = text.lines().map(|line| {
        if line.starts_with(pass_at) {
            format!("{pass_at}{{command=\"diff\"}} 1700000001")
        } else {
            line.to_owned()
        }
    });
    fs::write(&file, earlier.collect::<Vec<_>>().join("\n")).unwrap();
    let (code, error) = run("missing.graphql");
    assert_eq!((code, value(&error, "schemacheck_state", "state", "error")), (2, 1.0));
    assert_eq!(value(&error, pass_at, "", ""), 1_700_000_001.0);

    for (file, code) in [("out/check.txt", 2), ("no/such/folder.prom", 2)] {
        let arguments = ["diff", "old.graphql", "old.graphql", "--metrics-file", file];
        assert_eq!(run_with(work.path(), &arguments, &[]).code, code, "{file}");
        let fails = ["diff", "old.graphql", "new.graphql", "--metrics-file", file];
        assert_eq!(run_with(work.path(), &fails, &[]).code, 1, "a run that failed stays one");
    }
}

#[test]
fn what_the_command_line_does_not_name_comes_from_the_configuration() {
    let work = work();
    let with = |config: &str, arguments: &[&str]| {
        fs::write(work.path().join("schemacheck.toml"), config).unwrap();
        report_with(work.path(), arguments, &[])
    };
    let all =
        "old = \"old.graphql\"\nschema = [\"new.graphql\"]\noperations = [\"queries\", \"!**/b.graphql\"]";
    let (code, report) = with(all, &["diff"]);
    assert_eq!((code, report["summary"]["operationsBroken"].as_u64()), (1, Some(1)));
    assert_eq!(
        (&report["old"]["source"], &report["new"]["source"]),
        (&"old.graphql".into(), &"new.graphql".into())
    );
    assert_eq!(with(all, &["validate"]).0, 1);
    assert_eq!(with(all, &["validate", "old.graphql"]).0, 0);
    assert_eq!(with(all, &["diff", "old.graphql", "old.graphql"]).0, 0);
    assert_eq!(with(all, &["suggest"]).0, 0);
    for (config, arguments, expected) in [
        (
            "schema = \"new.graphql\"",
            &["diff"][..],
            "OLD is not named; name it, or set old in schemacheck.toml",
        ),
        ("", &["diff", "old.graphql"], "NEW is not named"),
        ("", &["validate"], "SCHEMA is not named"),
        ("operatoins = []", &["validate"], "did you mean operations?"),
        ("schema = 1", &["validate"], "schemacheck.toml"),
        ("operations = \"none\"", &["diff", "old.graphql", "old.graphql"], "none: "),
        (all, &["diff", "--project", "web"], "has no projects"),
    ] {
        let (code, report) = with(config, arguments);
        assert_eq!(code, 2, "{config} {arguments:?}");
        assert!(report["reasons"].to_string().contains(expected), "{}", report["reasons"]);
    }
    // Paths begin at the file that names them.
    fs::create_dir(work.path().join("elsewhere")).unwrap();
    fs::rename(work.path().join("schemacheck.toml"), work.path().join("elsewhere/schemacheck.toml")).unwrap();
    fs::write(work.path().join("elsewhere/schemacheck.toml"), "schema = \"../new.graphql\"").unwrap();
    let (code, report) =
        report_with(work.path(), &["diff", "old.graphql", "--config", "elsewhere/schemacheck.toml"], &[]);
    assert_eq!((code, report["new"]["source"].as_str()), (1, Some("elsewhere/../new.graphql")));
}

#[test]
fn a_shared_configuration_is_honoured() {
    let extension = "{\"fail-on\": \"never\", \"old\": \"old.graphql\"}";
    let json = format!(
        "{{\"schema\": \"new.graphql\", \"documents\": [\"queries/**/*.graphql\", \"!**/b.graphql\"], \
         \"extensions\": {{\"other\": {{\"x\": 1}}, \"schemacheck\": {extension}}}}}"
    );
    let yaml = "schema:\n  - new.graphql\ndocuments: \"queries/**/*.graphql\"\nextensions:\n  schemacheck:\n    \
                fail-on: never\n    old: \"${OLD:old.graphql}\"\n";
    let toml = "schema = \"new.graphql\"\ndocuments = \"queries\"\n[extensions.schemacheck]\nfail-on = \"never\"\nold = \
                \"old.graphql\"\n";
    let yaml = yaml.replace("${OLD:old.graphql}", "old.graphql");
    for (name, text, operations) in [
        (".graphqlrc", json.as_str(), 1),
        (".graphqlrc", &yaml, 2),
        (".graphqlrc.yml", &yaml, 2),
        ("graphql.config.yaml", &yaml, 2),
        ("graphql.config.json", &json, 1),
        (".graphqlrc.toml", toml, 2),
    ] {
        let work = work();
        fs::write(work.path().join(name), text).unwrap();
        let (code, report) = report_with(work.path(), &["diff"], &[]);
        assert_eq!(code, 0, "{name}: {}", report["reasons"]);
        assert_eq!(report["summary"]["operationsBroken"].as_u64(), Some(operations), "{name}");
    }
    let work = work();
    let with = |text: &str, arguments: &[&str], variables: &[(&str, &str)]| {
        fs::write(work.path().join(".graphqlrc.yml"), text).unwrap();
        report_with(work.path(), arguments, variables)
    };
    let projects =
        "projects:\n  web: {schema: new.graphql, documents: queries}\n  api: {schema: old.graphql}\n";
    assert_eq!(with(projects, &["validate", "--project", "web"], &[]).0, 1);
    let diff = ["diff", "old.graphql"];
    assert_eq!(with(projects, &[&diff[..], &["--project", "api"]].concat(), &[]).0, 0);
    assert_eq!(with("projects:\n  only: new.graphql\n", &diff, &[]).0, 1);
    assert_eq!(with("schema: \"${NAME}.graphql\"\n", &diff, &[("NAME", "new")]).0, 1);
    for (text, arguments, expected) in [
        (projects, &diff[..], "has the projects api, web; choose one with --project"),
        (projects, &["diff", "old.graphql", "--project", "wev"], "did you mean web?"),
        ("schema: \"${NAME}.graphql\"\n", &diff, "the environment has no variable NAME"),
        ("extensions: {schemacheck: {fail_on: never}}\n", &diff, "did you mean fail-on?"),
        ("schema: [new.graphql\n", &diff, ".graphqlrc.yml: line "),
        ("schema: &x a\ndocuments: *x\n", &diff, "an alias"),
    ] {
        let (code, report) = with(text, arguments, &[]);
        assert_eq!(code, 2, "{text}");
        assert!(report["reasons"].to_string().contains(expected), "{}", report["reasons"]);
    }
    // What is named needs no project; settings in two places are no settings.
    assert_eq!(with(projects, &["diff", "old.graphql", "new.graphql"], &[]).0, 1);
    fs::write(work.path().join("schemacheck.toml"), "fail-on = \"never\"").unwrap();
    assert_eq!(with("schema: new.graphql\n", &diff, &[]).0, 0);
    let (code, report) =
        with("extensions: {schemacheck: {fail-on: never}}\n", &["diff", "old.graphql", "new.graphql"], &[]);
    assert!(code == 2 && report["reasons"].to_string().contains("keep one of them"), "{}", report["reasons"]);
    fs::remove_file(work.path().join("schemacheck.toml")).unwrap();

    // A program is not run, and said to be there where something is missing.
    fs::remove_file(work.path().join(".graphqlrc.yml")).unwrap();
    fs::write(work.path().join("graphql.config.ts"), "throw 1").unwrap();
    assert_eq!(report_with(work.path(), &["diff", "old.graphql", "new.graphql"], &[]).0, 1);
    let (code, report) = report_with(work.path(), &["validate", "old.graphql"], &[]);
    assert!(
        code == 2 && report["reasons"].to_string().contains("graphql.config.ts is a program"),
        "{}",
        report["reasons"]
    );
}

#[test]
fn headers_of_a_shared_configuration_go_to_their_server_and_show_nowhere() {
    let server = Scripted::start(|request, _, stream| {
        let token = request.header("authorization").unwrap_or("none");
        let body = format!("{{\"errors\": [{{\"message\": \"no such token: {token}\"}}]}}");
        respond(stream, "200 OK", "", body.as_bytes());
    });
    let work = work();
    let text = format!(
        "schema:\n  - {}/graphql:\n      headers:\n        Authorization: \"Bearer ${{API_TOKEN}}\"\n",
        server.url
    );
    fs::write(work.path().join(".graphqlrc.yml"), text).unwrap();
    let answer = run_with(work.path(), &["diff", "old.graphql"], &[("API_TOKEN", "s3cret-token")]);
    assert_eq!((answer.code, server.requests()[0].header("authorization")), (2, Some("Bearer s3cret-token")));
    assert!(answer.out.contains("no such token: Bearer ***"), "{}", answer.out);
    assert!(!answer.told().contains("s3cret"), "{}", answer.told());
}

fn git(folder: &Path, arguments: &[&str]) {
    let status =
        Command::new("git").args(arguments).current_dir(folder).env_remove("GIT_DIR").status().unwrap();
    assert!(status.success());
}

#[test]
fn a_first_configuration_finds_what_is_there_and_works() {
    let work = folder(&[
        ("api/schema.graphql", OLD),
        ("queries/web/1/a.graphql", "{ a }"),
        ("app/src/q.gql", "query Q { b }"),
        ("app/schema-part.graphql", "extend type Query { c: Int }"),
        ("node_modules/x/y.graphql", "{ z }"),
    ]);
    let here = work.path();
    fs::remove_file(here.join("app/schema-part.graphql")).unwrap();
    git(here, &["init", "--quiet", "--initial-branch=trunk"]);
    git(
        here,
        &["-c", "user.name=t", "-c", "user.email=t@e", "commit", "--quiet", "--allow-empty", "--message=c"],
    );
    git(here, &["update-ref", "refs/remotes/origin/trunk", "HEAD"]);
    git(here, &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]);
    let init = run_with(here, &["init"], &[]);
    assert_eq!(init.code, 0, "{}", init.told());
    let text = fs::read_to_string(here.join("schemacheck.toml")).unwrap();
    for line in [
        "schema = \"api/schema.graphql\"",
        "operations = [\n    \"app\",\n    \"queries\",\n]",
        "old = \"git:merge-base(trunk):api/schema.graphql\"",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    git(here, &["add", "--all"]);
    git(here, &["-c", "user.name=t", "-c", "user.email=t@e", "commit", "--quiet", "--message=c"]);
    git(here, &["update-ref", "refs/remotes/origin/trunk", "HEAD"]);
    let doctor = run_with(here, &["doctor"], &[]);
    assert_eq!(doctor.code, 0, "{}", doctor.out);
    assert!(
        doctor.out.contains("ok     operations     2 operations in 2 files of 1 client\n"),
        "{}",
        doctor.out
    );
    fs::write(here.join("api/schema.graphql"), NEW).unwrap();
    assert_eq!(report_with(here, &["diff"], &[]).1["summary"]["operationsBroken"], 1);

    let again = run_with(here, &["init"], &[]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("schemacheck.toml is there already and stays as it is"), "{}", again.err);
    assert_eq!(fs::read_to_string(here.join("schemacheck.toml")).unwrap(), text);

    // Where nothing is there, the file is a valid one that sets nothing; what others share is not said twice.
    for files in [&[][..], &[(".graphqlrc", "schema: s.graphql"), ("s.graphql", OLD)]] {
        let empty = folder(files);
        assert_eq!(run_with(empty.path(), &["init"], &[]).code, 0);
        let text = fs::read_to_string(empty.path().join("schemacheck.toml")).unwrap();
        assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
        let uncommented =
            text.replace("# schema =", "schema =").replace("# [rules]\n# field", "[rules]\nfield");
        let uncommented =
            uncommented.replace("# operations =", "operations =").replace("# fail-on", "fail-on");
        fs::write(empty.path().join("schemacheck.toml"), uncommented).unwrap();
        fs::write(empty.path().join("schema.graphql"), OLD).unwrap();
        assert_eq!(
            report_with(empty.path(), &["suggest", "schema.graphql"], &[]).0,
            if files.is_empty() { 2 } else { 0 }
        );
    }
}

#[test]
fn doctor_tells_what_is_set_up_and_what_is_not() {
    let nothing = folder(&[]);
    let told = run_with(nothing.path(), &["doctor"], &[]);
    assert_eq!(told.code, 1);
    for line in [
        "fail   configuration  none",
        "fail   schema",
        "fail   operations",
        "--     approvals",
        "--     notify",
    ] {
        assert!(told.out.contains(line), "{line} is not in {}", told.out);
    }
    let work = work();
    let with = |config: &str| {
        fs::write(work.path().join("schemacheck.toml"), config).unwrap();
        run_with(work.path(), &["doctor"], &[])
    };
    let good = "schema = \"old.graphql\"\noperations = \"queries\"\n";
    assert_eq!(with(good).code, 0, "{}", with(good).out);
    for (config, code, expected) in [
        ("schema = \"new.graphql\"\noperations = \"queries\"\n", 0, "2 are invalid on the schema already"),
        (
            "schema = \"missing.graphql\"\noperations = \"queries\"\n",
            2,
            "error  schema         missing.graphql: ",
        ),
        (
            "schema = \"old.graphql\"\noperations = \"missing\"\n",
            1,
            "fail   operations     no operation was found",
        ),
        ("schema = \"old.graphql\"\n", 1, "fail   operations     none are configured"),
        ("shcema = 1\n", 2, "did you mean schema?"),
        ("schema = \"old.graphql\"\noperations = \"queries\"\nold = \"git:x:y\"\n", 2, "error  old schema"),
    ] {
        let told = with(config);
        assert_eq!(told.code, code, "{}", told.out);
        assert!(told.out.contains(expected), "{expected} is not in {}", told.out);
    }
    let approval =
        "[[approval]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\nby = \"b\"\nexpires = 2020-01-01\n";
    fs::write(work.path().join("schemacheck.approvals.toml"), approval).unwrap();
    let told = with(good);
    assert_eq!(told.code, 1);
    assert!(told.out.contains("fail   approvals      0123456789ab expired on 2020-01-01: r"), "{}", told.out);
}

#[test]
fn doctor_tries_the_routes_before_they_are_needed() {
    let slack = Scripted::start(|_, _, stream| respond(stream, "200 OK", "", b"ok"));
    let gone = Scripted::start(|_, _, stream| respond(stream, "410 Gone", "", b"channel_is_archived"));
    let work = work();
    fs::write(work.path().join("schemacheck.toml"), "schema = \"old.graphql\"\noperations = \"queries\"\n")
        .unwrap();
    let variables = [("GOOD", slack.url.as_str()), ("BAD", gone.url.as_str())];
    let good = run_with(work.path(), &["doctor", "--notify", "slack:env:GOOD"], &variables);
    assert_eq!(good.code, 0, "{}", good.out);
    assert!(good.out.contains("slack:env:GOOD: a test message was delivered"), "{}", good.out);
    assert!(slack.requests()[0].body.contains("nothing is wrong"));
    let arguments = ["doctor", "--notify", "slack:env:GOOD", "--notify", "slack:env:BAD"];
    let bad = run_with(work.path(), &arguments, &variables);
    assert_eq!(bad.code, 2, "{}", bad.out);
    assert!(
        bad.out.contains(
            "slack:env:BAD: the message was not delivered: it answers 410 Gone: channel_is_archived"
        ),
        "{}",
        bad.out
    );
}
