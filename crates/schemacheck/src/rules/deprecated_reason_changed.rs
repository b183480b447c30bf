use super::annotations::deprecation_reason;
use super::text::clip;
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// A field, argument, input field or enum value is deprecated for another reason.
    ///
    /// **Why it is safe.** The reason is a text for people.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int @deprecated
    ///   b: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int @deprecated(reason: "Use b")
    ///   b: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a }
    /// ```
    /// ```text report
    /// safe deprecated-reason-changed Query.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec--deprecated",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("FIELD_DEPRECATION_REASON_CHANGED"),
    on: Directives,
}

fn check(element: Pair<&dyn Element<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    if let (Some(from), Some(to)) = (deprecation_reason(old), deprecation_reason(new))
        && from != to
    {
        findings.add(
            format_args!("{} is deprecated for another reason: {}", old.coordinate(), clip(&to)),
            &format!("{from} {to}"),
        );
    }
}
