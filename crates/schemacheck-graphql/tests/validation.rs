//! Validation of operations: the project's own cases, and what the reference implementation answers.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use schemacheck_graphql::validation::RULE_IDS;
use serde_json::Value;
use support::{assert_differences, check, diagnose, records, rules, shared};

/// `KnownTypeNamesRule` → `known-type-names`
fn kebab(rule: &str) -> String {
    let mut id = String::new();
    for char in rule.trim_end_matches("Rule").chars() {
        if char.is_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(char.to_ascii_lowercase());
    }
    id
}

/// Rules of the reference that the September 2025 text does not have.
const NOT_IN_THE_TEXT: &[&str] = &[
    "MaxIntrospectionDepthRule",
    "DeferStreamDirectiveLabelRule",
    "DeferStreamDirectiveOnRootFieldRule",
    "DeferStreamDirectiveOnValidOperationsRule",
    "StreamDirectiveOnListFieldRule",
];

const NO_ROOT: &str =
    "version 16 lets operations pass whose root type the schema does not have; the text does not";
const DEFINITIONS: &str =
    "the document is refused for its type definitions; directives inside them are not checked";
const ONE_OF: &str = "version 16 blames the value for a nullable variable in a @oneOf field; the text has it where \
                      variables are checked, as version 17";
const STREAM: &str =
    "@stream is not in the text; as an unknown directive it does not keep fields from merging";
const EXTENDED: &str = "the record lacks a field that the reference's schema was extended with";
const SCALARS: &str =
    "the reference forgets built-in scalars that a schema does not use; here they are always there";

