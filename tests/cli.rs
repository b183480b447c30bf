//! The command line from outside: exit codes, bad input, forms of the report, and that the guide is true.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

#[path = "support/run.rs"]
mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use self::run::{Answer, folder, root, schemacheck};

fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Answer {
    run::run(schemacheck().args(arguments).current_dir(folder), input)
}

/// The report as JSON, held against its schema.
fn report(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    run::report(schemacheck().args(arguments).current_dir(folder))
}

const INCIDENT: [&str; 5] =
    ["diff", "schemas/incident/old.graphql", "schemas/incident/new.graphql", "--operations", "queries"];

#[test]
fn the_guide_shows_what_the_main_command_prints() {
    let guide = fs::read_to_string(root().join("docs/local.md")).unwrap();
    let command = "cargo run --release -p schemacheck-cli -- diff schemas/incident/old.graphql \
                   schemas/incident/new.graphql --operations queries";
    let shown = guide.split_once(&format!("{command}\n```\n")).expect("the guide begins with the command").1;
    let shown = shown.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(run_in(&root(), &INCIDENT, b"").out, shown);
}

#[test]
fn the_incident_is_ten_renames_by_one_rule_and_a_proven_patch() {
    let (code, report) = report(&root(), &INCIDENT);
    assert_eq!((code, report["state"].as_str()), (1, Some("fail")));
    let rules: Vec<&str> =
        report["changes"].as_array().unwrap().iter().map(|change| change["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, [&["field-renamed"; 8][..], &["argument-renamed"; 2]].concat());
    assert_eq!(
        report["renameRules"],
        serde_json::json!([{"from": "emessage", "to": "emsg", "explains": 10}])
    );
    assert_eq!(report["patch"]["verified"], true);
    assert_eq!(report["patch"]["brokenOperationsAfter"], 0);
    let broken: Vec<&Value> = report["operations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|operation| operation["verdict"] == "broken")
        .collect();
    assert_eq!(broken.len(), 2);
    let sends = |operation: &Value, name: &str, version: &str| {
        let clients = operation["clients"].as_array().unwrap();
        clients.iter().any(|client| client["name"] == name && client["version"] == version)
    };
    // The build that is newer than the change and still sends the old text.
    assert!(broken.iter().all(|operation| sends(operation, "frog", "20061")));
}

#[test]
fn a_report_is_the_same_bytes_every_time_and_whatever_the_order_of_definitions() {
    let once = run_in(&root(), &[&INCIDENT[..], &["--format", "json"]].concat(), b"").out;
    let again = run_in(&root(), &[&INCIDENT[..], &["--format", "json"]].concat(), b"").out;
    assert_eq!(once, again);
    assert!(!once.contains(root().canonicalize().unwrap().to_str().unwrap()), "no absolute path");

    let old = "type Query { a: A b: Int }\ntype A { x: Int y: Int }\nenum E { P Q }";
    let new = "type Query { a: A }\ntype A { x: Int! z: Int }\nenum E { P }";
    let shuffled_old = "enum E { Q P }\ntype A { y: Int x: Int }\ntype Query { b: Int a: A }";
    let shuffled_new = "type A { z: Int x: Int! }\nenum E { P }\ntype Query { a: A }";
    let work = folder(&[
        ("old.graphql", old),
        ("new.graphql", new),
        ("shuffled-old.graphql", shuffled_old),
        ("shuffled-new.graphql", shuffled_new),
    ]);
    let told = |old: &str, new: &str| {
        let (_, report) = report(work.path(), &["diff", old, new]);
        let changes = report["changes"].as_array().unwrap().iter();
        changes.map(|change| format!("{} {}", change["fingerprint"], change["message"])).collect::<Vec<_>>()
    };
    assert_eq!(told("old.graphql", "new.graphql"), told("shuffled-old.graphql", "shuffled-new.graphql"));
}

#[test]
fn each_state_has_its_exit_code() {
    let work = folder(&[
        ("old.graphql", "type Query { a: Int b: Int }"),
        ("new.graphql", "type Query { b: Int }"),
        ("uses-a.graphql", "{ a }"),
        ("uses-b.graphql", "{ b }"),
        ("broken.graphql", "query {"),
    ]);
    let code = |arguments: &[&str]| report(work.path(), arguments).0;
    assert_eq!(code(&["diff", "old.graphql", "old.graphql"]), 0);
    assert_eq!(code(&["diff", "old.graphql", "new.graphql"]), 1);
    assert_eq!(code(&["diff", "old.graphql", "new.graphql", "--fail-on", "never"]), 0);
    assert_eq!(code(&["diff", "old.graphql", "new.graphql", "--fail-on", "affected"]), 2);
    let affected = ["diff", "old.graphql", "new.graphql", "--fail-on", "affected", "--operations"];
    assert_eq!(code(&[&affected[..], &["uses-b.graphql"]].concat()), 0);
    assert_eq!(code(&[&affected[..], &["uses-a.graphql"]].concat()), 1);
    assert_eq!(code(&[&affected[..], &["broken.graphql"]].concat()), 2);
    assert_eq!(code(&[&affected[..], &["missing.graphql"]].concat()), 2);
    // A proven break is an answer, whatever else could not be read.
    assert_eq!(code(&[&affected[..], &["uses-a.graphql", "--operations", "missing.graphql"]].concat()), 1);
    assert_eq!(code(&["validate", "new.graphql", "--operations", "uses-b.graphql"]), 0);
    assert_eq!(code(&["validate", "new.graphql", "--operations", "uses-a.graphql"]), 1);
    assert_eq!(code(&["validate", "new.graphql"]), 2);
    assert_eq!(run_in(work.path(), &["diff", "old.graphql"], b"").code, 2, "bad usage");
}

#[test]
fn bad_input_is_an_error_with_a_place_and_never_a_pass() {
    let chain = |links: usize| {
        let link = |at: usize| format!("fragment F{at} on Query {{ a {{ ...F{} }} }}\n", at + 1);
        let links_text: String = (0..links).map(link).collect();
        format!("query Q {{ ...F0 }}\n{links_text}fragment F{links} on Query {{ b }}\n")
    };
    let schema = "type Query { a: Query b: Int }";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("type Query { a: Int }".bytes().flat_map(|byte| [byte, 0])).collect();
    let work =
        folder(&[("ok.graphql", schema), ("op.graphql", "{ b }"), ("empty-dir/readme.txt", "nothing")]);
    fs::write(work.path().join("utf16.graphql"), utf16).unwrap();
    fs::create_dir(work.path().join("nothing")).unwrap();
    for (name, text, expected) in [
        ("empty.graphql", String::new(), "empty.graphql:1:1"),
        ("comments.graphql", "# only\n# comments\n".into(), "comments.graphql:3:1"),
        ("no-root.graphql", "type User { id: ID }".into(), "no query root type"),
        ("truncated.graphql", "type Query {\n  a: Int\n  b: In".into(), "truncated.graphql:3:"),
        (
            "conflict.graphql",
            "type Query {\n<<<<<<< HEAD\n  a: Int\n=======\n  b: Int\n>>>>>>> x\n}".into(),
            "conflict",
        ),
        (
            "lfs.graphql",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".into(),
            "git lfs pull",
        ),
        ("page.graphql", "<!DOCTYPE html><html><body>Sign in</body></html>".into(), "HTML"),
        ("deep.graphql", format!("type Query {{ a(b: I = {}) : Int }}", "{a:".repeat(100_000)), "deeper"),
        ("two.graphql", "type Query { a: Int a: String }".into(), "twice"),
    ] {
        fs::write(work.path().join(name), text).unwrap();
        for [old, new] in [["ok.graphql", name], [name, "ok.graphql"]] {
            let (code, report) = report(work.path(), &["diff", old, new]);
            assert_eq!((code, report["state"].as_str()), (2, Some("error")), "{name}");
        }
        let shown = run_in(work.path(), &["diff", "ok.graphql", name], b"");
        assert!(shown.out.contains(expected), "{name}: {}", shown.out);
    }
    for (arguments, expected) in [
        (&["diff", "ok.graphql", "utf16.graphql"][..], "UTF-16"),
        (&["diff", "ok.graphql", "nothing"], "nothing"),
        (&["diff", "ok.graphql", "none/**/*.graphql"], "none"),
        (&["diff", "ok.graphql", "ok.graphql", "--operations", "empty-dir"], "empty-dir"),
        (&["diff", "ok.graphql", "ok.graphql", "--operations", "*.nothing"], "*.nothing"),
        (&["validate", "ok.graphql", "--operations", "missing.graphql"], "missing.graphql"),
    ] {
        let shown = run_in(work.path(), arguments, b"");
        assert_eq!(shown.code, 2, "{arguments:?}: {}", shown.out);
        assert!(shown.out.contains(expected), "{arguments:?}: {}", shown.out);
    }
    for (text, code) in [
        ("{".repeat(100_000), 2),
        (chain(10_000), 0),
        ("query Q { ...F }\nfragment F on Query { a { ...F } }".into(), 1),
        (format!("{{ {} }}", "b ".repeat(3_000)), 0),
        (format!("{{ {} }}", "...on Query { a { b } } ".repeat(2_000)), 0),
    ] {
        fs::write(work.path().join("hostile.graphql"), text).unwrap();
        let (found, report) =
            report(work.path(), &["validate", "ok.graphql", "--operations", "hostile.graphql"]);
        assert_eq!(found, code, "{}", report["reasons"]);
    }
}

#[test]
fn all_syntax_errors_of_a_file_are_told() {
    let work = folder(&[
        ("old.graphql", "type Query { a: Int }"),
        ("new.graphql", "type Query {\n  a Int\n  b: Int\n  c: !\n}\ntype {\n  x: Int\n}\n"),
    ]);
    let (code, report) = report(work.path(), &["diff", "old.graphql", "new.graphql"]);
    assert_eq!(code, 2);
    let lines: Vec<u64> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["place"]["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [2, 4, 6]);
}

#[test]
fn schemas_come_from_files_directories_globs_and_standard_input() {
    let work = folder(&[
        ("whole.graphql", "type Query { a: Int b: User }\ntype User { id: ID }"),
        ("parts/query.graphql", "type Query { a: Int }"),
        ("parts/sub/user.graphqls", "extend type Query { b: User }\ntype User { id: ID }"),
    ]);
    for new in ["parts", "parts/**/*.graphql*", "./parts"] {
        let (code, report) = report(work.path(), &["diff", "whole.graphql", new]);
        assert_eq!((code, report["changes"].as_array().map(Vec::len)), (0, Some(0)), "{new}");
    }
    let answer = run_in(work.path(), &["diff", "whole.graphql", "-"], b"type Query { a: Int }");
    assert_eq!(answer.code, 1);
}

/// The introspection that a client of an old version asks for: no deprecated inputs.
const UNTOLD: &str = r#"{"data": {"__schema": {"queryType": {"name": "Query"}, "directives": [], "types": [
    {"kind": "SCALAR", "name": "Int"},
    {"kind": "OBJECT", "name": "Query", "fields": [
        {"name": "a", "type": {"kind": "SCALAR", "name": "Int"}, "args": [
            {"name": "b", "type": {"kind": "SCALAR", "name": "Int"}, "defaultValue": null}
        ]}
    ]}
]}}}"#;

