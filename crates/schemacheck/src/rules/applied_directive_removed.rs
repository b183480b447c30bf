use super::annotations;
use super::text::clip;
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// A directive is no longer applied to an element of the schema.
    ///
    /// **Why it may hurt.** What it did is known to the server and its tools alone; it may have restricted who may ask or
    /// what it costs.
    /// **What to do.** Ask those who own the directive. Directives of the specification have rules of their own; an
    /// introspection tells nothing of applied directives, so nothing is said against one.
    ///
    /// ```graphql old
    /// directive @cost(weight: Int) on FIELD_DEFINITION
    /// type Query {
    ///   a: Int @cost(weight: 1)
    /// }
    /// ```
    /// ```graphql new
    /// directive @cost(weight: Int) on FIELD_DEFINITION
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous applied-directive-removed Query.a
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("DIRECTIVE_USAGE_FIELD_DEFINITION_REMOVED"),
    on: Directives,
}

fn check(element: Pair<&dyn Element<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    let coordinate = old.coordinate();
    for applied in annotations::applied_directives(old, new, cx).removed {
        findings.add(
            format_args!(
                "{coordinate} no longer has {}; what that means for clients, the schema cannot tell",
                clip(&applied)
            ),
            &applied,
        );
    }
}
