//! The new names in stored documents: each kind of rename, what keeps its key, and what no rename saves.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic")]

mod support;

use schemacheck::check::{check_migration, check_texts};
use schemacheck::report::{Report, State};

fn migrate(old: &str, new: &str, documents: &[(&str, &str)]) -> (Report, Vec<String>) {
    let answer = support::answer(old, new, documents, |request| check_migration(request, "suggest"));
    let texts = answer.migration.unwrap().texts.into_iter().map(|(_, text)| text);
    (answer.report, texts.collect())
}

/// What is left for people, one line each.
fn left(report: &Report) -> Vec<String> {
    let migration = report.migration.as_ref().unwrap();
    let broken = migration.broken.iter().map(|one| format!("broken: {}", one.reason));
    broken.chain(migration.by_hand.iter().map(|one| format!("by hand: {}", one.message))).collect()
}

/// Schemas that differ by one rename each, a document, and what it becomes.
const RENAMES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "a field keeps its key",
        "type Query { user_name: String shop: Int }",
        "type Query { userName: String shop: Int }",
        "{ user_name shop }",
        "{ user_name: userName shop }",
    ),
    (
        "a field with an alias has its key already",
        "type Query { user_name(a: Int): String shop: Int }",
        "type Query { userName(a: Int): String shop: Int }",
        "{ n : user_name(a: 1) @include(if: true) m: shop }",
        "{ n : userName(a: 1) @include(if: true) m: shop }",
    ),
    (
        "a field below a renamed field, through fragments",
        "type Query { first_user: User } type User { last_name: String age: Int }",
        "type Query { firstUser: User } type User { lastName: String age: Int }",
        "query Q { first_user { ...F ... { age } } } fragment F on User { last_name }",
        "query Q { first_user: firstUser { ...F ... { age } } } fragment F on User { last_name: lastName }",
    ),
    (
        "an argument",
        "type Query { find(max_price: Int, by: String): Int }",
        "type Query { find(maxPrice: Int, by: String): Int }",
        "query ($max_price: Int) { find(max_price: $max_price, by: \"max_price\") }",
        "query ($max_price: Int) { find(maxPrice: $max_price, by: \"max_price\") }",
    ),
    (
        "the key of an input object, in lists and in defaults of variables",
        "type Query { find(by: [By!]): Int } input By { last_name: String and: By }",
        "type Query { find(by: [By!]): Int } input By { lastName: String and: By }",
        "query { find(by: [{ last_name: \"last_name\", and: { last_name: null } }]) }",
        "query { find(by: [{ lastName: \"last_name\", and: { lastName: null } }]) }",
    ),
    (
        "an enum value",
        "type Query { find(by: By = OPEN_MESSAGE): Int } enum By { OPEN_MESSAGE BY_AGE }",
        "type Query { find(by: By = OPEN_MSG): Int } enum By { OPEN_MSG BY_AGE }",
        "query ($by: By = OPEN_MESSAGE) { find(by: OPEN_MESSAGE) c: find(by: $by) b: find(by: BY_AGE) }",
        "query ($by: By = OPEN_MSG) { find(by: OPEN_MSG) c: find(by: $by) b: find(by: BY_AGE) }",
    ),
    (
        "a type in conditions",
        "type Query { node: Node } interface Node { id: ID } \
         type UserMessage implements Node { id: ID name: String age: Int }",
        "type Query { node: Node } interface Node { id: ID } \
         type UserMsg implements Node { id: ID name: String age: Int }",
        "{ node { ... on UserMessage { name } ...F } } fragment F on UserMessage { age }",
        "{ node { ... on UserMsg { name } ...F } } fragment F on UserMsg { age }",
    ),
    (
        "a type of variables",
        "type Query { find(by: MessageFilter): Int } input MessageFilter { name: String age: Int min: Int }",
        "type Query { find(by: MsgFilter): Int } input MsgFilter { name: String age: Int min: Int }",
        "query ($by: MessageFilter) { find(by: $by) }",
        "query ($by: MsgFilter) { find(by: $by) }",
    ),
    (
        "a directive",
        "directive @cached_for(seconds: Int, scope: String) on FIELD type Query { a: Int }",
        "directive @cachedFor(seconds: Int, scope: String) on FIELD type Query { a: Int }",
        "{ a @cached_for(seconds: 1) }",
        "{ a @cachedFor(seconds: 1) }",
    ),
    (
        "an argument of a directive",
        "directive @cache(max_age: Int, scope: String) on FIELD | QUERY type Query { a: Int }",
        "directive @cache(maxAge: Int, scope: String) on FIELD | QUERY type Query { a: Int }",
        "query @cache(max_age: 1) { a @cache(max_age: 2) }",
        "query @cache(maxAge: 1) { a @cache(maxAge: 2) }",
    ),
];

