use super::input;
use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};

rule! {
    /// A field of an input object has another type that does not take all values of the old one.
    ///
    /// **Why it breaks.** Values of the old type are rejected, in literals and in variables. Into a list, `Float` or `ID`
    /// all values still fit, but a variable of the old type does not stand there; where null is no longer taken and a
    /// default remains, only null is rejected.
    /// **What to do.** Add a field of the new type beside the old one and deprecate that.
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
    ///   a: Boolean
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(where: {a: 1}) }
    /// ```
    /// ```text report
    /// breaking input-field-type-changed Filter.a
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND"),
    graphql_inspector: Some("INPUT_FIELD_TYPE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if input::type_changed(old, new, cx) {
        let (from, to) = (old.type_text(), new.type_text());
        let consequence = input::consequence(old, new, cx);
        findings.add(
            format_args!("{} was {from} and is {to} now; {consequence}", old.coordinate()),
            &format!("{from} {to}"),
        );
    }
}
