use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument is new and has to be given.
    ///
    /// **Why it breaks.** Every operation of before leaves it out, and a server rejects it.
    /// **What to do.** Give it a default value, or make it nullable.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders: [ID]
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
    /// breaking required-argument-added Query.orders(a:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("REQUIRED_ARG_ADDED"),
    graphql_inspector: Some("FIELD_ARGUMENT_ADDED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = argument
        && new.is_required()
    {
        let ty = new.type_text();
        findings.add(
            format_args!(
                "{} is new and required: {ty}; operations that leave it out are rejected",
                new.coordinate()
            ),
            &ty,
        );
    }
}
