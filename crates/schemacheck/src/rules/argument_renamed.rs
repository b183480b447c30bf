use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, Pair};

rule! {
    /// An argument has another name.
    ///
    /// **Why it breaks.** A server rejects the whole operation that gives the old name; a required one is missing as well.
    /// **What to do.** Keep the old name beside the new one, marked `@deprecated`. Where the argument is required, both have to
    /// become optional and the server checks that exactly one is given. `schemacheck suggest` writes it.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(message_limit: Int): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(msg_limit: Int): [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(message_limit: 10) }
    /// ```
    /// ```text report
    /// breaking argument-renamed Query.orders(message_limit:) -> Query.orders(msg_limit:)
    /// broken known-argument-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Argument-Names",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = argument {
        findings.add(
            format_args!(
                "{} is now {}; operations that give the old name are rejected",
                old.coordinate(),
                new.name
            ),
            "",
        );
    }
}
