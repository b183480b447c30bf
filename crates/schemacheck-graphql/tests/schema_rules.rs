//! Each rule of type system validation on schemas of its own, valid and invalid.
//!
//! In `fixtures/schema_rules.graphql` each schema begins with a line `### title`. A line `#! column level rule` says what
//! is found at that column of the last line of the schema above it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use bumpalo::Bump;
use schemacheck_graphql::diagnostic::{Diagnostic, Level};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

const FIXTURES: &str = include_str!("fixtures/schema_rules.graphql");

/// Rules that are checked while definitions are merged.
const MERGE_RULES: &[&str] = &[
    "executable-definitions",
    "known-type-names",
    "lone-schema-definition",
    "possible-type-extensions",
    "unique-argument-definition-names",
    "unique-directive-names",
    "unique-enum-value-names",
    "unique-field-definition-names",
    "unique-interface-names",
    "unique-operation-types",
    "unique-type-names",
    "unique-union-members",
];

fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    FIXTURES.split("### ").skip(1).map(|case| case.split_once('\n').unwrap())
}

fn diagnose(sources: &Sources, text: schemacheck_graphql::source::SourceId) -> Vec<Diagnostic> {
    let arena = Bump::new();
    match schema::build(&arena, sources, &[text], Limits::default()) {
        Ok((_, diagnostics)) => diagnostics,
        Err(errors) => errors,
    }
}

/// What the fixture expects: line, column, level and rule of each finding.
fn expected(text: &str) -> Vec<String> {
    let mut line = 0;
    let mut expected = Vec::new();
    for (index, content) in text.lines().enumerate() {
        match content.strip_prefix("#! ") {
            Some(finding) => expected.push(format!("{line}:{finding}")),
            None => line = index + 1,
        }
    }
    expected.sort();
    expected
}

#[test]
fn every_rule_finds_what_it_should_and_nothing_else() {
    let mut failures = Vec::new();
    for (title, text) in cases() {
        let mut sources = Sources::new();
        let id = sources.add(title, text).unwrap();
        let diagnostics = diagnose(&sources, id);
        let mut found: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| {
                let place = sources.locate(diagnostic.span.start);
                let level = if diagnostic.level == Level::Error { "error" } else { "warning" };
                format!("{}:{} {level} {}", place.line, place.column, diagnostic.rule)
            })
            .collect();
        found.sort();
        if found != expected(text) {
            failures.push(format!("{title}\n  found    {found:?}\n  expected {:?}", expected(text)));
        }
        if title.starts_with("valid") {
            assert!(found.is_empty(), "{title}: {diagnostics:#?}");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    for rule in schema::RULE_IDS.iter().chain(MERGE_RULES) {
        let own = |title: &str| title.split(": ").next() == Some(*rule);
        assert!(cases().any(|(title, _)| own(title)), "no case for {rule}");
    }
    for (title, text) in cases().filter(|(title, _)| !title.starts_with("valid")) {
        let rule = title.split(": ").next().unwrap();
        let names = |finding: &String| finding.ends_with(&format!(" {rule}"));
        if !title.ends_with("an extension fills one") && !title.ends_with("through a type") {
            assert!(expected(text).iter().any(names), "{title} does not find {rule}");
        }
    }
    assert!(cases().count() >= 70);
}

#[test]
fn findings_stand_alone_and_say_what_to_do() {
    for (title, text) in cases() {
        let mut sources = Sources::new();
        let id = sources.add(title, text).unwrap();
        for diagnostic in diagnose(&sources, id).iter().filter(|diagnostic| diagnostic.rule != "syntax") {
            assert!(!diagnostic.message.contains('\n') && diagnostic.message.len() < 200, "{diagnostic:?}");
            let has_help = diagnostic.help.as_ref().is_some_and(|help| !help.contains('\n'));
            assert!(has_help, "{title}: {diagnostic:?}");
            let in_text = |start: u32| sources.locate(start).file == title;
            assert!(in_text(diagnostic.span.start), "{title}: {diagnostic:?}");
        }
    }
}

/// Whether a schema loads depends on the level alone.
#[test]
fn warnings_do_not_keep_a_schema_from_loading() {
    for (title, text) in cases() {
        let mut sources = Sources::new();
        let id = sources.add(title, text).unwrap();
        let arena = Bump::new();
        let loaded = schema::load(&arena, &sources, &[id], Limits::default());
        let error = expected(text).iter().any(|finding| finding.contains(" error "));
        assert_eq!(loaded.is_err(), error, "{title}");
    }
}
