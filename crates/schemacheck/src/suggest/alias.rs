//! Deprecated aliases for renames.

use schemacheck_graphql::schema::{ElementId, EnumValueId, FieldId, InputValueId};

use super::draft::{Draft, bang, nullable};
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;
use crate::matching::{InputTypeChange, OutputTypeChange};
use crate::sunset::advice;

/// The alias that keeps a renamed element alive; nothing for a change that is no rename, or where the type changed so that
/// the old element has to come back as it was.
pub(super) fn alias(draft: &Draft<'_, '_>, at: usize, change: &Change<'_>) -> Option<Suggestion> {
    let ids = (change.old_id?, change.new_id?);
    change.rename.as_ref()?;
    match (change.rule.id, ids) {
        ("field-renamed", (ElementId::Field(old), ElementId::Field(new))) => {
            field(draft, at, change, old, new)
        }
        (
            "argument-renamed" | "directive-argument-renamed",
            (ElementId::InputValue(old), ElementId::InputValue(new)),
        ) => input_value(draft, at, change, SuggestionKind::AliasArgument, old, new),
        ("input-field-renamed", (ElementId::InputValue(old), ElementId::InputValue(new))) => {
            input_value(draft, at, change, SuggestionKind::AliasInputField, old, new)
        }
        ("enum-value-renamed", (ElementId::EnumValue(old), ElementId::EnumValue(new))) => {
            Some(enum_value(draft, at, change, old, new))
        }
        _ => None,
    }
}

/// The old field with the arguments that clients know, of the type that the new one has.
fn field(
    draft: &Draft<'_, '_>,
    at: usize,
    change: &Change<'_>,
    old: FieldId,
    new: FieldId,
) -> Option<Suggestion> {
    let matching = &draft.diff.matching;
    let (old_field, new_field) = (matching.old.field(old), matching.new.field(new));
    // Null is no trouble where the old field could be null, too.
    let change_of_type = matching.output_type_change(old_field.ty, new_field.ty);
    if !matches!(change_of_type, OutputTypeChange::None | OutputTypeChange::Narrowed) {
        return None;
    }
    let Some(arguments) = draft.arguments_text(old) else {
        let why = "a type of its arguments no longer exists".to_owned();
        return Some(Suggestion::new(at, change, SuggestionKind::NonePossible, why));
    };
    let new_type = draft.new_type_text(new_field.ty);
    let deprecated = draft.deprecated(&advice(new_field.name));
    let sdl = format!("{}{arguments}: {new_type} {deprecated}", old_field.name);
    let why = format!("{} stays beside {} and resolves to the same", change.coordinate, new_field.name);
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::AliasField, why);
    suggestion.field = Some((new_field.parent, old_field.name.to_owned()));
    if draft.is_editable(new_field.definition.span) {
        suggestion.edits.push(Edit::insert_behind(draft.sources, new_field.definition.span, &sdl, " "));
    }
    suggestion.sdl = sdl;
    Some(suggestion)
}

/// The old argument or input field, optional. Where the new one is required, it has to become optional too: a required
/// one may not be deprecated (specification, section 3.13.3), and an old client does not give the new name.
fn input_value(
    draft: &Draft<'_, '_>,
    at: usize,
    change: &Change<'_>,
    kind: SuggestionKind,
    old: InputValueId,
    new: InputValueId,
) -> Option<Suggestion> {
    let matching = &draft.diff.matching;
    let (old_value, new_value) = (matching.old.input_value(old), matching.new.input_value(new));
    let relaxed = new_value.is_required();
    if matching.input_type_change(old_value.ty, new_value.ty) == InputTypeChange::Changed {
        if !relaxed {
            return None;
        }
        let (from, to) = (matching.old.type_text(old_value.ty), matching.new.type_text(new_value.ty));
        let why = format!(
            "no alias can be exact: the type changed from {from} to {to}, and {} is required; make it optional, restore \
             the old one and convert",
            new_value.name
        );
        return Some(Suggestion::new(at, change, SuggestionKind::NonePossible, why));
    }
    let old_type = draft.old_type_text(old_value.ty)?;
    let deprecated = draft.deprecated(&advice(new_value.name));
    let alias = format!("{}: {} {deprecated}", old_value.name, nullable(&old_type));
    let place = new_value.definition.span;
    let mut edits = vec![Edit::insert_behind(draft.sources, place, &alias, ", ")];
    let (sdl, why) = if relaxed {
        edits.insert(0, Edit::delete(bang(new_value.definition)));
        let new_type = draft.new_type_text(new_value.ty);
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
    if draft.is_editable(place) {
        suggestion.edits = edits;
    }
    Some(suggestion)
}

/// The old value beside the new one: both mean the same to the server. An answer still has the new spelling.
fn enum_value(
    draft: &Draft<'_, '_>,
    at: usize,
    change: &Change<'_>,
    old: EnumValueId,
    new: EnumValueId,
) -> Suggestion {
    let matching = &draft.diff.matching;
    let (old_value, new_value) = (matching.old.enum_value(old), matching.new.enum_value(new));
    let sdl = format!("{} {}", old_value.name, draft.deprecated(&advice(new_value.name)));
    let why = format!(
        "the server takes both for one value; where it answers the enum, it answers {}",
        new_value.name
    );
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::AliasEnumValue, why);
    if draft.is_editable(new_value.definition.span) {
        // graphql-js answers the last name of a value that has several.
        suggestion.edits.push(Edit::insert_above(draft.sources, new_value.definition.span, &sdl, " "));
    }
    suggestion.sdl = sdl;
    suggestion
}
