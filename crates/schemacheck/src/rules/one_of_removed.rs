use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// An input object takes any number of its fields.
    ///
    /// **Why it is safe.** All that could be given still can.
    /// **What to do.** Nothing in the schema; the server must be ready for none and for several.
    ///
    /// ```graphql old
    /// type Query {
    ///   user(by: UserBy): ID
    /// }
    /// input UserBy @oneOf {
    ///   id: ID
    ///   email: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   user(by: UserBy): ID
    /// }
    /// input UserBy {
    ///   id: ID
    ///   email: String
    /// }
    /// ```
    /// ```graphql operation
    /// { user(by: {id: 1}) }
    /// ```
    /// ```text report
    /// safe one-of-removed UserBy
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec-OneOf-Input-Objects",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("DIRECTIVE_USAGE_INPUT_OBJECT_REMOVED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Some((old, new)) = ty.both()
        && old.is_one_of()
        && !new.is_one_of()
        && !new.schema.unknown().one_of
        && old.kind == new.kind
    {
        findings.add(
            format_args!(
                "{} takes any number of its fields now; all that could be given still can",
                old.name
            ),
            "",
        );
    }
}
