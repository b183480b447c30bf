//! Deprecated aliases for renames.

use schemacheck_graphql::schema::{ElementId, FieldId, InputValueId};
use schemacheck_graphql::source::{Sources, Span};

use super::edit::is_editable;
use super::text::{arguments_text, in_new, nullable};
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;
use crate::diff::Diff;
use crate::matching::{InputTypeChange, OutputTypeChange};

/// The alias that keeps a renamed element alive; nothing for a change that is no rename.
pub(super) fn alias(sources: &Sources, diff: &Diff<'_>, at: usize, change: &Change) -> Option<Suggestion> {
    let ids = (change.old_id?, change.new_id?);
    change.rename.as_ref()?;
    match (change.rule.id, ids) {
        ("field-renamed", (ElementId::Field(old), ElementId::Field(new))) => {
            Some(field(sources, diff, at, change, old, new))
        }
        ("argument-renamed", (ElementId::InputValue(old), ElementId::InputValue(new))) => {
            Some(input_value(sources, diff, at, change, SuggestionKind::AliasArgument, old, new))
        }
        ("input-field-renamed", (ElementId::InputValue(old), ElementId::InputValue(new))) => {
            Some(input_value(sources, diff, at, change, SuggestionKind::AliasInputField, old, new))
        }
        _ => None,
    }
}

/// The old field with the arguments that clients know, of the type that the new one has.
fn field(
    sources: &Sources,
    diff: &Diff<'_>,
    at: usize,
    change: &Change,
    old: FieldId,
    new: FieldId,
) -> Suggestion {
    let matching = &diff.matching;
    let (old_field, new_field) = (matching.old.field(old), matching.new.field(new));
    let (old_type, new_type) = (matching.old.type_text(old_field.ty), matching.new.type_text(new_field.ty));
    if matching.output_type_change(old_field.ty, new_field.ty) != OutputTypeChange::None {
        let why = format!(
            "no alias can be exact: the type changed from {old_type} to {new_type}; restore the old field and convert in \
             its resolver"
        );
        return Suggestion::new(at, change, SuggestionKind::NonePossible, why);
    }
    let Some(arguments) = arguments_text(diff, old) else {
        let why = "a type of its arguments no longer exists".to_owned();
        return Suggestion::new(at, change, SuggestionKind::NonePossible, why);
    };
    let sdl = format!("{}{arguments}: {new_type} {}", old_field.name, deprecated(new_field.name));
    let why = format!("{} stays beside {} and resolves to the same", change.coordinate, new_field.name);
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::AliasField, why);
    suggestion.field = Some((new_field.parent, old_field.name.to_owned()));
    if is_editable(sources, new_field.definition.span) {
        suggestion.edits.push(Edit::insert_behind(sources, new_field.definition.span, &sdl, " "));
    }
    suggestion.sdl = sdl;
    suggestion
}

/// The old argument or input field, optional. Where the new one is required, it has to become optional too: a required
/// one may not be deprecated (specification, section 3.13.3), and an old client does not give the new name.
fn input_value(
    sources: &Sources,
    diff: &Diff<'_>,
    at: usize,
    change: &Change,
    kind: SuggestionKind,
    old: InputValueId,
    new: InputValueId,
) -> Suggestion {
    let matching = &diff.matching;
    let (old_value, new_value) = (matching.old.input_value(old), matching.new.input_value(new));
    let compatible = matching.input_type_change(old_value.ty, new_value.ty);
    let Some(old_type) = in_new(diff, old_value.ty).filter(|_| compatible != InputTypeChange::Changed) else {
        let (from, to) = (matching.old.type_text(old_value.ty), matching.new.type_text(new_value.ty));
        let why = format!(
            "no alias can be exact: the type changed from {from} to {to}; restore the old one and convert"
        );
        return Suggestion::new(at, change, SuggestionKind::NonePossible, why);
    };
    let alias = format!("{}: {} {}", old_value.name, nullable(&old_type), deprecated(new_value.name));
    let place = new_value.definition.span;
    let mut edits = vec![Edit::insert_behind(sources, place, &alias, ", ")];
    let relaxed = new_value.is_required();
    let (sdl, why) = if relaxed {
        let bang = new_value.definition.ty.span.end;
        edits.insert(0, Edit::delete(Span { start: bang - 1, end: bang }));
        let new_type = matching.new.type_text(new_value.ty);
        let sdl = format!("{}: {}\n{alias}", new_value.name, nullable(&new_type));
        let why = "required, so both become optional: the server checks that exactly one is given";
        (sdl, why.to_owned())
    } else {
        let why = format!(
            "the server takes {} where it is given, else {}; both is an error",
            new_value.name, old_value.name
        );
        (alias, why)
    };
    let mut suggestion = Suggestion::new(at, change, kind, why);
    suggestion.sdl = sdl;
    if is_editable(sources, place) {
        suggestion.edits = edits;
    }
    suggestion
}

fn deprecated(new_name: &str) -> String {
    format!("@deprecated(reason: \"Use {new_name}\")")
}
