use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument of a directive has another default value.
    ///
    /// **Why it may hurt.** Operations that apply the directive without it stay valid and mean something else.
    /// **What to do.** Keep the old default value, or make sure that nobody relies on it.
    ///
    /// ```graphql old
    /// directive @cache(a: Int = 10) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Int = 20) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous directive-argument-default-changed @cache(a:)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_CHANGE"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if let (DefaultChange::Changed, Some(from), Some(to)) =
        (default_change(old, new, cx.matching), old.default(), new.default())
    {
        let (from, to) = (value::write(from), value::write(to));
        let coordinate = old.coordinate();
        findings.add(format_args!(
            "{coordinate} has the default {} instead of {}; operations that apply the directive without it mean another value",
            clip(&to),
            clip(&from)
        ), &format!("{from} {to}"));
    }
}
