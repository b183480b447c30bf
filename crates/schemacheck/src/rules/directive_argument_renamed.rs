use super::{Context, Findings};
use crate::element::{DirectiveArgumentElement, Element, Pair};

rule! {
    /// An argument of a directive that operations can apply has another name.
    ///
    /// **Why it breaks.** A server rejects the whole operation that gives the old name.
    /// **What to do.** Keep the old argument beside the new one, marked `@deprecated`; `schemacheck suggest` writes it.
    ///
    /// ```graphql old
    /// directive @cache(maxSeconds: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @cache(maxSecs: Int) on FIELD
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a @cache(maxSeconds: 5) }
    /// ```
    /// ```text report
    /// breaking directive-argument-renamed @cache(maxSeconds:) -> @cache(maxSecs:)
    /// broken known-argument-names
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Argument-Names",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = argument
        && old.parent().is_executable()
    {
        findings.add(
            format_args!(
                "{} is now {}; operations that give the old name are rejected",
                old.coordinate(),
                new.name
            ),
            "",
        );
    }
}
