use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{Element, InputFieldElement, Pair};
use schemacheck_graphql::value;

rule! {
    /// A field of an input object has another default value.
    ///
    /// **Why it may hurt.** Literals and variables that leave it out stay valid and mean something else.
    /// **What to do.** Keep the old default value, or make sure that nobody relies on it.
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
    ///   a: Int = 20
    /// }
    /// ```
    /// ```text report
    /// dangerous input-field-default-changed Filter.a
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
    if let (DefaultChange::Changed, Some(from), Some(to)) =
        (default_change(old, new, cx.matching), old.default(), new.default())
    {
        let (from, to) = (value::write(from), value::write(to));
        let coordinate = old.coordinate();
        findings.add(format_args!(
            "{coordinate} has the default {} instead of {}; operations and variables that leave it out mean another value",
            clip(&to),
            clip(&from)
        ), &format!("{from} {to}"));
    }
}
