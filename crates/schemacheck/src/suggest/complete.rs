//! What an interface gets, every implementer needs as well (specification, section 3.7): the field, and each argument
//! with the same type. Those that do not get it by a suggestion of their own get it by the interface's. And what a renamed
//! field gets, its arguments need not get again.

use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{ElementId, FieldId, TypeId};

use super::draft::{Draft, bang};
use super::edit::List;
use super::{Edit, Suggestion, SuggestionKind};
use crate::change::{Change, Severity};
use crate::element::Pair;

/// Leaves to what brings a renamed element back as it was all else that became of the element.
pub(super) fn restored(draft: &Draft<'_, '_>, suggestions: &mut Vec<Suggestion>) {
    let changes = &draft.diff.changes;
    let mut back: HashMap<ElementId, Vec<usize>> = HashMap::new();
    for suggestion in suggestions.iter().filter(|one| one.kind == SuggestionKind::Restore) {
        let change = &changes[suggestion.resolves[0]];
        back.extend(change.old_id.filter(|_| change.rename.is_some()).map(|old| (old, Vec::new())));
    }
    for (at, change) in changes.iter().enumerate() {
        if let Some(others) = change.old_id.and_then(|old| back.get_mut(&old))
            && change.severity() == Severity::Breaking
            && change.rename.is_none()
        {
            others.push(at);
        }
    }
    suggestions.retain(|suggestion| {
        let change = &changes[suggestion.resolves[0]];
        change.rename.is_some() || change.old_id.is_none_or(|old| !back.contains_key(&old))
    });
    for suggestion in suggestions.iter_mut().filter(|one| one.kind == SuggestionKind::Restore) {
        let others = changes[suggestion.resolves[0]].old_id.and_then(|old| back.get(&old));
        suggestion.resolves.extend(others.into_iter().flatten());
    }
}

/// Leaves to the old name of a renamed field what puts arguments of that field back: old clients call the old name, which
/// takes the arguments that they know, and the new field stays as it is.
pub(super) fn aliases(draft: &Draft<'_, '_>, suggestions: &mut Vec<Suggestion>) {
    let change = |suggestion: &Suggestion| &draft.diff.changes[suggestion.resolves[0]];
    let mut covered: HashMap<SchemaCoordinate<&str>, Vec<usize>> = HashMap::new();
    let is_old_field =
        |suggestion: &Suggestion| suggestion.field.is_some() && change(suggestion).rename.is_some();
    for alias in suggestions.iter().filter(|suggestion| is_old_field(suggestion)) {
        covered.insert(change(alias).coordinate, Vec::new());
    }
    suggestions.retain(|suggestion| {
        let adds = matches!(suggestion.kind, SuggestionKind::AliasArgument | SuggestionKind::Restore);
        let SchemaCoordinate::Argument(ty, field, _) = change(suggestion).coordinate else { return true };
        let Some(changes) = covered.get_mut(&SchemaCoordinate::Member(ty, field)).filter(|_| adds) else {
            return true;
        };
        changes.extend(&suggestion.resolves);
        false
    });
    for alias in suggestions.iter_mut().filter(|suggestion| is_old_field(suggestion)) {
        let changes = covered.remove(&change(alias).coordinate).unwrap_or_default();
        if !changes.is_empty() {
            alias.why.push_str(", with the arguments that it had");
        }
        alias.resolves.extend(changes);
    }
}

/// Completes the suggestions that add a field to an interface.
pub(super) fn fields(draft: &Draft<'_, '_>, suggestions: &mut [Suggestion]) {
    let new = draft.diff.matching.new;
    let mut added: HashSet<(TypeId, String)> =
        suggestions.iter().filter_map(|suggestion| suggestion.field.clone()).collect();
    for suggestion in suggestions {
        let Some((interface, name)) = suggestion.field.clone().filter(|_| !suggestion.edits.is_empty())
        else {
            continue;
        };
        for (id, ty) in new.types().filter(|(_, ty)| ty.interfaces.contains(&interface)) {
            if new.field_named(id, &name).is_none()
                && added.insert((id, name.clone()))
                && let Some(last) = ty.definition.fields.last()
            {
                suggestion.edits.push(Edit::insert_behind(draft.sources, last.span, &suggestion.sdl, " "));
            }
        }
    }
}

/// Completes the suggestions that add or relax an argument of a field that an interface shares with its implementers.
/// Where those have a suggestion of their own, the edits are equal, and count once.
pub(super) fn arguments(draft: &Draft<'_, '_>, suggestions: &mut [Suggestion]) {
    let new = draft.diff.matching.new;
    for suggestion in suggestions.iter_mut().filter(|suggestion| !suggestion.edits.is_empty()) {
        let change = &draft.diff.changes[suggestion.resolves[0]];
        let Some((field, argument)) = argument_of(draft, change) else { continue };
        let adds = matches!(suggestion.kind, SuggestionKind::AliasArgument | SuggestionKind::Restore);
        let added = suggestion.sdl.lines().last().filter(|_| adds).unwrap_or_default().to_owned();
        let added_name = added.split(':').next().unwrap_or_default();
        let (parent, name) = (new.field(field).parent, new.field(field).name);
        for (id, ty) in new.types() {
            let related = ty.interfaces.contains(&parent) || new.ty(parent).interfaces.contains(&id);
            let Some(other) = new.field_named(id, name).filter(|_| related) else { continue };
            let same = new.argument_named(other, argument).map(|id| new.input_value(id));
            if let Some(same) = same.filter(|same| same.is_required()) {
                suggestion.edits.push(Edit::delete(bang(same.definition)));
            }
            let definition = new.field(other).definition;
            let behind =
                same.map(|same| same.definition.span).or(definition.arguments.last().map(|last| last.span));
            if added_name.is_empty() || new.argument_named(other, added_name).is_some() {
                continue;
            }
            suggestion.edits.push(match behind {
                Some(behind) => Edit::insert_behind(draft.sources, behind, &added, ", "),
                None => Edit::begin(List::Arguments, definition.name.span.end, added.clone()),
            });
        }
    }
}

/// The field of the new schema that a change of an argument lies in, and the argument's name there.
fn argument_of<'c>(draft: &Draft<'_, '_>, change: &'c Change<'_>) -> Option<(FieldId, &'c str)> {
    let matching = &draft.diff.matching;
    let in_new = change.new_id.map(|_| change.new_coordinate.as_ref().unwrap_or(&change.coordinate));
    if let Some(SchemaCoordinate::Argument(ty, field, argument)) = in_new {
        return Some((matching.new.field_named(matching.new.type_named(ty)?, field)?, argument));
    }
    let SchemaCoordinate::Argument(ty, field, argument) = &change.coordinate else { return None };
    let old = matching.old.field_named(matching.old.type_named(ty)?, field)?;
    let (_, new) = matching.fields.iter().filter_map(Pair::both).find(|(before, _)| before.id == old)?;
    Some((new.id, argument))
}
