//! What objects are answered with on two schemas. A fragment on an interface or a union holds for the objects that
//! belong to it, and a document can stay valid where one of them left or joined: other objects still give the
//! fragment a meaning.
//!
//! For each object type that may stand at a place on both schemas, the selections are merged by their keys in the
//! response (specification, section 6.3.2). A key is lost where no selection gives it that still holds.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::ast::{
    Directive, Document, Field, Name, OperationDefinition, Selection, SelectionSet, TypeKind, ValueKind,
};
use schemacheck_graphql::schema::{Schema, TypeId};
use schemacheck_graphql::source::Span;
use schemacheck_graphql::usage::fragment_named;

use crate::matching::Matching;
use crate::shape::new_field;

/// How much is looked at for one operation: selections of each object, and what they hang on. Real ones stay below a
/// hundredth of it.
const MAX_WORK: usize = 500_000;

/// An object that is answered with more or with less, though the selections are the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved {
    /// The selection that it has no more, or now.
    pub(crate) span: Span,
    /// The object type, of the old schema.
    pub(crate) object: TypeId,
    /// The type of the old schema that it left or joined.
    pub(crate) group: TypeId,
    /// Whether it left.
    pub(crate) left: bool,
    /// Whether no object keeps the selection.
    pub(crate) certain: bool,
}

/// The interfaces and unions of the old schema that an object of both schemas left or joined, each with one such object.
pub(crate) fn regrouped(matching: &Matching<'_>) -> HashMap<TypeId, TypeId> {
    let (old, new) = (matching.old, matching.new);
    let moved = |group: TypeId| {
        let counterpart = matching.new_type(group)?;
        let (before, after) = (old.possible_types(group), new.possible_types(counterpart));
        let is_object = |object: TypeId| new.ty(object).kind == TypeKind::Object;
        let left = before.iter().copied().find(|&object| {
            matching.new_type(object).is_some_and(|new| is_object(new) && after.binary_search(&new).is_err())
        });
        left.or_else(|| {
            let mut objects = after.iter().filter_map(|&object| matching.old_type(object));
            objects.find(|object| {
                old.ty(*object).kind == TypeKind::Object && before.binary_search(object).is_err()
            })
        })
    };
    old.types().filter_map(|(group, _)| Some((group, moved(group)?))).collect()
}

/// The objects of an operation that are answered with more or with less; nothing where finding them takes too long.
pub(crate) fn moved<'d>(
    matching: &Matching<'_>,
    document: &Document<'d>,
    operation: &'d OperationDefinition<'d>,
) -> Option<Vec<Moved>> {
    let (old, new) = (matching.old, matching.new);
    let (Some(old_root), Some(new_root)) = (old.root(operation.kind), new.root(operation.kind)) else {
        return Some(Vec::new());
    };
    let mut walk = Walk { matching, old, new, document, work_left: MAX_WORK, keys: BTreeMap::new() };
    let all = Held { on: [true, true], between: Vec::new(), when: Vec::new() };
    let mut seen = HashSet::new();
    let mut places =
        vec![Place { old: old_root, new: new_root, parts: vec![(&operation.selection_set, all)] }];
    while let Some(place) = places.pop() {
        if seen.insert(place.identity()) {
            walk.place(&place, &mut places)?;
        }
    }
    let certain = |Key { moved, kept }| moved.into_iter().map(move |moved| Moved { certain: !kept, ..moved });
    Some(walk.keys.into_values().flat_map(certain).collect())
}

/// A place of the response: the selections that are merged there, and the type that stands there.
struct Place<'d> {
    old: TypeId,
    new: TypeId,
    parts: Vec<(&'d SelectionSet<'d>, Held<'d>)>,
}

impl<'d> Place<'d> {
    fn identity(&self) -> (TypeId, TypeId, Vec<(u32, Held<'d>)>) {
        let parts = self.parts.iter().map(|(set, held)| (set.id, held.clone()));
        (self.old, self.new, parts.collect())
    }
}

/// When selections hold.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Held<'d> {
    /// Whether they do for the objects at hand, on the old and on the new schema.
    on: [bool; 2],
    /// The object and each group that it left or joined, where they do on one of them.
    between: Vec<(TypeId, TypeId)>,
    /// What `@skip` and `@include` around them ask: the directive and its variable.
    when: Vec<(&'d str, &'d str)>,
}

impl<'d> Held<'d> {
    /// What a copy of it costs.
    fn size(&self) -> usize {
        1 + self.between.len() + self.when.len()
    }

