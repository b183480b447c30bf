use super::{Context, Findings};
use crate::element::{ArgumentElement, Element, InputElement, Pair};

rule! {
    /// An argument no longer exists.
    ///
    /// **Why it breaks.** A server rejects the whole operation that gives it.
    /// **What to do.** Keep the argument, marked `@deprecated`, until no stored operation gives it.
    ///
    /// ```graphql old
    /// type Query {
    ///   orders(a: Int): [ID]
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   orders: [ID]
    /// }
    /// ```
    /// ```graphql operation
    /// { orders(a: 1) }
    /// ```
    /// ```text report
    /// breaking argument-removed Query.orders(a:)
    /// broken known-argument-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Argument-Names",
    since: "0.1.0",
    graphql_js: Some("ARG_REMOVED"),
    graphql_inspector: Some("FIELD_ARGUMENT_REMOVED"),
    on: Argument,
}

fn check(argument: Pair<ArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = argument {
        findings.add(
            format_args!("{} was removed; operations that give it are rejected", old.coordinate()),
            &old.type_text(),
        );
    }
}
