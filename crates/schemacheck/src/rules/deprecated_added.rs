use schemacheck_graphql::schema::DEFAULT_REASON;

use super::annotations::{deprecation_reason, is_deprecation_unknown};
use super::text::clip;
use super::{Context, Findings};
use crate::element::{Element, Pair};

rule! {
    /// A field, argument, input field or enum value is deprecated.
    ///
    /// **Why it is safe.** It still works; deprecation is an announcement.
    /// **What to do.** Move stored operations off it before it is removed.
    ///
    /// ```graphql old
    /// type Query {
    ///   a: Int
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
    /// safe deprecated-added Query.a
    /// valid
    /// ```
    severity: Safe,
    breaks: [],
    spec: "#sec--deprecated",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("FIELD_DEPRECATION_ADDED"),
    on: Directives,
}

fn check(element: Pair<&dyn Element<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = element.both() else { return };
    if is_deprecation_unknown(old, cx.matching.old) {
        return;
    }
    if let (None, Some(reason)) = (deprecation_reason(old), deprecation_reason(new)) {
        let why = if reason.is_empty() || reason == DEFAULT_REASON {
            String::new()
        } else {
            format!(": {}", clip(&reason))
        };
        findings.add(
            format_args!("{} is deprecated now{why}; operations keep working", old.coordinate()),
            &reason,
        );
    }
}
