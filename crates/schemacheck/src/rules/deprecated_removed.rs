use super::annotations::{deprecation_reason, is_deprecation_unknown};
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// A field, argument, input field or enum value is no longer deprecated.
    ///
    /// **Why it is safe.** It worked before and works now.
    /// **What to do.** Nothing.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int @deprecated(reason: "Use b")
    ///   b: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   a: Int
    ///   b: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { a }
    /// ```
    /// ```text report
    /// safe deprecated-removed Query.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec--deprecated",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("FIELD_DEPRECATION_REMOVED"),
    on: Directives,
}

fn check(element: Pair<&dyn Element<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    if is_deprecation_unknown(new, cx.matching.new) {
        return;
    }
    if let (Some(reason), None) = (deprecation_reason(old), deprecation_reason(new)) {
        findings.add(format_args!("{} is no longer deprecated", old.coordinate()), &reason);
    }
}
