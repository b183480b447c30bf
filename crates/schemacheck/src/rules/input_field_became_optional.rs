use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{Element, InputFieldElement, Pair};
use schemacheck_graphql::value;

rule! {
    /// A field of an input object that had to be given has a default value now.
    ///
    /// **Why it is safe.** No operation of before leaves it out.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int!
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int! = 1
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(where: {a: 1}) }
    /// ```
    /// ```text report
    /// safe input-field-became-optional Filter.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Input-Objects.Input-Coercion",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("INPUT_FIELD_DEFAULT_VALUE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if default_change(old, new, cx.matching) == DefaultChange::MadeOptional {
        let default = new.default().map(value::write).unwrap_or_default();
        findings.add(
            format_args!("{} can be left out now: it has the default {}", old.coordinate(), clip(&default)),
            &default,
        );
    }
}
