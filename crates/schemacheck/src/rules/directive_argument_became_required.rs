use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// An argument of a directive that could be left out must be given now.
    ///
    /// **Why it breaks.** Operations that apply the directive without it, with `null` or with a nullable variable without a
    /// default are rejected.
    /// **What to do.** Give it a default value, or make it nullable.
    ///
    /// ```graphql old
    /// directive @cache(a: Int) on FIELD
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
    /// breaking directive-argument-became-required @cache(a:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_TYPE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if old.parent().is_executable()
        && cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::BecameNonNull
        && new.is_required()
    {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(format_args!(
            "{} is required now: {from} became {to}; operations that apply the directive without it are rejected",
            old.coordinate()
        ), &format!("{from} {to}"));
    }
}
