//! The new names in the documents of clients, from outside: what is printed is what git applies, and what is written is
//! valid.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests write files and run programs, and fail where they cannot"
)]

#[path = "support/run.rs"]
mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use self::run::{Answer, folder, root, schemacheck};

fn run_in(folder: &Path, arguments: &[&str]) -> Answer {
    run::run(schemacheck().args(arguments).current_dir(folder), b"")
}

/// The report as JSON, held against its schema.
fn report(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    run::report(schemacheck().args(arguments).current_dir(folder))
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    Command::new("git").args(arguments).current_dir(folder).status().unwrap().success()
}

/// What stands in a list of the report's migration, one line each.
fn lines(report: &Value, list: &str, fields: &[&str]) -> Vec<String> {
    let text = |one: &Value| {
        let place = &one["place"];
        let place = format!("{}:{}:{}", place["file"].as_str().unwrap(), place["line"], place["column"]);
        let fields = fields.iter().map(|field| one[field].as_str().unwrap().to_owned());
        [place].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
    };
    report["migration"][list].as_array().unwrap().iter().map(text).collect()
}

const OLD: &str = "type Query { user: User } type User { last_name: String age(in_days: Int): Int }";
const NEW: &str = "type Query { user: User } type User { lastName: String age(inDays: Int): Int }";
const SUGGEST: [&str; 6] = ["suggest", "old.graphql", "new.graphql", "--client", "--operations", "queries"];

