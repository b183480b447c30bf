//! Selections that meet under one name in the response can be merged (specification, section 5.3.2).
//!
//! The specification compares pairs of fields, level by level, which is quadratic in each level. Here selections are
//! gathered instead: a *scope* is a set of selection sets whose results merge into one object. The fields of a scope
//! are collected through inline fragments and spreads and grouped by their name in the response. In each group
//!
//! - all types must have the same shape, whatever objects the fields are selected on, and
//! - fields that can be selected on one and the same object must be the same field with the same arguments.
//!
//! Both are equivalences, so each field is compared with the first of its group alone. What a group selects is a scope
//! of its own, which is checked once: it is known by the ids of its selection sets.

use bumpalo::collections::Vec as ArenaVec;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::ast::{Argument, Field, Selection, SelectionSet, TypeKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::source::has_hole;
use crate::validation::{ArenaMap, Context, Rule};
use crate::value;

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn end(cx: &mut Context<'_, '_>) {
        Merging::new(cx).document();
    }
}

/// What is asked of a scope, as a set of bits: `SHAPE`, that types have the same shape; `FIELD`, that fields on one
/// object are the same.
type Checks = u8;
const SHAPE: Checks = 1;
const FIELD: Checks = 2;

/// Selection sets that merge, by ascending id.
#[derive(Clone, Copy)]
enum Scope<'d> {
    /// By far the most frequent.
    One(u32),
    Many(&'d [u32]),
}

/// A field of a scope.
#[derive(Clone, Copy)]
struct Member<'d> {
    /// Differs for most names that differ; equal for equal ones.
    tag: u64,
    field: &'d Field<'d>,
    /// The type that it is selected on.
    parent: Option<TypeId>,
    /// The order of collection.
    position: u32,
}

struct Merging<'c, 's, 'd> {
    cx: &'c mut Context<'s, 'd>,
    /// Scopes that are still to be checked.
    work: ArenaVec<'d, (Scope<'d>, Checks)>,
    /// The checks that each selection set has passed through alone.
    done: ArenaVec<'d, Checks>,
    /// The same for several selection sets together.
    done_merged: ArenaMap<'d, &'d [u32], Checks>,
    /// The fields of the scope at hand.
    members: ArenaVec<'d, Member<'d>>,
    /// The fragments that the scope at hand spreads.
    fragments: ArenaVec<'d, u32>,
    /// The number of the last scope that each fragment was collected for; 0 for none.
    collected_for: ArenaVec<'d, u32>,
    scope_number: u32,
    /// Room for the ids of a new scope.
    ids: ArenaVec<'d, u32>,
    /// Pairs of fields that were reported; a pair can meet in several scopes.
    reported: Vec<(u32, u32)>,
}

impl<'c, 's, 'd> Merging<'c, 's, 'd> {
    fn new(cx: &'c mut Context<'s, 'd>) -> Self {
        let arena = cx.arena;
        Merging {
            work: ArenaVec::new_in(arena),
            done: bumpalo::vec![in arena; 0; cx.selection_sets.len()],
            done_merged: HashMap::new_in(arena),
            members: ArenaVec::new_in(arena),
            fragments: ArenaVec::new_in(arena),
            collected_for: bumpalo::vec![in arena; 0; cx.fragments.list.len()],
            scope_number: 0,
            ids: ArenaVec::new_in(arena),
            reported: Vec::new(),
            cx,
        }
    }

    fn document(mut self) {
        for operation in self.cx.operations {
            self.start(&operation.selection_set);
        }
        // Fragments that no operation reaches: first those that nothing spreads, then what is left, which are cycles.
        let fragments = self.cx.fragments.list;
        if !self.collected_for.contains(&0) {
            return;
        }
        let mut spread = bumpalo::vec![in self.cx.arena; false; fragments.len()];
        for target in self.cx.spreads.iter().filter_map(|spread| spread.fragment) {
            spread[target as usize] = true;
        }
        for cyclic in [false, true] {
            for (index, fragment) in fragments.iter().enumerate() {
                if self.collected_for[index] == 0 && spread[index] == cyclic {
                    self.start(&fragment.selection_set);
                }
            }
        }
    }

