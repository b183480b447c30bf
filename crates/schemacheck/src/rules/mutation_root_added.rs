use super::roots;
use super::{Context, Findings};
use crate::element::{Pair, RootElement};
use schemacheck_graphql::ast::OperationKind;

rule! {
    /// The schema has mutations now.
    ///
    /// **Why it is safe.** No operation of before is a mutation.
    /// **What to do.** Nothing.
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
    /// type Mutation {
    ///   b: Int
    /// }
    /// ```
    /// ```text report
    /// safe mutation-root-added schema
    /// safe type-added Mutation
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Root-Operation-Types",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("SCHEMA_MUTATION_TYPE_CHANGED"),
    on: Root,
}

fn check(root: Pair<RootElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    roots::added(OperationKind::Mutation, root, findings);
}
