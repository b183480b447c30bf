//! What graphql-js and graphql-inspector say of a change, and where this project says something else.
//!
//! The answers of the two lie beside the project. Where the data is not there, the test says so and passes. Every change
//! that a peer reports is looked for at its place with its severity, and every breaking change of ours among theirs.
//! Each disagreement is listed by id with its reason; one that is not listed fails, and so does an entry without one.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "tests read the data beside the project")]
#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::collections::BTreeMap;
use std::path::Path;

use bumpalo::Bump;
use schemacheck::change::{Change, Severity};
use schemacheck::diff::diff;
use schemacheck::rules::{RULES, Rule};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Valid};
use schemacheck_graphql::source::{SourceId, Sources};
use serde_json::Value;

/// The records with another answer here, by reason.
const DIFFERENCES: &[(&[&str], &str)] = &[
    (
        &[
            "graphql-js-16:7",
            "graphql-js-16:12",
            "graphql-js-16:33",
            "graphql-js-16:35",
            "graphql-js-17:7",
            "graphql-js-17:12",
            "graphql-js-17:33",
            "graphql-js-17:35",
            "graphql-inspector:38",
            "graphql-inspector:67",
            "graphql-inspector:71",
            "graphql-inspector:137",
        ],
        "what is new and may be left out is safe: no operation can notice; they call it dangerous",
    ),
    (
        &[
            "graphql-js-16:2",
            "graphql-js-16:18",
            "graphql-js-17:2",
            "graphql-js-17:7",
            "graphql-js-17:12",
            "graphql-js-17:18",
            "graphql-js-17:22",
            "graphql-js-17:33",
        ],
        "a built-in scalar is part of every schema, used or not; they tell it as removed or added",
    ),
    (
        &["graphql-js-16:20", "graphql-js-17:20"],
        "`@deprecated` is part of every schema; they tell it as removed",
    ),
    (
        &[
            "graphql-js-16:18",
            "graphql-js-16:19",
            "graphql-js-16:21",
            "graphql-js-16:22",
            "graphql-js-16:23",
            "graphql-js-17:18",
            "graphql-js-17:19",
            "graphql-js-17:21",
            "graphql-js-17:22",
            "graphql-js-17:23",
            "graphql-js-17:48",
            "graphql-inspector:95",
        ],
        "no operation can have a directive, or one at this place, that only schemas have: dangerous; they call it breaking",
    ),
    (
        &["graphql-js-17:40", "graphql-js-17:45"],
        "what operations leave out has a value now: dangerous; they call it safe",
    ),
    (&["graphql-js-17:54"], "they tell the place of an argument of a directive as @Foo(Foo)"),
    (
        &["graphql-inspector:38", "graphql-inspector:78", "graphql-inspector:79", "graphql-inspector:100"],
        "a default for what had to be given is safe: no operation leaves it out; they call it dangerous",
    ),
    (
        &["graphql-inspector:80", "graphql-inspector:81", "graphql-inspector:100"],
        "a required value that loses its default must be given now: breaking; they call it dangerous",
    ),
    (
        &["graphql-inspector:102"],
        "an operation that repeats the directive is rejected: breaking; they call it dangerous",
    ),
    (
        &["graphql-inspector:10", "graphql-inspector:11", "graphql-inspector:14", "graphql-inspector:15"],
        "`@oneOf` stands on an input object only; their schema is invalid",
    ),
    (
        &["graphql-inspector:35"],
        "the query root goes by another name: one change; they tell its old type as removed, the new one and its fields as added",
    ),
    (&["graphql-inspector:55"], "no operation can name a new interface: safe; they call it dangerous"),
    (
        &[
            "graphql-inspector:72",
            "graphql-inspector:96",
            "graphql-inspector:140",
            "graphql-inspector:141",
            "graphql-inspector:143",
        ],
        "the recorded texts lack the default values, and are equal",
    ),
];

/// A change that a peer reports.
struct Expected {
    kind: String,
    /// Its place and what it says of it.
    text: String,
    /// The names in its place, where it tells the place apart from the message.
    place: Vec<String>,
    severity: Severity,
}

#[test]
fn graphql_js_16_agrees() {
    assert_agreement("graphql-js-16", graphql_js);
}

#[test]
fn graphql_js_17_agrees() {
    assert_agreement("graphql-js-17", graphql_js);
}

