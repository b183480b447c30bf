use super::roots;
use super::{Context, Findings};
use crate::element::{Pair, RootElement};
use schemacheck_graphql::ast::OperationKind;

rule! {
    /// The schema has no mutations any more.
    ///
    /// **Why it breaks.** A server rejects every mutation.
    /// **What to do.** Keep the root type, its fields marked `@deprecated`, until no stored operation needs it.
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
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// mutation { b }
    /// ```
    /// ```text report
    /// breaking mutation-root-removed schema
    /// breaking type-removed Mutation
    /// broken known-operation-types
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Root-Operation-Types",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("SCHEMA_MUTATION_TYPE_CHANGED"),
    on: Root,
}

fn check(root: Pair<RootElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    roots::removed(OperationKind::Mutation, root, findings);
}
