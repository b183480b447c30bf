use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, Pair};
use schemacheck_graphql::value;

rule! {
    /// An argument of a directive that can be left out has no default value any more.
    ///
    /// **Why it may hurt.** Operations that apply the directive without it stay valid and mean something else.
    /// **What to do.** Keep the default value, or let the server assume the same.
    ///
    /// ```graphql old
    /// directive @cache(a: Int = 10) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous directive-argument-default-removed @cache(a:)
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
    if let (DefaultChange::Removed, Some(from)) = (default_change(old, new, cx.matching), old.default()) {
        let from = value::write(from);
        findings.add(
            format_args!(
                "{} lost its default {}; operations that apply the directive without it have no value there",
                old.coordinate(),
                clip(&from)
            ),
            &from,
        );
    }
}
