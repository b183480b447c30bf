//! Breaking changes that no addition to the schema can soften, and what to do instead.

use super::{Suggestion, SuggestionKind};
use crate::change::Change;

/// Why nothing is possible, by rule.
const REASONS: &[(&str, &str)] = &[
    ("query-root-changed", "a schema has one query root; give the new type the fields of the old one"),
    ("mutation-root-changed", "a schema has one mutation root; give the new type the fields of the old one"),
    (
        "subscription-root-changed",
        "a schema has one subscription root; give the new type the fields of the old one",
    ),
    (
        "mutation-root-removed",
        "without the root type there are no mutations; put the type back, with its resolvers",
    ),
    (
        "subscription-root-removed",
        "without the root type there are no subscriptions; put the type back, with its source streams",
    ),
    (
        "type-kind-changed",
        "a type has one kind; give the new one a name of its own and keep the old one beside it",
    ),
    (
        "field-type-changed",
        "a field has one type; give the new one a name of its own, and keep the old field until nobody selects it",
    ),
    (
        "argument-type-changed",
        "an argument has one type; give the new one a name of its own, and keep the old one optional beside it",
    ),
    (
        "input-field-type-changed",
        "an input field has one type; give the new one a name of its own, and keep the old one optional beside it",
    ),
    (
        "directive-argument-type-changed",
        "an argument has one type; give the new one a name of its own, and keep the old one optional beside it",
    ),
    (
        "output-enum-value-renamed",
        "the server can spell a value only one way; keep the GraphQL name and rename it in code only",
    ),
    ("union-member-removed", "a member that is no type any more cannot be answered"),
    ("interface-removed-from-type", "the type no longer has what the interface asks for"),
];

/// What to do about a change that nothing can soften; nothing for changes that something can.
pub(super) fn impossible(at: usize, change: &Change<'_>) -> Option<Suggestion> {
    let (_, why) = REASONS.iter().find(|(rule, _)| *rule == change.rule.id)?;
    Some(Suggestion::new(at, change, SuggestionKind::NonePossible, (*why).to_owned()))
}
