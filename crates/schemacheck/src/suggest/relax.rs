//! What must be given now, made optional again.

use schemacheck_graphql::schema::ElementId;
use schemacheck_graphql::source::{Sources, Span};

use super::edit::is_editable;
use super::text::nullable;
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;
use crate::diff::Diff;

/// The rules of which the element can be made optional.
const RULES: &[&str] = &[
    "required-argument-added",
    "argument-became-required",
    "argument-default-removed-from-required",
    "required-input-field-added",
    "input-field-became-required",
    "input-field-default-removed-from-required",
    "required-directive-argument-added",
    "directive-argument-became-required",
    "directive-argument-default-removed-from-required",
];

/// The suggestion that makes a required element optional; nothing for other changes.
pub(super) fn relax(sources: &Sources, diff: &Diff<'_>, at: usize, change: &Change) -> Option<Suggestion> {
    if !RULES.contains(&change.rule.id) {
        return None;
    }
    let ElementId::InputValue(new) = change.new_id? else { return None };
    let value = diff.matching.new.input_value(new);
    let place = value.definition.ty.span;
    let ty = diff.matching.new.type_text(value.ty);
    let why = "optional, since old clients do not give it; the resolver supplies a value".to_owned();
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::Relax, why);
    suggestion.sdl = format!("{}: {}", value.name, nullable(&ty));
    if is_editable(sources, place) {
        suggestion.edits.push(Edit::delete(Span { start: place.end - 1, end: place.end }));
    }
    Some(suggestion)
}
