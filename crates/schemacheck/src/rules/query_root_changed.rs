use super::roots;
use super::{Context, Findings};
use crate::element::{Pair, RootElement};
use schemacheck_graphql::ast::OperationKind;

rule! {
    /// The queries begin at another type.
    ///
    /// **Why it breaks.** Fragments on the old type and `__typename` name it. Fields of the old root that the new one lacks
    /// are rejected; where both are one type under two names, every difference of a field is told on its own. A query root
    /// never comes or goes, since a schema without one is no schema: reading it is an error.
    /// **What to do.** Keep the name of the root type; the class or module behind it is free to change.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// schema {
    ///   query: RootQuery
    /// }
    /// type RootQuery {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// query {
    ///   ...Root
    /// }
    /// fragment Root on Query {
    ///   a
    /// }
    /// ```
    /// ```text report
    /// breaking query-root-changed schema
    /// broken known-type-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Root-Operation-Types",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("SCHEMA_QUERY_TYPE_CHANGED"),
    on: Root,
}

fn check(root: Pair<RootElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    roots::changed(OperationKind::Query, root, cx, findings);
}
