use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// An argument of a directive takes null where it did not, itself or inside its list.
    ///
    /// **Why it is safe.** What was a value before still is one.
    /// **What to do.** Nothing in the schema; the server must be ready for null.
    ///
    /// ```graphql old
    /// directive @cache(a: Int!) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(a: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache(a: 1) }
    /// ```
    /// ```text report
    /// safe directive-argument-type-loosened @cache(a:)
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Values-of-Correct-Type",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND_SAFE"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_TYPE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = argument.both() else { return };
    if cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::Loosened {
        let (from, to) = (old.type_text(), new.type_text());
        findings.add(
            format_args!(
                "{} was {from} and is {to} now; all that could be given still can",
                old.coordinate()
            ),
            &format!("{from} {to}"),
        );
    }
}
