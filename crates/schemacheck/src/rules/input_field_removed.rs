use super::{Context, Findings};
use crate::element::{Element, InputElement, InputFieldElement, Pair};

rule! {
    /// A field of an input object no longer exists.
    ///
    /// **Why it breaks.** A server rejects the operation that gives it in a literal, and the request whose variables carry
    /// it.
    /// **What to do.** Keep the field, marked `@deprecated`, until no client sends it.
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
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(where: {a: 1}) }
    /// ```
    /// ```text report
    /// breaking input-field-removed Filter.a
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Input-Object-Field-Names",
    since: "0.1.0",
    graphql_js: Some("FIELD_REMOVED"),
    graphql_inspector: Some("INPUT_FIELD_REMOVED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = field {
        findings.add(
            format_args!(
                "{} was removed; operations and variables that give it are rejected",
                old.coordinate()
            ),
            &old.type_text(),
        );
    }
}