#[test]
fn what_an_introspection_does_not_tell_is_not_removed() {
    let old = "type Query { a(b: Int bb: Int @deprecated): Int }";
    let operations = "query Old { a(bb: 1) } query New { a(b: 1) }";
    let files = [("old.graphql", old), ("new.json", UNTOLD), ("operations.graphql", operations)];
    let work = folder(&files);
    let arguments = ["diff", "old.graphql", "new.json", "--operations", "operations.graphql"];
    let (code, told) = report(work.path(), &arguments);
    assert_eq!((code, &told["changes"], &told["suggestions"]), (0, &json!([]), &json!([])));
    let verdicts: Vec<_> =
        told["operations"].as_array().unwrap().iter().map(|each| &each["verdict"]).collect();
    assert_eq!(verdicts, ["at-risk", "valid"]);
    let warning = &told["diagnostics"][0];
    let message = warning["message"].as_str().unwrap();
    assert!(message.ends_with("what is not told counts as unchanged"), "{message}");
    assert_eq!(warning["place"]["file"], "new.json");
    for form in ["human", "markdown"] {
        let answer = run_in(work.path(), &[&arguments[..], &["--format", form]].concat(), b"");
        let reason = "the introspection does not tell deprecated arguments and input fields";
        assert!(answer.out.contains(reason), "{}", answer.out);
    }
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let work = folder(&[
        ("old.graphql", "type Query { a: Int @deprecated(reason: \"\\u001b[31m\") b: Int }"),
        ("new.graphql", "type Query { b: Int }"),
        ("op.graphql", "# \u{1b}]0;title\u{7}\u{202e}\n{ a # \u{1b}[2J\u{9b}\n}"),
    ]);
    let answer =
        run_in(work.path(), &["diff", "old.graphql", "new.graphql", "--operations", "op.graphql"], b"");
    assert_eq!(answer.code, 1);
    let hostile =
        |char: char| (char.is_control() && char != '\n') || ('\u{202A}'..='\u{202E}').contains(&char);
    assert!(!answer.out.contains(hostile), "{:?}", answer.out);
}

