use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument of a directive that had to be given has a default value now.
    ///
    /// **Why it is safe.** No operation of before leaves it out.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// directive @cache(a: Int!) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Int! = 1) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache(a: 1) }
    /// ```
    /// ```text report
    /// safe directive-argument-became-optional @cache(a:)
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_ADDED"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if default_change(old, new, cx.matching) == DefaultChange::MadeOptional {
        let default = new.default().map(value::write).unwrap_or_default();
        findings.add(
            format_args!("{} can be left out now: it has the default {}", old.coordinate(), clip(&default)),
            &default,
        );
    }
}
