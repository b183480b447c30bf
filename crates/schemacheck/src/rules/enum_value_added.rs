use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// An enum that operations are answered with has a new value.
    ///
    /// **Why it may hurt.** A client that handles each value it knows may fail on one that it does not.
    /// **What to do.** Send the value only to clients that know it, or make sure that clients have a case for unknown
    /// values.
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
    ///   OPEN
    ///   CLOSED
    ///   LOST
    /// }
    /// ```
    /// ```text report
    /// dangerous enum-value-added Status.LOST
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Enums",
    since: "0.1.0",
    graphql_js: Some("VALUE_ADDED_TO_ENUM"),
    graphql_inspector: Some("ENUM_VALUE_ADDED"),
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = value
        && !cx.matching.old_type(new.parent).is_some_and(|ty| cx.old_types.only_from_input(ty))
    {
        findings.add(format_args!("{} is new; clients may not expect it in answers", new.coordinate()), "");
    }
}
