//! How much two types have in common: a member that every other type has as well, as `id`, says little.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet};
use schemacheck_graphql::schema::{Schema, TypeId, TypeRef};

use super::{Gap, Kind, Remaining};
use crate::matching::{Matching, OutputTypeChange};

/// The members of the types that are to be compared, and how many types of the old schema have each.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    /// The names of the members of removed types: no other member can be shared, so of no other is anything known.
    names: Names,
    /// Counted when two types share so much that it matters.
    counts: OnceCell<HashMap<u64, usize>>,
    old: HashMap<TypeId, Members>,
    new: HashMap<TypeId, Members>,
}

/// The members of one type that can be shared, by name, and how many it has in all.
#[derive(Debug, Default)]
struct Members {
    list: Vec<Member>,
    count: usize,
}

/// A member of a type: its name without regard to casing, and what it is.
#[derive(Clone, Copy, Debug)]
struct Member {
    name: u64,
    nature: Nature,
}

#[derive(Clone, Copy, Debug)]
enum Nature {
    Output(TypeRef),
    Input(TypeRef),
    Value,
}

/// What two types share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overlap {
    /// The members of one name and of the same type.
    pub(super) shared: usize,
    /// How many members the larger type has.
    pub(super) of: usize,
    /// How much that says, from 0 to 1: less where other types have these members as well.
    pub(super) weight: f64,
}

/// Types that share no more than this share nothing that would say anything.
const LITTLE: f64 = 0.28;

impl Overlap {
    pub(super) fn share(self) -> f64 {
        f64::from(self.shared as u32) / f64::from(self.of.max(1) as u32)
    }
}

impl Occurrences {
    /// Looks at the types that are to be compared.
    pub(crate) fn of(gaps: &[Gap<'_>], matching: &Matching<'_>) -> Self {
        let types = || gaps.iter().filter(|gap| gap.kind == Kind::Type);
        let removed = || types().flat_map(|gap| &gap.removed).filter_map(Remaining::type_id);
        let mut names = Names::default();
        for id in removed() {
            members(matching.old, id).for_each(|(name, _)| names.add(name));
        }
        let sorted = |schema: &Schema<'_>, id: TypeId| {
            let mut all = Members::default();
            for (name, nature) in members(schema, id) {
                all.count += 1;
                all.list.extend(names.find(name).map(|name| Member { name, nature }));
            }
            all.list.sort_unstable_by_key(|member| member.name);
            (id, all)
        };
        let old = removed().map(|id| sorted(matching.old, id)).collect();
        let added = types().flat_map(|gap| &gap.added).filter_map(Remaining::type_id);
        let new = added.map(|id| sorted(matching.new, id)).collect();
        Occurrences { names, counts: OnceCell::new(), old, new }
    }

    /// How many types of the old schema have a member.
    fn count(&self, matching: &Matching<'_>, name: u64) -> usize {
        let counts = self.counts.get_or_init(|| {
            let mut counts: HashMap<u64, usize> = HashMap::new();
            let all = matching.old.types().flat_map(|(id, _)| members(matching.old, id));
            for name in all.filter_map(|(name, _)| self.names.find(name)) {
                *counts.entry(name).or_default() += 1;
            }
            counts
        });
        counts.get(&name).copied().unwrap_or(1)
    }

