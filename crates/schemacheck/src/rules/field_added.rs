use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};

rule! {
    /// A field is new.
    ///
    /// **Why it is safe.** An operation gets the fields that it selects.
    /// **What to do.** Nothing. Its arguments are part of it and no findings of their own.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    ///   b(c: Int!): Int
    /// }
    /// ```
    /// ```text report
    /// safe field-added Query.b
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Objects",
    since: "0.1.0",
    graphql_js: Some("FIELD_ADDED"),
    graphql_inspector: Some("FIELD_ADDED"),
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = field {
        let ty = new.type_text();
        findings.add(format_args!("{} is new: {ty}", new.coordinate()), &ty);
    }
}