#[test]
fn graphql_inspector_agrees() {
    assert_agreement("graphql-inspector", graphql_inspector);
}

fn assert_agreement(peer: &str, expected: fn(&Value) -> Vec<Expected>) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors").join(peer).join("diff.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("{} is not there: nothing to compare with", path.display());
        return;
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (line, record) in text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).enumerate() {
        let (Some(old), Some(new)) = (record["old_sdl"].as_str(), record["new_sdl"].as_str()) else {
            continue;
        };
        let id = format!("{peer}:{line}");
        for disagreement in disagreements(old, new, &expected(&record), peer) {
            found.entry(id.clone()).or_default().push(disagreement);
        }
    }
    let of_peer = |id: &&str| id.rsplit_once(':').is_some_and(|(of, _)| of == peer);
    let listed: Vec<&str> =
        DIFFERENCES.iter().flat_map(|(ids, _)| ids.iter().copied()).filter(of_peer).collect();
    let unlisted: Vec<String> = found
        .iter()
        .filter(|(id, _)| !listed.contains(&id.as_str()))
        .map(|(id, disagreements)| format!("{id}\n    {}", disagreements.join("\n    ")))
        .collect();
    let stale: Vec<&&str> = listed.iter().filter(|id| !found.contains_key(**id)).collect();
    assert!(unlisted.is_empty(), "disagreements without a reason:\n{}", unlisted.join("\n"));
    assert!(stale.is_empty(), "reasons without a disagreement: {stale:?}");
}

fn disagreements(old: &str, new: &str, expected: &[Expected], peer: &str) -> Vec<String> {
    let mut sources = Sources::new();
    // A schema of theirs may be empty, which is no document.
    let mut add = |name: &str, text: &str| match text.trim() {
        "" => Vec::new(),
        _ => vec![sources.add(name, text).unwrap()],
    };
    let (old, new) = (add("old", old), add("new", new));
    let arena = Bump::new();
    // Many of their schemas have no query root.
    let load = |texts: &[SourceId]| match schema::build(&arena, &sources, texts, Limits::default()) {
        Ok((schema, _)) => Valid::assume_valid(schema),
        Err(errors) => panic!("{:?}", errors[0].message),
    };
    let (old, new) = (load(&old), load(&new));
    let changes = diff(&old, &new).changes;
    let mut disagreements = Vec::new();
    for expected in expected {
        let at_its_place: Vec<&Change> =
            changes.iter().filter(|change| is_same(change, expected, peer)).collect();
        let severity = expected.severity;
        let told = at_its_place.iter().any(|change| change.severity() == severity);
        let told_with_another = is_usage_argument(&expected.kind) && !at_its_place.is_empty();
        if told || told_with_another || is_part_of_new(expected, &changes) {
            continue;
        }
        let ours: Vec<String> = at_its_place.iter().map(|change| describe(change)).collect();
        disagreements.push(format!(
            "theirs {} {}: {}; ours {ours:?}",
            severity.name(),
            expected.kind,
            expected.text
        ));
    }
    let breaking = changes.iter().filter(|change| change.severity() == Severity::Breaking);
    let beyond = breaking.filter(|change| !expected.iter().any(|expected| is_same(change, expected, peer)));
    disagreements.extend(beyond.map(|change| format!("ours alone {}", describe(change))));
    disagreements
}

fn describe(change: &Change) -> String {
    format!("{} {} {}", change.severity().name(), change.rule.id, change.coordinate)
}

/// Whether a change of ours is the one that a peer reports: of a rule that has its name, at its place.
fn is_same(change: &Change, expected: &Expected, peer: &str) -> bool {
    let is_added = expected.kind.contains("ADDED");
    let coordinate = match &change.new_coordinate {
        Some(new) if is_added => new,
        _ => &change.coordinate,
    };
    let text = coordinate.to_string();
    let mut names: Vec<&str> = names(&text).collect();
    names.extend(change.member);
    let words: Vec<&str> = self::names(&expected.text).collect();
    has_name(change.rule, &expected.kind, peer)
        && (text == "schema" || names.iter().all(|name| words.contains(name)))
        && expected.place.iter().all(|place| names.contains(&place.as_str()))
}

/// The names in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_').filter(|name| !name.is_empty())
}

