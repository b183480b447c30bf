use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};
use crate::matching::OutputTypeChange;

rule! {
    /// A field has another type, and values of the new one are none of the old one.
    ///
    /// **Why it breaks.** The answer no longer fits what the client was built for; this includes a list where one value
    /// was, though the operation stays valid. Where the selection no longer fits the type, a server rejects the operation.
    /// **What to do.** Add a field of the new type under a new name and deprecate this one.
    ///
    /// ```graphql old
    /// type Query {
    ///   owner: User
    /// }
    /// type User {
    ///   id: ID
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   owner: ID
    /// }
    /// type User {
    ///   id: ID
    /// }
    /// ```
    /// ```graphql operation
    /// { owner { id } }
    /// ```
    /// ```text report
    /// breaking field-type-changed Query.owner
    /// broken scalar-leafs
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Leaf-Field-Selections",
    since: "0.1.0",
    graphql_js: Some("FIELD_CHANGED_KIND"),
    graphql_inspector: Some("FIELD_TYPE_CHANGED"),
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = field.both() else { return };
    if cx.matching.output_type_change(old.ty, new.ty) == OutputTypeChange::Changed {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(
            format_args!(
                "{} was {from} and is {to} now; answers no longer fit what clients expect",
                old.coordinate()
            ),
            &format!("{from} {to}"),
        );
    }
}
