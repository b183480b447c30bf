//! What must be given now, made optional again.

use schemacheck_graphql::schema::ElementId;
use schemacheck_graphql::source::Span;

use super::draft::{Draft, bang, nullable};
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;

/// The rules of which the element can be made optional.
const RULES: &[&str] = &[
    "required-argument-added",
    "argument-became-required",
    "required-input-field-added",
    "input-field-became-required",
    "required-directive-argument-added",
    "directive-argument-became-required",
];

/// The suggestion that makes a required element optional; nothing for other changes.
pub(super) fn relax(draft: &Draft<'_, '_>, at: usize, change: &Change<'_>) -> Option<Suggestion> {
    if change.rule.id == "one-of-added" {
        return one_of(draft, at, change);
    }
    if !RULES.contains(&change.rule.id) {
        return None;
    }
    let ElementId::InputValue(new) = change.new_id? else { return None };
    let value = draft.diff.matching.new.input_value(new);
    let why = "optional, since old clients do not give it; the resolver supplies a value".to_owned();
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::Relax, why);
    suggestion.sdl = format!("{}: {}", value.name, nullable(&draft.new_type_text(value.ty)));
    if draft.is_editable(value.definition.ty.span) {
        suggestion.edits.push(Edit::delete(bang(value.definition)));
    }
    Some(suggestion)
}

/// The input object without `@oneOf`.
fn one_of(draft: &Draft<'_, '_>, at: usize, change: &Change<'_>) -> Option<Suggestion> {
    let ElementId::Type(new) = change.new_id? else { return None };
    let ty = draft.diff.matching.new.ty(new);
    let directive = ty.directives().find(|directive| directive.name.text == "oneOf")?;
    let why =
        "without @oneOf, since old clients give several fields or none; the resolver decides what that means";
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::Relax, why.to_owned());
    suggestion.sdl = format!("input {}", ty.name);
    if draft.is_editable(directive.span) {
        let source = draft.sources.source_at(directive.span.start);
        let before = &source.text()[..(directive.span.start - source.base()) as usize];
        let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
        let start = directive.span.start - blank as u32;
        suggestion.edits.push(Edit::delete(Span { start, end: directive.span.end }));
    }
    Some(suggestion)
}
