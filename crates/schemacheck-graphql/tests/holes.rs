//! Documents of which parts are not known: every rule tells what is certain, and nothing else.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests fail where they cannot go on")]

use bumpalo::Bump;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema::{self, Valid};
use schemacheck_graphql::source::{HOLE, Hole, Sources};
use schemacheck_graphql::validation::validate;

const SDL: &str = r"
    directive @tag(name: String!) on FIELD
    type Query {
        user(id: ID!): User
        users(filter: Filter, order: Order = ASC, first: Int): [User!]!
        node(id: ID!): Node
        version: String
    }
    type Subscription { changed(ids: [ID!]!): User  removed: User }
    interface Node { id: ID! }
    type User implements Node { id: ID!  name: String  friend(n: Int): User  friends: [User] }
    type Robot implements Node { id: ID!  power: Int }
    input Filter { name: String!  age: Int  by: By }
    input By @oneOf { id: ID  name: String }
    enum Order { ASC DESC }
";

/// The errors of a document in which `«…»` is a hole: rule and the text that it is about.
fn errors(document: &str) -> Vec<String> {
    let (mut text, mut holes, mut rest) = (String::new(), Vec::new(), document);
    while let Some((before, after)) = rest.split_once('«') {
        let (hole, after) = after.split_once('»').unwrap();
        text.push_str(before);
        holes.push(Hole { at: text.len() as u32, text: hole.to_owned() });
        text.push(HOLE);
        rest = after;
    }
    text.push_str(rest);
    let mut sources = Sources::new();
    let sdl = sources.add("schema", SDL).unwrap();
    let parent = sources.add("code", document).unwrap();
    let places = vec![(0, sources.get(parent).base())];
    let document = sources.add_assembled(parent, text, places, holes).unwrap();
    let arena = Bump::new();
    let (schema, _) = schema::build(&arena, &sources, &[sdl], Limits::default()).unwrap();
    let schema = Valid::assume_valid(schema);
    let errors = match parse(&arena, sources.get(document), Limits::default()) {
        Ok(document) => validate(&arena, &schema, &document),
        Err(errors) => errors,
    };
    let told = errors.iter().map(|error| format!("{} {}", error.rule, sources.text(error.span)));
    told.map(|told| told.replace(HOLE, "«»")).collect()
}

/// What may be valid, whatever the hole says, is valid.
#[test]
fn what_a_hole_decides_is_no_error() {
    let documents = [
        // A name: of an operation, a field, an alias, an argument, a variable, a type, a fragment, a directive.
        "query «name» { version }",
        "query Get«name»($id: ID!) { user(id: $id) { id } }",
        "query «name» ($id: ID!) { user(id: $id) { id } }",
        "{ «field» }",
        "{ «field» { anything } }",
        "{ user_«suffix»(id: 1) { anything } }",
        "{ «alias»: version  version }",
        "{ user(«name»: 1) { id } }",
        "query ($«name»: ID!) { user(id: $id) { id } }",
        "query ($id: «type») { user(id: $id) { id } }",
        "query ($id: «type»!) { user(id: $id) { id } }",
        "query ($id: [«type»!]!) { user(id: $id) { id } }",
        "query ($f: «prefix»Filter) { users(filter: $f) { id } }",
        "{ user(id: 1) { ...«fragment» } }",
        "{ node(id: 1) { ... on «type» { anything } } }",
        "{ node(id: 1) { ... «condition» { anything } } }",
        "{ version @«name» }",
        "fragment «name» on User { id } { user(id: 1) { ...F } } «more»",
        "{ user(id: 1) { ...F } } fragment F on «type» { anything }",
        // Selections, with and without braces.
        "{ user(id: 1) { «fields» } }",
        "{ user(id: 1) { id «fields» name } }",
        "{ user(id: 1) «selection» }",
        "query Q «selection»",
        "query Q($id: ID!) «selection»",
        "{ user(id: 1) { ...F } } fragment F on User «selection»",
        // Arguments: a value, some, all, the whole list.
        "{ user(id: «id») { id } }",
        "{ user(id: \"user-«id»\") { id } }",
        "{ users(first: 1«zeros») { id } }",
        "{ user(«arguments») { id } }",
        "{ users(first: 1, «arguments») { id } }",
        "{ user «arguments» { id } }",
        "{ users(order: «order») { id } }",
        "{ users(filter: «filter») { id } }",
        "{ users(filter: {«fields»}) { id } }",
        "{ users(filter: {age: 1, «fields»}) { id } }",
        "{ users(filter: {name: \"\", by: {«field»}}) { id } }",
        "{ users(filter: {name: \"\", by: {id: 1, «field»}}) { id } }",
        "subscription { changed(ids: [«ids»]) { id } }",
        "{ version @tag(«arguments») }",
        // A variable and a fragment that a hole may use or define.
        "query ($id: ID!) { «selection» }",
        "query ($id: ID!) { user(id: «id») { id } }",
        "query ($id: ID!) { user(id: 1) { ...F } } fragment F on User { «fields» }",
        "query («variables») { user(id: $id) { id } }",
        "query ($n: Int, «variables») { users(first: $n, order: $order) { id } }",
        "query Q «variables» { user(id: $id) { id } }",
        "{ «selection» } fragment F on User { id }",
        "{ user(id: 1) { ...F } } «fragment»",
        "«fragment» query { user(id: 1) { ...F } }",
        "query ($n: Int) { user(id: 1) { ...F } } «fragment»",
        "fragment F on User { id } «operation»",
        // Two fields that may be the same.
        "{ a: user(id: «one») { id } a: user(id: «other») { id } }",
        "{ a: user(id: «one») { id } a: user(id: 1) { id } }",
        "{ users(«one») { id } users(first: 1) { id } }",
        "{ a: «field» a: version }",
        "{ users(filter: {name: «name»}) { id } users(filter: {name: \"x\"}) { id } }",
        // A subscription has one field, and a hole may be empty.
        "subscription { removed { id } «more» }",
        "subscription { «one» «other» }",
    ];
    for document in documents {
        assert_eq!(errors(document), Vec::<String>::new(), "{document}");
    }
}

