use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that operations can apply no longer exists.
    ///
    /// **Why it breaks.** A server rejects the whole operation that applies it.
    /// **What to do.** Keep the directive, without effect if need be, until no stored operation applies it.
    ///
    /// ```graphql old
    /// directive @cache on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache }
    /// ```
    /// ```text report
    /// breaking directive-removed @cache
    /// broken known-directives
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Directives-Are-Defined",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_REMOVED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = directive
        && old.is_executable()
    {
        findings.add(format_args!("@{} was removed; operations that apply it are rejected", old.name), "");
    }
}
