use super::input;
use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a directive is new and has to be given.
    ///
    /// **Why it breaks.** Every operation that applies the directive leaves it out, and a server rejects it.
    /// **What to do.** Give it a default value, or make it nullable.
    ///
    /// ```graphql old
    /// directive @cache on FIELD
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
    /// breaking required-directive-argument-added @cache(a:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("REQUIRED_DIRECTIVE_ARG_ADDED"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_ADDED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = argument
        && input::was_executable(new.parent(), cx)
        && new.is_required()
    {
        let ty = new.type_text();
        findings.add(
            format_args!(
                "{} is new and required: {ty}; operations that apply the directive without it are rejected",
                new.coordinate()
            ),
            &ty,
        );
    }
}
