use super::roots;
use super::{Context, Findings};
use crate::element::{Pair, RootElement};
use schemacheck_graphql::ast::OperationKind;

rule! {
    /// The mutations begin at another type.
    ///
    /// **Why it breaks.** Fragments on the old type and `__typename` name it. Fields of the old root that the new one lacks
    /// are rejected; where both are one type under two names, every difference of a field is told on its own.
    /// **What to do.** Keep the name of the root type; the class or module behind it is free to change.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// type Mutation {
    ///   b: Int
    /// }
    /// ```
    /// ```graphql new
    /// schema {
    ///   query: Query
    ///   mutation: RootMutation
    /// }
    /// type Query {
    ///   a: Int
    /// }
    /// type RootMutation {
    ///   b: Int
    /// }
    /// ```
    /// ```graphql operation
    /// mutation {
    ///   ...Root
    /// }
    /// fragment Root on Mutation {
    ///   b
    /// }
    /// ```
    /// ```text report
    /// breaking mutation-root-changed schema
    /// broken known-type-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Root-Operation-Types",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("SCHEMA_MUTATION_TYPE_CHANGED"),
    on: Root,
}

fn check(root: Pair<RootElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    roots::changed(OperationKind::Mutation, root, cx, findings);
}