    fn start(&mut self, set: &SelectionSet<'d>) {
        self.push_one(set.id, SHAPE | FIELD);
        while let Some((scope, checks)) = self.work.pop() {
            if self.cx.stopped {
                return;
            }
            self.check(scope, checks);
        }
    }

    #[inline]
    fn push_one(&mut self, id: u32, checks: Checks) {
        let done = &mut self.done[id as usize];
        let missing = checks & !*done;
        if missing != 0 {
            *done |= missing;
            self.work.push((Scope::One(id), missing));
        }
    }

    /// Pushes what a group selects as one scope.
    fn push(&mut self, group: impl Iterator<Item = Member<'d>>, checks: Checks) {
        self.ids.clear();
        self.ids.extend(group.filter_map(|member| Some(member.field.selection_set.as_ref()?.id)));
        self.ids.sort_unstable();
        self.ids.dedup();
        match *self.ids {
            [] => {}
            [id] => self.push_one(id, checks),
            ref ids => {
                if !self.cx.spend(ids.len() as u32) {
                    return;
                }
                let missing = match self.done_merged.get_mut(ids) {
                    Some(done) => {
                        let missing = checks & !*done;
                        *done |= missing;
                        missing
                    }
                    None => checks,
                };
                if missing != 0 {
                    let ids: &'d [u32] = self.cx.arena.alloc_slice_copy(ids);
                    if let Entry::Vacant(entry) = self.done_merged.entry(ids) {
                        entry.insert(missing);
                    }
                    self.work.push((Scope::Many(ids), missing));
                }
            }
        }
    }

    fn check(&mut self, scope: Scope<'d>, checks: Checks) {
        self.scope_number += 1;
        let mut members = std::mem::replace(&mut self.members, ArenaVec::new_in(self.cx.arena));
        members.clear();
        match scope {
            Scope::One(id) => self.collect_set(id, &mut members),
            Scope::Many(ids) => ids.iter().for_each(|&id| self.collect_set(id, &mut members)),
        }
        let mut next = 0;
        while let Some(&fragment) = self.fragments.get(next) {
            next += 1;
            self.collect_set(self.cx.fragments.list[fragment as usize].selection_set.id, &mut members);
        }
        self.fragments.clear();
        if self.cx.spend(1 + next as u32 + members.len() as u32) {
            if all_differ(&members) {
                for member in &members {
                    if let Some(set) = &member.field.selection_set {
                        self.push_one(set.id, checks);
                    }
                }
            } else {
                members.sort_unstable_by(|one, other| {
                    let names = || one.field.response_name().cmp(other.field.response_name());
                    one.tag.cmp(&other.tag).then_with(names).then(one.position.cmp(&other.position))
                });
                for group in members.chunk_by(|one, other| same_name(one, other)) {
                    self.check_group(group, checks);
                }
            }
        }
        self.members = members;
    }

    fn collect_set(&mut self, id: u32, members: &mut ArenaVec<'d, Member<'d>>) {
        if let Some((set, parent)) = self.cx.selection_sets[id as usize] {
            self.collect(set, parent, members);
        }
    }

    /// Collects the fields of a selection set and of the inline fragments in it; named fragments wait in a list.
    fn collect(
        &mut self,
        set: &'d SelectionSet<'d>,
        parent: Option<TypeId>,
        members: &mut ArenaVec<'d, Member<'d>>,
    ) {
        for selection in set.selections {
            match *selection {
                // A field of which the name in the response is not known meets no other for certain.
                Selection::Field(field) if self.cx.document.holes && has_hole(field.response_name()) => {
                    if let Some(set) = &field.selection_set {
                        self.push_one(set.id, SHAPE | FIELD);
                    }
                }
                Selection::Field(field) => {
                    let position = members.len() as u32;
                    members.push(Member { tag: tag(field.response_name()), field, parent, position });
                }
                Selection::InlineFragment(node) => self.collect_set(node.selection_set.id, members),
                Selection::FragmentSpread(node) => {
                    let Some(index) = self.cx.fragments.index_of(node.name.text) else { continue };
                    if std::mem::replace(&mut self.collected_for[index as usize], self.scope_number)
                        != self.scope_number
                    {
                        self.fragments.push(index);
                    }
                }
            }
        }
    }

