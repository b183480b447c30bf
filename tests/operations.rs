//! Where operations are stored: manifests, logs, projects with shared fragments, hostile files, and the manifest of our
//! own.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

#[path = "support/run.rs"]
mod run;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use self::run::{Answer, schemacheck};

const SCHEMA: &str =
    "type Query { user(id: ID!): User version: String }\ntype User { id: ID! name: String }\n";

fn run(folder: &Path, arguments: &[&str]) -> Answer {
    run_with(folder, arguments, b"")
}

fn run_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Answer {
    run::run(schemacheck().args(arguments).current_dir(folder), input)
}

/// A folder with a schema and these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    run::folder(&[&[("schema.graphql", SCHEMA)], files].concat())
}

/// The report as JSON, held against its schema.
fn report(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    run::report(schemacheck().args(arguments).current_dir(folder))
}

fn list(folder: &Path, paths: &[&str]) -> (i32, Value) {
    report(folder, &[&["operations", "list"], paths].concat())
}

fn validate(folder: &Path, operations: &[&str]) -> (i32, Value) {
    report(folder, &[&["validate", "schema.graphql", "--operations"], operations].concat())
}

fn operations(report: &Value) -> &[Value] {
    report["operations"].as_array().unwrap()
}

fn place(place: &Value) -> String {
    format!("{}:{}:{}", place["file"].as_str().unwrap(), place["line"], place["column"])
}

/// The place of the first occurrence of `needle` in a file.
fn place_of(folder: &Path, file: &str, needle: &str) -> String {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let before = &text[..text.find(needle).unwrap_or_else(|| panic!("{needle} in {text}"))];
    let line = before.matches('\n').count() + 1;
    format!("{file}:{line}:{}", before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1)
}

