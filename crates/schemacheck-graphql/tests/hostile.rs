//! Texts made to hurt: nothing panics, nothing overflows the stack, nothing takes longer than its size warrants.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write;

use bumpalo::Bump;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::source::Sources;
use support::{check, rules};

const SCHEMA: &str = "
    type Query { a: Query b: Query c(x: Int, in: In): Int d: String i: I s: [String] }
    interface I { a: I v: Int }
    type A implements I { a: I v: Int w: String }
    type B implements I { a: I v: Int w: Int }
    input In { a: In b: [In] x: Int }
    type Subscription { e: Int f: Int }
";

/// The rules that a document breaks.
fn broken(document: &str) -> Vec<String> {
    rules(&check(SCHEMA, document)).into_iter().collect()
}

/// Runs with the smallest stack that threads usually get.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(test).unwrap().join().unwrap();
}

fn parses(text: &str) -> bool {
    let mut sources = Sources::new();
    let id = sources.add("text", text).unwrap();
    let arena = Bump::new();
    let parsed = parse(&arena, sources.get(id), Limits::default());
    if let Err(errors) = &parsed {
        // Each error can be shown.
        for error in errors {
            sources.locate(error.span.start);
            sources.locate(error.span.end);
            assert!(!error.message.is_empty());
        }
    }
    parsed.is_ok()
}

#[test]
fn nesting_without_end_is_refused() {
    on_a_small_stack(|| {
        assert_eq!(broken(&"{a".repeat(100_000)), ["limit"]);
        assert_eq!(broken(&"{".repeat(100_000)), ["syntax"]);
        assert_eq!(broken(&format!("{{ c(in: {}", "{a: ".repeat(100_000))), ["limit"]);
        assert_eq!(broken(&format!("{{ c(in: {}", "[".repeat(100_000))), ["limit"]);
        assert_eq!(broken(&format!("{{ {}", "... {".repeat(100_000))), ["limit"]);
        assert_eq!(broken(&format!("query($a: {}", "[".repeat(100_000))), ["limit"]);
        assert_eq!(broken(&"(".repeat(1 << 20)), ["syntax"]);
        assert_eq!(broken(&format!("{{ a{}", "(".repeat(1 << 20))), ["syntax"]);
    });
}

#[test]
fn five_hundred_levels_are_fine() {
    on_a_small_stack(|| {
        let fields = format!("{}{{ d }}{}", "{ a ".repeat(499), "}".repeat(499));
        assert_eq!(broken(&fields), [""; 0]);
        let fragments = format!("{}{{ d }}{}", "{ ... on Query ".repeat(499), "}".repeat(499));
        assert_eq!(broken(&fragments), [""; 0]);
        let objects = format!("{{ c(in: {}{{ x: 1 }}{}) }}", "{ a: ".repeat(498), "}".repeat(498));
        assert_eq!(broken(&objects), [""; 0]);
        let twice = format!("{{ {objects_} {objects_} }}", objects_ = &objects[1..objects.len() - 1]);
        assert_eq!(broken(&twice), [""; 0]);
        let lists = format!("{{ c(in: {}{}) }}", "[".repeat(499), "]".repeat(499));
        assert_eq!(broken(&lists), ["values-of-correct-type"]);
        assert_eq!(broken(&format!("{}{{ d }}{}", "{ a ".repeat(500), "}".repeat(500))), ["limit"]);
    });
}

#[test]
fn chains_of_fragments_cost_their_length() {
    on_a_small_stack(|| {
        for (open, close) in [("", ""), ("a {", "}"), ("... on Query {", "}")] {
            let mut document = "{ ...F0 } fragment F9999 on Query { d }".to_owned();
            for n in 0..9999 {
                let _ = write!(document, " fragment F{n} on Query {{ {open} ...F{} {close} }}", n + 1);
            }
            assert_eq!(broken(&document), [""; 0]);
            let unused = document.replacen("...F0", "d", 1);
            assert_eq!(broken(&unused), ["limit", "no-unused-fragments"]);
        }
    });
}

