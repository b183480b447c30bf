//! What was removed, put back and deprecated; what became null, non-null again.

use schemacheck_graphql::ast::TypeKind;
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{ElementId, TypeId, deprecation};
use schemacheck_graphql::source::{Sources, Span};

use super::edit::is_editable;
use super::text::{arguments_text, in_new, nullable};
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;
use crate::diff::Diff;

/// The suggestion that puts something back; nothing for a change that took nothing away.
pub(super) fn restore(sources: &Sources, diff: &Diff<'_>, at: usize, change: &Change) -> Option<Suggestion> {
    let matching = &diff.matching;
    match (change.rule.id, change.old_id?) {
        ("field-removed", ElementId::Field(id)) => {
            let field = matching.old.field(id);
            let parent = matching.new_type(field.parent)?;
            let types = (in_new(diff, field.ty), arguments_text(diff, id));
            let (Some(ty), Some(arguments)) = types else {
                return Some(gone(at, change));
            };
            let reason = deprecated(field.definition.directives);
            let sdl = format!("{}{arguments}: {ty} {reason}", field.name);
            let mut suggestion = behind_last_field(sources, diff, at, change, parent, sdl);
            suggestion.field = Some((parent, field.name.to_owned()));
            Some(suggestion)
        }
        ("argument-removed", ElementId::InputValue(id)) => {
            let argument = matching.old.input_value(id);
            let SchemaCoordinate::Argument(parent, field, _) = &change.coordinate else { return None };
            let parent = matching.new_type(matching.old.type_named(parent)?)?;
            let field = matching.new.field_named(parent, field)?;
            let Some(ty) = in_new(diff, argument.ty) else { return Some(gone(at, change)) };
            let sdl = format!(
                "{}: {} {}",
                argument.name,
                nullable(&ty),
                deprecated(argument.definition.directives)
            );
            let definition = matching.new.field(field).definition;
            let edit = match definition.arguments.last() {
                Some(last) => Edit::insert_behind(sources, last.span, &sdl, ", "),
                None => Edit::insert(definition.name.span.end, format!("({sdl})")),
            };
            Some(kept(sources, at, change, sdl, definition.name.span, edit))
        }
        ("input-field-removed", ElementId::InputValue(id)) => {
            let field = matching.old.input_value(id);
            let parent = matching.new_type(matching.old.type_named(change.coordinate.type_name()?)?)?;
            let Some(ty) = in_new(diff, field.ty) else { return Some(gone(at, change)) };
            let sdl =
                format!("{}: {} {}", field.name, nullable(&ty), deprecated(field.definition.directives));
            Some(behind_last_field(sources, diff, at, change, parent, sdl))
        }
        ("enum-value-removed", ElementId::EnumValue(id)) => {
            let value = matching.old.enum_value(id);
            let parent = matching.new_type(matching.old.type_named(change.coordinate.type_name()?)?)?;
            let sdl = format!("{} {}", value.name, deprecated(value.definition.directives));
            Some(behind_last_field(sources, diff, at, change, parent, sdl))
        }
        ("field-nullability-loosened", ElementId::Field(id)) => {
            let ElementId::Field(new) = change.new_id? else { return None };
            let ty = in_new(diff, matching.old.field(id).ty)?;
            let place = matching.new.field(new).definition.ty.span;
            let sdl = format!("{}: {ty}", matching.new.field(new).name);
            let edit = Edit { span: place, text: ty };
            let mut suggestion = kept(sources, at, change, sdl, place, edit);
            suggestion.why = "non-null as clients know it; the resolver must answer a value".into();
            Some(suggestion)
        }
        _ => None,
    }
}

/// Puts an entry behind the last one of a type's own definition.
fn behind_last_field(
    sources: &Sources,
    diff: &Diff<'_>,
    at: usize,
    change: &Change,
    parent: TypeId,
    sdl: String,
) -> Suggestion {
    let ty = diff.matching.new.ty(parent);
    let last = match ty.kind {
        TypeKind::InputObject => ty.definition.input_fields.last().map(|last| last.span),
        TypeKind::Enum => ty.definition.values.last().map(|last| last.span),
        _ => ty.definition.fields.last().map(|last| last.span),
    };
    match last {
        Some(last) => {
            let edit = Edit::insert_behind(sources, last, &sdl, " ");
            kept(sources, at, change, sdl, last, edit)
        }
        None => gone(at, change),
    }
}

fn kept(sources: &Sources, at: usize, change: &Change, sdl: String, place: Span, edit: Edit) -> Suggestion {
    let why = "kept, deprecated, until no stored operation uses it".to_owned();
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::Restore, why);
    suggestion.sdl = sdl;
    suggestion.edits.extend(is_editable(sources, place).then_some(edit));
    suggestion
}

fn gone(at: usize, change: &Change) -> Suggestion {
    let why = "a type that it needs no longer exists; restore that first".to_owned();
    Suggestion::new(at, change, SuggestionKind::NonePossible, why)
}

/// The deprecation that the element had, or one that says why it stays.
fn deprecated(directives: &[schemacheck_graphql::ast::Directive<'_>]) -> String {
    let reason = deprecation(directives).and_then(|deprecation| deprecation.reason);
    let reason = reason.unwrap_or_else(|| "Kept for old clients".to_owned());
    format!("@deprecated(reason: {})", serde_json::Value::from(reason))
}
