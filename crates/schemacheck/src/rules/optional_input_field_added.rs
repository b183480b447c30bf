use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};

rule! {
    /// A field of an input object is new and can be left out.
    ///
    /// **Why it is safe.** Every literal and variable of before leaves it out and stays valid.
    /// **What to do.** Nothing, as long as leaving it out means what it meant before.
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
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// safe optional-input-field-added Filter.a
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Input-Object-Required-Fields",
    since: "0.1.0",
    graphql_js: Some("OPTIONAL_INPUT_FIELD_ADDED"),
    graphql_inspector: Some("INPUT_FIELD_ADDED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = field
        && !new.is_required()
    {
        let ty = new.type_text();
        findings.add(format_args!("{} is new and can be left out: {ty}", new.coordinate()), &ty);
    }
}
