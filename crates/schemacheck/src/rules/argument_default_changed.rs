use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{ArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument has another default value.
    ///
    /// **Why it may hurt.** Operations that leave it out stay valid and mean something else.
    /// **What to do.** Keep the old default value, or make sure that nobody relies on it.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int = 10): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int = 20): [ID]
    /// }
    /// ```
    /// ```text report
    /// dangerous argument-default-changed Query.orders(a:)
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
    if let (DefaultChange::Changed, Some(from), Some(to)) =
        (default_change(old, new, cx.matching), old.default(), new.default())
    {
        let (from, to) = (value::write(from), value::write(to));
        let coordinate = old.coordinate();
        findings.add(format_args!(
            "{coordinate} has the default {} instead of {}; operations that leave it out mean another value",
            clip(&to),
            clip(&from)
        ), &format!("{from} {to}"));
    }
}
