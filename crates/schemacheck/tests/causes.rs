//! Each error has the change that it comes from, and each change its own fingerprint.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use schemacheck::check::check_texts;
use schemacheck::report::Report;

/// The rule, the coordinate and the member of the change behind the first error of each operation.
fn causes(report: &Report) -> Vec<String> {
    let cause = |operation: &schemacheck::report::ReportedOperation| {
        let id = operation.errors.first()?.change.as_ref()?;
        let change = report.changes.iter().flatten().find(|change| change.id == *id)?;
        Some(format!(
            "{} {} {}",
            change.rule,
            change.coordinate,
            change.member.as_deref().unwrap_or_default()
        ))
    };
    report.operations.iter().flatten().map(|operation| cause(operation).unwrap_or_default()).collect()
}

#[test]
fn of_several_interfaces_that_a_type_left_the_fragment_names_one() {
    let old = "type Query { node: Node named: Named user: User } interface Node { id: ID } interface Named { id: ID } \
               type User implements Node & Named { id: ID } type Shop implements Node & Named { id: ID }";
    let new = old.replace("User implements Node & Named", "User");
    let operations = [
        "{ user { ... on Node { id } } }",
        "{ user { ... on Named { id } } }",
        "{ node { ... on User { id } } }",
        "{ named { ... on User { id } } }",
        "{ user { ...F } } fragment F on Node { id }",
        "{ user { ... on User { ...F } } } fragment F on Named { id }",
    ];
    let expected = ["Node", "Named", "Node", "Named", "Node", "Named"];
    let expected = expected.map(|member| format!("interface-removed-from-type User {member}"));
    assert_eq!(causes(&check_texts(old, &new, operations)), expected);
}

#[test]
fn of_several_members_that_left_a_union_the_fragment_names_one() {
    let old = "type Query { media: Media } union Media = Photo | Song | Video interface File { url: ID } \
               type Photo { url: ID } type Song { url: ID } type Video implements File { url: ID }";
    let new = old.replace("Photo | Song | Video", "Photo");
    let operations = [
        "{ media { ... on Song { url } } }",
        "{ media { ... on Video { url } } }",
        "{ media { ...F } } fragment F on Video { url }",
        // A video is what both types could be.
        "{ media { ... on File { url } } }",
    ];
    let expected =
        ["Song", "Video", "Video", "Video"].map(|member| format!("union-member-removed Media {member}"));
    assert_eq!(causes(&check_texts(old, &new, operations)), expected);
}

#[test]
fn what_is_found_several_times_at_one_place_has_several_fingerprints() {
    let schema = |tags: &str| {
        format!("directive @tag(name: String) repeatable on FIELD_DEFINITION type Query {{ a: Int {tags} }}")
    };
    let tag = "@tag(name: \"a\") ";
    let fingerprints = |old: usize, new: usize| {
        let report = check_texts(&schema(&tag.repeat(old)), &schema(&tag.repeat(new)), []);
        let changes = report.changes.unwrap();
        changes.into_iter().map(|change| change.fingerprint).collect::<Vec<_>>()
    };
    let two = fingerprints(3, 1);
    assert_eq!(two.len(), 2);
    assert_eq!(two.iter().collect::<BTreeSet<_>>().len(), 2, "{two:?}");
    // One more does not change those that were there.
    let three: BTreeSet<String> = fingerprints(4, 1).into_iter().collect();
    assert!(
        three.len() == 3 && two.iter().all(|fingerprint| three.contains(fingerprint)),
        "{two:?} {three:?}"
    );
}
