use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive can no longer be applied at a place of schemas.
    ///
    /// **Why it may hurt.** No operation has that place. Tools that read the schema (gateways, code generators) may still
    /// look for the directive there.
    /// **What to do.** Tell those who write the directive or read it.
    ///
    /// ```graphql old
    /// directive @owner on OBJECT | FIELD_DEFINITION
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @owner on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous type-system-directive-location-removed @owner
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_LOCATION_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_LOCATION_REMOVED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = directive.both() else { return };
    for location in old.definition.locations.iter().filter(|location| !location.is_executable()) {
        if !new.definition.locations.contains(location) {
            findings.add(
                format_args!(
                    "@{} may no longer stand on {}; that is a place of schemas, no operation can notice",
                    old.name,
                    location.name()
                ),
                location.name(),
            );
        }
    }
}
