use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};

rule! {
    /// A field that clients could select no longer exists.
    ///
    /// **Why it breaks.** A server rejects the whole operation that selects it.
    /// **What to do.** Keep the field, marked `@deprecated`, until no stored operation selects it.
    ///
    /// ```graphql old
    /// type Query {
    ///   price: Int
    ///   stock: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   stock: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { price }
    /// ```
    /// ```text report
    /// breaking field-removed Query.price
    /// broken fields-on-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Field-Selections",
    since: "0.1.0",
    graphql_js: Some("FIELD_REMOVED"),
    graphql_inspector: Some("FIELD_REMOVED"),
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = field {
        findings.add(
            format_args!("{} was removed; operations that select it are rejected", old.coordinate()),
            &old.type_text(),
        );
    }
}
