use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that operations can apply has another name.
    ///
    /// **Why it breaks.** A server rejects the whole operation that applies the old name.
    /// **What to do.** Keep the old directive beside the new one, with the same effect, until no stored operation applies
    /// it.
    ///
    /// ```graphql old
    /// directive @cacheFor(seconds: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cachedFor(seconds: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cacheFor(seconds: 5) }
    /// ```
    /// ```text report
    /// breaking directive-renamed @cacheFor -> @cachedFor
    /// broken known-directives
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Directives-Are-Defined",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = directive
        && old.is_executable()
    {
        findings.add(
            format_args!(
                "@{} is now @{}; operations that apply the old name are rejected",
                old.name, new.name
            ),
            "",
        );
    }
}
