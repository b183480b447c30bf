use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// Of an input object exactly one field has to be given.
    ///
    /// **Why it breaks.** Literals and variables with no field, with several or with `null` are rejected, as are nullable
    /// variables inside a literal.
    /// **What to do.** Add an input object with `@oneOf` beside this one and deprecate the argument that takes it.
    ///
    /// ```graphql old
    /// type Query {
    ///   user(by: UserBy): ID
    /// }
    /// input UserBy {
    ///   id: ID
    ///   email: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   user(by: UserBy): ID
    /// }
    /// input UserBy @oneOf {
    ///   id: ID
    ///   email: String
    /// }
    /// ```
    /// ```graphql operation
    /// { user(by: {id: 1, email: "a@b.c"}) }
    /// ```
    /// ```text report
    /// breaking one-of-added UserBy
    /// broken values-of-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document, Variables],
    spec: "#sec-OneOf-Input-Objects",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("DIRECTIVE_USAGE_INPUT_OBJECT_ADDED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Some((old, new)) = ty.both()
        && !old.is_one_of()
        && !old.schema.unknown().one_of
        && new.is_one_of()
    {
        findings.add(
            format_args!(
                "{} takes exactly one field now; operations and variables with none or several are rejected",
                old.name
            ),
            "",
        );
    }
}
