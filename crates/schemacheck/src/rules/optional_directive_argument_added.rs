use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument of a directive is new and can be left out.
    ///
    /// **Why it is safe.** Every operation of before leaves it out and stays valid.
    /// **What to do.** Nothing, as long as leaving it out means what it meant before.
    ///
    /// ```graphql old
    /// directive @cache on FIELD
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
    /// ```text report
    /// safe optional-directive-argument-added @cache(a:)
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("OPTIONAL_DIRECTIVE_ARG_ADDED"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_ADDED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = argument
        && !new.is_required()
    {
        let ty = new.type_text();
        findings.add(format_args!("{} is new and can be left out: {ty}", new.coordinate()), &ty);
    }
}
