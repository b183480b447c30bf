use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// A value of an enum that operations are only answered with no longer exists.
    ///
    /// **Why it is safe.** It ceases to occur. No operation can name it.
    /// **What to do.** Nothing; a client may drop the code for it.
    ///
    /// ```graphql old
    /// type Query {
    ///   status: Status
    /// }
    /// enum Status {
    ///   OPEN
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   status: Status
    /// }
    /// enum Status {
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql operation
    /// { status }
    /// ```
    /// ```text report
    /// safe output-enum-value-removed Status.OPEN
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Enums",
    since: "0.1.0",
    graphql_js: Some("VALUE_REMOVED_FROM_ENUM"),
    graphql_inspector: Some("ENUM_VALUE_REMOVED"),
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = value
        && cx.old_types.only_from_output(old.parent)
    {
        findings.add(format_args!("{} was removed; it no longer occurs in answers", old.coordinate()), "");
    }
}
