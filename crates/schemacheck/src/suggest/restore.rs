//! What was removed, put back and deprecated where that is possible; what changed, as it was.

use schemacheck_graphql::ast::{Directive, DirectiveLocation, TypeKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{DirectiveId, ElementId, FieldId, InputValueId, TypeId, deprecation};
use schemacheck_graphql::source::Span;
use schemacheck_graphql::value;

use super::draft::{Draft, nullable};
use super::edit::List;
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;
use crate::sunset::{KEPT, advice};

/// The suggestion that puts something back; nothing for a change that took nothing away. What was renamed comes back
/// where it has no alias.
pub(super) fn restore(draft: &Draft<'_, '_>, at: usize, change: &Change<'_>) -> Option<Suggestion> {
    let restore = Restore { draft, at, change };
    match (change.rule.id, change.old_id?) {
        ("type-removed", ElementId::Type(id)) => restore.ty(id),
        ("field-removed" | "field-renamed", ElementId::Field(id)) => restore.field(id),
        ("argument-removed" | "argument-renamed", ElementId::InputValue(id)) => restore.argument(id),
        ("input-field-removed" | "input-field-renamed", ElementId::InputValue(id)) => restore.input_field(id),
        ("directive-argument-removed" | "directive-argument-renamed", ElementId::InputValue(id)) => {
            restore.directive_argument(id)
        }
        ("enum-value-removed", ElementId::EnumValue(id)) => {
            let value = draft.diff.matching.old.enum_value(id);
            let deprecated = restore.deprecated(value.definition.directives);
            Some(restore.behind_last_member(restore.parent()?, format!("{} {deprecated}", value.name)))
        }
        ("union-member-removed", _) => restore.membership("|"),
        ("interface-removed-from-type", _) => restore.membership("&"),
        ("field-nullability-loosened", ElementId::Field(id)) => restore.nullability(id),
        (
            "argument-default-removed-from-required"
            | "input-field-default-removed-from-required"
            | "directive-argument-default-removed-from-required",
            ElementId::InputValue(id),
        ) => restore.default(id),
        ("directive-removed", ElementId::Directive(id)) => restore.directive(id),
        ("directive-location-removed", ElementId::Directive(id)) => restore.locations(id),
        ("directive-repeatable-removed", ElementId::Directive(_)) => restore.repeatable(),
        _ => None,
    }
}

/// One change that took something away.
struct Restore<'r, 'd, 's> {
    draft: &'r Draft<'d, 's>,
    at: usize,
    change: &'r Change<'r>,
}

