//! The response shape of an operation on two schemas: what a client built for the old one gets from the new one.
//!
//! Both schemas are walked at once, selection by selection, through fragments and aliases. A field answers differently
//! where its list depth, its leaf type or its nullability differs, where `__typename` names another object type, or
//! where other object types may stand and the selections tell them apart. The
//! specification guarantees that fields merged under one response name have one shape (section 5.3.2), so each
//! selection can be compared by itself. Which selections an object is answered with at all is told by `presence`.

use hashbrown::HashSet;
use schemacheck_graphql::ast::{Document, OperationDefinition, Selection, SelectionSet, TypeKind};
use schemacheck_graphql::schema::{ElementId, FieldId, Schema, TypeId, TypeRef};
use schemacheck_graphql::source::Span;
use schemacheck_graphql::usage::{fragment_named, tells_apart};

use crate::matching::Matching;

/// A selection that answers differently.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Difference {
    /// The selection.
    pub(crate) span: Span,
    /// The field of the old schema; for `__typename`, the field that the object is the value of.
    pub(crate) field: Option<FieldId>,
    /// The fields above it of which the type has another name now, the nearest last: a difference below a changed type
    /// comes from that change.
    pub(crate) above: Option<FieldId>,
    /// The type of the old schema that answers another `__typename` now.
    pub(crate) renamed: Option<TypeId>,
    /// Whether every answer differs; null may never come.
    pub(crate) certain: bool,
}

/// The selections of an operation, valid on both schemas or made so by the new names, that answer differently.
pub(crate) fn differences<'d>(
    matching: &Matching<'_>,
    document: &Document<'d>,
    operation: &OperationDefinition<'d>,
) -> Vec<Difference> {
    let (old, new) = (matching.old, matching.new);
    let mut walk =
        Walk { matching, old, new, document, found: Vec::new(), fragments: Vec::new(), seen: HashSet::new() };
    if let (Some(old), Some(new)) = (old.root(operation.kind), new.root(operation.kind)) {
        walk.selection_set(&operation.selection_set, At { old, new, field: None, above: None });
    }
    while let Some((name, above)) = walk.fragments.pop() {
        let Some(fragment) = fragment_named(document, name) else { continue };
        if let Some((old, new)) = walk.named(fragment.type_condition.text) {
            walk.selection_set(&fragment.selection_set, At { old, new, field: above, above });
        }
    }
    walk.found
}

/// What the new schema answers for a field of the old one: the field of this name, else the one that is it now.
pub(crate) fn new_field(
    matching: &Matching<'_>,
    parent: TypeId,
    old: FieldId,
    name: &str,
) -> Option<FieldId> {
    let renamed = || matching.rename(ElementId::Field(old)).map(|rename| rename.to.as_str());
    let same = matching.new.selected_field(parent, name);
    same.or_else(|| matching.new.selected_field(parent, renamed()?))
}

/// Where the walk stands.
#[derive(Clone, Copy)]
struct At {
    old: TypeId,
    new: TypeId,
    /// The field that these objects are the value of.
    field: Option<FieldId>,
    /// The nearest field above of which the type has another name.
    above: Option<FieldId>,
}

struct Walk<'s, 'd> {
    matching: &'s Matching<'s>,
    old: &'s Schema<'s>,
    new: &'s Schema<'s>,
    document: &'s Document<'d>,
    found: Vec<Difference>,
    fragments: Vec<(&'d str, Option<FieldId>)>,
    seen: HashSet<&'d str>,
}

impl<'d> Walk<'_, 'd> {
    fn named(&self, name: &str) -> Option<(TypeId, TypeId)> {
        let old = self.old.type_named(name)?;
        Some((old, self.new.type_named(name).or_else(|| self.matching.new_type(old))?))
    }

