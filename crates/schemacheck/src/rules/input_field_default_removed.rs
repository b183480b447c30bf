use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{Element, InputFieldElement, Pair};
use schemacheck_graphql::value;

rule! {
    /// A field of an input object that can be left out has no default value any more.
    ///
    /// **Why it may hurt.** Literals and variables that leave it out stay valid and mean something else.
    /// **What to do.** Keep the default value, or let the server assume the same.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(where: Filter): [ID]
    /// }
    /// input Filter {
    ///   status: String
    ///   a: Int = 10
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
    /// dangerous input-field-default-removed Filter.a
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Input-Objects.Input-Coercion",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("INPUT_FIELD_DEFAULT_VALUE_CHANGED"),
    on: InputField,
}

fn check(field: Pair<InputFieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if let (DefaultChange::Removed, Some(from)) = (default_change(old, new, cx.matching), old.default()) {
        let from = value::write(from);
        findings.add(
            format_args!(
                "{} lost its default {}; operations and variables that leave it out have no value there",
                old.coordinate(),
                clip(&from)
            ),
            &from,
        );
    }
}
