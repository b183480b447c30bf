//! Operations in the code of clients, from outside: what breaks is found where it stands, what is not known is told.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests run programs, and fail where they cannot"
)]

#[path = "support/run.rs"]
mod run;

use std::process::Command;

use schemacheck_extract::HOLE;
use serde_json::Value;

use self::run::{root, schemacheck};

fn run(arguments: &[&str]) -> (i32, String) {
    let answer = run::run(schemacheck().args(arguments).current_dir(root()), b"");
    (answer.code, answer.out)
}

/// The report as JSON, held against its schema.
fn report(arguments: &[&str]) -> (i32, Value) {
    run::report(schemacheck().args(arguments).current_dir(root()))
}

const BOT: &str = "tests/projects/incident_bot";
const OLD: &str = "schemas/incident/old.graphql";
const NEW: &str = "schemas/incident/new.graphql";

fn operation<'r>(report: &'r Value, name: &str) -> &'r Value {
    report["operations"].as_array().unwrap().iter().find(|operation| operation["name"] == name).unwrap()
}

/// Where the errors of an operation stand: file, line and the text there.
fn places(operation: &Value) -> Vec<(String, String)> {
    let place = |error: &Value| {
        let file = error["file"].as_str().unwrap();
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let (line, column) =
            (error["line"].as_u64().unwrap() as usize, error["column"].as_u64().unwrap() as usize);
        let there = &text.lines().nth(line - 1).unwrap()[column - 1..];
        let word = there.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap();
        (file.rsplit('/').next().unwrap().to_owned(), word.to_owned())
    };
    operation["errors"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn the_incident_is_found_in_the_code_of_a_bot() {
    let (code, report) = report(&["diff", OLD, NEW, "--operations", BOT]);
    assert_eq!(code, 1);
    let expected = |names: &[&str], file: &str| -> Vec<(String, String)> {
        names.iter().map(|name| (file.to_owned(), (*name).to_owned())).collect()
    };
    // The argument stands in the f-string; the eight fields stand in no GraphQL text, but in a class of another file.
    let threads = operation(&report, "{…}Threads");
    assert_eq!(threads["verdict"], "broken");
    let fields = [
        "emessage_id",
        "emessage_persona_id",
        "emessage_type",
        "emessage_from",
        "emessage_to",
        "emessage_external_id",
        "emessage_payload",
        "emessage_created_ts",
    ];
    let wanted = [expected(&["want_emessage_types"], "bot.py"), expected(&fields, "messages.py")].concat();
    assert_eq!(places(threads), wanted);
    assert_eq!(threads["holes"][0]["text"], "{who_is_asking}");
    assert_eq!(threads["holes"].as_array().unwrap().len(), 1);
    // What a selection holds is not known here, and the argument beside it is found all the same.
    let unknown = operation(&report, "Unknown");
    assert_eq!(unknown["verdict"], "broken");
    assert_eq!(places(unknown), expected(&["want_emessage_types"], "bot.py"));
    assert_eq!(unknown["holes"][0]["text"], "{gql_utils.gql_fields(fields)}");
    let delete = operation(&report, "Delete");
    assert_eq!(places(delete)[0], ("bot.py".to_owned(), "emessages_delete".to_owned()));
    // A text that comes from elsewhere is told, not counted.
    let coverage = &report["coverage"];
    assert_eq!((&coverage["operations"], &coverage["unresolved"]), (&3.into(), &1.into()));
    assert_eq!((&coverage["withHoles"], &coverage["holes"]), (&2.into(), &2.into()));
    assert_eq!(report["unresolved"][0]["text"], "gql(text)");
    assert_eq!(report["unresolved"][0]["place"]["line"], 39);
}

/// What a generator made of a document, what a compiler made of a template, a tree in JSON, and a document that code imports
/// from another folder.
#[test]
fn the_incident_is_found_in_what_tools_made_of_documents() {
    const WEB: &str = "tests/projects/incident_web/src";
    let (code, report) = report(&["diff", OLD, NEW, "--operations", WEB]);
    assert_eq!(code, 1);
    let expected = |file: &str, words: &[&str]| -> Vec<(String, String)> {
        words.iter().map(|word| (file.to_owned(), (*word).to_owned())).collect()
    };
    let delete = ["emessage_ids", "emessages_delete"];
    for (name, wanted) in [
        ("Generated", expected("generated.ts", &["want_emessage_types", "emessage_id"])),
        ("Stored", expected("stored.json", &delete)),
        // The argument stands in a constant.
        ("Compiled", expected("compiled.js", &delete)),
        (
            "News",
            [
                expected("news.graphql", &["want_emessage_types"]),
                expected("external.graphql", &["emessage_payload"]),
            ]
            .concat(),
        ),
    ] {
        let operation = operation(&report, name);
        assert_eq!(operation["verdict"], "broken");
        let mut places = places(operation);
        places.sort_by_key(|place| wanted.iter().position(|wanted| wanted == place));
        assert_eq!(places, wanted, "{name}");
        // Each is stored once, though two imports lead to the same file.
        assert_eq!(operation["duplicates"], serde_json::json!([]), "{name}");
    }
    let unresolved: Vec<(&str, u64, &str)> = report["unresolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            let (file, line) = (place["place"]["file"].as_str().unwrap(), &place["place"]["line"]);
            (file.rsplit('/').next().unwrap(), line.as_u64().unwrap(), place["reason"].as_str().unwrap())
        })
        .collect();
    let [("compiled.js", 9, built), ("page.tsx", 3, gone)] = unresolved[..] else { panic!("{unresolved:?}") };
    assert_eq!(built, "only the running client knows the text");
    assert!(gone.starts_with("imports ../queries/gone.graphql, which cannot be read"), "{gone}");
}

#[test]
fn a_bar_on_what_is_not_known_is_an_error_of_the_run() {
    let validate = ["validate", OLD, "--operations", BOT];
    let (code, report_without) = report(&validate);
    assert_eq!((code, &report_without["state"]), (0, &"pass".into()), "{report_without:#}");
    assert_eq!(run(&[&validate[..], &["--max-holes", "3"]].concat()).0, 0);
    let (code, report) = report(&[&validate[..], &["--max-holes", "2"]].concat());
    assert_eq!(code, 2);
    assert!(report["reasons"][0].as_str().unwrap().contains("--max-holes allows 2"), "{}", report["reasons"]);
    // A break is an answer, whatever else is not known.
    assert_eq!(run(&["diff", OLD, NEW, "--operations", BOT, "--max-holes", "0"]).0, 1);
}

#[test]
fn the_human_report_shows_what_is_not_known() {
    let (_, text) = run(&["validate", OLD, "--operations", BOT, "--color", "never"]);
    for shown in [
        "{who_is_asking} in {…}Threads",
        "tests/projects/incident_bot/bot.py:12:34",
        "gql(text): text is no text",
    ] {
        assert!(text.contains(shown), "{shown} is missing:\n{text}");
    }
}

/// A hole where fields of the selected type went puts the operation at risk.
#[test]
fn a_hole_on_a_type_that_lost_fields_is_a_risk() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("old.graphql", "type Query { user: User } type User { id: ID name: String }");
    write("new.graphql", "type Query { user: User } type User { id: ID }");
    write("app.ts", "const q = gql`query A { user { id ${fields} } }`");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (_, report) =
        report(&["diff", &path("old.graphql"), &path("new.graphql"), "--operations", &path("app.ts")]);
    let operation = operation(&report, "A");
    assert_eq!(operation["verdict"], "at-risk");
    assert_eq!(operation["impacts"][0]["certain"], false);
}

