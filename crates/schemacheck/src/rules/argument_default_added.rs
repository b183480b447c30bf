use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{ArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument that can be left out has a default value now.
    ///
    /// **Why it may hurt.** Operations that leave it out stay valid, and the server gets a value where it got none.
    /// **What to do.** Choose the value that the server assumed before.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int = 20): [ID]
    /// }
    /// ```
    /// ```text report
    /// dangerous argument-default-added Query.orders(a:)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Coercing-Field-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_ADDED"),
    graphql_inspector: Some("FIELD_ARGUMENT_DEFAULT_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if let (DefaultChange::Added, Some(to)) = (default_change(old, new, cx.matching), new.default()) {
        let to = value::write(to);
        findings.add(
            format_args!(
                "{} has the default {} now; operations that leave it out had no value there",
                old.coordinate(),
                clip(&to)
            ),
            &to,
        );
    }
}
