use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive that only schemas can apply has another name.
    ///
    /// **Why it may hurt.** No operation can apply it. Tools that read the schema, such as gateways and code generators,
    /// may look for the old name.
    /// **What to do.** Ask who reads the directive.
    ///
    /// ```graphql old
    /// directive @authRole(role: String) on FIELD_DEFINITION
    /// type Query {
    ///   a: Int @authRole(role: "x")
    /// }
    /// ```
    /// ```graphql new
    /// directive @authorizationRole(role: String) on FIELD_DEFINITION
    /// type Query {
    ///   a: Int @authorizationRole(role: "x")
    /// }
    /// ```
    /// ```graphql operation
    /// { a }
    /// ```
    /// ```text report
    /// dangerous type-system-directive-renamed @authRole -> @authorizationRole
    /// valid
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = directive
        && !old.is_executable()
    {
        findings.add(
            format_args!(
                "@{} is now @{}; it belongs to schemas, no operation can notice",
                old.name, new.name
            ),
            "",
        );
    }
}
