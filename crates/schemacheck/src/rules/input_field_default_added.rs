use super::text::clip;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{Element, InputFieldElement, Pair};
use schemacheck_graphql::value;

rule! {
    /// A field of an input object that can be left out has a default value now.
    ///
    /// **Why it may hurt.** Literals and variables that leave it out stay valid, and the server gets a value where it got
    /// none.
    /// **What to do.** Choose the value that the server assumed before.
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
    ///   a: Int = 20
    /// }
    /// ```
    /// ```text report
    /// dangerous input-field-default-added Filter.a
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
    if let (DefaultChange::Added, Some(to)) = (default_change(old, new, cx.matching), new.default()) {
        let to = value::write(to);
        findings.add(
            format_args!(
                "{} has the default {} now; operations and variables that leave it out had no value there",
                old.coordinate(),
                clip(&to)
            ),
            &to,
        );
    }
}
