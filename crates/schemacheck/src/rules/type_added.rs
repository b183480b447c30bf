use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// A type is new.
    ///
    /// **Why it is safe.** No operation of before can name it.
    /// **What to do.** Nothing. That a new type implements an interface or joins a union is a finding of its own.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    /// }
    /// type Order {
    ///   id: ID
    /// }
    /// ```
    /// ```text report
    /// safe type-added Order
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Types",
    since: "0.1.0",
    graphql_js: Some("TYPE_ADDED"),
    graphql_inspector: Some("TYPE_ADDED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = ty {
        findings.add(format_args!("{} is new: {}", new.name, new.kind.name()), new.kind.name());
    }
}
