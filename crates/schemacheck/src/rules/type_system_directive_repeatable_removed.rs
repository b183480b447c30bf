use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that only schemas have may stand only once at a place.
    ///
    /// **Why it may hurt.** No operation can apply it. Schemas that repeat it are no longer valid.
    /// **What to do.** Tell those who write the directive or read it.
    ///
    /// ```graphql old
    /// directive @tag(name: String) repeatable on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @tag(name: String) on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous type-system-directive-repeatable-removed @tag
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
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
        && !old.is_executable()
    {
        findings.add(
            format_args!(
                "@{} may stand only once at a place; it belongs to schemas, no operation can notice",
                old.name
            ),
            "",
        );
    }
}
