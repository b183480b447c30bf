use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};
use schemacheck_graphql::ast::TypeKind;

rule! {
    /// A new type implements an interface that clients know.
    ///
    /// **Why it may hurt.** Fields of the interface may lead to the new type, as with a new member of a union.
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
    /// ```
    /// ```graphql new
    /// type Query {
    ///   node: Node
    /// }
    /// interface Node {
    ///   id: ID
    /// }
    /// type User implements Node {
    ///   id: ID
    /// }
    /// ```
    /// ```text report
    /// dangerous implementation-added User (Node)
    /// safe type-added User
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Interfaces",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Interface,
}

fn check(interface: Pair<MembershipElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = interface
        && cx.matching.old_type(new.ty).is_none()
        && cx.matching.old_type(new.other).is_some()
        // An interface has no values of its own.
        && new.ty().kind == TypeKind::Object
    {
        let (ty, other) = (new.ty().name, new.other().name);
        findings.add(
            format_args!(
                "{ty} is new and implements {other}; clients may not expect it where {other} is answered"
            ),
            "",
        );
    }
}
