use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};

rule! {
    /// A field of an input object is new and has to be given.
    ///
    /// **Why it breaks.** Every literal and every variable of before leaves it out, and a server rejects both.
    /// **What to do.** Give it a default value, or make it nullable.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int!
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(where: {status: "open"}) }
    /// ```
    /// ```text report
    /// breaking required-input-field-added Filter.a
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Input-Object-Required-Fields",
    since: "0.1.0",
    graphql_js: Some("REQUIRED_INPUT_FIELD_ADDED"),
    graphql_inspector: Some("INPUT_FIELD_ADDED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = field
        && new.is_required()
    {
        let ty = new.type_text();
        findings.add(
            format_args!(
                "{} is new and required: {ty}; operations and variables that leave it out are rejected",
                new.coordinate()
            ),
            &ty,
        );
    }
}