#[test]
fn the_incident_s_queries_migrate_and_git_applies_the_patch() {
    let work = folder(&[]);
    let mut files =
        vec!["schemas/incident/old.graphql".to_owned(), "schemas/incident/new.graphql".to_owned()];
    for client in fs::read_dir(root().join("queries")).unwrap().map(Result::unwrap) {
        for version in fs::read_dir(client.path()).into_iter().flatten().map(Result::unwrap) {
            for file in fs::read_dir(version.path()).unwrap().map(Result::unwrap) {
                let file = file.path();
                files.push(file.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    for file in &files {
        fs::create_dir_all(work.path().join(file).parent().unwrap()).unwrap();
        fs::copy(root().join(file), work.path().join(file)).unwrap();
    }
    let (old, new) = (files[0].as_str(), files[1].as_str());
    let read = || -> Vec<String> {
        files[2..].iter().map(|file| fs::read_to_string(work.path().join(file)).unwrap()).collect()
    };
    let before = read();
    let validate = ["validate", new, "--operations", "queries"];
    assert_eq!(run_in(work.path(), &validate).code, 1);

    let suggest = ["suggest", old, new, "--client", "--operations", "queries"];
    let patch = run_in(work.path(), &suggest);
    assert_eq!(patch.code, 0, "{}", patch.out);
    assert_eq!(read(), before, "without --write nothing is written");
    fs::write(work.path().join("names.patch"), &patch.out).unwrap();
    assert!(git(work.path(), &["apply", "names.patch"]));
    let applied = read();
    assert_ne!(applied, before);
    let valid = run_in(work.path(), &validate);
    assert_eq!(valid.code, 0, "{}", valid.out);
    assert!(patch.out.contains("\n-      emessage_id\n"), "{}", patch.out);
    assert!(patch.out.contains("\n+      emessage_id: emsg_id\n"), "the response keeps its key");
    // Nothing is left to do.
    let again = run_in(work.path(), &["suggest", new, new, "--client", "--operations", "queries"]);
    assert_eq!((again.code, again.out.as_str()), (0, "# no stored operation needs another name\n"));

    // What is written is the same.
    for (file, text) in files[2..].iter().zip(&before) {
        fs::write(work.path().join(file), text).unwrap();
    }
    let written = run_in(work.path(), &[&suggest[..], &["--write", "queries"]].concat());
    assert_eq!(written.code, 0, "{}", written.out);
    assert_eq!(read(), applied);
    assert!(written.out.contains("# written: queries/bob/30004/karen_threads.graphql\n"), "{}", written.out);
}

#[test]
fn a_shared_fragment_and_several_copies_change_where_they_stand() {
    let same = "query A { user { ...Name } }\n";
    let work = folder(&[
        ("old.graphql", OLD),
        ("new.graphql", NEW),
        (
            "queries/fragments.gql",
            "# of all\nfragment Name on User { last_name }\nfragment Own on User { age }\n",
        ),
        ("queries/a.graphql", same),
        ("queries/copy.graphql", same),
        ("queries/b.graphql", "query B { user { ...Name a: age(in_days: 1) } }\n"),
    ]);
    let (code, told) = report(work.path(), &SUGGEST);
    assert_eq!(code, 0, "{told:#}");
    assert_eq!(
        told["migration"]["documents"],
        serde_json::json!(["queries/b.graphql", "queries/fragments.gql"])
    );
    assert_eq!(run_in(work.path(), &[&SUGGEST[..], &["--write", "."]].concat()).code, 0);
    let text = |name: &str| fs::read_to_string(work.path().join(name)).unwrap();
    assert_eq!(text("queries/a.graphql"), same);
    assert!(
        text("queries/fragments.gql")
            .starts_with("# of all\nfragment Name on User { last_name: lastName }\n")
    );
    assert_eq!(text("queries/b.graphql"), "query B { user { ...Name a: age(inDays: 1) } }\n");
    let validate = ["validate", "new.graphql", "--operations", "queries"];
    assert_eq!(run_in(work.path(), &validate).code, 0);
}

#[test]
fn what_stands_elsewhere_is_to_be_changed_by_hand() {
    let document = "{ user { last_name } }";
    let work = folder(&[
        ("old.graphql", OLD),
        ("new.graphql", NEW),
        ("queries/a.graphql", document),
        ("queries/app.ts", "const user = gql`{ user { last_name } }`;\n"),
        (
            "queries/log.ndjson",
            "{\"document\": \"{ user { last_name } }\"}\n{\"document\": \"{ user { age } }\"}\n",
        ),
    ]);
    let (code, told) = report(work.path(), &SUGGEST);
    assert_eq!(code, 1);
    assert_eq!(
        lines(&told, "byHand", &["message"]),
        [
            "queries/app.ts:1:27 last_name becomes last_name: lastName",
            "queries/log.ndjson:1:24 last_name becomes last_name: lastName",
        ]
    );
    assert_eq!(told["migration"]["documents"], serde_json::json!(["queries/a.graphql"]));
    assert_eq!(told["reasons"], serde_json::json!(["2 places are to be changed by hand"]));

    // What must be changed as well is not left half done.
    let slip = run_in(work.path(), &[&SUGGEST[..], &["--write", "old.graphql"]].concat());
    assert_eq!(slip.code, 2);
    assert!(slip.err.contains("queries/a.graphql: needs a change as well"), "{}", slip.err);
    assert_eq!(fs::read_to_string(work.path().join("queries/a.graphql")).unwrap(), document);
}

#[test]
fn what_a_registry_keeps_is_told_and_a_file_of_such_a_name_is_changed() {
    // A name that a file system of Windows does not take.
    let file = if cfg!(windows) { "queries/web@2/a.graphql" } else { "queries/web@2:own/a.graphql" };
    let work = folder(&[
        ("old.graphql", OLD),
        ("new.graphql", NEW),
        ("published/b.graphql", "{ user { age last_name } }"),
        (file, "{ user { last_name } }"),
    ]);
    let publish = run_in(work.path(), &["client", "publish", "web@1", "--operations", "published"]);
    assert_eq!(publish.code, 0, "{}", publish.err);
    let (code, told) = report(work.path(), &[&SUGGEST[..], &["--operations", "registry:web@1"]].concat());
    assert_eq!(code, 1, "{told:#}");
    let place = "web@1:published/b.graphql:1:14";
    assert_eq!(
        lines(&told, "byHand", &["message"]),
        [format!("{place} last_name becomes last_name: lastName")]
    );
    assert_eq!(told["migration"]["documents"], serde_json::json!([file]));
    // The line that is meant is shown all the same.
    let diff = run_in(work.path(), &["diff", "old.graphql", "new.graphql", "--operations", "registry:web@1"]);
    assert!(
        diff.out.contains("published/b.graphql:1:14\n      1 │ { user { age last_name } }\n"),
        "{}",
        diff.out
    );
}

#[test]
fn what_no_rename_saves_fails_and_no_operations_are_an_error() {
    let work = folder(&[
        ("old.graphql", OLD),
        ("new.graphql", &NEW.replace("age(inDays: Int): Int", "")),
        ("queries/a.graphql", "query A { user { last_name } }"),
        ("queries/b.graphql", "query B { user { last_name age } }"),
    ]);
    let (code, told) = report(work.path(), &SUGGEST);
    assert_eq!(code, 1);
    assert_eq!(told["migration"]["documents"], serde_json::json!(["queries/a.graphql"]));
    assert_eq!(
        lines(&told, "broken", &["name", "reason"]),
        ["queries/b.graphql:1:1 B User has no field age"]
    );
    let none = run_in(work.path(), &SUGGEST[..4]);
    assert_eq!(none.code, 2);
    assert!(none.out.contains("--client needs operations"), "{}", none.out);
    fs::create_dir(work.path().join("empty")).unwrap();
    assert_eq!(run_in(work.path(), &[&SUGGEST[..5], &["empty"]].concat()).code, 2);
}
