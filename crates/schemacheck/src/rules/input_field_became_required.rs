use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// A field of an input object that could be left out must be given now.
    ///
    /// **Why it breaks.** Literals and variables that leave it out or give `null` are rejected, as is a nullable variable
    /// without a default.
    /// **What to do.** Give it a default value, or make it nullable.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int
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
    /// breaking input-field-became-required Filter.a
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Input-Object-Required-Fields",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND"),
    graphql_inspector: Some("INPUT_FIELD_TYPE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::BecameNonNull && new.is_required() {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(format_args!(
            "{} is required now: {from} became {to}; operations and variables that leave it out are rejected",
            old.coordinate()
        ), &format!("{from} {to}"));
    }
}
