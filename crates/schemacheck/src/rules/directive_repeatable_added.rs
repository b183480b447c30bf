use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive may stand several times at one place.
    ///
    /// **Why it is safe.** What stood once still may.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// directive @tag(name: String) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @tag(name: String) repeatable on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// safe directive-repeatable-added @tag
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_REPEATABLE_ADDED"),
    graphql_inspector: Some("DIRECTIVE_REPEATABLE_ADDED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Some((old, new)) = directive.both()
        && new.definition.repeatable
        && !old.definition.repeatable
        && !old.schema.unknown().repeatable
    {
        findings.add(format_args!("@{} may stand several times at one place now", old.name), "");
    }
}