    /// Checks the fields of one response name.
    fn check_group(&mut self, group: &[Member<'d>], checks: Checks) {
        let [first, others @ ..] = group else { return };
        if others.is_empty() {
            if let Some(set) = &first.field.selection_set {
                self.push_one(set.id, checks);
            }
            return;
        }
        // Two fields that are not the same often differ in type as well: the first is the better reason.
        let same = checks & FIELD == 0 || self.check_objects(first, group, checks);
        if same && checks & SHAPE != 0 {
            self.check_shapes(group);
        }
        if checks & FIELD == 0 {
            self.push(group.iter().copied(), SHAPE);
        }
    }

    /// Checks the fields of a group that can be selected on one object, object by object, and what they select.
    fn check_objects(&mut self, first: &Member<'d>, group: &[Member<'d>], checks: Checks) -> bool {
        let mut objects = group.iter().filter_map(|member| self.object(member));
        let one_object = match objects.next() {
            Some(first) => objects.all(|object| object == first),
            None => true,
        };
        if one_object {
            self.push(group.iter().copied(), checks);
            return self.check_fields(first, group[1..].iter().copied());
        }
        if checks & SHAPE != 0 {
            self.push(group.iter().copied(), SHAPE);
        }
        // Fields on different object types never meet; those on abstract types can meet all of them.
        let mut on_objects = ArenaVec::new_in(self.cx.arena);
        let mut on_abstract = ArenaVec::new_in(self.cx.arena);
        for member in group {
            match self.object(member) {
                Some(object) => on_objects.push((object, *member)),
                None => on_abstract.push(*member),
            }
        }
        on_objects.sort_by_key(|&(object, _)| object);
        let mut same = true;
        for part in on_objects.chunk_by(|(one, _), (other, _)| one == other) {
            let here = part.iter().map(|&(_, member)| member);
            let all = here.chain(on_abstract.iter().copied());
            if !self.cx.spend((part.len() + on_abstract.len()) as u32) {
                break;
            }
            same &= self.check_fields(&part[0].1, all.clone().skip(1));
            self.push(all, FIELD);
        }
        same
    }

    /// The object type that a field is selected on; nothing where that can be several.
    fn object(&self, member: &Member<'_>) -> Option<TypeId> {
        member.parent.filter(|&parent| self.cx.schema.ty(parent).kind == TypeKind::Object)
    }