/// Where the reference differs, and why it is not followed.
const DIFFERENCES: &[(&str, &str)] = &[
    ("16.11.0:validation:41", EXTENDED),
    ("16.11.0:validation:52", DEFINITIONS),
    ("16.11.0:validation:116", NO_ROOT),
    ("16.11.0:validation:117", NO_ROOT),
    ("16.11.0:validation:130", SCALARS),
    ("16.11.0:validation:143", NO_ROOT),
    ("16.11.0:validation:144", NO_ROOT),
    ("16.11.0:validation:368", NO_ROOT),
    ("16.11.0:validation:401", DEFINITIONS),
    ("16.11.0:validation:451", NO_ROOT),
    ("16.11.0:validation:454", NO_ROOT),
    ("16.11.0:validation:455", NO_ROOT),
    ("16.11.0:validation:561", ONE_OF),
    ("16.11.0:validation:600", ONE_OF),
    ("17.0.0-alpha.8+f808084e:validation:41", EXTENDED),
    ("17.0.0-alpha.8+f808084e:validation:91", DEFINITIONS),
    ("17.0.0-alpha.8+f808084e:validation:181", SCALARS),
    ("17.0.0-alpha.8+f808084e:validation:304", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:305", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:306", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:307", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:308", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:309", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:310", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:311", STREAM),
    ("17.0.0-alpha.8+f808084e:validation:495", DEFINITIONS),
];

const INNERMOST: &str = "conflicts are told where they are, each name of a scope once; the reference points at the \
                         outermost fields above them";
const DOLLAR: &str = "the name of a variable begins with its $; the reference points behind it";
const BOTH: &str = "conditions and further fields are told alike; the reference stops at the conditions";

/// Where the reference points elsewhere, and why.
const OTHER_PLACES: &[(&str, &str)] = &[
    ("16.11.0:validation:257", INNERMOST),
    ("16.11.0:validation:258", INNERMOST),
    ("16.11.0:validation:259", INNERMOST),
    ("16.11.0:validation:260", INNERMOST),
    ("16.11.0:validation:261", INNERMOST),
    ("16.11.0:validation:262", INNERMOST),
    ("16.11.0:validation:263", INNERMOST),
    ("16.11.0:validation:276", INNERMOST),
    ("16.11.0:validation:281", INNERMOST),
    ("16.11.0:validation:285", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:323", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:324", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:325", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:326", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:327", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:328", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:329", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:342", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:347", INNERMOST),
    ("17.0.0-alpha.8+f808084e:validation:351", INNERMOST),
    ("16.11.0:validation:479", DOLLAR),
    ("17.0.0-alpha.8+f808084e:validation:573", DOLLAR),
    ("17.0.0-alpha.8+f808084e:validation:454", BOTH),
    ("17.0.0-alpha.8+f808084e:validation:455", BOTH),
];

/// The records that score: operations whose schema the record holds and whose syntax is standard.
fn usable(record: &Value) -> bool {
    record["kind"] == "executable"
        && record["sdl_reproducible"] != false
        && record["parses_default"] != false
        && record["valid_full"].is_boolean()
}

/// The schema of a record.
fn schema_of(record: &Value) -> String {
    let sdl = record["schema_sdl"].as_str().unwrap();
    // A directive location of an experiment of the reference; no document that it parses by default uses it.
    let mut sdl = sdl.replace("directive @onFragmentVariableDefinition on FRAGMENT_VARIABLE_DEFINITION", "");
    // The records of this suite lack the directives that its schema was extended with.
    if record["suite"] == "validation/__tests__/UniqueDirectivesPerLocationRule-test" {
        for directive in ["directive", "directiveA", "directiveB", "repeatable repeatable"] {
            let _ = write!(sdl, " directive @{directive} on FIELD | FRAGMENT_DEFINITION");
        }
    }
    sdl
}

#[test]
fn the_reference_agrees() {
    if shared("vectors").is_none() {
        return;
    }
    let mut differences = Vec::new();
    let mut other_places = Vec::new();
    for version in ["graphql-js-16", "graphql-js-17"] {
        for record in
            records(&format!("vectors/{version}/validation.jsonl")).iter().filter(|record| usable(record))
        {
            let found = check(&schema_of(record), record["document"].as_str().unwrap());
            let expected: BTreeSet<String> = record["failing_rules"]
                .as_array()
                .unwrap()
                .iter()
                .map(|rule| rule.as_str().unwrap())
                .filter(|rule| !NOT_IN_THE_TEXT.contains(rule))
                .map(kebab)
                .collect();
            let found_rules = rules(&found);
            let id = record["id"].as_str().unwrap().to_owned();
            if found_rules != expected {
                differences.push((id, format!("expected {expected:?}, found {found:?}")));
                continue;
            }
            assert_eq!(
                record["valid_spec"].as_bool().unwrap() || expected.is_empty(),
                found.is_empty(),
                "{id}"
            );
            // Where the record is about one rule, its errors have places.
            let rule = kebab(record["rule"].as_str().unwrap());
            if RULE_IDS.contains(&rule.as_str())
                && let Some(expected) = places(&record["expected_errors"])
            {
                let found: BTreeSet<_> = found
                    .iter()
                    .filter(|(id, ..)| *id == rule)
                    .map(|&(_, line, column)| (line, column))
                    .collect();
                if found != expected {
                    other_places.push((id, format!("{rule}: expected {expected:?}, found {found:?}")));
                }
            }
        }
    }
    assert_differences(&differences, DIFFERENCES);
    assert_differences(&other_places, OTHER_PLACES);
}

/// The first place of each error, where they have places.
fn places(errors: &Value) -> Option<BTreeSet<(u32, u32)>> {
    let number = |value: &Value| Some(u32::try_from(value.as_u64()?).unwrap());
    let place = |at: &Value| Some((number(&at["line"])?, number(&at["column"])?));
    errors.as_array()?.iter().map(|error| place(&error["locations"][0])).collect()
}

/// The schema of the project's own cases: a small library.
const LIBRARY: &str = r"
type Query {
  book(id: ID!, year: Int = 1900, format: Format): Book
  books(filter: Filter, first: Int! = 10, ids: [ID!], matrix: [[Int]], price: Float, any: Any): [Book!]!
  find(by: By!): Item
  item: Item
  lend(open: Boolean): Lendable
}
type Mutation { add(book: NewBook!): Book }
type Subscription { added: Book returned(id: ID): Book }
interface Lendable { id: ID! title: String }
type Book implements Lendable { id: ID! title: String pages(unit: Unit = SHEET): Int author: Author tags: [String!] }
type Film implements Lendable { id: ID! title: String pages: String minutes: Int author: Author! }
type Author { name(short: Boolean): String! books: [Book] }
union Item = Book | Author
enum Format { PAPER AUDIO }
enum Unit { SHEET SIDE }
input Filter { title: String tags: [String!] pages: Range author: By }
input Range { from: Int! to: Int! = 9999 }
input By @oneOf { id: ID title: String range: Range }
input NewBook { title: String! author: String price: Float }
scalar Any
directive @cache(seconds: Int!, scope: Scope = ALL) on QUERY | FIELD
directive @tag(name: String) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
enum Scope { ALL ONE }
";

/// An error that a case expects: rule, line, column, and the element of the schema that it is about.
type Expected = (&'static str, u32, u32, &'static str);

/// Documents with all errors that they get on [`LIBRARY`].
const CASES: &[(&str, &[Expected])] = &[
    // Executable definitions.
    (
        "{ item { __typename } } fragment F on Book { id } query G { lend { ...F } }",
        &[("lone-anonymous-operation", 1, 1, "")],
    ),
    ("query G { lend { ...F } } fragment F on Book { id }", &[]),
    ("{ lend { id } }\ntype T { a: Int }", &[("executable-definitions", 2, 1, "")]),
    (
        "{ lend { id } } directive @x on FIELD extend schema @x",
        &[("executable-definitions", 1, 17, ""), ("executable-definitions", 1, 39, "")],
    ),
    // Operations.
    ("query A { lend { id } } query B { lend { id } } mutation C { add(book: {title: \"\"}) { id } }", &[]),
    (
        "query A { lend { id } }\nmutation A { add(book: {title: \"\"}) { id } }",
        &[("unique-operation-names", 1, 7, "")],
    ),
    (
        "{ lend { id } } { lend { id } }",
        &[("lone-anonymous-operation", 1, 1, ""), ("lone-anonymous-operation", 1, 17, "")],
    ),
    // Subscriptions.
    ("subscription { added { id } }", &[]),
    ("subscription { added { id } ...F } fragment F on Subscription { added { title } }", &[]),
    ("subscription S { added { id } returned { id } }", &[("single-field-subscriptions", 1, 31, "")]),
    (
        "subscription { ...F } fragment F on Subscription { added { id } again: added { id } }",
        &[("single-field-subscriptions", 1, 65, "")],
    ),
    ("subscription { __typename }", &[("single-field-subscriptions", 1, 16, "")]),
    (
        "subscription($x: Boolean!) { added @skip(if: $x) { id @skip(if: $x) } }",
        &[("single-field-subscriptions", 1, 36, "")],
    ),
    (
        "subscription { ... @include(if: true) { added { id } } }",
        &[("single-field-subscriptions", 1, 20, "")],
    ),
    // Fields.
    (
        "{ lend { __typename id ... on Book { pages } } __schema { types { name } } __type(name: \"Book\") { kind } }",
        &[],
    ),
    ("{ lend {\n  id\n  pages } }", &[("fields-on-correct-type", 3, 3, "Lendable.pages")]),
    ("{ item { x: id } }", &[("fields-on-correct-type", 1, 10, "Item.id")]),
    ("{ lend { __schema { types { name } } } }", &[("fields-on-correct-type", 1, 10, "Lendable.__schema")]),
    ("{ nothing(a: 1) { of { this } } }", &[("fields-on-correct-type", 1, 3, "Query.nothing")]),
    // Merging.
    ("{ lend { id id x: id x: id } }", &[]),
    ("{ a: book(id: 1, year: 2) { id } a: book(year: 2, id: 1) { title } }", &[]),
    (
        "{ a: books(filter: {title: \"t\", tags: []}) { id } a: books(filter: {tags: [], title: \"t\"}) { id } }",
        &[],
    ),
    (
        "{ lend { ... on Book { x: title } ... on Film { x: title } ... on Book { n: id } ... on Film { n: id } } }",
        &[],
    ),
    (
        "{ lend { ... on Book { x: title } ... on Film { x: minutes } } }",
        &[("overlapping-fields-can-be-merged", 1, 24, "Book.title")],
    ),
    (
        "{ lend { ... on Book { pages } ... on Film { pages } } }",
        &[("overlapping-fields-can-be-merged", 1, 24, "Book.pages")],
    ),
    (
        "{ lend { ... on Book { author { x: name } } ... on Film { author { name } } } }",
        &[("overlapping-fields-can-be-merged", 1, 24, "Book.author")],
    ),
    ("{ lend { x: id\n x: title } }", &[("overlapping-fields-can-be-merged", 1, 10, "Lendable.id")]),
    (
        "{ book(id: 1) { id } book(id: 2) { id } }",
        &[("overlapping-fields-can-be-merged", 1, 3, "Query.book")],
    ),
    (
        "{ book(id: 1) { id } ...F } fragment F on Query { book(id: \"1\") { id } }",
        &[("overlapping-fields-can-be-merged", 1, 3, "Query.book")],
    ),
    (
        "{ book(id: 1) { author { name } } book(id: 1) { author { name: books { id } } } }",
        &[("overlapping-fields-can-be-merged", 1, 26, "Author.name")],
    ),
    (
        "{ book(id: 1) { author { n: name(short: true) } } ... { book(id: 1) { author { n: name } } } }",
        &[("overlapping-fields-can-be-merged", 1, 26, "Author.name")],
    ),
    (
        "{ lend { ... on Book { id: title } id } }",
        &[("overlapping-fields-can-be-merged", 1, 24, "Book.title")],
    ),
    (
        "fragment F on Author { a: name b: books { x: id x: title } }",
        &[("no-unused-fragments", 1, 1, ""), ("overlapping-fields-can-be-merged", 1, 43, "Book.id")],
    ),
    // Leaves.
    ("{ book(id: 1) { id author } }", &[("scalar-leafs", 1, 20, "Book.author")]),
    ("{ books { title { length } } }", &[("scalar-leafs", 1, 17, "Book.title")]),
    // Arguments.
    ("query Q @cache(seconds: 1) { lend(open: true) @cache(seconds: 2, scope: ONE) { id } }", &[]),
    ("{ lend(opened: true) { id } }", &[("known-argument-names", 1, 8, "Query.lend(opened:)")]),
    (
        "{ lend @cache(seconds: 1, minutes: 2) { id } }",
        &[("known-argument-names", 1, 27, "@cache(minutes:)")],
    ),
    ("{ lend { __typename(x: 1) } }", &[("known-argument-names", 1, 21, "Lendable.__typename(x:)")]),
    ("{ lend(open: true,\n open: false) { id } }", &[("unique-argument-names", 1, 8, "")]),
    ("{ book { id } }", &[("provided-required-arguments", 1, 3, "Query.book(id:)")]),
    ("{ books { id } }", &[]),
    ("{ lend @cache { id } }", &[("provided-required-arguments", 1, 8, "@cache(seconds:)")]),
    ("{ lend @skip { id } }", &[("provided-required-arguments", 1, 8, "@skip(if:)")]),
    // Fragments.
    (
        "{ lend { ...F } } fragment F on Book { id }\nfragment F on Book { title }",
        &[("unique-fragment-names", 1, 28, "")],
    ),
    (
        "{ lend { ... on Bok { id } ...F } } fragment F on Nothing { id }",
        &[("known-type-names", 1, 17, "Bok"), ("known-type-names", 1, 51, "Nothing")],
    ),
    (
        "{ lend { ... on Format { id } } } fragment F on Filter { title }",
        &[
            ("fragments-on-composite-types", 1, 17, "Format"),
            ("no-unused-fragments", 1, 35, ""),
            ("fragments-on-composite-types", 1, 49, "Filter"),
        ],
    ),
    (
        "{ lend { id } } fragment F on Book { ...G } fragment G on Book { id }",
        &[("no-unused-fragments", 1, 17, ""), ("no-unused-fragments", 1, 45, "")],
    ),
    ("{ lend { ...F } } fragment F on Book { ...G } fragment G on Book { id }", &[]),
    ("{ lend { ...Unknown } }", &[("known-fragment-names", 1, 13, "")]),
    (
        "{ lend { ...F } } fragment F on Book { author { books { ...F } } }",
        &[("no-fragment-cycles", 1, 57, "")],
    ),
    (
        "{ lend { ...F } } fragment F on Book { ...G } fragment G on Book { ...H } fragment H on Book { ...G id }",
        &[("no-fragment-cycles", 1, 68, "")],
    ),
    (
        "{ lend { ... on Author { name } } item { ... on Lendable { id } } }",
        &[("possible-fragment-spreads", 1, 10, "Author")],
    ),
    ("{ item { ...F } } fragment F on Film { id }", &[("possible-fragment-spreads", 1, 10, "Film")]),
    // Values.
    (
        "{ books(filter: {title: null, tags: \"one\", pages: {from: 1}}, ids: [1, \"2\"], matrix: [1, [2], null], \
         price: 3, any: {a: [1, {b: ENUM}]}) { id } }",
        &[],
    ),
    ("{ book(id: 1.5) { id } }", &[("values-of-correct-type", 1, 12, "Query.book(id:)")]),
    ("{ book(id: null) { id } }", &[("values-of-correct-type", 1, 12, "Query.book(id:)")]),
    (
        "{ book(id: 99999999999, year: 2147483648) { id } }",
        &[("values-of-correct-type", 1, 31, "Query.book(year:)")],
    ),
    ("{ book(id: 1, year: -2147483648) { id } }", &[]),
    ("{ book(id: 1, year: 1.0) { id } }", &[("values-of-correct-type", 1, 21, "Query.book(year:)")]),
    ("{ book(id: 1, year: \"1\") { id } }", &[("values-of-correct-type", 1, 21, "Query.book(year:)")]),
    ("{ books(price: \"1\") { id } }", &[("values-of-correct-type", 1, 16, "Query.books(price:)")]),
    ("{ books(price: 1e400) { id } }", &[("values-of-correct-type", 1, 16, "Query.books(price:)")]),
    ("{ lend(open: 1) { id } }", &[("values-of-correct-type", 1, 14, "Query.lend(open:)")]),
    ("{ lend(open: [true]) { id } }", &[("values-of-correct-type", 1, 14, "Query.lend(open:)")]),
    ("{ book(id: 1, format: PAPR) { id } }", &[("values-of-correct-type", 1, 23, "Format.PAPR")]),
    (
        "{ book(id: 1, format: \"PAPER\") { id } }",
        &[("values-of-correct-type", 1, 23, "Query.book(format:)")],
    ),
    ("{ books(ids: [1, null]) { id } }", &[("values-of-correct-type", 1, 18, "Query.books(ids:)")]),
    ("{ books(matrix: [[[1]]]) { id } }", &[("values-of-correct-type", 1, 19, "Query.books(matrix:)")]),
    ("{ books(filter: \"x\") { id } }", &[("values-of-correct-type", 1, 17, "Query.books(filter:)")]),
    ("{ books(filter: {titel: \"x\"}) { id } }", &[("values-of-correct-type", 1, 18, "Filter.titel")]),
    ("{ books(filter: {pages: {to: 1}}) { id } }", &[("values-of-correct-type", 1, 25, "Range.from")]),
    (
        "{ books(filter: {pages: {from: 1, to: null}}) { id } }",
        &[("values-of-correct-type", 1, 39, "Range.to")],
    ),
    ("{ books(filter: {title: 1}) { id } }", &[("values-of-correct-type", 1, 25, "Filter.title")]),
    (
        "query($a: Int = \"x\", $f: Filter = {pages: {}}) { books(filter: $f, first: $a) { id } }",
        &[("values-of-correct-type", 1, 17, ""), ("values-of-correct-type", 1, 43, "Range.from")],
    ),
    ("{ find(by: {id: 1}) { __typename } }", &[]),
    ("{ find(by: {id: 1, title: \"\"}) { __typename } }", &[("values-of-correct-type", 1, 12, "By")]),
    ("{ find(by: {}) { __typename } }", &[("values-of-correct-type", 1, 12, "By")]),
    ("{ find(by: {id: null}) { __typename } }", &[("values-of-correct-type", 1, 12, "By.id")]),
    ("{ books(filter: {title: \"\", title: \"\"}) { id } }", &[("unique-input-field-names", 1, 18, "")]),
    ("{ books(any: {a: {b: 1, b: 2}}) { id } }", &[("unique-input-field-names", 1, 19, "")]),
    // Directives.
    ("{ lend @tag @tag(name: \"x\") { ... @tag { id } } }", &[]),
    ("{ lend @cash { id } }", &[("known-directives", 1, 8, "@cash")]),
    ("{ ... @cache(seconds: 1) { lend { id } } }", &[("known-directives", 1, 7, "@cache")]),
    (
        "query @tag { lend { ...F @skip(if: true) } } fragment F on Book @skip(if: true) { id }",
        &[("known-directives", 1, 7, "@tag"), ("known-directives", 1, 65, "@skip")],
    ),
    (
        "query($open: Boolean @tag @deprecated) { lend(open: $open) { id } }",
        &[("known-directives", 1, 27, "@deprecated")],
    ),
    (
        "{ lend @skip(if: true) @include(if: true) @skip(if: true) { id } }",
        &[("unique-directives-per-location", 1, 8, "@skip")],
    ),
    // Variables.
    ("query($id: ID!, $by: By!) { book(id: $id) { id } find(by: $by) { __typename } }", &[]),
    ("query($a: Boolean, $a: Boolean) { lend(open: $a) { id } }", &[("unique-variable-names", 1, 7, "")]),
    ("query($a: Bool) { lend(open: $a) { id } }", &[("known-type-names", 1, 11, "Bool")]),
    (
        "query($a: [Book!]) { books(any: $a) { id } }",
        &[
            ("variables-in-allowed-position", 1, 7, "Query.books(any:)"),
            ("variables-are-input-types", 1, 11, "Book"),
        ],
    ),
    ("{ lend(open: $open) { id } }", &[("no-undefined-variables", 1, 14, "")]),
    (
        "query A($open: Boolean) { ...F } query B { ...F } fragment F on Query { lend(open: $open) { id } }",
        &[("no-undefined-variables", 1, 84, "")],
    ),
    (
        "query($a: Int, $b: Int) { lend @cache(seconds: 1) { id } books(any: [{a: $b}]) { id } }",
        &[("no-unused-variables", 1, 7, "")],
    ),
    ("query($a: ID) { book(id: $a) { id } }", &[("variables-in-allowed-position", 1, 7, "Query.book(id:)")]),
    ("query($a: ID = 1) { book(id: $a) { id } }", &[]),
    (
        "query($a: ID = null) { book(id: $a) { id } }",
        &[("variables-in-allowed-position", 1, 7, "Query.book(id:)")],
    ),
    ("query($a: Int) { books(first: $a) { id } }", &[]),
    ("query($a: Int!) { books(first: $a, matrix: [[$a]]) { id } }", &[]),
    (
        "query($a: String!) { book(id: $a) { id } }",
        &[("variables-in-allowed-position", 1, 7, "Query.book(id:)")],
    ),
    (
        "query($a: ID!) { books(ids: $a) { id } }",
        &[("variables-in-allowed-position", 1, 7, "Query.books(ids:)")],
    ),
    (
        "query($a: [ID]) { books(ids: $a) { id } }",
        &[("variables-in-allowed-position", 1, 7, "Query.books(ids:)")],
    ),
    ("query($a: [ID!]!) { books(ids: $a) { id } }", &[]),
    (
        "query($a: Int) { books(filter: {pages: {from: $a, to: $a}}) { id } }",
        &[("variables-in-allowed-position", 1, 7, "Range.from")],
    ),
    (
        "query($a: ID) { find(by: {id: $a}) { __typename } }",
        &[("variables-in-allowed-position", 1, 7, "By.id")],
    ),
    ("query($a: ID!) { find(by: {id: $a}) { __typename } }", &[]),
    (
        "query($a: Boolean) { lend @skip(if: $a) { id } }",
        &[("variables-in-allowed-position", 1, 7, "@skip(if:)")],
    ),
    // UTF-16 columns, lines that end with CR.
    (
        "{ lend { # \u{1F600}\r  id } book(id: \"\u{1F600}\", year: \"\") { id } }",
        &[("values-of-correct-type", 2, 29, "Query.book(year:)")],
    ),
];

#[test]
fn the_own_cases_hold() {
    let mut wrong = Vec::new();
    for (document, expected) in CASES {
        let found: Vec<_> = diagnose(LIBRARY, document)
            .into_iter()
            .map(|((rule, line, column), diagnostic)| {
                let coordinate =
                    diagnostic.coordinate.map_or_else(String::new, |coordinate| coordinate.to_string());
                (rule, line, column, coordinate)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(rule, line, column, coordinate)| (rule.to_owned(), line, column, coordinate.to_owned()))
            .collect();
        if found != expected {
            wrong.push(format!("{document}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_schema_without_a_root_type_takes_no_such_operation() {
    let found = check("type Query { a: Int }", "query A { a } mutation B { a { b } }");
    assert_eq!(found, [("known-operation-types".to_owned(), 1, 15)]);
}

#[test]
fn every_rule_has_a_case_and_every_message_stands_alone() {
    let mut unseen: BTreeSet<&str> = RULE_IDS.iter().copied().collect();
    unseen.remove("known-operation-types");
    for (document, _) in CASES {
        for (_, diagnostic) in diagnose(LIBRARY, document) {
            unseen.remove(diagnostic.rule);
            assert!(diagnostic.help.is_some(), "{}", diagnostic.message);
            let texts = diagnostic.related.iter().map(|(_, text)| text);
            for text in texts.chain(&diagnostic.help).chain([&diagnostic.message]) {
                assert!(!text.is_empty() && !text.contains('\n') && text.len() < 300, "{text}");
            }
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn messages_name_what_is_expected_what_is_found_and_what_to_do() {
    let told = |document: &str| {
        let (_, diagnostic) = diagnose(LIBRARY, document).remove(0);
        (diagnostic.message, diagnostic.help.unwrap_or_default())
    };
    let (message, help) = told("{ book(id: 1, format: PAPR) { id } }");
    assert!(message.contains("Format") && message.contains("PAPR"), "{message}");
    assert!(help.contains("PAPER"), "{help}");
    let (message, help) = told("query($a: ID) { book(id: $a) { id } }");
    assert!(message.contains("$a is ID") && message.contains("ID!"), "{message}");
    assert!(help.contains("$a: ID!"), "{help}");
    let (message, help) = told("{ books(filter: {titel: \"x\"}) { id } }");
    assert!(message.contains("Filter") && help.contains("title"), "{message} {help}");
    let (message, help) = told("{ lend { x: id x: title } }");
    assert!(message.contains("id and title") && help.contains("other_x: title"), "{message} {help}");
    let (message, _) = told("{ lend { ... on Book { pages } ... on Film { pages } } }");
    assert!(message.contains("Int and String"), "{message}");
}
