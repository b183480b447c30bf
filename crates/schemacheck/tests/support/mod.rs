//! Texts to answers, for tests.

#![allow(dead_code, clippy::unwrap_used, reason = "each test takes what it needs, and fails where it cannot")]

use std::collections::BTreeSet;

use bumpalo::Bump;
use schemacheck::check::{DiffAnswer, DiffRequest, check_diff};
use schemacheck::operation::{Client, StoredDocument};
use schemacheck::report::{FailOn, Report};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

/// Compares two schemas and checks documents, each with its name. Panics where a schema is invalid.
pub(crate) fn check(old: &str, new: &str, documents: &[(&str, &str)]) -> DiffAnswer {
    let mut sources = Sources::new();
    let old = sources.add("old.graphql", old).unwrap();
    let new = sources.add("new.graphql", new).unwrap();
    let documents: Vec<StoredDocument> = documents
        .iter()
        .map(|(name, text)| StoredDocument {
            clients: BTreeSet::from([Client { name: "client".into(), version: Some("1".into()) }]),
            ..StoredDocument::new(sources.add(*name, *text).unwrap())
        })
        .collect();
    let limits = Limits::default();
    let (old_arena, new_arena) = (Bump::new(), Bump::new());
    let load = |arena, id| match schema::load(arena, &sources, &[id], limits) {
        Ok(loaded) => loaded.schema,
        Err(errors) => panic!("{:?}", errors.iter().map(|error| &error.message).collect::<Vec<_>>()),
    };
    let request = DiffRequest {
        sources: &sources,
        old: &load(&old_arena, old),
        new: &load(&new_arena, new),
        new_texts: &[new],
        documents: Some(&documents),
        new_documents: None,
        allow_empty: documents.is_empty(),
        fail_on: FailOn::Breaking,
        frameworks: &[],
        policy: &schemacheck::policy::Policy::default(),
        limits,
        verdicts: &schemacheck::partition::Verdicts::computed(),
    };
    check_diff(&request, "diff")
}

/// The changes of a report, one line each: severity, rule, coordinate and new coordinate.
pub(crate) fn change_lines(report: &Report) -> Vec<String> {
    let line = |change: &schemacheck::report::ReportedChange| {
        let member = change.member.as_ref().map_or(String::new(), |member| format!(" ({member})"));
        let to = change.new_coordinate.as_ref().map_or(String::new(), |to| format!(" -> {to}"));
        format!("{} {} {}{member}{to}", change.severity.name(), change.rule, change.coordinate)
    };
    report.changes.iter().flatten().map(line).collect()
}

/// The operations of a report, one line each: verdict, and the rules of its errors or the rules of the changes that hurt it.
pub(crate) fn operation_lines(report: &Report) -> Vec<String> {
    let changes = report.changes.as_deref().unwrap_or_default();
    let line = |operation: &schemacheck::report::ReportedOperation| {
        let mut words = vec![operation.verdict.name().to_owned()];
        words.extend(operation.errors.iter().map(|error| error.rule.to_owned()));
        let rule_of =
            |id: &str| changes.iter().find(|change| change.id == id).map_or("", |change| change.rule);
        words.extend(operation.impacts.iter().map(|impact| rule_of(&impact.change).to_owned()));
        words.dedup();
        words.join(" ")
    };
    report.operations.iter().flatten().map(line).collect()
}
