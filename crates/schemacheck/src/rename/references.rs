//! Where types stand: the places of the old schema that have one type, and another one now.

use hashbrown::HashMap;
use schemacheck_graphql::schema::{TypeId, TypeRef};

use crate::element::Pair;
use crate::matching::Matching;

/// In one type, so many other types that it names are held against each other.
const MOST_MEMBERSHIPS: usize = 8;

/// The places that both schemas have, by the type of the old schema that stands there.
#[derive(Debug, Default)]
pub(crate) struct References {
    places: HashMap<TypeId, usize>,
    moved: HashMap<(TypeId, TypeId), usize>,
}

impl References {
    /// The places of all elements that are paired so far.
    pub(crate) fn new(matching: &Matching<'_>) -> Self {
        let mut references = References::default();
        for (old, new) in matching.fields.iter().filter_map(Pair::both) {
            references.place(matching, old.ty, new.ty);
        }
        for (old, new) in matching.arguments.iter().filter_map(Pair::both) {
            references.place(matching, old.ty, new.ty);
        }
        for (old, new) in matching.input_fields.iter().filter_map(Pair::both) {
            references.place(matching, old.ty, new.ty);
        }
        for (id, old) in matching.old.types() {
            if let Some(new) = matching.new_type(id).map(|new| matching.new.ty(new)) {
                references.memberships(matching, old.members, new.members);
                references.memberships(matching, old.interfaces, new.interfaces);
            }
        }
        references
    }

    /// The share of an old type's places that have the new one now, and how many they are.
    pub(crate) fn moved(&self, old: TypeId, new: TypeId) -> Option<(f64, usize)> {
        let moved = *self.moved.get(&(old, new))?;
        let places = self.places.get(&old).copied().unwrap_or(moved);
        Some((f64::from(moved as u32) / f64::from(places as u32), moved))
    }

    /// The pairs of types of which places moved from the one to the other.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (TypeId, TypeId)> {
        self.moved.keys().copied()
    }

    fn place(&mut self, matching: &Matching<'_>, old: TypeRef, new: TypeRef) {
        if matching.new_type(old.named).is_none() {
            *self.places.entry(old.named).or_default() += 1;
            if matching.old_type(new.named).is_none() {
                *self.moved.entry((old.named, new.named)).or_default() += 1;
            }
        }
    }

    fn memberships(&mut self, matching: &Matching<'_>, old: &[TypeId], new: &[TypeId]) {
        let gone: Vec<TypeId> = old
            .iter()
            .copied()
            .filter(|&ty| matching.new_type(ty).is_none())
            .take(MOST_MEMBERSHIPS)
            .collect();
        let came: Vec<TypeId> = new
            .iter()
            .copied()
            .filter(|&ty| matching.old_type(ty).is_none())
            .take(MOST_MEMBERSHIPS)
            .collect();
        for &gone in &gone {
            if !came.is_empty() {
                *self.places.entry(gone).or_default() += 1;
            }
            for &came in &came {
                *self.moved.entry((gone, came)).or_default() += 1;
            }
        }
    }
}