impl Restore<'_, '_, '_> {
    /// A type by its own text, at the end of the last file.
    fn ty(&self, id: TypeId) -> Option<Suggestion> {
        if !self.draft.restored.contains(&id) {
            return None;
        }
        let ty = self.draft.diff.matching.old.ty(id);
        let parts: Option<Vec<String>> = ty.parts().map(|part| self.draft.definition_text(part)).collect();
        let Some(sdl) = parts.map(|parts| parts.join("\n\n")) else { return Some(self.gone()) };
        let last = self.draft.sources.get(*self.draft.new_texts.last()?);
        let edit = (!last.is_embedded()).then(|| Edit::append(last, &sdl));
        let why = "kept until no stored operation needs it; a type cannot be deprecated";
        Some(self.suggestion(sdl, why, edit))
    }

    fn field(&self, id: FieldId) -> Option<Suggestion> {
        let draft = self.draft;
        let field = draft.diff.matching.old.field(id);
        let parent = draft.diff.matching.new_type(field.parent)?;
        let types = (draft.old_type_text(field.ty), draft.arguments_text(id));
        let (Some(ty), Some(arguments)) = types else { return Some(self.gone()) };
        let deprecated = self.deprecated(field.definition.directives);
        let mut suggestion =
            self.behind_last_member(parent, format!("{}{arguments}: {ty} {deprecated}", field.name));
        suggestion.field = Some((parent, field.name.to_owned()));
        Some(suggestion)
    }

    fn argument(&self, id: InputValueId) -> Option<Suggestion> {
        let matching = &self.draft.diff.matching;
        let SchemaCoordinate::Argument(parent, field, _) = &self.change.coordinate else { return None };
        let old_field = matching.old.field_named(matching.old.type_named(parent)?, field)?;
        let mut fields = matching.fields.iter().filter_map(crate::element::Pair::both);
        let (_, new_field) = fields.find(|(old, _)| old.id == old_field)?;
        let definition = matching.new.field(new_field.id).definition;
        let last = definition.arguments.last().map(|last| last.span);
        Some(self.among_arguments(id, last, definition.name.span))
    }

    fn directive_argument(&self, id: InputValueId) -> Option<Suggestion> {
        let matching = &self.draft.diff.matching;
        let SchemaCoordinate::DirectiveArgument(name, _) = &self.change.coordinate else { return None };
        let old = matching.old.directive_named(name)?;
        let mut directives = matching.directives.iter().filter_map(crate::element::Pair::both);
        let (_, new) = directives.find(|(one, _)| one.id == old)?;
        let definition = matching.new.directive(new.id).definition;
        let last = definition.arguments.last().map(|last| last.span);
        Some(self.among_arguments(id, last, definition.name.span))
    }

    /// An argument behind the last one, or behind the name of what has none.
    fn among_arguments(&self, id: InputValueId, last: Option<Span>, name: Span) -> Suggestion {
        let argument = self.draft.diff.matching.old.input_value(id);
        let Some(ty) = self.draft.old_type_text(argument.ty) else { return self.gone() };
        let deprecated = self.deprecated(argument.definition.directives);
        let sdl = format!("{}: {} {deprecated}", argument.name, nullable(&ty));
        let edit = match last {
            Some(last) => Edit::insert_behind(self.draft.sources, last, &sdl, ", "),
            None => Edit::begin(List::Arguments, name.end, sdl.clone()),
        };
        self.kept(sdl, name, edit)
    }

    fn input_field(&self, id: InputValueId) -> Option<Suggestion> {
        let field = self.draft.diff.matching.old.input_value(id);
        let Some(ty) = self.draft.old_type_text(field.ty) else { return Some(self.gone()) };
        let deprecated = self.deprecated(field.definition.directives);
        Some(
            self.behind_last_member(
                self.parent()?,
                format!("{}: {} {deprecated}", field.name, nullable(&ty)),
            ),
        )
    }

    /// A member of a union, or an interface of a type.
    fn membership(&self, separator: &str) -> Option<Suggestion> {
        let matching = &self.draft.diff.matching;
        let other = matching.old.type_named(self.change.member?)?;
        let name = self.draft.name_of(other)?;
        let definition = matching.new.ty(self.parent()?).definition;
        let last = if separator == "|" { definition.members.last() } else { definition.interfaces.last() };
        let edit = match (last, separator) {
            (Some(last), _) => Edit::insert(last.span.end, format!(" {separator} {name}")),
            (None, "&") => Edit::begin(List::Interfaces, definition.name.span.end, name.to_owned()),
            (None, _) => return None,
        };
        let sdl = match separator {
            "|" => format!("union {} = … | {name}", definition.name.text),
            _ => format!("{} {} implements {name}", definition.kind.keyword(), definition.name.text),
        };
        let why = "kept until no stored operation names it there";
        let edit = self.draft.is_editable(definition.name.span).then_some(edit);
        Some(self.suggestion(sdl, why, edit))
    }

    fn nullability(&self, id: FieldId) -> Option<Suggestion> {
        let ElementId::Field(new) = self.change.new_id? else { return None };
        let matching = &self.draft.diff.matching;
        let ty = self.draft.old_type_text(matching.old.field(id).ty)?;
        let place = matching.new.field(new).definition.ty.span;
        let sdl = format!("{}: {ty}", matching.new.field(new).name);
        let edit = self.draft.is_editable(place).then_some(Edit::replace(place, ty));
        Some(self.suggestion(sdl, "non-null as clients know it; the resolver must answer a value", edit))
    }

    fn default(&self, id: InputValueId) -> Option<Suggestion> {
        let ElementId::InputValue(new) = self.change.new_id? else { return None };
        let matching = &self.draft.diff.matching;
        let new = matching.new.input_value(new);
        let default = value::write(matching.old.input_value(id).default()?);
        let sdl = format!("{}: {} = {default}", new.name, self.draft.new_type_text(new.ty));
        let place = new.definition.ty.span;
        let edit = Edit::insert(place.end, format!(" = {default}"));
        let why = "optional by the default that clients count on";
        Some(self.suggestion(sdl, why, self.draft.is_editable(place).then_some(edit)))
    }

    fn directive(&self, id: DirectiveId) -> Option<Suggestion> {
        let definition = self.draft.diff.matching.old.directive(id).definition;
        let types = definition.arguments.iter().map(|argument| argument.ty.name.text);
        let new = self.draft.diff.matching.new;
        if !types.into_iter().all(|name| new.type_named(name).is_some()) {
            return Some(self.gone());
        }
        let sdl = self.draft.sources.text(definition.span).to_owned();
        let last = self.draft.sources.get(*self.draft.new_texts.last()?);
        let edit = (!last.is_embedded()).then(|| Edit::append(last, &sdl));
        Some(self.suggestion(
            sdl,
            "accepted, without effect if need be, until no stored operation applies it",
            edit,
        ))
    }

    fn locations(&self, id: DirectiveId) -> Option<Suggestion> {
        let ElementId::Directive(new) = self.change.new_id? else { return None };
        let matching = &self.draft.diff.matching;
        let (old, new) = (matching.old.directive(id).definition, matching.new.directive(new).definition);
        let gone = old.locations.iter().filter(|location| !new.locations.contains(location));
        let gone: Vec<&str> = gone
            .filter(|location| location.is_executable())
            .map(|one| DirectiveLocation::name(*one))
            .collect();
        let sdl = format!("directive @{} on … | {}", new.name.text, gone.join(" | "));
        let edit = Edit::insert(new.span.end, format!(" | {}", gone.join(" | ")));
        let why = "accepted there, without effect if need be, until no stored operation applies it";
        Some(self.suggestion(sdl, why, self.draft.is_editable(new.span).then_some(edit)))
    }

    fn repeatable(&self) -> Option<Suggestion> {
        let ElementId::Directive(new) = self.change.new_id? else { return None };
        let new = self.draft.diff.matching.new.directive(new).definition;
        // `repeatable` stands behind the arguments, before `on`.
        let text = self.draft.sources.text(new.span);
        let behind = new.arguments.last().map_or(new.name.span.end, |last| last.span.end);
        let rest = text.get((behind - new.span.start) as usize..)?;
        let at = behind + if new.arguments.is_empty() { 0 } else { rest.find(')')? as u32 + 1 };
        let edit = Edit::insert(at, " repeatable".to_owned());
        let sdl = format!("directive @{} repeatable on …", new.name.text);
        Some(self.suggestion(
            sdl,
            "may stand several times until no stored operation does that",
            self.draft.is_editable(new.span).then_some(edit),
        ))
    }

    /// The type of the new schema that the change lies in.
    fn parent(&self) -> Option<TypeId> {
        let matching = &self.draft.diff.matching;
        matching.new_type(matching.old.type_named(self.change.coordinate.type_name()?)?)
    }

    /// Puts an entry behind the last one of a type's own definition.
    fn behind_last_member(&self, parent: TypeId, sdl: String) -> Suggestion {
        let ty = self.draft.diff.matching.new.ty(parent);
        let last = match ty.kind {
            TypeKind::InputObject => ty.definition.input_fields.last().map(|last| last.span),
            TypeKind::Enum => ty.definition.values.last().map(|last| last.span),
            _ => ty.definition.fields.last().map(|last| last.span),
        };
        match last {
            Some(last) => {
                let edit = Edit::insert_behind(self.draft.sources, last, &sdl, " ");
                self.kept(sdl, last, edit)
            }
            None => self.gone(),
        }
    }

    fn kept(&self, sdl: String, place: Span, edit: Edit) -> Suggestion {
        let edit = self.draft.is_editable(place).then_some(edit);
        let why = match self.change.rename {
            Some(_) => "kept as it was, since its type changed with its name: the server converts",
            None => "kept, deprecated, until no stored operation uses it",
        };
        self.suggestion(sdl, why, edit)
    }

    /// A deprecation that names what the element is called now, else the one that it had, else one that says why it stays.
    fn deprecated(&self, directives: &[Directive<'_>]) -> String {
        if let Some(rename) = &self.change.rename {
            return self.draft.deprecated(&advice(&rename.to));
        }
        let had = deprecation(directives).and_then(|deprecation| deprecation.reason);
        self.draft.deprecated(had.as_deref().unwrap_or(KEPT))
    }

    fn suggestion(&self, sdl: String, why: &str, edit: Option<Edit>) -> Suggestion {
        let mut suggestion = Suggestion::new(self.at, self.change, SuggestionKind::Restore, why.to_owned());
        suggestion.sdl = sdl;
        suggestion.edits.extend(edit);
        suggestion
    }

    fn gone(&self) -> Suggestion {
        let why = "a type that it needs no longer exists; restore that first".to_owned();
        Suggestion::new(self.at, self.change, SuggestionKind::NonePossible, why)
    }
}