/// What is wrong whatever the hole says is told.
#[test]
fn what_is_certain_is_told_beside_a_hole() {
    let documents: &[(&str, &[&str])] = &[
        ("query «name» { nothing }", &["fields-on-correct-type nothing"]),
        ("{ user(id: 1) { «fields» nothing } }", &["fields-on-correct-type nothing"]),
        ("{ user(id: 1, who: 2) { «fields» } }", &["known-argument-names who: 2"]),
        ("{ user(«arguments», who: 2) { id } }", &["known-argument-names who: 2"]),
        ("{ user { «fields» } }", &["provided-required-arguments user { «» }"]),
        ("{ users { id } «more» version { «fields» } }", &["scalar-leafs { «» }"]),
        ("{ users(first: \"x\", «more») { id } }", &["values-of-correct-type \"x\""]),
        ("{ users(order: \"a«b»\") { id } }", &["values-of-correct-type \"a«»\""]),
        ("{ users(filter: {nothing: 1, «fields»}) { id } }", &["values-of-correct-type nothing: 1"]),
        (
            "{ users(filter: {name: \"\", by: {id: 1, name: \"\", «field»}}) { id } }",
            &["values-of-correct-type {id: 1, name: \"\", «»}"],
        ),
        ("query ($a: Nothing) { user(id: «id») { id } }", &["known-type-names Nothing"]),
        ("query Q«x» ($a: ID) { version }", &["no-unused-variables $a: ID"]),
        ("query «name» { user(id: $id) { id } }", &["no-undefined-variables $id"]),
        ("{ user(id: 1) { ...F «fields» } }", &["known-fragment-names F"]),
        ("{ version } fragment F on User { «fields» }", &["no-unused-fragments fragment F on User { «» }"]),
        (
            "{ a: user(id: «x») { id } a: users { id } }",
            &["overlapping-fields-can-be-merged a: user(id: «») { id }"],
        ),
        (
            "{ a: users(first: 1, «more») { id } a: users(first: 2) { id } }",
            &["overlapping-fields-can-be-merged a: users(first: 1, «») { id }"],
        ),
        ("{ «alias»: user(id: 1) { a: id a: name } }", &["overlapping-fields-can-be-merged a: id"]),
        (
            "subscription { changed(ids: «ids») { id } removed { id } «more» }",
            &["single-field-subscriptions removed { id }"],
        ),
        ("{ user(id: 1) { ... on Robot { «fields» } } }", &["possible-fragment-spreads ... on Robot { «» }"]),
        ("mutation «name» { «field» }", &["known-operation-types mutation «» { «» }"]),
    ];
    for (document, expected) in documents {
        assert_eq!(errors(document), *expected, "{document}");
    }
}

/// Where a hole hides what the text around it means, the document is refused, never passed.
#[test]
fn what_cannot_be_read_around_a_hole_is_a_syntax_error() {
    for document in ["«kind» Name { version }", "«kind» { version }", "{ version «x»", "{ a(b: «x» }"]
    {
        let errors = errors(document);
        assert!(errors.iter().any(|error| error.starts_with("syntax")), "{document}: {errors:?}");
    }
}

/// A noncharacter in a document that has no holes is what it always was.
#[test]
fn a_document_without_holes_cannot_hold_one() {
    let text = format!("{{ {HOLE} }}");
    let mut sources = Sources::new();
    let document = sources.add("document", text).unwrap();
    assert!(parse(&Bump::new(), sources.get(document), Limits::default()).is_err());
}
