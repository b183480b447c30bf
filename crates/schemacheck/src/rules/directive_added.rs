use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive is new.
    ///
    /// **Why it is safe.** No operation of before applies it.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
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
    /// ```text report
    /// safe directive-added @cache
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_ADDED"),
    graphql_inspector: Some("DIRECTIVE_ADDED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = directive {
        findings.add(format_args!("@{} is new", new.name), "");
    }
}