#[test]
fn manifests_tell_the_place_in_the_manifest() {
    let work = folder(&[
        ("old.graphql", "type Query { a: Int b: Int }"),
        ("new.graphql", "type Query { b: Int }"),
        (
            "manifest.json",
            "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [\n  {\"id\": \"1\", \"name\": \"Q\", \
             \"type\": \"query\", \"body\": \"query Q {\\n  a\\n}\", \"clientName\": \"web\"}]}",
        ),
    ]);
    let (code, report) =
        report(work.path(), &["diff", "old.graphql", "new.graphql", "--operations", "manifest.json"]);
    assert_eq!(code, 1);
    let operation = &report["operations"][0];
    assert_eq!(operation["clients"][0]["name"], "web");
    let error = &operation["errors"][0];
    let text = fs::read_to_string(work.path().join("manifest.json")).unwrap();
    let line = text.lines().nth(error["line"].as_u64().unwrap() as usize - 1).unwrap();
    let column = error["column"].as_u64().unwrap() as usize - 1;
    assert!(line[column..].starts_with("a\\n}"), "{}", &line[column..]);
}

#[test]
fn suggest_writes_what_git_applies_and_the_result_passes() {
    let work = folder(&[]);
    for name in ["old.graphql", "new.graphql"] {
        fs::copy(root().join("schemas/incident").join(name), work.path().join(name)).unwrap();
    }
    let queries = root().join("queries");
    let operations = ["--operations", queries.to_str().unwrap()];
    let patch =
        run_in(work.path(), &[&["suggest", "old.graphql", "new.graphql"][..], &operations].concat(), b"");
    assert_eq!(patch.code, 0, "{}", patch.out);
    let write = ["suggest", "old.graphql", "new.graphql", "--write", "new.graphql"];
    let before = fs::read_to_string(work.path().join("new.graphql")).unwrap();
    assert_eq!(run_in(work.path(), &[&write[..], &operations].concat(), b"").code, 0);
    let written = fs::read_to_string(work.path().join("new.graphql")).unwrap();
    let (code, report) =
        report(work.path(), &[&["diff", "old.graphql", "new.graphql"][..], &operations].concat());
    assert_eq!((code, report["summary"]["breaking"].as_u64()), (0, Some(0)));

    // The printed patch makes the same file.
    fs::write(work.path().join("new.graphql"), before).unwrap();
    fs::write(work.path().join("aliases.patch"), patch.out).unwrap();
    let applied =
        Command::new("git").args(["apply", "aliases.patch"]).current_dir(work.path()).status().unwrap();
    assert!(applied.success());
    assert_eq!(fs::read_to_string(work.path().join("new.graphql")).unwrap(), written);
}