#[test]
fn doubling_fragments_are_not_exponential() {
    for inner in
        ["...F ...F", "a { ...F } b { ...F }", "a { ...F } a { ...F }", "x: a { ...F } ... { y: a { ...F } }"]
    {
        let mut document = "{ ...F0 } fragment F30 on Query { d }".to_owned();
        for n in 0..30 {
            let inner = inner.replace("...F", &format!("...F{}", n + 1));
            let _ = write!(document, " fragment F{n} on Query {{ {inner} }}");
        }
        assert_eq!(broken(&document), [""; 0], "{inner}");
    }
}

#[test]
fn many_equal_fields_merge() {
    assert_eq!(broken(&format!("{{ {} }}", "d ".repeat(3000))), [""; 0]);
    assert_eq!(broken(&format!("{{ {} }}", "a { a { d } } ".repeat(3000))), [""; 0]);
    assert_eq!(broken(&format!("{{ {} }}", "... on Query { a { b { a { d } } } } ".repeat(2000))), [""; 0]);
    assert_eq!(
        broken(&format!("{{ {} x: d x: c }}", "d ".repeat(3000))),
        ["overlapping-fields-can-be-merged"]
    );
    let many: String = (0..3000).fold(String::new(), |mut text, n| {
        let _ = write!(text, "n{n}: d ");
        text
    });
    assert_eq!(broken(&format!("{{ {many} {many} }}")), [""; 0]);
}

#[test]
fn conflicts_on_many_levels_are_found() {
    let level = |x| format!("{{ {} c(x: {x}) {} }}", "a { ".repeat(400), "}".repeat(400));
    let document = format!("{{ ... {} ... {} }}", level(1), level(2));
    assert_eq!(broken(&document), ["overlapping-fields-can-be-merged"]);
    let mut document = String::from("{");
    for n in 0..2000 {
        let _ = write!(document, " a {{ a {{ c(x: {n}) }} }}");
    }
    assert_eq!(broken(&(document + "}")), ["overlapping-fields-can-be-merged"]);
    // Two object types and an interface at each of many levels.
    let mut document = String::from("{ i { v } }");
    for _ in 0..60 {
        document = document.replacen("v }", "... on A { a { v } } ... on B { a { v } } a { v } }", 1);
    }
    assert_eq!(broken(&document), [""; 0]);
}

#[test]
fn a_document_too_complex_to_check_is_an_error() {
    // Each scope merges with all others on the way down, in ever new combinations.
    let mut document = String::from("{ ...F0 }");
    for n in 0..400 {
        let _ = write!(document, " fragment F{n} on Query {{");
        for m in n + 1..400.min(n + 100) {
            let _ = write!(document, " x{}: a {{ ...F{m} }}", m % 3);
        }
        document.push_str(" d }");
    }
    assert_eq!(broken(&document), ["limit"]);
    // Thousands of operations that each reach thousands of fragments.
    let mut document = String::from("fragment F4999 on Query { d }");
    for n in 0..4999 {
        let _ = write!(document, " fragment F{n} on Query {{ ...F{} }} query Q{n} {{ ...F0 }}", n + 1);
    }
    assert_eq!(broken(&document), ["limit"]);
}

#[test]
fn cycles_end() {
    on_a_small_stack(|| {
        let cycle = "no-fragment-cycles";
        assert_eq!(broken("{ ...F } fragment F on Query { ...F }"), [cycle]);
        assert_eq!(broken("{ ...F } fragment F on Query { a { ...F } b { ...F } }"), [cycle]);
        assert_eq!(
            broken("{ ...F } fragment F on Query { a { ...G d } } fragment G on Query { a { ...F } }"),
            [cycle]
        );
        assert_eq!(broken("subscription { ...F } fragment F on Subscription { e ...F }"), [cycle]);
        let mut document = "{ ...F0 }".to_owned();
        for n in 0..2000 {
            let _ = write!(document, " fragment F{n} on Query {{ a {{ ...F{} ...F0 }} }}", (n + 1) % 2000);
        }
        assert!(broken(&document).contains(&cycle.to_owned()));
    });
}

