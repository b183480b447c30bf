use super::text::clip;
use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// The behaviour of a scalar is specified elsewhere.
    ///
    /// **Why it may hurt.** Its values may be written differently, in what clients send and in what they are answered.
    /// **What to do.** Compare the two specifications. Where values differ, add a scalar under a new name.
    ///
    /// ```graphql old
    /// type Query {
    ///   at: Time
    /// }
    /// scalar Time @specifiedBy(url: "https://example.com/time/1")
    /// ```
    /// ```graphql new
    /// type Query {
    ///   at: Time
    /// }
    /// scalar Time @specifiedBy(url: "https://example.com/time/2")
    /// ```
    /// ```text report
    /// dangerous specified-by-changed Time
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec--specifiedBy",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: Some("DIRECTIVE_USAGE_SCALAR_ADDED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    let Some((old, new)) = ty.both().filter(|(old, new)| old.kind == new.kind) else { return };
    let (before, after) = (old.specified_by(), new.specified_by());
    let is_untold = |url: &Option<_>, ty: TypeElement<'_>| url.is_none() && ty.schema.unknown().specified_by;
    if before == after || is_untold(&before, old) || is_untold(&after, new) {
        return;
    }
    let name = old.name;
    let message = match (&before, &after) {
        (Some(from), Some(to)) => {
            format!("{name} is specified by {} instead of {}; its values may differ", clip(to), clip(from))
        }
        (None, Some(to)) => format!("{name} is specified by {} now; its values may differ", clip(to)),
        (Some(from), _) => format!("{name} is no longer specified by {}; its values may differ", clip(from)),
        (None, None) => return,
    };
    let details = format!("{} {}", before.unwrap_or_default(), after.unwrap_or_default());
    findings.add(format_args!("{message}"), &details);
}
