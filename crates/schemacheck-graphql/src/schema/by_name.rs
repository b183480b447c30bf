//! Members by name: fields of a type, arguments of a field, values of an enum. They stand in one list for the whole
//! schema, of which each owner has a range.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// So many members are searched through one by one; of more there is a table.
pub(super) const FEW: usize = 8;

/// The members of long ranges. An entry is the start of a range and the position of a member, not the name, so that the
/// table of a large schema stays in the processor's cache while it is filled.
#[derive(Debug, Default)]
pub(super) struct ByName {
    entries: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl ByName {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        ByName { entries: HashTable::with_capacity(capacity), hasher: DefaultHashBuilder::default() }
    }

    /// The position of the member of this name in a range.
    #[inline]
    pub(super) fn find<'a>(
        &self,
        range: &Range<u32>,
        name: &str,
        name_at: impl Fn(u32) -> &'a str,
    ) -> Option<u32> {
        if range.len() <= FEW {
            return range.clone().find(|&index| name_at(index) == name);
        }
        let hash = self.hasher.hash_one((range.start, name));
        let entry = self.entries.find(hash, |&(start, at)| start == range.start && name_at(at) == name);
        entry.map(|&(_, at)| at)
    }

    /// The member that has this name already, in the range that begins at `start` and goes on to the last of all
    /// members; where there is none, the next member is to be it. The whole range will be `long` or not.
    pub(super) fn first<'s, 'a, T>(
        &mut self,
        all: &'s [T],
        start: usize,
        long: bool,
        name: &str,
        name_of: impl Fn(&T) -> &'a str,
    ) -> Option<&'s T> {
        if !long {
            return all[start..].iter().find(|member| name_of(member) == name);
        }
        let (start, next) = (start as u32, all.len() as u32);
        let name_at = |at: u32| name_of(&all[at as usize]);
        let same = |&(other, at): &(u32, u32)| other == start && name_at(at) == name;
        let hash_again = |&(start, at): &(u32, u32)| self.hasher.hash_one((start, name_at(at)));
        match self.entries.entry(self.hasher.hash_one((start, name)), same, hash_again) {
            Entry::Occupied(entry) => Some(&all[entry.get().1 as usize]),
            Entry::Vacant(entry) => {
                entry.insert((start, next));
                None
            }
        }
    }
}

/// Whether lists have so many members together that a table is made of them.
pub(super) fn is_long<'a, T: 'a>(lists: impl Iterator<Item = &'a [T]>) -> bool {
    lists.map(<[T]>::len).sum::<usize>() > FEW
}
