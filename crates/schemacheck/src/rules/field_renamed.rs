use super::{Context, Findings};
use crate::element::{Element, FieldElement, Pair};

rule! {
    /// A field has another name.
    ///
    /// **Why it breaks.** A server rejects the whole operation that selects the old name.
    /// **What to do.** Keep the old name beside the new one, marked `@deprecated`; `schemacheck suggest` writes it.
    ///
    /// ```graphql old
    /// type Query {
    ///   message_count: Int
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   msg_count: Int
    /// }
    /// ```
    /// ```graphql operation
    /// { message_count }
    /// ```
    /// ```text report
    /// breaking field-renamed Query.message_count -> Query.msg_count
    /// broken fields-on-correct-type
    /// ```
    severity: Breaking,
    breaks: [Document],
    spec: "#sec-Field-Selections",
    since: "0.1.0",
    graphql_js: None,
    graphql_inspector: None,
    on: Field,
}

fn check(field: Pair<FieldElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Renamed { old, new } = field {
        findings.add(
            format_args!(
                "{} is now {}; operations that select the old name are rejected",
                old.coordinate(),
                new.name
            ),
            "",
        );
    }
}
