//! How much two types have in common: a member that every other type has as well, as `id`, says little.

use hashbrown::HashMap;
use schemacheck_graphql::schema::TypeId;

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
            for (id, _) in old.types() {
                let fields = old.fields_of(id).map(|(_, field)| field.name);
                let input_fields = old.input_fields_of(id).map(|(_, field)| field.name);
                let values = old.enum_values_of(id).map(|(_, value)| value.name);
                for name in fields.chain(input_fields).chain(values) {
                    *occurrences.of.entry(name).or_default() += 1;
                }
            }
        }
        occurrences
    }

    /// What two types share. A member of a type that is itself not matched yet does not count.
    pub(super) fn overlap(&self, matching: &Matching<'_>, a: TypeId, b: TypeId) -> Overlap {
        let (old, new) = (matching.old, matching.new);
        let fields = old.fields_of(a).filter(|(_, field)| {
            new.field_named(b, field.name).is_some_and(|id| {
                matching.output_type_change(field.ty, new.field(id).ty) != OutputTypeChange::Changed
            })
        });
        let input_fields = old.input_fields_of(a).filter(|(_, field)| {
            new.input_field_named(b, field.name)
                .is_some_and(|id| matching.new_type(field.ty.named) == Some(new.input_value(id).ty.named))
        });
        let values = old.enum_values_of(a).filter(|(_, value)| new.enum_value_named(b, value.name).is_some());
        let names = fields.map(|(_, field)| field.name);
        let names = names.chain(input_fields.map(|(_, field)| field.name));
        let names = names.chain(values.map(|(_, value)| value.name));
        let mut overlap = Overlap { shared: 0, of: 0, rarity: 0.0 };
        for name in names {
            overlap.shared += 1;
            overlap.rarity += 1.0 / f64::from(self.of.get(name).copied().unwrap_or(1) as u32);
        }
        let members = &old.ty(a).members;
        let stay = members.iter().filter(|&&member| {
            matching.new_type(member).is_some_and(|member| new.ty(b).members.contains(&member))
        });
        let stay = stay.count();
        overlap.shared += stay;
        overlap.rarity += 0.5 * f64::from(stay as u32);
        let count_old = old.fields_of(a).count()
            + old.input_fields_of(a).count()
            + old.enum_values_of(a).count()
            + members.len();
        let count_new = new.fields_of(b).count()
            + new.input_fields_of(b).count()
            + new.enum_values_of(b).count()
            + new.ty(b).members.len();
        overlap.of = count_old.max(count_new);
        overlap
    }
}
