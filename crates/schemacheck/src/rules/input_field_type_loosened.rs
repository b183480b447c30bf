use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// A field of an input object takes null where it did not, itself or inside its list.
    ///
    /// **Why it is safe.** What was a value before still is one.
    /// **What to do.** Nothing in the schema; the server must be ready for null.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int!
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
    /// ```graphql operation
    /// { orders(where: {a: 1}) }
    /// ```
    /// ```text report
    /// safe input-field-type-loosened Filter.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND_SAFE"),
    graphql_inspector: Some("INPUT_FIELD_TYPE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::Loosened {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(
            format_args!(
                "{} was {from} and is {to} now; all that could be given still can",
                old.coordinate()
            ),
            &format!("{from} {to}"),
        );
    }
}