    /// What two types share. A member of a type that is itself not matched yet does not count.
    pub(super) fn overlap(&self, matching: &Matching<'_>, a: TypeId, b: TypeId) -> Overlap {
        let none = Members::default();
        let (of_old, of_new) = (self.old.get(&a).unwrap_or(&none), self.new.get(&b).unwrap_or(&none));
        let mut shared = Vec::new();
        let mut rest = &of_new.list[..];
        for member in &of_old.list {
            let before = rest.partition_point(|other| other.name < member.name);
            rest = &rest[before..];
            let Some(same) = rest.first().filter(|other| other.name == member.name) else { continue };
            let is_same = match (member.nature, same.nature) {
                (Nature::Output(old), Nature::Output(new)) => {
                    matching.output_type_change(old, new) != OutputTypeChange::Changed
                }
                (Nature::Input(old), Nature::Input(new)) => matching.new_type(old.named) == Some(new.named),
                (Nature::Value, Nature::Value) => true,
                _ => false,
            };
            if is_same {
                shared.push(member.name);
            }
        }
        let (types, new_types) = (matching.old.ty(a).members, matching.new.ty(b).members);
        let stay = |&&member: &&TypeId| matching.new_type(member).is_some_and(|new| new_types.contains(&new));
        let stay = types.iter().filter(stay).count();
        let of = (of_old.count + types.len()).max(of_new.count + new_types.len());
        let mut overlap = Overlap { shared: shared.len() + stay, of, weight: 0.0 };
        if overlap.share() > LITTLE {
            let rare = |name| 1.0 / f64::from(self.count(matching, name) as u32);
            let rarity = 0.5 * f64::from(stay as u32) + shared.into_iter().map(rare).sum::<f64>();
            overlap.weight = overlap.share() * rarity.min(1.0);
        }
        overlap
    }
}

/// Names without regard to casing, by their hashes.
#[derive(Debug, Default)]
struct Names {
    hasher: DefaultHashBuilder,
    hashes: HashSet<u64>,
    /// The last letters of the names, by their first ones: most other names are told apart by these alone.
    ends: [u32; 32],
}

impl Names {
    fn add(&mut self, name: &str) {
        self.hashes.insert(hash_without_casing(name, &self.hasher));
        let (first, last) = ends(name);
        self.ends[first] |= 1 << last;
    }

    /// The hash of a name, where it is one of these.
    fn find(&self, name: &str) -> Option<u64> {
        let (first, last) = ends(name);
        if self.ends[first] & (1 << last) == 0 {
            return None;
        }
        Some(hash_without_casing(name, &self.hasher)).filter(|hash| self.hashes.contains(hash))
    }
}

/// The low five bits of the first and of the last character of a name, which are the same in either case of a letter.
fn ends(name: &str) -> (usize, usize) {
    let low_bits = |byte: Option<u8>| usize::from(byte.unwrap_or_default() & 31);
    let mut letters = name.bytes().filter(|&byte| byte != b'_');
    (low_bits(letters.clone().next()), low_bits(letters.next_back()))
}

/// The fields, input fields or values of a type.
fn members<'s>(schema: &'s Schema<'_>, ty: TypeId) -> impl Iterator<Item = (&'s str, Nature)> {
    let fields = schema.fields_of(ty).map(|(_, field)| (field.name, Nature::Output(field.ty)));
    let inputs = schema.input_fields_of(ty).map(|(_, field)| (field.name, Nature::Input(field.ty)));
    let values = schema.enum_values_of(ty).map(|(_, value)| (value.name, Nature::Value));
    fields.chain(inputs).chain(values)
}

/// The same for `wantTypes`, `want_types` and `WANT_TYPES`.
fn hash_without_casing(name: &str, hasher: &DefaultHashBuilder) -> u64 {
    let mut letters = [0_u8; 64];
    let mut length = 0;
    for byte in name.bytes().filter(|&byte| byte != b'_').take(letters.len()) {
        letters[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    hasher.hash_one(&letters[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_every_casing_and_no_other() {
        let mut names = Names::default();
        names.add("want_types");
        names.add("__x");
        let found = |name| names.find(name);
        let hash = found("want_types");
        assert!(hash.is_some());
        for same in ["wantTypes", "WANT_TYPES", "WantTypes_", "_want_types"] {
            assert_eq!(found(same), hash, "{same}");
        }
        assert!(found("x").is_some());
        for other in ["want", "types", "wantTimes", "_", "", "wxs"] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
