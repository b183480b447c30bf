use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};

rule! {
    /// A type implements a new interface.
    ///
    /// **Why it is safe.** No operation of before can name the interface.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   node: Node
    /// }
    /// interface Node {
    ///   id: ID
    /// }
    /// type Order implements Node {
    ///   id: ID
    /// }
    /// type User implements Node {
    ///   id: ID
    /// }
    /// ```
    /// ```graphql new
    /// interface Named {
    ///   id: ID
    /// }
    /// type Query {
    ///   node: Node
    /// }
    /// interface Node {
    ///   id: ID
    /// }
    /// type Order implements Node {
    ///   id: ID
    /// }
    /// type User implements Node & Named {
    ///   id: ID
    /// }
    /// ```
    /// ```graphql operation
    /// { node { id } }
    /// ```
    /// ```text report
    /// safe type-added Named
    /// safe new-interface-added-to-type User (Named)
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-Interfaces",
    since: "0.1.0",
    graphql_js: Some("IMPLEMENTED_INTERFACE_ADDED"),
    graphql_inspector: Some("OBJECT_TYPE_INTERFACE_ADDED"),
    on: Interface,
}

fn check(interface: Pair<MembershipElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = interface
        && cx.matching.old_type(new.ty).is_some()
        && cx.matching.old_type(new.other).is_none()
    {
        let (ty, other) = (new.ty().name, new.other().name);
        findings.add(format_args!("{ty} implements {other}, which is new"), "");
    }
}
