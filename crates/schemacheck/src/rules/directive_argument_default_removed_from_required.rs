use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a directive of a non-null type lost its default value, so that it must be given.
    ///
    /// **Why it breaks.** Operations could leave it out. Now a server rejects them, although nothing in the type changed.
    /// **What to do.** Keep the default value, or make the type nullable and supply the value in the server.
    ///
    /// ```graphql old
    /// directive @cache(a: Int! = 1) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Int!) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache }
    /// ```
    /// ```text report
    /// breaking directive-argument-default-removed-from-required @cache(a:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_CHANGE"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if old.parent().is_executable()
        && default_change(old, new, cx.matching) == DefaultChange::RemovedFromRequired
    {
        findings.add(format_args!(
            "{} is required now: it lost its default; operations that apply the directive without it are rejected",
            old.coordinate()
        ), &new.type_text());
    }
}