const RUST: &str = "tests/projects/rust_client";

/// The lexemes of a document, as far as blanks tell them apart.
fn lexemes(document: &str) -> String {
    document.chars().filter(|char| !char.is_whitespace() && !matches!(char, ',' | &HOLE)).collect()
}

/// A client with cynic, `graphql_client` and `include_str!`, which is built and says what it sends.
#[test]
fn what_is_read_of_a_client_in_rust_is_what_it_sends() {
    let target = root().join("target/projects");
    let mut client = Command::new(env!("CARGO"));
    client.args(["run", "--locked", "--quiet", "--target-dir"]).arg(target);
    let sent: Value = serde_json::from_str(&run::must(client.current_dir(root().join(RUST)))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("operations.json");
    let extract = ["operations", "extract", RUST, "--output"];
    run::must(schemacheck().args(extract).arg(&manifest).current_dir(root()));
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(manifest).unwrap()).unwrap();
    let operations = manifest["operations"].as_array().unwrap();
    assert_eq!(operations.len(), sent.as_object().unwrap().len(), "{operations:#?}");
    for operation in operations {
        let name = operation["name"].as_str().unwrap();
        let document = operation["document"].as_str().unwrap();
        assert_eq!(lexemes(document), lexemes(sent[name].as_str().unwrap()), "{name}");
    }
    // What only some servers are asked for is a hole.
    let (code, report) = report(&["validate", &format!("{RUST}/schema.graphql"), "--operations", RUST]);
    assert_eq!(code, 0, "{report:#}");
    let coverage = &report["coverage"];
    assert_eq!((&coverage["holes"], &coverage["unresolved"]), (&1.into(), &0.into()));
    assert_eq!(operation(&report, "ThreadsQuery")["holes"][0]["text"], "version: Option<String>");
}

