use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};
use crate::matching::OutputTypeChange;

rule! {
    /// A field that never was null may be null now, itself or inside its list.
    ///
    /// **Why it breaks.** The operation stays valid, but a client built for the old type does not expect null: generated
    /// types have no place for it. No validator sees this.
    /// **What to do.** Keep the field non-null, or add a new nullable field and deprecate this one.
    ///
    /// ```graphql old
    /// type Query {
    ///   name: String!
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   name: String
    /// }
    /// ```
    /// ```graphql operation
    /// { name }
    /// ```
    /// ```text report
    /// breaking field-nullability-loosened Query.name
    /// at-risk field-nullability-loosened
    /// ```
    severity: Breaking,
    breaks: [Response],
    spec: "#sec-Non-Null",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND"),
    graphql_inspector: Some("FIELD_TYPE_CHANGED"),
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if cx.matching.output_type_change(old.ty, new.ty) == OutputTypeChange::NullabilityLoosened {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(
            format_args!(
                "{} may be null now: {from} became {to}; clients may not expect null",
                old.coordinate()
            ),
            &format!("{from} {to}"),
        );
    }
}
