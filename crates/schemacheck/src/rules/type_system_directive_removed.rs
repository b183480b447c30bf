use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that only schemas have no longer exists.
    ///
    /// **Why it may hurt.** No operation can apply it. Tools that read the schema (gateways, code generators) may still
    /// look for it.
    /// **What to do.** Tell those who write the directive or read it.
    ///
    /// ```graphql old
    /// directive @owner on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous type-system-directive-removed @owner
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_REMOVED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = directive
        && !old.is_executable()
    {
        findings.add(
            format_args!("@{} was removed; it belonged to schemas, no operation can notice", old.name),
            "",
        );
    }
}
