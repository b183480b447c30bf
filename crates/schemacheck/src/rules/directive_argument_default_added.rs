use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument of a directive that can be left out has a default value now.
    ///
    /// **Why it may hurt.** Operations that apply the directive without it stay valid, and the server gets a value where it
    /// got none.
    /// **What to do.** Choose the value that the server assumed before.
    ///
    /// ```graphql old
    /// directive @cache(a: Int) on FIELD
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
    /// dangerous directive-argument-default-added @cache(a:)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_ADDED"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if let (DefaultChange::Added, Some(to)) = (default_change(old, new, cx.matching), new.default()) {
        let to = value::write(to);
        findings.add(format_args!(
            "{} has the default {} now; operations that apply the directive without it had no value there",
            old.coordinate(),
            clip(&to)
        ), &to);
    }
}
