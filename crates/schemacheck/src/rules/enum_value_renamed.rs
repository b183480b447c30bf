use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// A value of an enum that operations send has another name.
    ///
    /// **Why it breaks.** A server rejects the operation or the variables that give the old name. Where the enum is an
    /// answer as well, the client meets a name that it does not know.
    /// **What to do.** Keep the old name beside the new one, marked `@deprecated`, for what clients send. What the server
    /// answers has one name only: keep the old one there.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(status: Status): [ID]
    /// }
    /// enum Status {
    ///   OPEN_MESSAGE
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(status: Status): [ID]
    /// }
    /// enum Status {
    ///   OPEN_MSG
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(status: OPEN_MESSAGE) }
    /// ```
    /// ```text report
    /// breaking enum-value-renamed Status.OPEN_MESSAGE -> Status.OPEN_MSG
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables, Response],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = value
        && !cx.old_types.only_from_output(old.parent)
    {
        findings.add(
            format_args!(
                "{} is now {}; operations and variables that give the old name are rejected",
                old.coordinate(),
                new.name
            ),
            "",
        );
    }
}
