use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// An element of the schema is described in other words.
    ///
    /// **Why it is safe.** A description is a text for people.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   "How many."
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   "How many there are."
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a }
    /// ```
    /// ```text report
    /// safe description-changed Query.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Descriptions",
    since: "0.1.0",
    graphql_js: Some("DESCRIPTION_CHANGED"),
    graphql_inspector: Some("FIELD_DESCRIPTION_CHANGED"),
    on: Description,
}

fn check(element: Pair<&dyn Element<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    let (Some(from), Some(to)) = (old.description(), new.description()) else { return };
    if !from.is_blank() && !to.is_blank() && !from.has_words_of(to) {
        findings.add(
            format_args!("{} is described in other words; no operation can notice", old.coordinate()),
            "",
        );
    }
}
