use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};

rule! {
    /// A type implements an interface that clients know and that it did not implement before.
    ///
    /// **Why it may hurt.** Fields of the interface may lead to the type, which clients that know the others may not
    /// expect.
    /// **What to do.** Return the type there only to clients that know it, or make sure that clients have a case for
    /// unknown types.
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
    /// type User {
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
    /// type User implements Node {
    ///   id: ID
    /// }
    /// ```
    /// ```text report
    /// dangerous interface-added-to-type User (Node)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Interfaces",
    since: "0.1.0",
    graphql_js: Some("IMPLEMENTED_INTERFACE_ADDED"),
    graphql_inspector: Some("OBJECT_TYPE_INTERFACE_ADDED"),
    on: Interface,
}

fn check(interface: Pair<MembershipElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = interface
        && cx.matching.old_type(new.ty).is_some()
        && cx.matching.old_type(new.other).is_some()
    {
        let (ty, other) = (new.ty().name, new.other().name);
        findings.add(
            format_args!("{ty} implements {other} now; clients may not expect it where {other} is answered"),
            "",
        );
    }
}
