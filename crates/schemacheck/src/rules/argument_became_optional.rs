use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{ArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument that had to be given has a default value now.
    ///
    /// **Why it is safe.** No operation of before leaves it out.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int!): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int! = 1): [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(a: 1) }
    /// ```
    /// ```text report
    /// safe argument-became-optional Query.orders(a:)
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Coercing-Field-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_ADDED"),
    graphql_inspector: Some("FIELD_ARGUMENT_DEFAULT_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if default_change(old, new, cx.matching) == DefaultChange::MadeOptional {
        let default = new.default().map(value::write).unwrap_or_default();
        findings.add(
            format_args!("{} can be left out now: it has the default {}", old.coordinate(), clip(&default)),
            &default,
        );
    }
}
