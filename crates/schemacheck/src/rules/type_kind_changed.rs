use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// A type is of another kind.
    ///
    /// **Why it breaks.** Selections need a set of fields or must not have one, literals are written differently (`"A"` and
    /// `A`), and values have another shape. Between object and interface only the fields that both have stay valid.
    /// **What to do.** Add a type of the new kind under a new name and lead to it with new fields.
    ///
    /// ```graphql old
    /// type Query {
    ///   color: Color
    /// }
    /// scalar Color
    /// ```
    /// ```graphql new
    /// type Query {
    ///   color: Color
    /// }
    /// type Color {
    ///   hex: String
    /// }
    /// ```
    /// ```graphql operation
    /// { color }
    /// ```
    /// ```text report
    /// breaking type-kind-changed Color
    /// broken scalar-leafs
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Leaf-Field-Selections",
    since: "0.1.0",
    graphql_js: Some("TYPE_CHANGED_KIND"),
    graphql_inspector: Some("TYPE_KIND_CHANGED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = ty.both() else { return };
    if old.kind != new.kind {
        let consequence = if old.has_fields() && new.has_fields() {
            "operations keep the fields that both have"
        } else if old.kind.is_leaf() && new.kind.is_leaf() {
            "selections stay valid, values are written differently"
        } else {
            "operations that use it are rejected"
        };
        let (from, to) = (old.kind.name(), new.kind.name());
        findings.add(
            format_args!("{} was of kind {from} and is of kind {to} now; {consequence}", old.name),
            &format!("{from} {to}"),
        );
    }
}
