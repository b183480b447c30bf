use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a directive no longer exists.
    ///
    /// **Why it breaks.** A server rejects the whole operation that gives it.
    /// **What to do.** Keep the argument, marked `@deprecated`, until no stored operation gives it.
    ///
    /// ```graphql old
    /// directive @cache(a: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache(a: 1) }
    /// ```
    /// ```text report
    /// breaking directive-argument-removed @cache(a:)
    /// broken known-argument-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Argument-Names",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_ARG_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_REMOVED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = argument
        && old.parent().is_executable()
    {
        findings.add(
            format_args!("{} was removed; operations that give it are rejected", old.coordinate()),
            &old.type_text(),
        );
    }
}
