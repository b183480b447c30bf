use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{ArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a non-null type lost its default value, so that it must be given.
    ///
    /// **Why it breaks.** Operations could leave it out. Now a server rejects them, although nothing in the type changed.
    /// **What to do.** Keep the default value, or make the type nullable and supply the value in the server.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int! = 1): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int!): [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders }
    /// ```
    /// ```text report
    /// breaking argument-default-removed-from-required Query.orders(a:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_DEFAULT_VALUE_CHANGE"),
    graphql_inspector: Some("FIELD_ARGUMENT_DEFAULT_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if default_change(old, new, cx.matching) == DefaultChange::RemovedFromRequired {
        findings.add(
            format_args!(
                "{} is required now: it lost its default; operations that leave it out are rejected",
                old.coordinate()
            ),
            &new.type_text(),
        );
    }
}