#[test]
fn errors_without_number_are_cut_off() {
    let found = check(SCHEMA, &format!("{{ {} }}", "unknown ".repeat(100_000)));
    assert_eq!(found.len(), 1001);
    assert!(found.iter().any(|(rule, ..)| rule == "limit"));
    for document in [
        format!("{{ c({}) }}", "unknown: 1 ".repeat(50_000)),
        format!("{{ c(in: {{{}}}) }}", "unknown: 1 ".repeat(50_000)),
        format!("{{ c(in: {{b: [{}]}}) }}", "E ".repeat(50_000)),
        format!("{{ s {} }}", "@unknown ".repeat(50_000)),
        format!("{{ c(in: {{b: [{}]}}) }}", "$unknown ".repeat(50_000)),
        format!("query({}) {{ d }}", "$a: Unknown ".repeat(50_000)),
        "fragment F on Unknown { ...F ...F } ".repeat(10_000),
        "query Q { ...F } ".repeat(10_000),
    ] {
        let found = check(SCHEMA, &document);
        assert_eq!(found.len(), 1001, "{}", &document[..60]);
        assert!(found.iter().any(|(rule, ..)| rule == "limit"));
    }
}

#[test]
fn texts_that_do_not_end_are_refused() {
    let long = "x".repeat(1 << 20);
    for text in [
        format!("{{ d(a: \"{long}"),
        format!("{{ d(a: \"\"\"{long}"),
        format!("\"\"\"{}", "\\\"\"\"".repeat(1 << 18)),
    ] {
        assert!(!parses(&text));
    }
    assert!(!parses(&format!("#{long}")));
    assert!(!parses(&" ,\u{FEFF}\n".repeat(1 << 16)));
    assert!(!parses(&"\u{1F600}".repeat(1000)));
}

const RICH: &str = r#"
"A description" query Rich($a: [Int!]! = [1, -2] @d, $b: In = {a: {x: 1}, b: [{x: 2}]}, $s: String = "é\u{1F600}\n") @d(x: 1.5e-3) {
  alias: a @include(if: true) { ...F @skip(if: false) ... on Query @d { b { d } } ... @d { c(x: 1, in: $b) } }
  # a comment: "not a string"
  s(list: [$a, null, true, ENUM, """block \""" "string" """]) }
mutation M { m(o: {}) }, subscription { e }
fragment F on Query @d { d }
"""
  A block
    description
"""
schema @d { query: Query mutation: M }
extend schema @e { subscription: S }
scalar Date @specifiedBy(url: "https://example.com")
type Query implements I & J @d { "described" f(a: Int = 1 @d, b: [In!]): [String!]! @deprecated(reason: "no") }
interface I implements J { a: I }
union U @d = | A | B
enum E { A @deprecated B }
input In @oneOf { a: In, b: [In] = [] }
directive @d(x: Float) repeatable on | FIELD | QUERY
extend type Query { z: Int } extend union U = C extend enum E { C } extend input In { z: Int } extend scalar Date @d
"#;

#[test]
fn every_prefix_of_a_rich_document_is_read() {
    assert!(parses(RICH));
    for (end, _) in RICH.char_indices() {
        parses(&RICH[..end]);
        check(SCHEMA, &RICH[..end]);
    }
}

#[test]
fn mutations_of_a_rich_document_are_read() {
    // A linear congruential generator: the same mutations in every run.
    let mut state = 20_250_901_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let mut bytes = RICH.as_bytes().to_vec();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes[at] = b"{}()[]\"\\#.:$@!&|=\n\r,-0e"[random(23)],
                2 => drop(bytes.drain(at..bytes.len().min(at + random(20)))),
                _ => {
                    let copy = bytes[at..bytes.len().min(at + random(30))].to_vec();
                    let to = random(bytes.len());
                    bytes.splice(to..to, copy);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        parses(&text);
        check(SCHEMA, &text);
    }
}
