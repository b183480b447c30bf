use schemacheck_graphql::ast::TypeKind;
use schemacheck_graphql::schema::ElementId;

use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// A type has another name.
    ///
    /// Its members are judged one by one, as if it had kept its name.
    ///
    /// **Why it breaks.** Operations name types in fragments and variables; a server rejects those that name the old one.
    /// Who reads `__typename`, as caches of clients do, gets the new name.
    /// **What to do.** Keep the GraphQL name and rename only in code; `schemacheck suggest` writes it. No alias of a type
    /// is possible.
    ///
    /// ```graphql old
    /// type Query {
    ///   me: User
    /// }
    /// type User {
    ///   id: ID
    ///   name: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   me: Account
    /// }
    /// type Account {
    ///   id: ID
    ///   name: String
    /// }
    /// ```
    /// ```graphql operation
    /// { me { ...F } } fragment F on User { id }
    /// ```
    /// ```text report
    /// breaking type-renamed User -> Account
    /// broken known-type-names
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Fragment-Spread-Type-Existence",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    // A root type has its own rules.
    if let Pair::Renamed { old, new } = ty
        && cx.matching.rename(ElementId::Type(old.id)).is_some()
    {
        let consequence = match old.kind {
            TypeKind::Object => {
                "operations with a fragment on the old name are rejected, __typename answers the new one"
            }
            TypeKind::Interface | TypeKind::Union => {
                "operations with a fragment on the old name are rejected"
            }
            _ => "operations with a variable of the old name are rejected",
        };
        findings.add(format_args!("{} is now {}; {consequence}", old.name, new.name), "");
    }
}