#[test]
fn each_kind_of_rename_is_written_and_valid() {
    for &(what, old, new, before, after) in RENAMES {
        let (report, texts) = migrate(old, new, &[("queries/q.graphql", before)]);
        assert_eq!(texts, [after], "{what}: {:?}", left(&report));
        assert!(report.migration.as_ref().unwrap().broken.is_empty(), "{what}: {:?}", left(&report));
        assert_eq!(report.state, State::Pass, "{what}");
        assert!(report.summary.operations_broken > 0, "{what}: was broken");
        let on_new = check_texts(new, new, [after]);
        assert_eq!(on_new.summary.operations_already_invalid, 0, "{what}");
    }
}

#[test]
fn comments_and_formatting_stay() {
    let (old, new) = ("type Query { user_name(a: Int): String }", "type Query { userName(a: Int): String }");
    let before = "# user_name\r\nquery Q($a: Int, ) {\r\n\tuser_name # of the user\r\n\t  ( a : $a )\r\n}";
    let (_, texts) = migrate(old, new, &[("q.gql", before)]);
    assert_eq!(texts, [before.replace("\tuser_name #", "\tuser_name: userName #")]);
}

#[test]
fn a_document_that_no_rename_saves_has_no_edit_and_a_reason() {
    let old = "type Query { user_name: String gone: Int }";
    let new = "type Query { userName: String }";
    let both = "query A { user_name } query B { user_name gone }";
    let (report, texts) = migrate(old, new, &[("q.graphql", both), ("r.graphql", "query C { user_name }")]);
    assert_eq!(texts, ["query C { user_name: userName }"]);
    assert_eq!(report.state, State::Fail);
    let left = left(&report);
    assert_eq!(
        left,
        ["broken: Query has no field gone", "broken: another operation of its document cannot be migrated"]
    );
}

#[test]
fn what_was_invalid_before_stays_as_it_is() {
    let (old, new) = ("type Query { user_name: String }", "type Query { userName: String }");
    let (report, texts) = migrate(old, new, &[("q.graphql", "{ user_name nothing }")]);
    assert_eq!((texts, left(&report)), (Vec::<String>::new(), Vec::new()));
    // Beside it, what was valid is saved.
    let (_, texts) = migrate(old, new, &[("q.graphql", "query A { user_name } query B { user_name no }")]);
    assert_eq!(texts, ["query A { user_name: userName } query B { user_name: userName no }"]);
}

#[test]
fn keys_in_variables_are_told() {
    let old = "type Query { find(by: By): Int } input By { last_name: String age: Int }";
    let new = "type Query { find(by: By): Int } input By { lastName: String age: Int }";
    let (report, texts) = migrate(old, new, &[("q.graphql", "query ($by: By) { find(by: $by) }")]);
    assert!(texts.is_empty());
    assert_eq!(
        left(&report),
        [
            "by hand: variables of type By may hold the key last_name, which is lastName now; only the client's code can \
          rename it"
        ]
    );
    assert_eq!(report.state, State::Pass, "only the client knows whether it sends the key");
    let required = |schema: &str| schema.replace("String", "String!");
    let (report, _) =
        migrate(&required(old), &required(new), &[("q.graphql", "query ($by: By!) { find(by: $by) }")]);
    assert_eq!(report.state, State::Fail, "every client sends the key");
}

#[test]
fn what_breaks_beside_the_names_is_told() {
    // Below a renamed field, the type of another one changes: the document is valid, and its answer is not what it was.
    let old = "type Query { first_user: User } type User { age: Int }";
    let new = "type Query { firstUser: User } type User { age: String }";
    let (report, texts) = migrate(old, new, &[("q.graphql", "{ first_user { age } }")]);
    assert_eq!(texts, ["{ first_user: firstUser { age } }"]);
    assert_eq!((report.state, left(&report).len()), (State::Fail, 1), "{:?}", left(&report));
    assert!(left(&report)[0].contains("User.age"), "{:?}", left(&report));
    // Beside another operation that no rename saves, it is told once.
    let both = "query A { first_user { age } } query B { first_user { gone } }";
    let (report, texts) = migrate(&old.replace("age", "gone: Int age"), new, &[("q.graphql", both)]);
    assert!(texts.is_empty());
    assert_eq!(left(&report).len(), 2, "{:?}", left(&report));
}

#[test]
fn what_is_no_document_of_its_own_is_to_be_changed_by_hand() {
    let (old, new) = ("type Query { user_name: String }", "type Query { userName: String }");
    let (report, texts) = migrate(old, new, &[("app.ts", "{ user_name }")]);
    assert!(texts.is_empty());
    assert_eq!(left(&report), ["by hand: user_name becomes user_name: userName"]);
    assert_eq!(report.state, State::Fail);
}