#[test]
fn suggest_writes_the_code_of_the_frameworks_that_are_named_or_found() {
    let work = folder(&[("queries/karen/1/x.graphql", "mutation D { emessages_delete(emessage_ids: []) }")]);
    for name in ["old.graphql", "new.graphql"] {
        fs::copy(root().join("schemas/incident").join(name), work.path().join(name)).unwrap();
    }
    let suggest = ["suggest", "old.graphql", "new.graphql"];
    let codes = |flags: &[&str]| -> Vec<String> {
        let (_, report) = report(work.path(), &[&suggest[..], flags].concat());
        report["patch"]["code"].as_object().map_or(Vec::new(), |code| code.keys().cloned().collect())
    };
    assert_eq!(codes(&[]), [""; 0]);
    assert_eq!(codes(&["--framework", "ariadne", "--framework", "graphene"]), ["ariadne", "graphene"]);
    for (file, text) in [
        ("pyproject.toml", "[project]\ndependencies = [\"Strawberry_GraphQL[asgi]>=0.2\", \"uvicorn\"]\n"),
        ("pyproject.toml", "[tool.poetry.dependencies]\nstrawberry-graphql = {version = \"*\"}\n"),
        ("requirements-dev.txt", "# ariadne\nstrawberry-graphql==0.341.2  # graphene\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n    strawberry-graphql>=0.3\n"),
    ] {
        fs::write(work.path().join(file), text).unwrap();
        assert_eq!(codes(&[]), ["strawberry"], "{file}: {text}");
        fs::remove_file(work.path().join(file)).unwrap();
    }
    for text in [
        "[dependencies]\nasync-graphql = \"7\"\n",
        "[dependencies]\ngraphql = {package = \"async-graphql\", version = \"7\"}\n",
        "[workspace.dependencies]\nasync-graphql = {version = \"7\", features = [\"tracing\"]}\n",
    ] {
        fs::write(work.path().join("Cargo.toml"), text).unwrap();
        assert_eq!(codes(&[]), ["async-graphql"], "{text}");
    }
    let text = "[dependencies]\njuniper = \"0.18\"\njuniper_subscriptions = \"0.19\"\n";
    fs::write(work.path().join("Cargo.toml"), text).unwrap();
    assert_eq!(codes(&[]), ["juniper"]);
    fs::write(work.path().join("Cargo.toml"), "[dependencies]\nasync-graphql-value = \"7\"\n").unwrap();
    assert_eq!(codes(&[]), [""; 0]);
    fs::remove_file(work.path().join("Cargo.toml")).unwrap();

    // The code follows the patch, which git takes all the same.
    let told = run_in(work.path(), &[&suggest[..], &["--framework", "strawberry"]].concat(), b"");
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.contains("old_name(FExternalMessageOutput, \"emsg_id\", \"emessage_id\""),
        "{}",
        told.out
    );
    fs::write(work.path().join("told.patch"), &told.out).unwrap();
    let applied =
        Command::new("git").args(["apply", "told.patch"]).current_dir(work.path()).status().unwrap();
    assert!(applied.success());
    let applied = fs::read_to_string(work.path().join("new.graphql")).unwrap();
    assert!(applied.contains("emessage_id: String! @deprecated"));

    let slip = run_in(&root(), &[&INCIDENT_SUGGEST[..], &["--framework", "strawbery"]].concat(), b"");
    assert_eq!(slip.code, 2);
    assert!(slip.out.contains("--framework strawbery: unknown; did you mean strawberry?"), "{}", slip.out);
}

