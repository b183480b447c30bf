//! Values compared and written.

use crate::ast::{ObjectField, Value, ValueKind};
use crate::source::{self, HOLE};

/// Whether two values in the text mean the same value: strings by content, objects without regard to the order of
/// keys, numbers by their text.
pub fn same(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one.kind, other.kind) {
        (ValueKind::Variable(one), ValueKind::Variable(other))
        | (ValueKind::Int(one), ValueKind::Int(other))
        | (ValueKind::Float(one), ValueKind::Float(other))
        | (ValueKind::Enum(one), ValueKind::Enum(other)) => one == other,
        (ValueKind::String(one), ValueKind::String(other)) => {
            (one.block == other.block && one.raw == other.raw) || one.value() == other.value()
        }
        (ValueKind::Boolean(one), ValueKind::Boolean(other)) => one == other,
        (ValueKind::Null, ValueKind::Null) => true,
        (ValueKind::List(one), ValueKind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (ValueKind::Object(one), ValueKind::Object(other)) => {
            one.len() == other.len() && same_objects(one, other)
        }
        _ => false,
    }
}

/// Whether a part of a value is not known.
pub fn has_hole(value: &Value<'_>) -> bool {
    match value.kind {
        ValueKind::Hole => true,
        ValueKind::String(string) => source::has_hole(string.raw),
        ValueKind::List(values) => values.iter().any(has_hole),
        ValueKind::Object(fields) => {
            fields.iter().any(|field| field.name.has_hole() || has_hole(&field.value))
        }
        _ => false,
    }
}

fn same_objects(one: &[ObjectField<'_>], other: &[ObjectField<'_>]) -> bool {
    let same_field = |one: &ObjectField<'_>, other: &ObjectField<'_>| {
        one.name.text == other.name.text && same(&one.value, &other.value)
    };
    // Most objects are small or in the same order; sorting is for the others.
    if one.iter().zip(other).all(|(one, other)| one.name.text == other.name.text) {
        return one.iter().zip(other).all(|(one, other)| same(&one.value, &other.value));
    }
    if one.len() <= 8 {
        return one.iter().all(|one| other.iter().any(|other| same_field(one, other)));
    }
    let mut one: Vec<_> = one.iter().collect();
    let mut other: Vec<_> = other.iter().collect();
    one.sort_by_key(|field| field.name.text);
    other.sort_by_key(|field| field.name.text);
    one.iter().zip(&other).all(|(one, other)| same_field(one, other))
}

/// Writes a value in one line, as the specification does.
pub fn write(value: &Value<'_>) -> String {
    match value.kind {
        ValueKind::Variable(name) => format!("${name}"),
        ValueKind::Int(text) | ValueKind::Float(text) | ValueKind::Enum(text) => text.to_owned(),
        // The escapes of JSON are escapes of GraphQL.
        ValueKind::String(string) => serde_json::Value::from(string.value().as_ref()).to_string(),
        ValueKind::Boolean(value) => value.to_string(),
        ValueKind::Null => "null".to_owned(),
        ValueKind::Hole => HOLE.to_string(),
        ValueKind::List(values) => format!("[{}]", values.iter().map(write).collect::<Vec<_>>().join(", ")),
        ValueKind::Object(fields) => {
            let field = |field: &ObjectField<'_>| format!("{}: {}", field.name.text, write(&field.value));
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
    }
}
