use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// A value of an enum that operations send no longer exists.
    ///
    /// **Why it breaks.** A server rejects the operation that gives it in a literal, and the request whose variables carry
    /// it.
    /// **What to do.** Keep the value, marked `@deprecated`, until no client sends it.
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
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(status: OPEN) }
    /// ```
    /// ```text report
    /// breaking enum-value-removed Status.OPEN
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("VALUE_REMOVED_FROM_ENUM"),
    graphql_inspector: Some("ENUM_VALUE_REMOVED"),
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = value
        && !cx.old_types.only_from_output(old.parent)
    {
        findings.add(
            format_args!(
                "{} was removed; operations and variables that give it are rejected",
                old.coordinate()
            ),
            "",
        );
    }
}
