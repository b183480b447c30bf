use super::roots;
use super::{Context, Findings};
use crate::element::{Pair, RootElement};
use schemacheck_graphql::ast::OperationKind;

rule! {
    /// The schema has no subscriptions any more.
    ///
    /// **Why it breaks.** A server rejects every subscription.
    /// **What to do.** Keep the root type, its fields marked `@deprecated`, until no stored operation needs it.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
    /// }
    /// type Subscription {
    ///   b: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// subscription { b }
    /// ```
    /// ```text report
    /// breaking subscription-root-removed schema
    /// breaking type-removed Subscription
    /// broken known-operation-types
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Root-Operation-Types",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("SCHEMA_SUBSCRIPTION_TYPE_CHANGED"),
    on: Root,
}

fn check(root: Pair<RootElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    roots::removed(OperationKind::Subscription, root, findings);
}
