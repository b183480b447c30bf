use super::input;
use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument has another type that does not take all values of the old one.
    ///
    /// **Why it breaks.** Literals and variables of the old type are rejected. Into a list, `Float` or `ID` the literals
    /// still fit and the variables do not; where null is no longer taken and a default remains, only null is rejected.
    /// **What to do.** Add an argument of the new type beside the old one and deprecate that.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Boolean): [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(a: 1) }
    /// ```
    /// ```text report
    /// breaking argument-type-changed Query.orders(a:)
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND"),
    graphql_inspector: Some("FIELD_ARGUMENT_TYPE_CHANGED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if input::type_changed(old, new, cx) {
        let (from, to) = (old.type_text(), new.type_text());
        let consequence = input::consequence(old, new, cx);
        findings.add(
            format_args!("{} was {from} and is {to} now; {consequence}", old.coordinate()),
            &format!("{from} {to}"),
        );
    }
}
