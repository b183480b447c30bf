//! Types and directives keep their GraphQL names. No alias of them is possible: a value has one type, and `__typename`
//! answers one name. What was renamed in code need not be renamed in the schema.

use schemacheck_graphql::ast::{Directive, InputValueDefinition, Name, TypeDefinition};
use schemacheck_graphql::schema::ElementId;
use schemacheck_graphql::source::Span;

use super::draft::Draft;
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::Change;

/// The suggestion that gives a renamed type or directive its name back; nothing for other changes.
pub(super) fn keep(draft: &Draft<'_, '_>, at: usize, change: &Change<'_>) -> Option<Suggestion> {
    let matching = &draft.diff.matching;
    let ids = match (change.old_id?, change.new_id?) {
        (ElementId::Root(kind), ElementId::Root(_)) => {
            (ElementId::Type(matching.old.root(kind)?), ElementId::Type(matching.new.root(kind)?))
        }
        ids => ids,
    };
    let (old, new, places, sdl) = match ids {
        (ElementId::Type(old), ElementId::Type(new)) if draft.kept_types.contains(&new) => {
            let (old, new) = (matching.old.ty(old), matching.new.ty(new));
            (old.name, new.name, type_places(draft, new.name), format!("{} {}", new.kind.keyword(), old.name))
        }
        (ElementId::Directive(old), ElementId::Directive(new)) if draft.kept_directives.contains(&new) => {
            let (old, new) = (matching.old.directive(old).name, matching.new.directive(new).name);
            (old, new, directive_places(draft, new), format!("directive @{old}"))
        }
        _ => return None,
    };
    let why = format!("the schema keeps the name {old}; rename {new} in code only");
    let mut suggestion = Suggestion::new(at, change, SuggestionKind::KeepTypeName, why);
    suggestion.sdl = sdl;
    if places.iter().all(|&place| draft.is_editable(place)) {
        suggestion.edits = places.into_iter().map(|span| Edit::replace(span, old.to_owned())).collect();
    }
    Some(suggestion)
}

/// Where the new schema names a type.
fn type_places(draft: &Draft<'_, '_>, name: &str) -> Vec<Span> {
    let new = draft.diff.matching.new;
    let types = new.types().flat_map(|(_, ty)| ty.parts()).flat_map(names_in);
    let directives =
        new.directives().flat_map(|(_, directive)| directive.definition.arguments).map(|one| one.ty.name);
    let roots =
        new.definitions().iter().flat_map(|definition| definition.operation_types).map(|entry| entry.ty);
    let mut places: Vec<Span> = types
        .chain(directives)
        .chain(roots)
        .filter(|found| found.text == name)
        .map(|found| found.span)
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Where the new schema names a directive, without the `@`.
fn directive_places(draft: &Draft<'_, '_>, name: &str) -> Vec<Span> {
    let new = draft.diff.matching.new;
    let definition = new.directive_named(name).map(|id| new.directive(id).definition.name.span);
    let types = new.types().flat_map(|(_, ty)| ty.parts()).flat_map(directives_in);
    let schema = new.definitions().iter().flat_map(|definition| definition.directives);
    let arguments = new.directives().flat_map(|(_, directive)| directive.definition.arguments);
    let applied = types.chain(schema).chain(arguments.flat_map(|argument| argument.directives));
    let applied =
        applied.filter(|directive| directive.name.text == name).map(|directive| directive.name.span);
    // The span of a directive's name may begin with the `@`.
    let length = name.len() as u32;
    let mut places: Vec<Span> = definition
        .into_iter()
        .chain(applied)
        .map(|span| Span { start: span.end - length, end: span.end })
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// All names of types in a definition, its own first.
pub(super) fn names_in<'a>(part: &'a TypeDefinition<'a>) -> impl Iterator<Item = Name<'a>> {
    let own = std::iter::once(part.name);
    let others = part.interfaces.iter().chain(part.members).copied();
    let fields = part.fields.iter().flat_map(|field| {
        std::iter::once(field.ty.name).chain(field.arguments.iter().map(|argument| argument.ty.name))
    });
    own.chain(others).chain(fields).chain(part.input_fields.iter().map(|field| field.ty.name))
}

/// All directives that are applied in a definition.
pub(super) fn directives_in<'a>(part: &'a TypeDefinition<'a>) -> impl Iterator<Item = &'a Directive<'a>> {
    fn of_inputs<'a>(inputs: &'a [InputValueDefinition<'a>]) -> impl Iterator<Item = &'a Directive<'a>> {
        inputs.iter().flat_map(|input| input.directives)
    }
    let fields =
        part.fields.iter().flat_map(|field| field.directives.iter().chain(of_inputs(field.arguments)));
    let values = part.values.iter().flat_map(|value| value.directives);
    part.directives.iter().chain(fields).chain(of_inputs(part.input_fields)).chain(values)
}
