use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive can no longer be applied at a place of operations.
    ///
    /// **Why it breaks.** A server rejects the whole operation that applies it there.
    /// **What to do.** Keep the place, without effect if need be, until no stored operation applies the directive there.
    ///
    /// ```graphql old
    /// directive @cache on QUERY | FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache on QUERY
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache }
    /// ```
    /// ```text report
    /// breaking directive-location-removed @cache
    /// broken known-directives
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Directives-Are-in-Valid-Locations",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_LOCATION_REMOVED"),
    graphql_inspector: Some("DIRECTIVE_LOCATION_REMOVED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = directive.both() else { return };
    for location in old.definition.locations.iter().filter(|location| location.is_executable()) {
        if !new.definition.locations.contains(location) {
            findings.add(
                format_args!(
                    "@{} may no longer stand on {}; operations that apply it there are rejected",
                    old.name,
                    location.name()
                ),
                location.name(),
            );
        }
    }
}
