use super::annotations::is_described;
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// An element of the schema is described now.
    ///
    /// **Why it is safe.** A description is a text for people.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   "How many."
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a }
    /// ```
    /// ```text report
    /// safe description-added Query.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Descriptions",
    since: "0.1.0",
    graphql_js: Some("DESCRIPTION_CHANGED"),
    graphql_inspector: Some("FIELD_DESCRIPTION_ADDED"),
    on: Description,
}

fn check(element: Pair<&dyn Element<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    if !is_described(old) && is_described(new) {
        findings.add(format_args!("{} is described now; no operation can notice", old.coordinate()), "");
    }
}
