use super::input;
use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a directive has another type that does not take all values of the old one.
    ///
    /// **Why it breaks.** Literals and variables of the old type are rejected. Into a list, `Float` or `ID` the literals
    /// still fit and the variables do not.
    /// **What to do.** Add an argument of the new type beside the old one and deprecate that.
    ///
    /// ```graphql old
    /// directive @cache(a: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Boolean) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache(a: 1) }
    /// ```
    /// ```text report
    /// breaking directive-argument-type-changed @cache(a:)
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_TYPE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if old.parent().is_executable() && input::type_changed(old, new, cx) {
        let (from, to) = (old.type_text(), new.type_text());
        let consequence = input::consequence(old, new, cx);
        findings.add(
            format_args!("{} was {from} and is {to} now; {consequence}", old.coordinate()),
            &format!("{from} {to}"),
        );
    }
}
