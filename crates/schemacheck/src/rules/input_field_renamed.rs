use super::{Context, Findings};
use crate::element::{Element, InputFieldElement, Pair};

rule! {
    /// A field of an input object has another name.
    ///
    /// **Why it breaks.** A server rejects the operation that gives the old name in a literal, and the request whose
    /// variables carry it.
    /// **What to do.** Keep the old name beside the new one, marked `@deprecated`. Where the field is required, both have
    /// to become nullable and the server checks that exactly one is given. `schemacheck suggest` writes it.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   message_limit: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   msg_limit: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(where: {message_limit: 10}) }
    /// ```
    /// ```text report
    /// breaking input-field-renamed Filter.message_limit -> Filter.msg_limit
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Input-Object-Field-Names",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = field {
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
