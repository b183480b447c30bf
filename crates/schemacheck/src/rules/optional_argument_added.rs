use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument is new and can be left out.
    ///
    /// **Why it is safe.** Every operation of before leaves it out and stays valid; no operation can notice.
    /// **What to do.** Nothing, as long as leaving it out means what it meant before.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders: [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders(a: Int): [ID]
    /// }
    /// ```
    /// ```text report
    /// safe optional-argument-added Query.orders(a:)
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Required-Arguments",
    since: "0.1.0",
    graphql_js: Some("OPTIONAL_ARG_ADDED"),
    graphql_inspector: Some("FIELD_ARGUMENT_ADDED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = argument
        && !new.is_required()
    {
        let ty = new.type_text();
        findings.add(format_args!("{} is new and can be left out: {ty}", new.coordinate()), &ty);
    }
}