const INCIDENT_SUGGEST: [&str; 3] =
    ["suggest", "schemas/incident/old.graphql", "schemas/incident/new.graphql"];

#[test]
fn explain_knows_every_rule_and_helps_with_a_slip() {
    let list: Value =
        serde_json::from_str(&run_in(&root(), &["explain", "--format", "json"], b"").out).unwrap();
    for rule in list.as_array().unwrap() {
        let answer = run_in(&root(), &["explain", rule["id"].as_str().unwrap()], b"");
        assert_eq!(answer.code, 0);
        assert!(answer.out.contains(rule["summary"].as_str().unwrap()));
        assert!(answer.out.contains("What to do."));
    }
    let slip = run_in(&root(), &["explain", "field-renmed"], b"");
    assert_eq!(slip.code, 2);
    assert!(slip.err.contains("did you mean field-renamed?"), "{}", slip.err);
}

#[test]
fn a_report_goes_to_files_as_well() {
    let work =
        folder(&[("old.graphql", "type Query { a: Int }"), ("new.graphql", "type Query { b: String }")]);
    let arguments =
        ["diff", "old.graphql", "new.graphql", "--output", "json=out.json", "--output", "human=out.txt"];
    let answer = run_in(work.path(), &arguments, b"");
    let json: Value =
        serde_json::from_str(&fs::read_to_string(work.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(json["state"], "fail");
    assert_eq!(fs::read_to_string(work.path().join("out.txt")).unwrap(), answer.out);
    let unwritable = run_in(
        work.path(),
        &["diff", "old.graphql", "old.graphql", "--output", "json=no/such/dir.json"],
        b"",
    );
    assert_eq!(unwritable.code, 2);
}

const OLD: &str = "type Query { a: Int @deprecated(reason: \"Use b, since 2026-01-01\") b: Int }";
const NEW: &str = "type Query { b: Int c: Int }";

#[test]
fn an_approval_counts_until_its_day_and_an_unused_one_is_told() {
    let work = folder(&[("old.graphql", OLD), ("new.graphql", NEW), ("op.graphql", "{ a }")]);
    let diff = ["diff", "old.graphql", "new.graphql", "--operations", "op.graphql", "--today"];
    let on = |day: &str| report(work.path(), &[&diff[..], &[day]].concat());
    let (code, found) = on("2026-11-01");
    assert_eq!(code, 1);
    let fingerprint = found["changes"][0]["fingerprint"].as_str().unwrap();
    let approve = |fingerprint: &str, expires: &str| {
        let arguments =
            ["approve", fingerprint, "--reason", "no client \"left\"", "--by", "ann", "--expires", expires];
        run_in(work.path(), &arguments, b"").code
    };
    assert_eq!(approve("nonsense", "2999-12-31"), 2);
    assert_eq!(approve(fingerprint, "2001-01-01"), 2, "expired already");
    assert_eq!(approve(fingerprint, "2999-12-31"), 0);

    // The accepted finding and the operation that breaks by it alone no longer fail the run, and both are still told.
    let (code, accepted) = on("2999-12-31");
    assert_eq!((code, accepted["summary"]["approved"].as_u64()), (0, Some(1)));
    assert_eq!(accepted["changes"][0]["approved"]["by"], "ann");
    assert_eq!(accepted["changes"][0]["approved"]["reason"], "no client \"left\"");
    assert_eq!(accepted["operations"][0]["verdict"], "broken");
    let (code, expired) = on("3000-01-01");
    assert_eq!(code, 1);
    assert_eq!(expired["diagnostics"][0]["rule"], "approval-expired");

    // Moving and reformatting keep the fingerprint; another change has another one.
    fs::write(work.path().join("old.graphql"), "# c\ntype Query {\n  b: Int\n\n  \"d\"\n  a: Int }").unwrap();
    assert_eq!(on("2999-12-31").0, 0);
    fs::write(work.path().join("old.graphql"), NEW).unwrap();
    fs::write(work.path().join("op.graphql"), "{ b }").unwrap();
    let (code, unused) = on("2999-12-31");
    assert_eq!((code, unused["diagnostics"][0]["rule"].as_str()), (0, Some("approval-unused")));

    for text in
        ["[[approval]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\nby = \"b\"\n", "[[aproval]]\n"]
    {
        fs::write(work.path().join("schemacheck.approvals.toml"), text).unwrap();
        assert_eq!(on("2026-11-01").0, 2, "{text}");
    }
}

#[test]
fn the_configuration_sets_levels_and_softens_removals_of_deprecated_things() {
    let work = folder(&[
        ("old.graphql", OLD),
        ("new.graphql", NEW),
        ("op.graphql", "{ b }"),
        ("uses.graphql", "{ a }"),
    ]);
    let with = |config: &str, operations: &str| {
        fs::write(work.path().join("schemacheck.toml"), config).unwrap();
        let arguments =
            ["diff", "old.graphql", "new.graphql", "--today", "2026-03-01", "--operations", operations];
        report(work.path(), &arguments)
    };
    assert_eq!(with("", "op.graphql").0, 1);
    assert_eq!(with("fail-on = \"affected\"", "op.graphql").0, 0);
    assert_eq!(with("[rules]\nfield-removed = \"safe\"", "op.graphql").1["changes"][0]["severity"], "safe");
    let (code, softened) = with("[deprecation]\nsoften-removals = true\nminimum-age-days = 59", "op.graphql");
    assert_eq!((code, softened["summary"]["dangerous"].as_u64()), (0, Some(1)));
    assert!(softened["changes"][0]["policy"].as_str().unwrap().contains("2026-01-01"));
    assert_eq!(with("[deprecation]\nsoften-removals = true\nminimum-age-days = 60", "op.graphql").0, 1);
    let unused = "[deprecation]\nsoften-removals = true\nrequire-unused = true";
    assert_eq!(with(unused, "op.graphql").0, 0);
    assert_eq!(with(unused, "uses.graphql").1["summary"]["breaking"], 1);
    for (config, hint) in [
        ("fail_on = \"never\"", "did you mean fail-on?"),
        ("[rules]\nfield-removd = \"safe\"", "did you mean field-removed?"),
        ("[rules]\nfield-removed = \"fatal\"", "safe, dangerous or breaking"),
        ("[deprecation]\nsoften-removal = true", "did you mean soften-removals?"),
        ("fail-on = ", "line 1"),
    ] {
        let (code, report) = with(config, "op.graphql");
        assert_eq!(code, 2, "{config}");
        assert!(report["reasons"][0].as_str().unwrap().contains(hint), "{}", report["reasons"]);
    }
}

#[test]
fn a_confirmed_rename_may_change_the_kind_of_a_type() {
    let work = folder(&[
        ("old.graphql", "type Query { state: State } enum State { OPEN }"),
        ("new.graphql", "type Query { state: Progress } scalar Progress"),
        ("schemacheck.toml", "[[rename]]\nfrom = \"State\"\nto = \"Progress\"\n"),
    ]);
    let (_, report) = report(work.path(), &["diff", "old.graphql", "new.graphql"]);
    let rename = report["changes"].as_array().unwrap().iter().find(|change| change["rule"] == "type-renamed");
    assert_eq!(rename.unwrap()["coordinate"], "State");
    assert_eq!(report["diagnostics"], serde_json::json!([]));
}

#[test]
fn a_decision_on_a_rename_beats_evidence() {
    let work = folder(&[
        ("old.graphql", "type Query { full_name: String zz: Int }"),
        ("new.graphql", "type Query { fullName: String something: Int }"),
    ]);
    let with = |config: &str| {
        fs::write(work.path().join("schemacheck.toml"), config).unwrap();
        report(work.path(), &["diff", "old.graphql", "new.graphql"])
    };
    let rules = |report: &Value| -> Vec<String> {
        let changes = report["changes"].as_array().unwrap().iter();
        changes
            .map(|change| format!("{} {}", change["rule"], change["coordinate"]).replace('"', ""))
            .collect()
    };
    assert_eq!(rules(&with("").1)[0], "field-renamed Query.full_name");
    let forbidden = "[[rename]]\nfrom = \"Query.full_name\"\nto = \"Query.fullName\"\nrenamed = false\n";
    assert!(!rules(&with(forbidden).1).iter().any(|change| change.contains("renamed")));
    let confirmed = "[[rename]]\nfrom = \"Query.zz\"\nto = \"Query.something\"\n";
    let (_, report) = with(confirmed);
    assert!(rules(&report).contains(&"field-renamed Query.zz".to_owned()), "{:?}", rules(&report));
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 0);
    let (_, stale) = with("[[rename]]\nfrom = \"Query.zz\"\nto = \"Query.gone\"\n");
    assert_eq!(stale["diagnostics"][0]["rule"], "rename-unfounded");
    for (config, hint) in [
        ("[[rename]]\nform = \"Query.zz\"\nto = \"Query.a\"", "did you mean from?"),
        ("[[rename]]\nfrom = \"Query zz\"\nto = \"Query.a\"", "not a schema coordinate"),
    ] {
        let (code, report) = with(config);
        assert_eq!(code, 2, "{config}");
        assert!(report["reasons"][0].as_str().unwrap().contains(hint), "{}", report["reasons"]);
    }
}

/// Applies the patch with a day, and asks again when the day is over and the old client gone.
#[test]
fn names_that_are_one_name_in_code_are_told_beside_it() {
    let work = folder(&[
        ("old.graphql", "type Query {\n  userId: Int\n  fullName: Int\n}\n"),
        ("new.graphql", "type Query {\n  user_id: Int\n  full_name: String\n}\n"),
    ]);
    let told =
        "userId and user_id are both user_id by convention; give the old one another name in this code";
    for (framework, is_told) in [
        ("strawberry", true),
        ("graphene", true),
        ("async-graphql", true),
        ("ariadne", false),
        ("nestjs", false),
    ] {
        let arguments = ["suggest", "old.graphql", "new.graphql", "--framework", framework];
        let (code, report) = report(work.path(), &arguments);
        assert_eq!(code, 0);
        let suggestions = report["suggestions"].as_array().unwrap();
        assert_eq!(suggestions.len(), 2);
        // The type of the one changed with its name, so that it comes back as it was.
        let kinds: Vec<&str> = suggestions.iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["restore", "alias-field"], "{framework}");
        for suggestion in suggestions {
            let code = suggestion["code"][framework].as_str().unwrap_or_default();
            assert_eq!(code.contains("by convention"), is_told, "{framework}: {code}");
        }
        let alias = suggestions[1]["code"][framework].as_str().unwrap_or_default();
        assert_eq!(alias.contains(told), is_told, "{framework}: {alias}");
    }
}