/// Whether a peer calls a rule of ours by this name. A rename is a removal and an addition there.
fn has_name(rule: &Rule, kind: &str, peer: &str) -> bool {
    let js = peer.starts_with("graphql-js");
    let of = |rule: &Rule| if js { rule.graphql_js } else { rule.graphql_inspector };
    if let Some(family) = rule.id.strip_suffix("-renamed") {
        let removed = RULES.iter().find(|other| other.id == format!("{family}-removed"));
        let added = |other: &&&Rule| {
            other.id.ends_with("-added") && other.id.contains(family) && !other.id.contains("default")
        };
        return removed.and_then(|rule| of(rule)) == Some(kind)
            || RULES.iter().filter(added).any(|rule| of(rule) == Some(kind));
    }
    of(rule) == Some(kind) || !js && is_of_family(rule.id, kind)
}

/// graphql-inspector has a name for every kind of element where one rule of ours is for all of them.
fn is_of_family(rule: &str, kind: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| kind.ends_with(end));
    let usage = kind.starts_with("DIRECTIVE_USAGE_");
    match rule {
        "description-added" | "description-removed" | "description-changed" => kind.contains("_DESCRIPTION_"),
        "deprecated-added" => ends(&["DEPRECATION_ADDED", "DEPRECATION_REASON_ADDED"]) || usage,
        "deprecated-removed" => ends(&["DEPRECATION_REMOVED", "DEPRECATION_REASON_REMOVED"]) || usage,
        "deprecated-reason-changed" => {
            ends(&["DEPRECATION_REASON_ADDED", "DEPRECATION_REASON_REMOVED", "DEPRECATION_REASON_CHANGED"])
                || is_usage_argument(kind)
        }
        "applied-directive-added" => usage && (ends(&["_ADDED"]) || is_usage_argument(kind)),
        "applied-directive-removed" => usage && (ends(&["_REMOVED"]) || is_usage_argument(kind)),
        "applied-directive-arguments-changed" => is_usage_argument(kind),
        _ => false,
    }
}

/// graphql-inspector tells the arguments of an applied directive beside the directive; here they are a part of it.
fn is_usage_argument(kind: &str) -> bool {
    kind.starts_with("DIRECTIVE_USAGE_ARGUMENT_") && !kind.starts_with("DIRECTIVE_USAGE_ARGUMENT_DEFINITION_")
}

/// What belongs to a new type or directive is no finding of its own.
fn is_part_of_new(expected: &Expected, changes: &[Change]) -> bool {
    let of_the_owner = |change: &Change| {
        let name = change.coordinate.to_string();
        let owner = expected.place.first().map(String::as_str);
        ["type-added", "directive-added", "field-added"].contains(&change.rule.id)
            && (owner == Some(name.trim_start_matches('@')) || expected.text.starts_with(&format!("{name}.")))
    };
    expected.severity == Severity::Safe && changes.iter().any(of_the_owner)
}

fn graphql_js(record: &Value) -> Vec<Expected> {
    let mut expected = Vec::new();
    let mut add = |list: &Value, severity: Severity| {
        for change in list.as_array().into_iter().flatten() {
            let kind = change["type"].as_str().unwrap().to_owned();
            let text = change["description"].as_str().unwrap().to_owned();
            if !expected.iter().any(|known: &Expected| known.kind == kind && known.text == text) {
                expected.push(Expected { kind, text, place: Vec::new(), severity });
            }
        }
    };
    add(&record["breaking"], Severity::Breaking);
    add(&record["dangerous"], Severity::Dangerous);
    add(&record["all"], Severity::Safe);
    expected
}

fn graphql_inspector(record: &Value) -> Vec<Expected> {
    // Some records are filtered by a rule of theirs; what they say without it is comparable.
    let changes = [&record["changes_without_rules"], &record["changes"]];
    let changes = changes.into_iter().find_map(Value::as_array).unwrap();
    let expected = changes.iter().map(|change| {
        let path = change["path"].as_str().unwrap_or_default();
        let element = path.split(".@").next().unwrap();
        Expected {
            kind: change["type"].as_str().unwrap().to_owned(),
            text: format!("{path} {}", change["message"].as_str().unwrap()),
            place: names(element).map(str::to_owned).collect(),
            severity: match change["level"].as_str().unwrap() {
                "BREAKING" => Severity::Breaking,
                "DANGEROUS" => Severity::Dangerous,
                _ => Severity::Safe,
            },
        }
    });
    expected.collect()
}