    fn selection_set(&mut self, set: &SelectionSet<'d>, at: At) {
        for selection in set.selections {
            match selection {
                Selection::Field(field) if field.name.text == "__typename" => self.type_name(at, field.span),
                Selection::Field(field) => {
                    let name = field.name.text;
                    let Some(old) = self.old.selected_field(at.old, name) else { continue };
                    let Some(new) = new_field(self.matching, at.new, old, name) else { continue };
                    let (old_type, new_type) = (self.old.field(old).ty, self.new.field(new).ty);
                    let other = || self.other_objects(old_type, new_type, field.selection_set.as_ref());
                    if let Some(certain) = self.compare(old_type, new_type).or_else(other) {
                        self.found.push(Difference {
                            span: field.span,
                            field: Some(old),
                            above: at.above,
                            renamed: None,
                            certain,
                        });
                    }
                    if let Some(set) = &field.selection_set {
                        let above = if self.same_type(old_type, new_type) { at.above } else { Some(old) };
                        let at = At { old: old_type.named, new: new_type.named, field: Some(old), above };
                        self.selection_set(set, at);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let types =
                        fragment.type_condition.map_or(Some((at.old, at.new)), |name| self.named(name.text));
                    if let Some((old, new)) = types {
                        self.selection_set(&fragment.selection_set, At { old, new, ..at });
                    }
                }
                Selection::FragmentSpread(spread) => {
                    if self.seen.insert(spread.name.text) {
                        self.fragments.push((spread.name.text, at.above));
                    }
                }
            }
        }
    }

    /// `__typename` answers another name where the object type has one; on an abstract type, where one of its object
    /// types has.
    fn type_name(&mut self, at: At, span: Span) {
        let (old, new) = (self.old.ty(at.old), self.new.ty(at.new));
        let is_renamed = |ty: TypeId| {
            self.matching.new_type(ty).is_some_and(|new| self.new.ty(new).name != self.old.ty(ty).name)
        };
        let is_object = |kind: TypeKind| kind == TypeKind::Object;
        let object = match (is_object(old.kind), is_object(new.kind)) {
            (true, true) => old.name != new.name,
            // No object has the name of an interface or a union.
            (old, new) => old != new,
        };
        let renamed = if object {
            Some(at.old).filter(|&ty| old.kind != new.kind || is_renamed(ty))
        } else if old.kind.is_abstract() {
            self.old.possible_types(at.old).iter().copied().find(|&ty| is_renamed(ty))
        } else {
            None
        };
        if object || renamed.is_some() {
            let Walk { found, .. } = self;
            found.push(Difference { span, field: at.field, above: at.above, renamed, certain: object });
        }
    }

    fn same_type(&self, old: TypeRef, new: TypeRef) -> bool {
        self.matching.new_type(old.named) == Some(new.named)
    }

    /// Whether a field of another type may answer objects that the selections tell apart and that were not there.
    fn other_objects(&self, old: TypeRef, new: TypeRef, set: Option<&SelectionSet<'d>>) -> Option<bool> {
        let set = set.filter(|_| !self.same_type(old, new))?;
        let was_possible = |ty: TypeId| {
            self.matching.old_type(ty).is_some_and(|ty| self.old.possible_types(old.named).contains(&ty))
        };
        let mut objects = self.new.possible_types(new.named).iter();
        let abstract_type = self.new.ty(new.named).kind.is_abstract();
        let other = abstract_type
            && tells_apart(self.document, set, self.new.ty(new.named).name)
            && objects.any(|&ty| !was_possible(ty));
        other.then_some(false)
    }

    /// Whether answers differ, and then whether all do.
    #[inline]
    fn compare(&self, old: TypeRef, new: TypeRef) -> Option<bool> {
        if old.wrappers == new.wrappers && self.same_type(old, new) {
            return None;
        }
        let leaf = self.old.ty(old.named).kind.is_leaf() || self.new.ty(new.named).kind.is_leaf();
        if old.wrappers.list_depth != new.wrappers.list_depth || (leaf && !self.same_type(old, new)) {
            return Some(true);
        }
        (old.wrappers.non_null & !new.wrappers.non_null != 0).then_some(false)
    }
}
