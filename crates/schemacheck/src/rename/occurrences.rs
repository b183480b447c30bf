//! How much two types have in common: a member that every other type has as well, as `id`, says little.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap};
use schemacheck_graphql::schema::{ElementId, Schema, TypeId, TypeRef};

use super::{Gap, Kind};
use crate::matching::{Matching, OutputTypeChange};

/// The members of the types that are to be compared, and how many types of the old schema have each.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    hasher: DefaultHashBuilder,
    /// Counted when two types share so much that it matters.
    counts: OnceCell<HashMap<u64, usize>>,
    old: HashMap<TypeId, Vec<Member>>,
    new: HashMap<TypeId, Vec<Member>>,
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
        let mut occurrences = Occurrences::default();
        let sorted = |schema: &Schema<'_>, id: ElementId| {
            let ElementId::Type(id) = id else { return None };
            let mut list: Vec<Member> = members(schema, id, &occurrences.hasher).collect();
            list.sort_unstable_by_key(|member| member.name);
            Some((id, list))
        };
        let types = || gaps.iter().filter(|gap| gap.kind == Kind::Type);
        let removed =
            types().flat_map(|gap| &gap.removed).filter_map(|ty| sorted(matching.old, ty.id)).collect();
        let added = types().flat_map(|gap| &gap.added).filter_map(|ty| sorted(matching.new, ty.id)).collect();
        (occurrences.old, occurrences.new) = (removed, added);
        occurrences
    }

    /// How many types of the old schema have a member.
    fn count(&self, matching: &Matching<'_>, name: u64) -> usize {
        let counts = self.counts.get_or_init(|| {
            let mut counts: HashMap<u64, usize> = HashMap::new();
            for (id, _) in matching.old.types() {
                for member in members(matching.old, id, &self.hasher) {
                    *counts.entry(member.name).or_default() += 1;
                }
            }
            counts
        });
        counts.get(&name).copied().unwrap_or(1)
    }

    /// What two types share. A member of a type that is itself not matched yet does not count.
    pub(super) fn overlap(&self, matching: &Matching<'_>, a: TypeId, b: TypeId) -> Overlap {
        let of_old = self.old.get(&a).map_or(&[][..], Vec::as_slice);
        let of_new = self.new.get(&b).map_or(&[][..], Vec::as_slice);
        let mut shared = Vec::new();
        let mut rest = of_new;
        for member in of_old {
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
        let of = (of_old.len() + types.len()).max(of_new.len() + new_types.len());
        let mut overlap = Overlap { shared: shared.len() + stay, of, weight: 0.0 };
        if overlap.share() > LITTLE {
            let rare = |name| 1.0 / f64::from(self.count(matching, name) as u32);
            let rarity = 0.5 * f64::from(stay as u32) + shared.into_iter().map(rare).sum::<f64>();
            overlap.weight = overlap.share() * rarity.min(1.0);
        }
        overlap
    }
}

/// The fields, input fields or values of a type.
fn members<'s>(
    schema: &'s Schema<'_>,
    ty: TypeId,
    hasher: &'s DefaultHashBuilder,
) -> impl Iterator<Item = Member> + 's {
    let member = |name: &str, nature| Member { name: hash_without_casing(name, hasher), nature };
    let fields = schema.fields_of(ty).map(move |(_, field)| member(field.name, Nature::Output(field.ty)));
    let inputs =
        schema.input_fields_of(ty).map(move |(_, field)| member(field.name, Nature::Input(field.ty)));
    let values = schema.enum_values_of(ty).map(move |(_, value)| member(value.name, Nature::Value));
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
