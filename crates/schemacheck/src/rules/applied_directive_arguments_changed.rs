use super::annotations;
use super::text::clip;
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// A directive is applied to an element of the schema with other arguments.
    ///
    /// **Why it may hurt.** What it does is known to the server and its tools alone; it may restrict who may ask or what it
    /// costs.
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
    ///   a: Int @cost(weight: 5)
    /// }
    /// ```
    /// ```text report
    /// dangerous applied-directive-arguments-changed Query.a
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("DIRECTIVE_USAGE_ARGUMENT_ADDED"),
    on: Directives,
}

fn check(element: Pair<&dyn Element<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    let coordinate = old.coordinate();
    for (from, to) in annotations::applied_directives(old, new, cx).changed {
        findings.add(
            format_args!(
                "{coordinate} has {} instead of {}; the schema cannot tell what that means",
                clip(&to),
                clip(&from)
            ),
            &format!("{from} {to}"),
        );
    }
}