#[test]
fn aliases_of_every_kind_are_told_when_they_are_overdue() {
    let schema = r#"type Query {
  a(b: Int @deprecated(reason: "Use c. Remove after 2026-03-31."), c: Int, in: In): E
  d: Int @deprecated(reason: "Use a. Remove after 2026-03-31.")
}

input In {
  e: Int @deprecated(reason: "Use f. Remove after 2026-03-31.")
  f: Int
}

enum E {
  G
  H @deprecated(reason: "Use G. Remove after 2026-03-31.")
}
"#;
    // In one of the schemas all types have descriptions, so that none of them is what it was to the letter.
    let described = format!("\"One\" {schema}")
        .replace("\ninput", "\n\"Two\" input")
        .replace("\nenum", "\n\"Three\" enum");
    let work =
        folder(&[("old.graphql", schema), ("same.graphql", schema), ("described.graphql", &described)]);
    for new in ["same.graphql", "described.graphql"] {
        let (_, report) = report(work.path(), &["diff", "old.graphql", new, "--today", "2026-04-01"]);
        let diagnostics = report["diagnostics"].as_array().unwrap().iter();
        let mut overdue: Vec<&str> = diagnostics.map(|one| one["message"].as_str().unwrap()).collect();
        overdue.sort_unstable();
        assert_eq!(overdue.len(), 4, "{new}: {overdue:?}");
        for (message, element) in overdue.iter().zip(["E.H", "In.e", "Query.a(b:)", "Query.d"]) {
            assert!(message.starts_with(element), "{new}: {message}");
        }
    }
}

