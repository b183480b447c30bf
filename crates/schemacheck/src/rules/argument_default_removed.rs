use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{ArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument that can be left out has no default value any more.
    ///
    /// **Why it may hurt.** Operations that leave it out stay valid and mean something else.
    /// **What to do.** Keep the default value, or let the server assume the same.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int = 10): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int): [ID]
    /// }
    /// ```
    /// ```text report
    /// dangerous argument-default-removed Query.orders(a:)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Coercing-Field-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_CHANGE"),
    graphql_inspector: Some("FIELD_ARGUMENT_DEFAULT_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if let (DefaultChange::Removed, Some(from)) = (default_change(old, new, cx.matching), old.default()) {
        let from = value::write(from);
        findings.add(
            format_args!(
                "{} lost its default {}; operations that leave it out have no value there",
                old.coordinate(),
                clip(&from)
            ),
            &from,
        );
    }
}