    /// Reports the first field that answers with another shape.
    fn check_shapes(&mut self, group: &[Member<'d>]) {
        let schema = self.cx.schema;
        let type_of = |member: &Member<'_>| Some(schema.field(self.cx.definition_of(member.field)?).ty);
        let mut known = group.iter().filter_map(|member| Some((member, type_of(member)?)));
        let Some((first, first_type)) = known.next() else { return };
        let leaf = |ty| schema.ty(ty).kind.is_leaf();
        let other = known.find(|&(_, ty)| {
            ty.wrappers != first_type.wrappers
                || (ty.named != first_type.named && (leaf(ty.named) || leaf(first_type.named)))
        });
        if let Some((other, other_type)) = other {
            let (one_text, other_text) = (schema.type_text(first_type), schema.type_text(other_type));
            self.report(first, other, |key| format!("{key} would be both {one_text} and {other_text}"));
        }
    }

    /// Whether all fields are the same with the same arguments: the first that is not is reported.
    fn check_fields(&mut self, first: &Member<'d>, mut others: impl Iterator<Item = Member<'d>>) -> bool {
        let (name, arguments) = (first.field.name.text, first.field.arguments);
        let other = others.find(|other| {
            if self.cx.document.holes && !certainly_differ(first.field, other.field) {
                return false;
            }
            other.field.name.text != name || !self.same_arguments(arguments, other.field.arguments)
        });
        let Some(other) = other else { return true };
        let other_name = other.field.name.text;
        self.report(first, &other, |key| {
            if name == other_name {
                format!("{key} is asked for with different arguments")
            } else {
                format!("{key} would be both {name} and {other_name}")
            }
        });
        false
    }

    fn same_arguments(&mut self, one: &[Argument<'_>], other: &[Argument<'_>]) -> bool {
        if one.len() != other.len() {
            return false;
        }
        one.iter().all(|one| {
            let size = (one.span.end - one.span.start) / 16;
            // Where the work is used up, that is reported, and nothing else.
            !self.cx.spend(1 + size + other.len() as u32 / 16)
                || other
                    .iter()
                    .any(|other| one.name.text == other.name.text && value::same(&one.value, &other.value))
        })
    }

    #[cold]
    fn report(&mut self, first: &Member<'_>, other: &Member<'_>, why: impl FnOnce(&str) -> String) {
        let pair = (first.field.id, other.field.id);
        if !self.cx.spend(self.reported.len() as u32) || self.reported.contains(&pair) {
            return;
        }
        self.reported.push(pair);
        let key = first.field.response_name();
        let message = format!("two fields cannot be merged: {}", why(key));
        let help = format!(
            "give one of them a name of its own in the response: other_{key}: {}",
            other.field.name.text
        );
        let diagnostic = Diagnostic::error(This::ID, first.field.span, message);
        let diagnostic = diagnostic.related(other.field.span, "in conflict with this one").help(help);
        self.cx.report(match first.parent {
            Some(parent) => {
                diagnostic.at(SchemaCoordinate::member(self.cx.schema.ty(parent).name, first.field.name.text))
            }
            None => diagnostic,
        });
    }
}

/// Whether two fields are not the same, whatever stands in the holes of a document.
fn certainly_differ(one: &Field<'_>, other: &Field<'_>) -> bool {
    let open = |field: &Field<'_>| {
        field.arguments.iter().any(|argument| argument.name.has_hole())
            || (field.open && field.arguments.is_empty())
    };
    let lacks = |one: &Field<'_>, other: &Field<'_>| {
        let given = one.arguments.iter().filter(|argument| !argument.name.has_hole());
        given.into_iter().any(|one| {
            match other.arguments.iter().find(|other| other.name.text == one.name.text) {
                Some(other) => {
                    !value::has_hole(&one.value)
                        && !value::has_hole(&other.value)
                        && !value::same(&one.value, &other.value)
                }
                None => !open(other),
            }
        })
    };
    let unknown = one.name.has_hole() || other.name.has_hole();
    !unknown && (one.name.text != other.name.text || lacks(one, other) || lacks(other, one))
}

/// A number that tells most names apart: their length, first and last bytes.
#[inline]
fn tag(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(&first), Some(&last)) => u64::from_le_bytes(first) ^ u64::from_le_bytes(last).rotate_left(29),
        _ => bytes.iter().fold(0, |tag, &byte| tag << 8 | u64::from(byte)),
    };
    ends.wrapping_add((bytes.len() as u64) << 56)
}

#[inline]
fn same_name(one: &Member<'_>, other: &Member<'_>) -> bool {
    one.tag == other.tag && one.field.response_name() == other.field.response_name()
}

/// Whether no two fields have the same name in the response, as far as that is cheap to tell: long lists are sorted
/// anyway.
#[inline]
fn all_differ(members: &[Member<'_>]) -> bool {
    members.len() <= 16
        && members
            .iter()
            .enumerate()
            .all(|(index, member)| members[..index].iter().all(|before| before.tag != member.tag))
}
