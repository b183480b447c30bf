//! How much two types have in common: a member that every other type has as well, as `id`, says little.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap};
use schemacheck_graphql::schema::{ElementId, Schema, TypeId, TypeRef};

use super::{Gap, Kind};
use crate::matching::{Matching, OutputTypeChange};

/// The members of the types that are to be compared, and how many types of the old schema have each.
#[derive(Debug, Default)]
pub(crate) struct Occurrences {
    of: HashMap<u64, usize>,
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
    /// How much the shared members say: 1 for each that no other type has, less for the others.
    pub(super) rarity: f64,
}

impl Overlap {
    pub(super) fn share(self) -> f64 {
        f64::from(self.shared as u32) / f64::from(self.of.max(1) as u32)
    }
}

impl Occurrences {
    /// Counts, where types are to be compared.
    pub(crate) fn of(gaps: &[Gap<'_>], matching: &Matching<'_>) -> Self {
        let mut occurrences = Occurrences::default();
        let hasher = DefaultHashBuilder::default();
        for gap in gaps.iter().filter(|gap| gap.kind == Kind::Type) {
            for (id, _) in matching.old.types() {
                for member in members(matching.old, id, &hasher) {
                    *occurrences.of.entry(member.name).or_default() += 1;
                }
            }
            let sorted = |schema: &Schema<'_>, id: ElementId| {
                let ElementId::Type(id) = id else { return None };
                let mut list: Vec<Member> = members(schema, id, &hasher).collect();
                list.sort_unstable_by_key(|member| member.name);
                Some((id, list))
            };
            occurrences.old.extend(gap.removed.iter().filter_map(|ty| sorted(matching.old, ty.id)));
            occurrences.new.extend(gap.added.iter().filter_map(|ty| sorted(matching.new, ty.id)));
        }
        occurrences
    }

    /// What two types share. A member of a type that is itself not matched yet does not count.
    pub(super) fn overlap(&self, matching: &Matching<'_>, a: TypeId, b: TypeId) -> Overlap {
        let of_old = self.old.get(&a).map_or(&[][..], Vec::as_slice);
        let of_new = self.new.get(&b).map_or(&[][..], Vec::as_slice);
        let mut overlap = Overlap { shared: 0, of: 0, rarity: 0.0 };
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
                overlap.shared += 1;
                overlap.rarity += 1.0 / f64::from(self.of.get(&member.name).copied().unwrap_or(1) as u32);
            }
        }
        let (types, new_types) = (&matching.old.ty(a).members, &matching.new.ty(b).members);
        let stay = |&&member: &&TypeId| matching.new_type(member).is_some_and(|new| new_types.contains(&new));
        let stay = types.iter().filter(stay).count();
        overlap.shared += stay;
        overlap.rarity += 0.5 * f64::from(stay as u32);
        overlap.of = (of_old.len() + types.len()).max(of_new.len() + new_types.len());
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
