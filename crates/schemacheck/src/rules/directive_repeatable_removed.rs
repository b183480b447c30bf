use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that operations can apply may stand only once at a place.
    ///
    /// **Why it breaks.** A server rejects the whole operation that applies it twice at one place.
    /// **What to do.** Keep it repeatable until no stored operation does that.
    ///
    /// ```graphql old
    /// directive @tag(name: String) repeatable on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @tag(name: String) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @tag(name: "b") @tag(name: "c") }
    /// ```
    /// ```text report
    /// breaking directive-repeatable-removed @tag
    /// broken unique-directives-per-location
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Directives-Are-Unique-per-Location",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_REPEATABLE_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_REPEATABLE_REMOVED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Some((old, new)) = directive.both()
        && old.definition.repeatable
        && !new.definition.repeatable
        && !new.schema.unknown().repeatable
        && old.is_executable()
    {
        findings.add(
            format_args!(
                "@{} may stand only once at a place; operations that repeat it are rejected",
                old.name
            ),
            "",
        );
    }
}