#[test]
fn what_breaks_in_structs_of_rust_is_found_where_they_stand() {
    let schema = format!("{RUST}/schema.graphql");
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.graphql");
    let text = std::fs::read_to_string(root().join(&schema)).unwrap();
    let text = text.replace("created_at: Instant!", "").replace("text(upTo: Int)", "text(length: Int)");
    std::fs::write(
        &new,
        text.replace("input ThreadFilter", "input Filter").replace(": ThreadFilter", ": Filter"),
    )
    .unwrap();
    let (_, report) = report(&["diff", &schema, &new.display().to_string(), "--operations", RUST]);
    let expected = [("threads.rs", "filter"), ("threads.rs", "created"), ("threads.rs", "upTo")];
    let mut places = places(operation(&report, "ThreadsQuery"));
    // Each place is told once for each time that its struct is selected.
    places.dedup();
    for (file, word) in expected {
        assert!(places.contains(&(file.to_owned(), word.to_owned())), "{file} {word}: {places:?}");
    }
    assert_eq!(operation(&report, "SendMessage")["verdict"], "valid");
}

/// Documents that Rust names lie within what may be read, or are told.
#[test]
fn files_that_rust_names_are_read_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("outside.graphql", "query Outside { a }");
    write("client/Cargo.toml", "[package]");
    write("client/queries/b.graphql", "query B { a }");
    write("client/queries/c.graphql", "query C { a }");
    write("client/queries/unnamed.graphql", "query Unnamed { a }");
    write(
        "client/src/main.rs",
        "const A: &str = include_str!(\"../../outside.graphql\");\n\
         const B: &str = include_str!(\"../queries/b.graphql\");\n\
         const N: &str = include_str!(\"nothing.graphql\");\n\
         #[derive(GraphQLQuery)]\n#[graphql(query_path = \"queries/c.graphql\", schema_path = \"s.graphql\")]\nstruct C;\n\
         #[derive(GraphQLQuery)]\n#[graphql(query_path = \"queries/d.graphql\", schema_path = \"s.graphql\")]\nstruct D;\n",
    );
    let list = ["operations", "list", "src"];
    let (code, report) = run::report(schemacheck().args(list).current_dir(folder.path().join("client")));
    assert_eq!(code, 0, "{report:#}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let operations = report["operations"].as_array().unwrap().iter();
    let operations =
        operations.map(|operation| (text(&operation["name"]), text(&operation["source"]["file"])));
    let expected = [("B", "queries/b.graphql"), ("C", "queries/c.graphql")];
    let expected = expected.map(|(name, file)| (name.to_owned(), file.to_owned()));
    assert_eq!(operations.collect::<Vec<_>>(), expected);
    let unresolved = report["unresolved"].as_array().unwrap().iter();
    let unresolved =
        unresolved.map(|place| (place["place"]["line"].as_u64().unwrap(), text(&place["reason"])));
    let (lines, reasons): (Vec<u64>, Vec<String>) = unresolved.unzip();
    assert_eq!(lines, [1, 3, 9]);
    assert!(reasons[0].contains("../../outside.graphql, which lies outside"), "{reasons:?}");
    assert!(reasons[1].contains("nothing.graphql, which cannot be read"), "{reasons:?}");
    assert!(reasons[2].contains("queries/d.graphql, which cannot be read"), "{reasons:?}");
    // A folder beside the working directory does not belong to the package there.
    write(
        "beside/c.rs",
        "#[derive(GraphQLQuery)]\n#[graphql(query_path = \"queries/c.graphql\")]\nstruct C;\n",
    );
    let list = ["operations", "list", "../beside"];
    let (_, report) = run::report(schemacheck().args(list).current_dir(folder.path().join("client")));
    assert_eq!(report["coverage"]["operations"], 0);
    assert!(text(&report["unresolved"][0]["reason"]).contains("no Cargo.toml is found"), "{report:#}");
}
