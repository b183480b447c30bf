//! How much two types have in common: a member that every other type has as well, as `id`, says little.

use hashbrown::HashMap;
use schemacheck_graphql::schema::{Schema, TypeId, TypeRef};

use super::words::words;
use super::{Gap, Kind};
use crate::matching::{Matching, OutputTypeChange};

/// How many types of the old schema have a member of a name.
#[derive(Debug, Default)]
pub(super) struct Occurrences<'s> {
    of: HashMap<&'s str, usize>,
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

impl<'s> Occurrences<'s> {
    /// Counts, where types are to be compared.
    pub(super) fn of(gaps: &[Gap<'_>], matching: &Matching<'s>) -> Self {
        let mut occurrences = Occurrences::default();
        if gaps.iter().any(|gap| gap.kind == Kind::Type) {
            let old = matching.old;
            for (name, _) in old.types().flat_map(|(id, _)| members(old, id)) {
                *occurrences.of.entry(name).or_default() += 1;
            }
        }
        occurrences
    }

    /// What two types share. A member of a type that is itself not matched yet does not count.
    pub(super) fn overlap(&self, matching: &Matching<'_>, a: TypeId, b: TypeId) -> Overlap {
        let (old, new) = (matching.old, matching.new);
        let mut overlap = Overlap { shared: 0, of: 0, rarity: 0.0 };
        let (of_old, of_new) = (members(old, a), members(new, b));
        let mut by_words: Option<HashMap<Vec<String>, Member>> = None;
        for (name, member) in &of_old {
            let same = of_new.iter().find(|(other, _)| other == name).map(|(_, member)| *member);
            // All names may have another casing.
            let same = same.or_else(|| {
                let by_words = by_words.get_or_insert_with(|| {
                    of_new.iter().map(|(name, member)| (words(name), *member)).collect()
                });
                by_words.get(&words(name)).copied()
            });
            let is_same = same.is_some_and(|same| match (*member, same) {
                (Member::Output(old), Member::Output(new)) => {
                    matching.output_type_change(old, new) != OutputTypeChange::Changed
                }
                (Member::Input(old), Member::Input(new)) => matching.new_type(old.named) == Some(new.named),
                (Member::Value, Member::Value) => true,
                _ => false,
            });
            if is_same {
                overlap.shared += 1;
                overlap.rarity += 1.0 / f64::from(self.of.get(name).copied().unwrap_or(1) as u32);
            }
        }
        let (types, new_types) = (&old.ty(a).members, &new.ty(b).members);
        let stay = |&&member: &&TypeId| matching.new_type(member).is_some_and(|new| new_types.contains(&new));
        let stay = types.iter().filter(stay).count();
        overlap.shared += stay;
        overlap.rarity += 0.5 * f64::from(stay as u32);
        overlap.of = (of_old.len() + types.len()).max(of_new.len() + new_types.len());
        overlap
    }
}

/// What a member is beside its name.
#[derive(Clone, Copy)]
enum Member {
    Output(TypeRef),
    Input(TypeRef),
    Value,
}

/// The fields, input fields or values of a type.
fn members<'s>(schema: &Schema<'s>, ty: TypeId) -> Vec<(&'s str, Member)> {
    let fields = schema.fields_of(ty).map(|(_, field)| (field.name, Member::Output(field.ty)));
    let inputs = schema.input_fields_of(ty).map(|(_, field)| (field.name, Member::Input(field.ty)));
    let values = schema.enum_values_of(ty).map(|(_, value)| (value.name, Member::Value));
    fields.chain(inputs).chain(values).collect()
}
