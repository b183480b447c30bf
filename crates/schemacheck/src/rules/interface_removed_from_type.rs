use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};

rule! {
    /// A type no longer implements an interface.
    ///
    /// **Why it breaks.** A fragment that leads from the one to the other is rejected, or stays valid for other types and
    /// this one is answered without what it selects. Fields of the interface never lead to the type again.
    /// **What to do.** Keep the interface on the type until no stored operation has such a fragment.
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
    /// type Query {
    ///   node: Node
    /// }
    /// interface Node {
    ///   id: ID
    /// }
    /// type Order implements Node {
    ///   id: ID
    /// }
    /// type User {
    ///   id: ID
    /// }
    /// ```
    /// ```graphql operation
    /// { node { ... on User { id } } }
    /// ```
    /// ```text report
    /// breaking interface-removed-from-type User (Node)
    /// broken possible-fragment-spreads
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Fragment-Spread-Is-Possible",
    since: "0.1.0",
    graphql_js: Some("IMPLEMENTED_INTERFACE_REMOVED"),
    graphql_inspector: Some("OBJECT_TYPE_INTERFACE_REMOVED"),
    on: Interface,
}

fn check(interface: Pair<MembershipElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = interface {
        let (ty, other) = (old.ty().name, old.other().name);
        findings.add(format_args!(
            "{ty} no longer implements {other}; a fragment from one to the other is rejected or selects less"
        ), "");
    }
}