    /// The same below these directives; nothing where they take it out of every answer.
    fn below(&self, directives: &[Directive<'d>]) -> Option<Self> {
        let mut below = self.clone();
        for directive in directives {
            let name = directive.name.text;
            if !matches!(name, "skip" | "include") {
                continue;
            }
            match directive.arguments.first().map(|argument| argument.value.kind) {
                Some(ValueKind::Boolean(value)) if value == (name == "skip") => return None,
                Some(ValueKind::Boolean(_)) => {}
                Some(ValueKind::Variable(variable)) => below.when.push((name, variable)),
                _ => below.when.push((name, "")),
            }
        }
        Some(below)
    }

    /// Whether these selections are in every answer that those are in, as far as the directives tell.
    fn covers(&self, other: &Self) -> bool {
        self.when.iter().all(|condition| other.when.contains(condition))
    }
}

/// What became of a key of the response.
#[derive(Default)]
struct Key {
    moved: Vec<Moved>,
    /// Whether an object has it on the new schema, if only at times.
    kept: bool,
}

struct Walk<'s, 'd> {
    matching: &'s Matching<'s>,
    old: &'s Schema<'s>,
    new: &'s Schema<'s>,
    document: &'s Document<'d>,
    work_left: usize,
    /// By the selection sets that are merged at a place, and the key.
    keys: BTreeMap<(Vec<u32>, &'d str), Key>,
}

impl<'d> Walk<'_, 'd> {
    fn spend(&mut self, work: usize) -> Option<()> {
        self.work_left = self.work_left.checked_sub(work)?;
        Some(())
    }

    /// Compares what each object at a place is answered with; `below` takes the places of what it keeps.
    fn place(&mut self, place: &Place<'d>, below: &mut Vec<Place<'d>>) -> Option<()> {
        let sets: Vec<u32> = place.parts.iter().map(|(set, _)| set.id).collect();
        for &object in self.old.possible_types(place.old) {
            let counterpart = self.matching.new_type(object);
            let stays =
                counterpart.filter(|new| self.new.possible_types(place.new).binary_search(new).is_ok());
            let Some(counterpart) = stays else { continue };
            let fields = self.fields(place, object, counterpart)?;
            for group in fields.chunk_by(|(one, _), (other, _)| one.response_name() == other.response_name())
            {
                self.spend(sets.len())?;
                let moved = self.moved_in(group)?;
                let (field, _) = group[0];
                let key = self.keys.entry((sets.clone(), field.response_name())).or_default();
                let [before, after] = [0, 1].map(|side| group.iter().any(|(_, held)| held.on[side]));
                key.kept |= after;
                key.moved.extend(moved);
                if !(before && after) {
                    continue;
                }
                let Some(old) = self.old.selected_field(object, field.name.text) else { continue };
                let new = new_field(self.matching, counterpart, old, field.name.text);
                let Some(new) = new else { continue };
                let parts: Vec<_> = group
                    .iter()
                    .filter_map(|(field, held)| Some((field.selection_set.as_ref()?, held.clone())))
                    .collect();
                if !parts.is_empty() {
                    let (old, new) = (self.old.field(old).ty.named, self.new.field(new).ty.named);
                    below.push(Place { old, new, parts });
                }
            }
        }
        Some(())
    }

    /// Why an object lost or gained the key of these fields, if only at times.
    fn moved_in(&mut self, group: &[(&'d Field<'d>, Held<'d>)]) -> Option<Vec<Moved>> {
        let mut moved = Vec::new();
        for (field, held) in group.iter().filter(|(_, held)| held.on[0] != held.on[1]) {
            self.spend(group.len() * held.size())?;
            let left = held.on[0];
            if !group.iter().any(|(_, other)| other.on[usize::from(left)] && other.covers(held)) {
                let between = held.between.iter();
                moved.extend(between.map(|&(object, group)| Moved {
                    span: field.span,
                    object,
                    group,
                    left,
                    certain: false,
                }));
            }
        }
        Some(moved)
    }

    /// The fields that an object is answered with on one of the schemas at least, by their keys.
    fn fields(
        &mut self,
        place: &Place<'d>,
        object: TypeId,
        counterpart: TypeId,
    ) -> Option<Vec<(&'d Field<'d>, Held<'d>)>> {
        let mut fields = Vec::new();
        let mut parts = place.parts.clone();
        while let Some((set, held)) = parts.pop() {
            self.spend((1 + set.selections.len()) * held.size())?;
            for selection in set.selections {
                let (condition, directives, set) = match *selection {
                    Selection::Field(field) => {
                        fields.extend(held.below(field.directives).map(|held| (field, held)));
                        continue;
                    }
                    Selection::InlineFragment(node) => {
                        (node.type_condition, node.directives, &node.selection_set)
                    }
                    Selection::FragmentSpread(node) => {
                        let Some(fragment) = fragment_named(self.document, node.name.text) else { continue };
                        (Some(fragment.type_condition), node.directives, &fragment.selection_set)
                    }
                };
                let below = held.below(directives);
                let below = below.and_then(|held| self.through(held, condition, object, counterpart));
                parts.extend(below.map(|held| (set, held)));
            }
        }
        fields.sort_by_key(|(field, _)| (field.response_name(), field.span));
        Some(fields)
    }

    /// What holds for an object behind a type condition; nothing where it does on neither schema.
    fn through(
        &self,
        mut held: Held<'d>,
        condition: Option<Name<'d>>,
        object: TypeId,
        counterpart: TypeId,
    ) -> Option<Held<'d>> {
        let Some(condition) = condition else { return Some(held) };
        let group = self.old.type_named(condition.text)?;
        let in_old = self.old.possible_types(group).binary_search(&object).is_ok();
        let new = self.matching.new_type(group);
        let in_new = new.is_some_and(|new| self.new.possible_types(new).binary_search(&counterpart).is_ok());
        held.on = [held.on[0] && in_old, held.on[1] && in_new];
        if in_old != in_new {
            held.between.push((object, group));
        }
        (held.on != [false, false]).then_some(held)
    }
}