#[test]
fn an_alias_says_when_it_may_go_and_is_told_when_it_should() {
    let work = folder(&[
        (
            "old.graphql",
            "type Query {\n  full_name: String\n  find(by: By): Int\n}\n\ninput By {\n  last_name: String\n}\n",
        ),
        (
            "new.graphql",
            "type Query {\n  fullName: String\n  find(by: By): Int\n}\n\ninput By {\n  lastName: String\n}\n",
        ),
        ("schemacheck.toml", "[suggest]\nremove-after = 2026-03-31\n"),
        ("old-client.graphql", "query ($by: By) { full_name find(by: $by) }"),
        ("new-client.graphql", "{ fullName }"),
    ]);
    let arguments = [
        "suggest",
        "old.graphql",
        "new.graphql",
        "--operations",
        "old-client.graphql",
        "--write",
        "patched.graphql",
    ];
    assert_eq!(run_in(work.path(), &arguments, b"").code, 0);
    let patched = fs::read_to_string(work.path().join("patched.graphql")).unwrap();
    let alias = "full_name: String @deprecated(reason: \"Use fullName. Remove after 2026-03-31.\")";
    assert!(patched.contains(alias), "{patched}");
    let warnings = |today: &str, operations: &str| -> Vec<String> {
        let arguments =
            ["diff", "patched.graphql", "patched.graphql", "--today", today, "--operations", operations];
        let (code, report) = report(work.path(), &arguments);
        assert_eq!(code, 0, "a warning fails nothing");
        let diagnostics = report["diagnostics"].as_array().unwrap().iter();
        diagnostics
            .map(|one| format!("{} {}", one["rule"].as_str().unwrap(), one["message"].as_str().unwrap()))
            .collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(warnings("2026-03-31", "old-client.graphql"), none, "the variable may hold By.last_name");
    let overdue = warnings("2026-04-01", "old-client.graphql");
    assert_eq!(overdue.len(), 2, "{overdue:?}");
    assert!(overdue.iter().all(|line| line.starts_with("alias-overdue ")), "{overdue:?}");
    let unused = warnings("2026-03-31", "new-client.graphql");
    assert_eq!(unused.len(), 2, "{unused:?}");
    assert!(unused.iter().all(|line| line.starts_with("alias-unused ")), "{unused:?}");
}

#[test]
fn a_rolling_deploy_is_judged_in_four_quadrants() {
    let schemas = [
        ("base.graphql", "type Query { a: Int }"),
        ("more.graphql", "type Query { a: Int b: Int }"),
        ("other.graphql", "type Query { b: Int }"),
        ("a.graphql", "{ a }"),
        ("b.graphql", "{ b }"),
    ];
    let work = folder(&schemas);
    let order = |old: &str, new: &str, old_operations: &str, new_operations: &str| {
        let arguments = [
            "diff",
            old,
            new,
            "--rolling",
            "--operations",
            old_operations,
            "--new-operations",
            new_operations,
        ];
        let (code, report) = report(work.path(), &arguments);
        (code, report["rolling"]["order"].as_str().unwrap().to_owned())
    };
    assert_eq!(order("base.graphql", "more.graphql", "a.graphql", "a.graphql"), (0, "either".to_owned()));
    assert_eq!(
        order("base.graphql", "more.graphql", "a.graphql", "b.graphql"),
        (0, "server-first".to_owned())
    );
    assert_eq!(
        order("more.graphql", "other.graphql", "a.graphql", "b.graphql"),
        (1, "client-first".to_owned())
    );
    assert_eq!(order("base.graphql", "other.graphql", "a.graphql", "b.graphql"), (1, "neither".to_owned()));
    assert_eq!(run_in(work.path(), &["diff", "base.graphql", "more.graphql", "--rolling"], b"").code, 2);
}
