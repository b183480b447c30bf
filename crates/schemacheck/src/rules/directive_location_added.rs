use super::{Context, Findings};
use crate::element::{DirectiveElement, Pair};

rule! {
    /// A directive can be applied at one more place.
    ///
    /// **Why it is safe.** No operation of before applies it there.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// directive @cache on QUERY
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache on QUERY | FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// safe directive-location-added @cache
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("DIRECTIVE_LOCATION_ADDED"),
    graphql_inspector: Some("DIRECTIVE_LOCATION_ADDED"),
    on: Directive,
}

fn check(directive: Pair<DirectiveElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = directive.both() else { return };
    for location in new.definition.locations {
        if !old.definition.locations.contains(location) {
            findings.add(format_args!("@{} may stand on {} now", old.name, location.name()), location.name());
        }
    }
}
