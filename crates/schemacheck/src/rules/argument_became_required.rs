use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, InputElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// An argument that could be left out must be given now.
    ///
    /// **Why it breaks.** Operations that leave it out, give `null` or give a nullable variable without a default are rejected.
    /// **What to do.** Give it a default value, or keep it nullable and check it in the resolver.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(first: Int): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(first: Int!): [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders }
    /// ```
    /// ```text report
    /// breaking argument-became-required Query.orders(first:)
    /// broken provided-required-arguments
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND"),
    graphql_inspector: Some("FIELD_ARGUMENT_TYPE_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::BecameNonNull && new.is_required() {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(
            format_args!(
                "{} is required now: {from} became {to}; operations that leave it out are rejected",
                old.coordinate()
            ),
            &format!("{from} {to}"),
        );
    }
}