fn reasons(report: &Value) -> String {
    report["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| reason.as_str().unwrap().to_owned() + "\n")
        .collect()
}

#[test]
fn every_manifest_is_recognised_and_each_document_has_its_place() {
    let apollo = r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
        {"id": "1", "name": "Apollo", "type": "query", "body": "query Apollo {\n  version\n}", "clientName": "web"}]}"#;
    let folder = folder(&[
        ("ops/apollo.json", apollo),
        (
            "ops/genqlient.json",
            r#"{"operations": [{"operationName": "Go", "query": "\nquery Go { version }", "sourceLocation": "a.go"}]}"#,
        ),
        ("ops/hive.json", r#"{"sha256:0af1": "query Codegen { version }"}"#),
        ("ops/ios.json", r#"{"0af2": {"name": "Ios", "source": "query Ios { version }"}}"#),
        (
            "ops/kotlin.json",
            r#"{"0af3": {"name": "Kotlin", "source": "query Kotlin { version }", "type": "query"}}"#,
        ),
        ("ops/other.json", r#"{"greeting": "Hello {name}"}"#),
        ("ops/relay.json", r#"{"d41d8": "query Relay {\n  nothing\n}\n"}"#),
    ]);
    let (code, report) = validate(folder.path(), &["ops", "--client", "fallback@7"]);
    assert_eq!(code, 1);
    let found: Vec<(&str, String, Value)> = operations(&report)
        .iter()
        .map(|operation| {
            (operation["name"].as_str().unwrap(), place(&operation["source"]), operation["clients"].clone())
        })
        .collect();
    let fallback = json!([{"name": "fallback", "version": "7"}]);
    let at = |file: &str, needle: &str| place_of(folder.path(), file, needle);
    assert_eq!(
        found,
        [
            ("Apollo", at("ops/apollo.json", "query Apollo"), json!([{"name": "web", "version": "7"}])),
            ("Go", at("ops/genqlient.json", "query Go"), fallback.clone()),
            ("Codegen", at("ops/hive.json", "query Codegen"), fallback.clone()),
            ("Ios", at("ops/ios.json", "query Ios"), fallback.clone()),
            ("Kotlin", at("ops/kotlin.json", "query Kotlin"), fallback.clone()),
            ("Relay", at("ops/relay.json", "query Relay"), fallback),
        ]
    );
    // The field that does not exist, behind the first escape of the last document.
    let error = &operations(&report)[5]["errors"][0];
    assert_eq!(
        (error["rule"].as_str(), place(error)),
        (Some("fields-on-correct-type"), at("ops/relay.json", "nothing"))
    );
    assert_eq!(report["coverage"]["skipped"], 1);
    assert_eq!(report["skipped"][0]["file"], "ops/other.json");
}

#[test]
fn a_damaged_manifest_is_an_error_with_its_line_and_never_passed_over() {
    let folder = folder(&[
        ("ops/good.graphql", "query A { version }"),
        (
            "ops/kotlin.json",
            "{\"1\": {\"name\": \"A\", \"source\": \"query A { version }\"},\n \"2\": {\"name\": \"B\"}}",
        ),
        ("ops/relay.json", "{\"1\": \"query R { version }\",\n\"2\": \"que"),
    ]);
    let (code, report) = validate(folder.path(), &["ops"]);
    assert_eq!((code, report["state"].as_str()), (2, Some("error")));
    let reasons = reasons(&report);
    assert!(
        reasons.contains("ops/kotlin.json:2: is a damaged Apollo operation output: missing field `source`"),
        "{reasons}"
    );
    assert!(reasons.contains("ops/relay.json:2: is a damaged map of operations: EOF"), "{reasons}");
}

#[test]
fn a_log_counts_each_document_once_with_clients_and_times() {
    let mut log = String::new();
    // The same document in three spellings, from two clients, a thousand times over.
    for at in 0..1000 {
        let document =
            ["query A { version }", "query A{version}", "# request 1\\nquery A { version, }"][at % 3];
        let client = ["web", "app"][at % 2];
        writeln!(
            log,
            r#"{{"document": "{document}", "client": {{"name": "{client}", "version": "{}"}}, "count": 2, "lastSeen": "2026-01-{:02}T00:00:00Z"}}"#,
            at % 2,
            1 + at % 30
        )
        .unwrap();
    }
    log.push_str("{\"document\": \"query B { version }\", \"operationName\": \"B\", \"more\": [1]}\n\n");
    log.push_str("{\"document\": \"query B { version(x: 2) }\", \"lastSeen\": 1769904000500}");
    let folder = folder(&[("log.ndjson", &log)]);
    let (code, report) = validate(folder.path(), &["log.ndjson"]);
    assert_eq!(code, 1, "the last document has an argument that does not exist");
    let found = operations(&report);
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[0]["traffic"],
        json!({"count": 2000, "firstSeen": "2026-01-01T00:00:00Z", "lastSeen": "2026-01-30T00:00:00Z"})
    );
    assert_eq!(
        found[0]["clients"],
        json!([{"name": "app", "version": "1"}, {"name": "web", "version": "0"}])
    );
    assert_eq!(place(&found[0]["source"]), "log.ndjson:1:15");
    assert_eq!(place(&found[1]["source"]), "log.ndjson:1001:15");
    assert_eq!(found[1]["traffic"], json!({"count": 1, "firstSeen": null, "lastSeen": null}));
    assert_eq!(place(&found[2]["errors"][0]), "log.ndjson:1003:33");
    assert_eq!(report["coverage"]["requests"], 2002);
    assert_eq!(report["coverage"]["lastSeen"], "2026-02-01T00:00:00Z");
    let shown = run(folder.path(), &["validate", "schema.graphql", "--operations", "log.ndjson"]).out;
    assert!(shown.contains("2002 requests, last 2026-02-01"), "{shown}");
}

/// A log of one document, a million times, in little memory: `ulimit` ends the program where it keeps what it reads.
#[cfg(target_os = "linux")]
#[test]
fn a_document_that_repeats_a_million_times_takes_no_memory() {
    let folder = folder(&[]);
    let line = format!(
        "{{\"document\": \"query A {{ version }} # {}\", \"client\": {{\"name\": \"web\"}}}}\n",
        "x".repeat(180)
    );
    let log = fs::File::create(folder.path().join("log.jsonl")).unwrap();
    let mut log = std::io::BufWriter::new(log);
    for _ in 0..1_000_000 {
        log.write_all(line.as_bytes()).unwrap();
    }
    log.into_inner().unwrap();
    // 256 MiB of address space, for a log of nearly as much.
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 262144 && exec \"$0\" operations list log.jsonl --format json"])
        .arg(env!("CARGO_BIN_EXE_schemacheck"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{err}"));
    assert_eq!(report["operations"][0]["traffic"]["count"], 1_000_000);
    assert_eq!(operations(&report).len(), 1);
}

#[test]
fn damaged_lines_are_told_with_their_numbers_and_the_others_count() {
    let mut log = String::from("{\"document\": \"query A { version }\"}\n");
    for line in [
        "{\"document\": \"query B { version }\", \"count\": -1}",
        "{\"document\": 7}",
        "{\"query\": \"query C { version }\"}",
        "not JSON",
        "{\"document\": \"query D { version }\", \"lastSeen\": \"yesterday\"}",
        "{\"document\": \"query E { version }\", \"client\": \"web\"}",
        "{\"document\": \"query F { vers",
    ] {
        log.push_str(line);
        log.push('\n');
    }
    for _ in 0..50 {
        log.push_str("{}\n");
    }
    log.push_str("{\"document\": \"query G { version }\"}\n");
    let folder = folder(&[("log.ndjson", &log)]);
    let (code, report) = validate(folder.path(), &["log.ndjson"]);
    assert_eq!(code, 2);
    let names: Vec<&str> =
        operations(&report).iter().map(|operation| operation["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["A", "G"]);
    let reasons = reasons(&report);
    for (line, why) in [
        (2, "invalid value: integer `-1`"),
        (3, "document is no text"),
        (4, "has no document"),
        (5, "expected ident"),
        (6, "a time is written as"),
        (7, "client: invalid type: string"),
        (8, "EOF while parsing a string"),
        (9, "has no document"),
    ] {
        assert!(reasons.contains(&format!("log.ndjson:{line}: {why}")), "{line} {why}: {reasons}");
    }
    assert!(reasons.contains("log.ndjson: 37 more lines are damaged"), "{reasons}");
}

/// One usage report of Hive as a file of many lines, and as a line of a log.
#[test]
fn a_hive_usage_report_is_a_log() {
    let usage = json!({
        "size": 3,
        "map": {
            "a": {"operation": "query A {\n  version\n}", "operationName": "A", "fields": ["Query.version"]},
            "b": {"operation": "query B { nothing }", "fields": ["Query.nothing"]},
        },
        "operations": [
            {"timestamp": 1_769_796_363_000_i64, "operationMapKey": "a", "execution": {"ok": true, "duration": 1, "errorsTotal": 0},
             "metadata": {"client": {"name": "web", "version": "4"}}},
            {"timestamp": 1_769_882_763_000_i64, "operationMapKey": "a", "execution": {"ok": true, "duration": 1, "errorsTotal": 0}},
        ],
        "subscriptionOperations": [{"timestamp": 1, "operationMapKey": "c"}],
    });
    let folder = folder(&[
        ("pretty.json", &serde_json::to_string_pretty(&usage).unwrap()),
        ("log.ndjson", &format!("{usage}\n{usage}\n")),
    ]);
    for (file, times) in [("pretty.json", 1), ("log.ndjson", 2)] {
        let (code, report) = validate(folder.path(), &[file]);
        assert_eq!(code, 1);
        let [a, other] = operations(&report) else { panic!("{report}") };
        assert_eq!(
            a["traffic"],
            json!({"count": 2 * times, "firstSeen": "2026-01-30T18:06:03Z", "lastSeen": "2026-01-31T18:06:03Z"})
        );
        assert_eq!(a["clients"], json!([{"name": "web", "version": "4"}]));
        assert_eq!((other["verdict"].as_str(), &other["traffic"]["count"]), (Some("invalid"), &json!(0)));
        assert_eq!(place(&a["source"]), place_of(folder.path(), file, "query A"));
        assert_eq!(place(&other["source"]), place_of(folder.path(), file, "query B"));
        assert!(reasons(&report).contains("has a request of \"c\", which is not in its map"), "{report}");
    }
}

/// The forms were made with `gzip` and `zstd`.
#[test]
fn compressed_files_are_read_as_what_they_hold_and_damaged_ones_are_errors() {
    let log = "{\"document\": \"query A { version }\"}\n";
    let folder = folder(&[("plain.ndjson", &log.repeat(2000))]);
    let gzip = |text: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let zstd = |text: &str| {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    };
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    // Several members in a file, as rotation and parallel compression leave them.
    write("many.ndjson.gz", &[gzip(&log.repeat(500)), gzip(&log.repeat(500))].concat());
    write("many.ndjson.zst", &[zstd(&log.repeat(500)), zstd(&log.repeat(500))].concat());
    write("doc.graphql.gz", &gzip("query Doc { version }"));
    let (code, found) = list(folder.path(), &["."]);
    assert_eq!((code, &found["coverage"]["files"], &found["coverage"]["skipped"]), (0, &json!(4), &json!(1)));
    let counted: Vec<&Value> =
        operations(&found).iter().map(|operation| &operation["traffic"]["count"]).collect();
    assert_eq!(counted, [&Value::Null, &json!(4000)]);

    let (mut cut_gzip, mut bad_zstd) = (gzip(&log.repeat(500)), zstd(&log.repeat(500)));
    cut_gzip.truncate(cut_gzip.len() - 20);
    *bad_zstd.last_mut().unwrap() ^= 1;
    for (name, bytes) in [("cut.ndjson.gz", cut_gzip), ("bad.ndjson.zst", bad_zstd)] {
        write(name, &bytes);
        let (code, report) = list(folder.path(), &[name]);
        assert_eq!(code, 2, "{name}");
        let why = reasons(&report);
        assert!(why.contains(&format!("{name}: ")), "{why}");
    }
}

/// A file of a few kilobytes that decompresses to gigabytes ends at a bound.
#[test]
fn what_decompresses_without_end_is_refused() {
    let folder = folder(&[]);
    let path = folder.path().join("bomb.json.gz");
    let mut bomb =
        flate2::write::GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    let blank = vec![b' '; 1 << 20];
    bomb.write_all(b"{").unwrap();
    for _ in 0..70 {
        bomb.write_all(&blank).unwrap();
    }
    bomb.finish().unwrap();
    let (code, report) = list(folder.path(), &["bomb.json.gz"]);
    assert_eq!(code, 2);
    assert!(reasons(&report).contains("bomb.json.gz: has more than 64 MiB"), "{report}");

    let path = folder.path().join("line.ndjson.gz");
    let mut bomb =
        flate2::write::GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    bomb.write_all(b"{\"document\": \"{ version }\"}\n{\"document\": \"").unwrap();
    for _ in 0..20 {
        bomb.write_all(&blank).unwrap();
    }
    bomb.finish().unwrap();
    let (code, report) = list(folder.path(), &["line.ndjson.gz"]);
    assert_eq!(code, 2);
    assert!(reasons(&report).contains("line.ndjson.gz:2: the line has more than 16777216 bytes"), "{report}");
}

#[test]
fn a_project_shares_its_fragments_and_places_stay_where_they_were_written() {
    let folder = folder(&[
        (
            "app/fragments.graphql",
            "fragment Name on User { name }\n\nfragment Card on User { ...Name nothing }\n",
        ),
        ("app/card.graphql", "query Card { user(id: 1) { ...Card } }\n"),
        ("app/both.graphql", "query Both { user(id: 1) { ...Name } }\nfragment Name on User { id }\n"),
        // Unused here, but not in the project.
        ("app/owner.graphql", "fragment Shared on User { id }\nquery Owner { version }\n"),
        ("app/user.graphql", "query User { user(id: 1) { ...Shared } }\n"),
        ("app/unused.graphql", "query Unused { version }\nfragment Nobody on User { id }\n"),
        ("app/missing.graphql", "query Missing { user(id: 1) { ...Elsewhere } }\n"),
        (
            "other/elsewhere.graphql",
            "fragment Elsewhere on User { id }\nquery Else { user(id: 1) { ...Elsewhere } }\n",
        ),
    ]);
    let (_, report) = validate(folder.path(), &["app", "--operations", "other"]);
    let verdict = |name: &str| {
        let operation = operations(&report).iter().find(|operation| operation["name"] == name).unwrap();
        let errors = operation["errors"].as_array().unwrap();
        let errors: Vec<String> = errors
            .iter()
            .map(|error| format!("{} {}", error["rule"].as_str().unwrap(), place(error)))
            .collect();
        (operation["verdict"].as_str().unwrap().to_owned(), errors)
    };
    let valid = ("valid".to_owned(), Vec::<String>::new());
    // Through two fragments of another file; the error is where it was written.
    assert_eq!(
        verdict("Card"),
        ("invalid".into(), vec!["fields-on-correct-type app/fragments.graphql:3:33".into()])
    );
    assert_eq!(verdict("Both"), valid, "its own fragment comes first");
    assert_eq!((verdict("Owner"), verdict("User"), verdict("Else")), (valid.clone(), valid.clone(), valid));
    assert_eq!(verdict("Unused").1, ["no-unused-fragments app/unused.graphql:2:1"]);
    assert_eq!(
        verdict("Missing").1,
        ["known-fragment-names app/missing.graphql:1:34"],
        "one source is one project"
    );
}

#[test]
fn a_fragment_of_two_meanings_is_an_error_that_names_both_unless_one_is_imported() {
    let folder = folder(&[
        ("app/a.graphql", "query A { user(id: 1) { ...F } }\nfragment F on User { id }\n"),
        ("app/b.graphql", "query B { user(id: 1) { ...F } }\nfragment F on User { name }\n"),
        // Another spelling of the first.
        ("app/c.graphql", "query C { user(id: 1) { ...F } }\nfragment F on User {\n  id # the key\n}\n"),
        ("app/uses.graphql", "query Uses { user(id: 1) { ...F } }\n"),
        ("app/imports.graphql", "#import \"./b.graphql\"\nquery Imports { user(id: 1) { ...F } }\n"),
    ]);
    let (code, report) = validate(folder.path(), &["app"]);
    assert_eq!((code, &report["coverage"]["unparsable"]), (2, &json!(1)), "{report}");
    let verdicts: Vec<(Option<&str>, &str)> = operations(&report)
        .iter()
        .map(|operation| (operation["name"].as_str(), operation["verdict"].as_str().unwrap()))
        .collect();
    let valid = |name| (Some(name), "valid");
    assert_eq!(verdicts, [valid("A"), valid("B"), valid("C"), valid("Imports"), (None, "unparsable")]);
    let error = &operations(&report)[4]["errors"][0];
    assert_eq!(
        (error["rule"].as_str(), place(error)),
        (Some("ambiguous-fragment"), "app/uses.graphql:1:31".into())
    );
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("app/a.graphql:2:10") && message.contains("app/b.graphql:2:10"), "{message}");
    // Without the third meaning, the name is clear.
    fs::remove_file(folder.path().join("app/b.graphql")).unwrap();
    fs::remove_file(folder.path().join("app/imports.graphql")).unwrap();
    assert_eq!(validate(folder.path(), &["app"]).0, 0);
}

#[test]
fn imports_are_read_within_the_working_directory_and_go_in_circles_without_harm() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.graphql"), "fragment Secret on User { id }").unwrap();
    let folder = folder(&[
        ("app/a.graphql", "#import \"../shared/one.graphql\"\nquery A { user(id: 1) { ...One } }\n"),
        ("shared/one.graphql", "# import Two from './two.graphql'\nfragment One on User { ...Two }\n"),
        ("shared/two.graphql", "#import \"one.graphql\"\nfragment Two on User { id wrong }\n"),
        ("bad/gone.graphql", "\n#import \"./none.graphql\"\nquery Gone { version }\n"),
    ]);
    let (code, report) = validate(folder.path(), &["app"]);
    assert_eq!((code, operations(&report).len()), (1, 1));
    assert_eq!(place(&operations(&report)[0]["errors"][0]), "shared/two.graphql:2:27");
    let path = outside.path().join("secret.graphql");
    let import = format!("#import \"{}\"\nquery Out {{ user(id: 1) {{ ...Secret }} }}\n", path.display());
    fs::write(folder.path().join("bad/out.graphql"), import).unwrap();
    let (code, report) = validate(folder.path(), &["bad"]);
    assert_eq!(code, 1);
    let reasons = reasons(&report);
    assert!(
        reasons.contains("bad/gone.graphql:2: imports ./none.graphql, which cannot be read"),
        "{reasons}"
    );
    assert!(reasons.contains("bad/out.graphql:1: imports ") && reasons.contains("outside"), "{reasons}");
}

/// Each import of a document is followed into its file, once, or told with the reason why it is not.
#[test]
fn imports_in_code_are_followed_into_their_files_or_told() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.graphql"), "query Secret { version }").unwrap();
    let query = |name: &str| format!("query {name} {{ version }}");
    let out = outside.path().join("secret.graphql").display().to_string().replace('\\', "/");
    let up = format!("{}{out}", "../".repeat(30));
    let pages = format!(
        "import A from './a.graphql';\nimport {{ A as B }} from './a.graphql';\nconst C = require('../shared/c.gql?raw');\n\
         const D = () => import('@/queries/d.graphql');\nimport type {{ E }} from './e.graphql';\n\
         import {{ useF }} from './f.graphql';\nimport G from './g.graphql';\nexport {{ default }} from './gone.graphql';\n\
         import OUT from '{up}';\nimport NONE from '@/none.graphql';\n\
         const text = gql`query H {{ user(id: 1) {{ ...C }} }} ${{C}}`;\nuseQuery(gql(A));\n"
    );
    let folder = folder(&[
        ("src/pages.ts", &pages),
        ("src/more.vue", "<script>import C from '../shared/c.gql'</script>"),
        ("src/a.graphql", &query("A")),
        ("src/queries/d.graphql", &query("D")),
        ("src/f.graphql.ts", "export const useF = () => useQuery(gql`query F { version }`);"),
        ("src/g.graphql.d.ts", "export const G: Document;"),
        ("src/taken.ts", "import T from './taken.graphql'"),
        ("src/taken.graphql", &query("Taken")),
        (
            "shared/c.gql",
            "#import './deep.graphql'\nfragment C on User { ...Deep }\nquery C { user(id: 2) { ...C } }",
        ),
        ("shared/deep.graphql", "fragment Deep on User { id }"),
    ]);
    let (code, report) = validate(folder.path(), &["src", "--operations", "!src/taken.graphql"]);
    let names: Vec<&str> =
        operations(&report).iter().map(|operation| operation["name"].as_str().unwrap()).collect();
    assert_eq!((code, &names[..]), (0, &["A", "F", "C", "H", "D"][..]), "{report:#}");
    assert_eq!(report["coverage"]["stored"], 5);
    assert_eq!(report["coverage"]["holes"], 0);
    let unresolved: Vec<(String, &str)> = report["unresolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unresolved| (place(&unresolved["place"]), unresolved["reason"].as_str().unwrap()))
        .collect();
    let reasons =
        ["./gone.graphql, which cannot be read", "outside of the working directory", "name the directory"];
    assert_eq!(unresolved.len(), reasons.len(), "{unresolved:?}");
    for (line, ((place, told), reason)) in (8..).zip(unresolved.iter().zip(reasons)) {
        assert!(
            place.starts_with(&format!("src/pages.ts:{line}:")) && told.contains(reason),
            "{place}: {told}"
        );
    }
    // A file of code alone leads to what it sends.
    let (_, report) = list(folder.path(), &["src/more.vue"]);
    assert_eq!(operations(&report)[0]["name"], "C");
    assert_eq!(place(&operations(&report)[0]["source"]), "shared/c.gql:3:1");
    // It holds operations also where another pattern has read them.
    let (code, report) = list(folder.path(), &["shared", "src/more.vue"]);
    assert_eq!((code, operations(&report).len()), (0, 1), "{report:#}");
}

#[test]
fn code_imports_so_many_files_and_no_more() {
    let folder = folder(&[]);
    for number in 0..=1000 {
        let file = folder.path().join(format!("{number}.graphql"));
        fs::write(file, format!("query Q{number} {{ version }}")).unwrap();
    }
    let imports: Vec<String> = (0..=1000).map(|number| format!("import './{number}.graphql';")).collect();
    fs::write(folder.path().join("all.ts"), imports.join("\n")).unwrap();
    let (_, report) = list(folder.path(), &["all.ts"]);
    assert_eq!(operations(&report).len(), 1000);
    let unresolved = report["unresolved"].as_array().unwrap();
    assert_eq!(unresolved.len(), 1, "{unresolved:?}");
    assert_eq!(place(&unresolved[0]["place"]), "all.ts:1001:8");
    assert!(unresolved[0]["reason"].as_str().unwrap().contains("more than 1000 files are imported"));
}

#[test]
fn a_tree_in_json_is_a_document_and_a_damaged_one_an_error() {
    let name = |name: &str| json!({"kind": "Name", "value": name});
    let field = json!({"kind": "Field", "name": name("version")});
    let tree = |of: &str| {
        json!({"kind": "Document", "definitions": [{
            "kind": "OperationDefinition", "operation": "query", "name": name(of),
            "selectionSet": {"kind": "SelectionSet", "selections": [field]},
        }]})
    };
    let (one, other) = (tree("One"), tree("Other"));
    let folder = folder(&[
        ("ops/one.json", &one.to_string()),
        ("ops/several.json", &json!({"0af1": tree("Two"), "0af2": tree("Three")}).to_string()),
        (
            "types.json",
            &json!({"kind": "Document", "definitions": [{"kind": "ScalarTypeDefinition"}]}).to_string(),
        ),
        ("cut.json", r#"{"kind": "Document", "definitions": [{"kind""#),
        ("wrong.json", &other.to_string().replace("Other", "no name")),
    ]);
    let (code, report) = validate(folder.path(), &["ops"]);
    let names: Vec<&str> =
        operations(&report).iter().map(|operation| operation["name"].as_str().unwrap()).collect();
    assert_eq!((code, &names[..]), (0, &["One", "Two", "Three"][..]));
    for (file, reason) in [
        ("types.json", "is no document, manifest or log"),
        ("cut.json", "damaged GraphQL document as a tree"),
        ("wrong.json", "not as graphql-js makes it"),
    ] {
        let (code, report) = validate(folder.path(), &[file]);
        assert_eq!(code, 2, "{file}");
        assert!(reasons(&report).contains(reason), "{file}: {}", reasons(&report));
    }
}

#[test]
fn what_the_client_keeps_for_itself_is_taken_out_and_said() {
    let folder = folder(&[
        (
            "ops/local.graphql",
            "query Local($id: ID!, $local: Boolean) {\n  user(id: $id) @connection(key: \"u\") { id draft(x: $local) @client ...L @client }\n}\n\
             fragment L on User { open }\n",
        ),
        ("ops/wrong.graphql", "query Wrong { user(id: 1) { id nothing @required(action: NONE) } }"),
        ("ops/plain.graphql", "query Plain { version @unknown }"),
        ("knows.graphql", "directive @client on FIELD\ntype Query { version: String }\n"),
        ("own.graphql", "query Own { version @client  gone @client }"),
    ]);
    let (_, report) = validate(folder.path(), &["ops"]);
    let of = |name: &str| {
        let operation = operations(&report).iter().find(|operation| operation["name"] == name).unwrap();
        let errors = operation["errors"].as_array().unwrap();
        let rules: Vec<&str> = errors.iter().map(|error| error["rule"].as_str().unwrap()).collect();
        (operation["stripped"].clone(), rules)
    };
    assert_eq!(of("Local"), (json!(["@client", "@connection"]), vec![]));
    assert_eq!(of("Wrong"), (json!(["@required"]), vec!["fields-on-correct-type"]));
    assert_eq!(of("Plain"), (Value::Null, vec!["known-directives"]));
    assert_eq!(report["coverage"]["stripped"], 2);
    // A schema that defines the directive gets it, and the field with it.
    let (_, known) =
        self::report(folder.path(), &["validate", "knows.graphql", "--operations", "own.graphql"]);
    assert_eq!(operations(&known)[0]["errors"][0]["rule"], "fields-on-correct-type");
    assert_eq!(known["coverage"]["stripped"], 0);
}

#[test]
fn directories_are_walked_as_git_does() {
    let folder = folder(&[
        (".gitignore", "build/\n*.tmp.graphql\n"),
        ("build/generated.json", r#"{"1": "query Generated { version }"}"#),
        ("node_modules/lib/x.graphql", "query Foreign { version }"),
        ("src/a.graphql", "query A { version }"),
        ("src/b.tmp.graphql", "query Scratch { version }"),
        ("src/.hidden/c.graphql", "query Hidden { version }"),
    ]);
    let names = |paths: &[&str]| -> Vec<String> {
        let (_, report) = list(folder.path(), paths);
        let names =
            operations(&report).iter().map(|operation| operation["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names(&["src"]), ["Hidden", "A", "Scratch"], "without a repository, nothing is ignored");
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(names(&["src"]), ["Hidden", "A"]);
    assert_eq!(names(&["."]), ["Hidden", "A"]);
    assert_eq!(names(&["**/*.graphql"]), ["Hidden", "A"]);
    // What is named itself was asked for.
    assert_eq!(names(&["build/generated.json"]), ["Generated"]);
    assert_eq!(names(&["src/b.tmp.graphql"]), ["Scratch"]);
    assert_eq!(names(&["node_modules/lib"]), ["Foreign"]);
}

#[cfg(unix)]
#[test]
fn links_and_special_files_end_in_an_error_or_a_listed_skip() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("far.graphql", "query Far { version }")]);
    let folder =
        folder(&[("ops/a.graphql", "query A { version }"), ("ops/sub/b.graphql", "query B { version }")]);
    let ops = folder.path().join("ops");
    // A loop, a link to what is there anyway, and links out of the directory.
    symlink("..", ops.join("sub/loop")).unwrap();
    symlink("a.graphql", ops.join("again.graphql")).unwrap();
    symlink(outside.path().join("far.graphql"), ops.join("far.graphql")).unwrap();
    symlink(outside.path(), ops.join("dir")).unwrap();
    let (code, report) = list(folder.path(), &["ops"]);
    assert_eq!(code, 0, "{report}");
    assert_eq!(operations(&report).len(), 2);
    let skipped: Vec<&str> =
        report["skipped"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert_eq!(skipped, ["ops/dir", "ops/far.graphql"]);
    assert_eq!(report["coverage"]["skipped"], 2);
    // A link that is named itself is followed.
    assert_eq!(list(folder.path(), &["ops/far.graphql"]).0, 0);

    symlink("nowhere.graphql", ops.join("dangling.graphql")).unwrap();
    symlink("itself.graphql", ops.join("itself.graphql")).unwrap();
    assert!(Command::new("mkfifo").arg(ops.join("pipe.graphql")).status().unwrap().success());
    let (code, report) = list(folder.path(), &["ops"]);
    assert_eq!((code, operations(&report).len()), (2, 2));
    let reasons = reasons(&report);
    for expected in [
        "ops/dangling.graphql: is a link that leads nowhere",
        "ops/itself.graphql: is a link that leads nowhere",
        "ops/pipe.graphql: is neither a file nor a directory",
    ] {
        assert!(reasons.contains(expected), "{reasons}");
    }
    for named in ["ops/pipe.graphql", "/dev/zero", "ops/itself.graphql"] {
        assert_eq!(list(folder.path(), &[named]).0, 2, "{named}");
    }
    // A pipe in place of the file that says what is ignored must not make the walk wait.
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert!(Command::new("mkfifo").arg(ops.join("sub/.gitignore")).status().unwrap().success());
    assert_eq!(list(folder.path(), &["ops"]).0, 2);
}

#[test]
fn clients_come_from_the_file_then_the_flag_then_the_path() {
    let folder = folder(&[
        ("queries/web/7/a.graphql", "query A { version }"),
        (
            "queries/web/7/log.ndjson",
            "{\"document\": \"query B { version }\", \"client\": {\"name\": \"log\", \"version\": null}}\n",
        ),
        ("apps/ios/2/c.graphql", "query C { version }"),
    ]);
    let clients = |arguments: &[&str]| -> Vec<String> {
        let (_, report) = list(folder.path(), arguments);
        let each = operations(&report).iter().map(|operation| {
            let clients = operation["clients"].as_array().unwrap();
            let names = clients.iter().map(|client| {
                format!("{}@{}", client["name"].as_str().unwrap(), client["version"].as_str().unwrap_or("?"))
            });
            names.collect::<Vec<_>>().join(" ")
        });
        each.collect()
    };
    assert_eq!(clients(&["queries", "apps"]), ["web@7", "log@?", ""]);
    assert_eq!(clients(&["queries", "apps", "--client", "x@1"]), ["x@1", "log@?", "x@1"]);
    let pattern = ["queries", "apps", "--client-path", "apps/{client}/{version}/**"];
    assert_eq!(clients(&pattern), ["", "log@?", "ios@2"]);
    let config = "client-paths = [\"apps/{client}/{version}/**\", \"queries/{client}/**\"]\n";
    fs::write(folder.path().join("schemacheck.toml"), config).unwrap();
    assert_eq!(clients(&["queries", "apps"]), ["web@?", "log@?", "ios@2"]);
    fs::write(folder.path().join("schemacheck.toml"), "client-paths = 7\n").unwrap();
    let (code, report) = list(folder.path(), &["queries"]);
    assert_eq!(code, 2);
    assert!(reasons(&report).contains("expected a text or a list of texts in `client-paths`"), "{report}");
}

/// The flag, else the environment, else the configuration.
#[test]
fn what_counts_as_graphql_and_how_much_may_be_unknown_is_configured() {
    let folder = folder(&[
        ("app/ask.ts", "ask(text);\nconst q = ours`{ version }`;\nconst p = gql(text);\n"),
        (
            "app/ask.py",
            "class User:\n    id: str\n\n\nask(gql(f\"query Py {{ user(id: 1) {{ {fields_of(User)} }} }}\"))\n",
        ),
        ("schemacheck.toml", "tags = [\"ours\"]\nselection-builders = \"fields_of\"\nmax-holes = 1\n"),
    ]);
    let told = |arguments: &[&str], variable: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemacheck"));
        command.args(["operations", "list", "app", "--format", "json"]).args(arguments);
        if let Some(most) = variable {
            command.env("SCHEMACHECK_MAX_HOLES", most);
        }
        let output = command.current_dir(folder.path()).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let coverage = &report["coverage"];
        let counts = ["operations", "holes", "unresolved"].map(|key| coverage[key].as_u64().unwrap());
        (output.status.code().unwrap(), counts)
    };
    // `ours` and `fields_of` are known; the text of `gql(text)` is not.
    assert_eq!(told(&[], None), (0, [2, 0, 1]));
    assert_eq!(told(&[], Some("0")), (2, [2, 0, 1]));
    assert_eq!(told(&["--max-holes", "1"], Some("0")), (0, [2, 0, 1]));
    // A flag takes the place of what is configured: of the tag, of the builder.
    assert_eq!(told(&["--tag", "ask", "--max-holes", "9"], None), (0, [1, 0, 2]));
    assert_eq!(told(&["--selection-builder", "other"], None), (2, [2, 1, 1]));
    fs::write(folder.path().join("schemacheck.toml"), "max-holes = -1\n").unwrap();
    assert_eq!(told(&[], None).0, 2);
    fs::write(folder.path().join("schemacheck.toml"), "max-hole = 1\n").unwrap();
    let (code, report) = list(folder.path(), &["app"]);
    assert_eq!(code, 2);
    assert!(reasons(&report).contains("there is no max-hole; did you mean max-holes?"), "{report}");
}

#[test]
fn code_that_is_no_utf_8_is_an_error_with_its_name() {
    let folder = folder(&[("app/good.py", "gql('query Good { version }')\n")]);
    fs::write(folder.path().join("app/bad.py"), b"# \xe9t\xe9\ngql('query Bad { version }')\n").unwrap();
    let (code, report) = validate(folder.path(), &["app"]);
    assert_eq!((code, report["state"].as_str()), (2, Some("error")));
    assert!(reasons(&report).contains("app/bad.py: the file is not UTF-8: byte 2"), "{report}");
    // The others count.
    let names: Vec<&Value> = operations(&report).iter().map(|operation| &operation["name"]).collect();
    assert_eq!(names, ["Good"]);
}

/// Everything that was found is one manifest, and the manifest is everything that was found.
#[test]
fn extract_writes_a_manifest_that_reads_as_what_it_was_made_of() {
    let folder = folder(&[
        ("queries/web/1/a.graphql", "# first\nquery A {\n  user(id: 1) { ...N }\n}\nmutation Two { gone }\n"),
        ("queries/web/1/n.graphql", "fragment N on User { name nothing }\n"),
        ("queries/app/2/copy.graphql", "query Copy { version }\n"),
        ("queries/web/1/copy.graphql", "query Copy { version }\n"),
        ("queries/web/1/bad.graphql", "query Bad {"),
        ("app/ask.py", "def ask(field):\n    return gql(f\"query Py {{ version {field} nothing }}\")\n"),
        (
            "ops.json",
            r#"{"1": "query \"M\" {\n\tversion \u00e9\n}", "2": "query M {\n version\n nothing }"}"#,
        ),
        (
            "log.ndjson",
            "{\"document\": \"query L {\\n  nothing }\", \"client\": {\"name\": \"web\", \"version\": \"9\"}, \"count\": 5, \"lastSeen\": \"2026-01-30T18:06:03Z\"}\n",
        ),
    ]);
    let from = ["queries", "ops.json", "log.ndjson", "app"];
    let extract = |paths: &[&str], file: &str| {
        run(folder.path(), &[&["operations", "extract"], paths, &["--output", file]].concat())
    };
    let answer = extract(&from, "all.json");
    assert_eq!(answer.code, 2, "one document is no GraphQL: {}", answer.err);
    let of = |paths: &[&str]| {
        let paths: Vec<&str> = paths.iter().flat_map(|path| ["--operations", path]).collect();
        let (code, report) = report(folder.path(), &[&["validate", "schema.graphql"], &paths[..]].concat());
        let mut operations = operations(&report).to_vec();
        for operation in &mut operations {
            // Counted in the order of the sources.
            operation["id"].take();
        }
        operations.sort_by_key(|operation| place(&operation["source"]));
        (code, operations, report["coverage"].clone())
    };
    let (code, operations, coverage) = of(&from);
    assert_eq!(coverage["holes"], 1);
    assert_eq!(of(&["all.json"]), (code, operations, coverage));
    // It is its own source, and the same bytes again.
    assert_eq!(extract(&["all.json"], "again.json").code, 2);
    let (all, again) = (folder.path().join("all.json"), folder.path().join("again.json"));
    assert_eq!(fs::read_to_string(&all).unwrap(), fs::read_to_string(again).unwrap());

    // What was changed by hand, and what comes from a newer program, is refused.
    let text = fs::read_to_string(&all).unwrap();
    for (from, to, why) in [
        (
            "query Copy { version }",
            "query Copy { user }",
            "the document of Copy is not the one that its sha256 is of",
        ),
        ("\"version\": 1,", "\"version\": 2,", "has version 2 of its form"),
        ("\"clients\": [", "\"customers\": [", "unknown field `customers`"),
    ] {
        fs::write(&all, text.replacen(from, to, 1)).unwrap();
        let (code, report) = list(folder.path(), &["all.json"]);
        assert_eq!(code, 2);
        assert!(reasons(&report).contains(why), "{report}");
    }
}

#[test]
fn extract_writes_nothing_where_something_could_not_be_read() {
    let folder = folder(&[
        ("ops/a.graphql", "query A { version }"),
        ("ops/log.ndjson", "{\"document\": \"query A { version }\"}\n{\"document\n"),
        ("two/a.graphql", "query A { user(id: 1) { ...F } }"),
        ("two/b.graphql", "fragment F on User { id }"),
        ("two/c.graphql", "fragment F on User { name }"),
    ]);
    for (paths, why) in [("ops", "ops/log.ndjson:2"), ("two", "two/a.graphql:1:28"), ("none", "none: ")] {
        let answer = run(folder.path(), &["operations", "extract", paths, "--output", "out.json"]);
        assert_eq!(answer.code, 2);
        assert!(
            answer.err.contains(why) && answer.err.contains("out.json was not written"),
            "{}",
            answer.err
        );
        assert!(!folder.path().join("out.json").exists());
    }
}

#[test]
fn the_list_is_a_table_with_what_was_passed_over() {
    let folder = folder(&[
        ("queries/web/7/a.graphql", "query A { version }\nquery \u{202E}"),
        ("queries/web/7/b.graphql", "subscription Longer { version }"),
        ("queries/web/7/c.json", "{\"name\": \"app\"}"),
        (
            "queries/web/7/log.ndjson",
            "{\"document\": \"{ version }\", \"count\": 3, \"lastSeen\": \"2026-01-30T18:06:03Z\"}\n",
        ),
    ]);
    let answer = run(folder.path(), &["operations", "list", "queries"]);
    assert_eq!(answer.code, 2);
    let expected = "\
Longer       subscription  web@7                               queries/web/7/b.graphql:1:1
(anonymous)  query         web@7  3 requests, last 2026-01-30  queries/web/7/log.ndjson:1:15

Not to be read as GraphQL
  queries/web/7/a.graphql:2:7: unexpected character U+202E

Passed over
  queries/web/7/c.json: is no document, manifest or log that schemacheck knows

error: 1 document is no GraphQL or too complex, and could not be checked
error   2 operations   3 files   1 client version   3 requests, last 2026-01-30   0 holes, 0 unresolved, 1 unparsable   1 passed over
";
    assert_eq!(answer.out, expected);
    let none = run(folder.path(), &["operations", "list", "schema.graphql"]);
    assert_eq!(none.code, 2, "{}", none.out);
    let code = "a = gql(f\"query Py {{ version {field} }}\")\n";
    fs::write(folder.path().join("ask.py"), code).unwrap();
    let code = run(folder.path(), &["operations", "list", "ask.py"]);
    assert!(
        code.out.contains("1 hole  ask.py:1:") && code.out.contains("  ask.py:1:31: {field}"),
        "{}",
        code.out
    );
    let piped = run_with(folder.path(), &["operations", "list", "-"], b"query Piped { version }");
    assert!(piped.code == 0 && piped.out.starts_with("Piped  query"), "{}", piped.out);
}
