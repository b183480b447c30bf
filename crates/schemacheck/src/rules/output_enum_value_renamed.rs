use super::{Context, Findings};
use crate::element::{Element, EnumValueElement, Pair};

rule! {
    /// A value of an enum that operations are only answered with has another name.
    ///
    /// **Why it breaks.** The operation stays valid, and the client gets a name that it does not know. No validator sees
    /// this.
    /// **What to do.** Keep the old name; no alias is possible, since the server can answer with one name only.
    ///
    /// ```graphql old
    /// type Query {
    ///   status: Status
    /// }
    /// enum Status {
    ///   OPEN_MESSAGE
    ///   CLOSED
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   status: Status
    /// }
    /// enum Status {
    ///   OPEN_MSG
    ///   CLOSED
    /// }
    /// ```
    /// ```text report
    /// breaking output-enum-value-renamed Status.OPEN_MESSAGE -> Status.OPEN_MSG
    /// ```
    severity: Breaking,
    breaks: [Response],
    spec: "#sec-Enums",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: EnumValue,
}

fn check(value: Pair<EnumValueElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = value
        && cx.old_types.only_from_output(old.parent)
    {
        findings.add(
            format_args!(
                "{} is now {}; clients are answered with a name that they do not know",
                old.coordinate(),
                new.name
            ),
            "",
        );
    }
}
