use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};
use crate::matching::OutputTypeChange;

rule! {
    /// A field has a stricter type: all its values were possible before.
    ///
    /// **Why it is safe.** Every answer fits the old type. Two things remain that only operations can show: two fields
    /// merged under one response name need the same nullability, and a fragment on a type that can no longer occur is
    /// rejected.
    /// **What to do.** Nothing where the stored operations stay valid; check them.
    ///
    /// ```graphql old
    /// type Query {
    ///   name: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   name: String!
    /// }
    /// ```
    /// ```graphql operation
    /// { name }
    /// ```
    /// ```text report
    /// safe field-type-narrowed Query.name
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Field-Selection-Merging",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND_SAFE"),
    graphql_inspector: Some("FIELD_TYPE_CHANGED"),
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if cx.matching.output_type_change(old.ty, new.ty) == OutputTypeChange::Narrowed {
        let (from, to) = (old.type_text(), new.type_text());
        let remark = if cx.matching.new_type(old.ty.named) == Some(new.ty.named) {
            "answers keep their shape"
        } else {
            "answers keep their shape; fragments on other types are rejected"
        };
        findings.add(
            format_args!("{} was {from} and is {to} now; {remark}", old.coordinate()),
            &format!("{from} {to}"),
        );
    }
}
