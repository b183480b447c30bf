use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{Element, InputElement, InputFieldElement, Pair};

rule! {
    /// A field of an input object of a non-null type lost its default value, so that it must be given.
    ///
    /// **Why it breaks.** Literals and variables could leave it out. Now a server rejects them, although nothing in the
    /// type changed.
    /// **What to do.** Keep the default value, or make the type nullable and supply the value in the server.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int! = 1
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
    /// breaking input-field-default-removed-from-required Filter.a
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Input-Object-Required-Fields",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("INPUT_FIELD_DEFAULT_VALUE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if default_change(old, new, cx.matching) == DefaultChange::RemovedFromRequired {
        findings.add(format_args!(
            "{} is required now: it lost its default; operations and variables that leave it out are rejected",
            old.coordinate()
        ), &new.type_text());
    }
}
