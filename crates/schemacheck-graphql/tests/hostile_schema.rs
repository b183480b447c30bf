//! Schemas made to take the stack, the time or the memory: each is answered, and none brings the program down.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

/// The rules that find something in a text, each once, in alphabetical order.
fn rules(text: impl Into<String>) -> Vec<&'static str> {
    let mut sources = Sources::new();
    let id = sources.add("hostile", text).unwrap();
    let arena = Bump::new();
    let diagnostics = match schema::build(&arena, &sources, &[id], Limits::default()) {
        Ok((_, diagnostics)) => diagnostics,
        Err(errors) => errors,
    };
    let mut rules: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// A valid beginning and what `write` adds to it `count` times.
fn text(count: u32, write: impl Fn(&mut String, u32)) -> String {
    let mut text = "type Query { q: Int }\n".to_owned();
    for index in 0..count {
        write(&mut text, index);
    }
    text
}

macro_rules! put {
    ($text:expr, $($format:tt)*) => { write!($text, $($format)*).unwrap() };
}

#[test]
fn a_type_that_implements_five_thousand_interfaces() {
    let mut all = text(5_000, |text, i| put!(text, "interface I{i} {{ f{i}: Int same: Int }}\n"));
    all.push_str("type T implements ");
    (0..5_000).for_each(|i| put!(all, "& I{i} "));
    all.push_str("{ same: Int ");
    (0..5_000).for_each(|i| put!(all, "f{i}: Int "));
    all.push('}');
    assert_eq!(rules(all), [""; 0]);
}

#[test]
fn five_thousand_interfaces_none_of_which_is_implemented() {
    let mut all = text(5_000, |text, i| put!(text, "interface I{i} {{ f{i}: Int }}\n"));
    all.push_str("interface All implements ");
    (0..5_000).for_each(|i| put!(all, "& I{i} "));
    all.push_str("{ a: Int }\n");
    (0..500).for_each(|i| put!(all, "type T{i} implements All {{ b: Int }}\n"));
    assert_eq!(rules(all), ["implemented-interfaces", "interface-fields"]);
}

#[test]
fn interfaces_that_implement_each_other_in_a_circle() {
    let next = |i: u32| (i + 1) % 5_000;
    let all = text(5_000, |text, i| put!(text, "interface I{i} implements I{} {{ a: Int }}\n", next(i)));
    assert_eq!(rules(all), ["implemented-interfaces"]);
}

#[test]
fn twenty_thousand_types_and_as_many_unknown_names() {
    let all = text(20_000, |text, i| put!(text, "type T{i} {{ f: Missing{i} }}\n"));
    assert_eq!(rules(all), ["known-type-names"]);
}

#[test]
fn a_union_of_twenty_thousand_members_that_is_used_often() {
    let mut all = "union U = Query".to_owned();
    (0..20_000).for_each(|i| put!(all, " | T{i}"));
    put!(all, "\ninterface I {{ u: U }}\ntype Query {{ q: Int }}\n");
    (0..20_000).for_each(|i| put!(all, "type T{i} implements I {{ u: T{i} }}\n"));
    assert_eq!(rules(all), [""; 0]);
}

#[test]
fn a_chain_and_a_circle_of_ten_thousand_input_objects() {
    let chain = text(10_000, |text, i| put!(text, "input I{i} {{ next: I{}! }}\n", i + 1));
    assert_eq!(rules(chain + "input I10000 { a: Int }"), [""; 0]);
    let circle = text(10_000, |text, i| put!(text, "input I{i} {{ next: I{}! }}\n", (i + 1) % 10_000));
    assert_eq!(rules(circle), ["input-object-cycles"]);
    let defaults =
        text(10_000, |text, i| put!(text, "input I{i} {{ next: I{} = {{}} }}\n", (i + 1) % 10_000));
    assert_eq!(rules(defaults), ["default-value-cycles"]);
}

