//! What became of the default value of an argument or input field.

use schemacheck_graphql::ast::{ObjectField, TypeKind, Value, ValueKind};
use schemacheck_graphql::schema::{ElementId, TypeId, TypeRef};
use schemacheck_graphql::value;

use crate::element::InputElement;
use crate::matching::Matching;

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
pub fn default_change<'s, E: InputElement<'s>>(old: E, new: E, matching: &Matching<'s>) -> DefaultChange {
    match (old.default(), new.default()) {
        (None, None) => DefaultChange::None,
        (None, Some(_)) if old.is_required() => DefaultChange::MadeOptional,
        (None, Some(_)) => DefaultChange::Added,
        (Some(_), None) if !new.is_required() => DefaultChange::Removed,
        (Some(_), None) if old.ty.wrappers.is_non_null() => DefaultChange::RemovedFromRequired,
        (Some(_), None) => DefaultChange::None,
        (Some(before), Some(after)) => {
            let mut comparison = Comparison { matching, steps_left: MAX_STEPS };
            let same = comparison.same([before, after], [old.ty, new.ty]);
            if same { DefaultChange::None } else { DefaultChange::Changed }
        }
    }
}

/// Default values inside default values can be followed without end; values that take more steps count as different.
const MAX_STEPS: u32 = 10_000;

/// Whether two values in the text are one value once they are coerced to their types (specification, section 3). An
/// element under another name is the same element.
struct Comparison<'s, 'm> {
    matching: &'m Matching<'s>,
    steps_left: u32,
}

impl Comparison<'_, '_> {
    fn same(&mut self, [old, new]: [&Value<'_>; 2], [old_type, new_type]: [TypeRef; 2]) -> bool {
        let Some(steps_left) = self.steps_left.checked_sub(1) else { return false };
        self.steps_left = steps_left;
        match (old.kind, new.kind) {
            (ValueKind::Null, _) | (_, ValueKind::Null) => value::same(old, new),
            _ if old_type.wrappers.is_list() && new_type.wrappers.is_list() => {
                let item = |ty: TypeRef| TypeRef { wrappers: ty.wrappers.item(), ..ty };
                let (old, new) = (items(old), items(new));
                let types = [item(old_type), item(new_type)];
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.same([old, new], types))
            }
            _ if self.matching.new_type(old_type.named) != Some(new_type.named) => value::same(old, new),
            (ValueKind::Object(before), ValueKind::Object(after))
                if self.matching.old.ty(old_type.named).kind == TypeKind::InputObject =>
            {
                self.same_objects([before, after], [old_type.named, new_type.named])
            }
            (ValueKind::Enum(before), ValueKind::Enum(after)) => {
                let value =
                    self.matching.old.enum_value_named(old_type.named, before).map(ElementId::EnumValue);
                self.new_name(value, before) == after
            }
            _ => same_scalars(self.matching.old.ty(old_type.named).name, old, new),
        }
    }

    /// A key that one side leaves out has the default value of its field there (section 3.10).
    fn same_objects(&mut self, objects: [&[ObjectField<'_>]; 2], [a, b]: [TypeId; 2]) -> bool {
        let Matching { old, new, .. } = *self.matching;
        let [before, after] = objects;
        let mut seen = Vec::new();
        let mut pairs = Vec::new();
        for field in before {
            let id = old.input_field_named(a, field.name.text);
            let name = self.new_name(id.map(ElementId::InputValue), field.name.text);
            let fields = id.zip(new.input_field_named(b, name));
            let Some((was, is)) = fields.map(|(a, b)| (old.input_value(a), new.input_value(b))) else {
                return false;
            };
            let given = after.iter().find(|field| field.name.text == name).map(|field| field.value);
            let Some(value) = given.or(is.default().copied()) else { return false };
            seen.push(is.name);
            pairs.push(([field.value, value], [was.ty, is.ty]));
        }
        for field in after.iter().filter(|field| !seen.contains(&field.name.text)) {
            let name = field.name.text;
            let fields = old.input_field_named(a, name).zip(new.input_field_named(b, name));
            let Some((was, is)) = fields.map(|(a, b)| (old.input_value(a), new.input_value(b))) else {
                return false;
            };
            let Some(value) = was.default().copied() else { return false };
            pairs.push(([value, field.value], [was.ty, is.ty]));
        }
        pairs.iter().all(|([old, new], types)| self.same([old, new], *types))
    }

    /// The name in the new schema of an element of the old one.
    fn new_name<'n>(&'n self, element: Option<ElementId>, name: &'n str) -> &'n str {
        element.and_then(|element| self.matching.rename(element)).map_or(name, |rename| &rename.to)
    }
}

/// A value that is no list stands for the list of itself (section 3.11).
fn items<'v, 't>(value: &'v Value<'t>) -> &'v [Value<'t>] {
    match value.kind {
        ValueKind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

fn same_scalars(name: &str, old: &Value<'_>, new: &Value<'_>) -> bool {
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
