use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// An enum that operations only send has a new value.
    ///
    /// **Why it is safe.** No operation of before gives it, and no answer has it.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(status: Status): [ID]
    /// }
    /// enum Status {
    ///   OPEN
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(status: Status): [ID]
    /// }
    /// enum Status {
    ///   OPEN
    ///   CLOSED
    ///   LOST
    /// }
    /// ```
    /// ```text report
    /// safe input-enum-value-added Status.LOST
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Enums",
    since: "0.1.0",
    graphql_js: Some("VALUE_ADDED_TO_ENUM"),
    graphql_inspector: Some("ENUM_VALUE_ADDED"),
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = value
        && cx.matching.old_type(new.parent).is_some_and(|ty| cx.old_types.only_from_input(ty))
    {
        findings.add(format_args!("{} is new; only operations give it", new.coordinate()), "");
    }
}