#[test]
fn an_input_object_with_ten_thousand_ways_back() {
    let mut all = text(0, |_, _| ());
    all.push_str("input A {");
    (0..5_000).for_each(|i| put!(all, " a{i}: A! b{i}: A = {{}}"));
    all.push('}');
    assert_eq!(rules(all), ["default-value-cycles", "default-values", "input-object-cycles"]);
}

#[test]
fn default_values_that_refer_to_each_other_too_often_hit_a_bound() {
    // Each object gives one of the defaults behind it, so that the others are looked at one by one.
    let mut all = text(0, |_, _| ());
    all.push_str("input A {");
    (0..5_000).for_each(|i| put!(all, " f{i}: B = {{ f{i}: null }}"));
    all.push_str(" }\ninput B {");
    (0..5_000).for_each(|i| put!(all, " f{i}: C = {{}}"));
    assert_eq!(rules(all + " }\ninput C { a: Int }"), ["limit"]);
}

#[test]
fn ten_thousand_extensions_of_one_type_and_of_the_schema() {
    let all = text(10_000, |text, i| {
        put!(text, "extend type Query {{ f{i}: Int }}\nextend schema @d\n");
    });
    assert_eq!(rules(all + "directive @d repeatable on SCHEMA"), [""; 0]);
}

#[test]
fn ten_thousand_definitions_of_one_name() {
    let all = text(10_000, |text, _| put!(text, "type T {{ a: Int }}\nschema {{ query: Query }}\n"));
    assert_eq!(rules(all), ["lone-schema-definition", "unique-type-names"]);
}

#[test]
fn directives_that_apply_themselves() {
    let chain = |i: u32| (i + 1) % 10_000;
    let all = text(10_000, |text, i| {
        put!(text, "directive @d{i}(a: Int @d{}) on ARGUMENT_DEFINITION\n", chain(i));
    });
    assert_eq!(rules(all), ["directive-cycles"]);
}

#[test]
fn a_type_with_fifty_thousand_fields_and_a_field_with_as_many_arguments() {
    let mut all = "interface I {".to_owned();
    (0..50_000).for_each(|i| put!(all, " f{i}: Int @deprecated"));
    all.push_str(" }\ntype Query implements I {");
    (0..50_000).for_each(|i| put!(all, " f{i}: Int @deprecated"));
    all.push_str(" }\ninterface J { a(");
    (0..50_000).for_each(|i| put!(all, " a{i}: Int"));
    all.push_str("): Int }\ntype T implements J { a(");
    (0..50_000).for_each(|i| put!(all, " a{i}: Int"));
    all.push_str("): Int }\nenum E {");
    (0..50_000).for_each(|i| put!(all, " V{i}"));
    all.push('}');
    assert_eq!(rules(all), [""; 0]);
}

#[test]
fn default_values_nested_as_deep_as_may_be() {
    let nested = |depth: usize, open: &str, close: &str| {
        let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        rules(format!(
            "type Query {{ q(a: In = {value}, b: Any = {value}): Int }}\ninput In {{ a: In }}\nscalar Any"
        ))
    };
    assert_eq!(nested(490, "[", "]"), ["default-values"]);
    assert_eq!(nested(490, "{ a: ", " }"), ["default-values"]);
    assert_eq!(nested(510, "[", "]"), ["limit"]);
}

#[test]
fn a_default_value_with_fifty_thousand_objects() {
    let mut all = "type Query { q(a: [In] = [".to_owned();
    (0..50_000).for_each(|i| put!(all, "{{ a: 1, a: 2, x{i}: 1 }} "));
    all.push_str("]): Int }\ninput In { a: Int! b: Int!");
    (0..5_000).for_each(|i| put!(all, " f{i}: Int! = 1"));
    all.push('}');
    assert_eq!(rules(all), ["default-values", "unique-input-field-names"]);
}

#[test]
fn a_hundred_thousand_unknown_directives() {
    let all = text(100_000, |text, i| put!(text, "scalar S{i} @d{} @same @same\n", i % 20_000));
    assert_eq!(rules(all), ["known-directives"]);
}
