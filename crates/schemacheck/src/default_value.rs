//! What became of the default value of an argument or input field.

use schemacheck_graphql::ast::{ObjectField, TypeKind, Value, ValueKind, Wrappers};
use schemacheck_graphql::schema::{InputValue, Schema, TypeRef};
use schemacheck_graphql::value;

use crate::element::InputElement;

/// How a default value changed. Where a value must be given now and could be left out before because of the type, that
/// is a change of the type and none of the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefaultChange {
    /// Not at all, or it makes no difference.
    None,
    /// What was left out had no value and has one now.
    Added,
    /// What had to be given may be left out now.
    MadeOptional,
    /// What was left out had a value and has none now.
    Removed,
    /// What could be left out must be given now.
    RemovedFromRequired,
    /// What is left out has another value.
    Changed,
}

/// How the default value changed from the old to the new schema.
pub fn default_change<'s, E: InputElement<'s>>(old: E, new: E) -> DefaultChange {
    match (old.default(), new.default()) {
        (None, None) => DefaultChange::None,
        (None, Some(_)) if old.is_required() => DefaultChange::MadeOptional,
        (None, Some(_)) => DefaultChange::Added,
        (Some(_), None) if !new.is_required() => DefaultChange::Removed,
        (Some(_), None) if old.ty.wrappers.is_non_null() => DefaultChange::RemovedFromRequired,
        (Some(_), None) => DefaultChange::None,
        (Some(before), Some(after)) => {
            let mut comparison = Comparison { schemas: [old.schema(), new.schema()], steps_left: MAX_STEPS };
            let same = comparison.same([before, after], [Some(old.ty), Some(new.ty)]);
            if same { DefaultChange::None } else { DefaultChange::Changed }
        }
    }
}

/// Default values inside default values can be followed without end; values that take more steps count as different.
const MAX_STEPS: u32 = 10_000;

/// Whether two values in the text are one value once they are coerced to their types (specification, section 3).
struct Comparison<'s> {
    schemas: [&'s Schema<'s>; 2],
    steps_left: u32,
}

impl<'s> Comparison<'s> {
    fn same(&mut self, values: [&Value<'_>; 2], types: [Option<TypeRef>; 2]) -> bool {
        let Some(steps_left) = self.steps_left.checked_sub(1) else { return false };
        self.steps_left = steps_left;
        if values.iter().all(|value| matches!(value.kind, ValueKind::Null)) {
            return true;
        }
        if types.iter().flatten().any(|ty| ty.wrappers.is_list()) {
            return self.same_lists(values, types);
        }
        if let [ValueKind::Object(old), ValueKind::Object(new)] = values.map(|value| value.kind) {
            return self.same_objects([old, new], types);
        }
        let named = |at: usize| types[at].map(|ty| self.schemas[at].ty(ty.named));
        match [named(0), named(1)] {
            [Some(old), Some(new)] if old.built_in && new.built_in && old.name == new.name => {
                same_scalars(old.name, values)
            }
            _ => value::same(values[0], values[1]),
        }
    }

    /// A value that is no list stands for the list of itself (section 3.11).
    fn same_lists(&mut self, values: [&Value<'_>; 2], types: [Option<TypeRef>; 2]) -> bool {
        let items = [0, 1].map(|at| match (types[at], values[at].kind) {
            (Some(ty), ValueKind::Null) if ty.wrappers.is_list() => None,
            (_, ValueKind::List(items)) => Some(items),
            (Some(ty), _) if ty.wrappers.is_list() => Some(std::slice::from_ref(values[at])),
            _ => None,
        });
        let item = |ty: TypeRef| {
            let wrappers = if ty.wrappers.is_list() { ty.wrappers.item() } else { Wrappers::default() };
            TypeRef { wrappers, ..ty }
        };
        let types = types.map(|ty| ty.map(item));
        match items {
            [Some(old), Some(new)] => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.same([old, new], types))
            }
            _ => false,
        }
    }

    /// A key that one side leaves out has the default value of its field there (section 3.10).
    fn same_objects(&mut self, objects: [&[ObjectField<'_>]; 2], types: [Option<TypeRef>; 2]) -> bool {
        let value = |at: usize, name: &str| {
            objects[at].iter().find(|field| field.name.text == name).map(|field| field.value)
        };
        let fields = |at: usize, name: &str| -> Option<&'s InputValue<'s>> {
            let (schema, ty) = (self.schemas[at], types[at]?);
            let is_input_object = schema.ty(ty.named).kind == TypeKind::InputObject;
            let field = is_input_object.then(|| schema.input_field_named(ty.named, name)).flatten()?;
            Some(schema.input_value(field))
        };
        let mut names: Vec<&str> =
            objects.iter().flat_map(|object| object.iter()).map(|field| field.name.text).collect();
        names.sort_unstable();
        names.dedup();
        let pairs: Vec<_> = names
            .into_iter()
            .map(|name| {
                let fields = [fields(0, name), fields(1, name)];
                let given = |at: usize| {
                    value(at, name).or_else(|| fields[at].and_then(|field| field.default().copied()))
                };
                ([given(0), given(1)], fields.map(|field| field.map(|field| field.ty)))
            })
            .collect();
        pairs.into_iter().all(|(values, types)| match values {
            [Some(old), Some(new)] => self.same([&old, &new], types),
            _ => false,
        })
    }
}

fn same_scalars(name: &str, [old, new]: [&Value<'_>; 2]) -> bool {
    let text = |value: &Value<'_>| match value.kind {
        ValueKind::Int(text) | ValueKind::Float(text) => Some(text.to_owned()),
        ValueKind::String(text) => Some(text.value().into_owned()),
        _ => None,
    };
    match (name, text(old), text(new)) {
        // An identifier is a text however it is written.
        ("ID", Some(old), Some(new)) => old == new,
        ("Int" | "Float", Some(old), Some(new)) => {
            let number = |text: &str| text.parse::<f64>().ok();
            old == new || number(&old).zip(number(&new)).is_some_and(|(old, new)| old.total_cmp(&new).is_eq())
        }
        _ => value::same(old, new),
    }
}
