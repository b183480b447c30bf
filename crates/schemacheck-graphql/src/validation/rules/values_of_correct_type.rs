//! Every literal fits the type of its place (specification, sections 5.6.1, 5.6.2 and 5.6.4).

use crate::ast::{ObjectField, TypeKind, Value, ValueKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{InputValue, Schema, Type, TypeId};
use crate::source::Span;
use crate::suggestion::closest;
use crate::validation::{Context, Expected, Rule};
use crate::value;

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn value<'d>(cx: &mut Context<'_, 'd>, node: &'d Value<'d>, expected: Option<Expected>) {
        if let Some(expected) = expected
            && !matches!(node.kind, ValueKind::Variable(_) | ValueKind::Hole)
        {
            check(cx, node, expected);
        }
    }
}

fn check(cx: &mut Context<'_, '_>, node: &Value<'_>, expected: Expected) {
    let schema = cx.schema;
    let ty = schema.ty(expected.ty.named);
    match node.kind {
        ValueKind::Null => {
            if expected.ty.wrappers.is_non_null() {
                report_mismatch(cx, node, expected);
            }
        }
        // The items are checked one by one.
        ValueKind::List(_) if expected.ty.wrappers.is_list() => {}
        // A single value stands for a list of one, so lists do not matter from here on.
        ValueKind::Object(fields) if ty.kind == TypeKind::InputObject => {
            check_object(cx, node, fields, expected.ty.named);
        }
        _ => {
            if !fits(schema, expected.ty.named, ty, &node.kind) {
                report_mismatch(cx, node, expected);
            }
        }
    }
}

/// Whether a literal, neither null nor an input object, is a value of a named type. What a custom scalar takes, only
/// the service knows.
fn fits(schema: &Schema<'_>, id: TypeId, ty: &Type<'_>, value: &ValueKind<'_>) -> bool {
    match (ty.kind, value) {
        (TypeKind::Scalar, _) if !ty.built_in => true,
        (TypeKind::Scalar, value) => match (ty.name, value) {
            ("Int", ValueKind::Int(text)) => text.parse::<i32>().is_ok(),
            ("Float", ValueKind::Int(text) | ValueKind::Float(text)) => {
                text.parse::<f64>().is_ok_and(f64::is_finite)
            }
            ("String" | "ID", ValueKind::String(_)) => true,
            ("ID", ValueKind::Int(_)) => true,
            ("Boolean", ValueKind::Boolean(_)) => true,
            _ => false,
        },
        (TypeKind::Enum, ValueKind::Enum(name)) => schema.enum_value_named(id, name).is_some(),
        (TypeKind::Enum | TypeKind::InputObject, _) => false,
        // A type that takes no values is another rule's business.
        _ => true,
    }
}

fn check_object(cx: &mut Context<'_, '_>, node: &Value<'_>, fields: &[ObjectField<'_>], ty: TypeId) {
    let schema = cx.schema;
    for field in fields {
        if schema.input_field_named(ty, field.name.text).is_none() {
            report_unknown_field(cx, field, ty);
            if cx.stopped {
                return;
            }
        }
    }
    let open = cx.document.holes && fields.iter().any(|field| field.name.has_hole());
    for (_, definition) in schema.input_fields_of(ty).filter(|_| !open) {
        if definition.is_required() && !fields.iter().any(|field| field.name.text == definition.name) {
            report_missing_field(cx, node, ty, definition);
        }
    }
    if schema.ty(ty).is_one_of() {
        // The same field given twice is another rule's business.
        match fields {
            // What is not known may be the one field, or the same field again.
            fields if open && fields.iter().filter(|field| !field.name.has_hole()).count() <= 1 => {}
            [only, others @ ..] if others.iter().all(|other| other.name.text == only.name.text) => {
                if matches!(only.value.kind, ValueKind::Null) {
                    let name = schema.ty(ty).name;
                    let message =
                        format!("{name}.{} cannot be null: {name} takes exactly one value", only.name.text);
                    report_one_of(cx, node.span, SchemaCoordinate::member(name, only.name.text), message);
                }
            }
            _ => {
                let name = schema.ty(ty).name;
                let message = format!("{name} takes exactly one of its fields, here are {}", fields.len());
                report_one_of(cx, node.span, SchemaCoordinate::type_named(name), message);
            }
        }
    }
}

#[cold]
fn report_mismatch(cx: &mut Context<'_, '_>, node: &Value<'_>, expected: Expected) {
    let schema = cx.schema;
    let wanted = schema.type_text(expected.ty);
    let ty = schema.ty(expected.ty.named);
    let mut coordinate = expected.place.coordinate(schema);
    let place = match &coordinate {
        Some(coordinate) => format!("{coordinate} takes "),
        None => "expected ".to_owned(),
    };
    let message = format!("{place}{wanted}, found {}", found(node));
    let help = match (ty.kind, node.kind) {
        (_, ValueKind::Null) => Some("give a value, or leave it out where there is a default".to_owned()),
        (TypeKind::Enum, ValueKind::Enum(name)) => {
            coordinate = Some(SchemaCoordinate::member(ty.name, name));
            did_you_mean(cx, expected.ty.named, name)
        }
        (TypeKind::Enum, ValueKind::String(text)) => {
            let text = text.value();
            let close = did_you_mean(cx, expected.ty.named, &text);
            close.map(|close| format!("enum values stand without quotes; {close}"))
        }
        (TypeKind::Enum, _) => None,
        (TypeKind::InputObject, _) => {
            Some(format!("give an input object: {{ … }} with fields of {}", ty.name))
        }
        (_, ValueKind::List(_)) => Some("give one value, not a list".to_owned()),
        _ => Some(match ty.name {
            "Int" => "give a whole number between -2147483648 and 2147483647".to_owned(),
            "Float" => "give a number".to_owned(),
            "String" => "give a text in double quotes".to_owned(),
            "ID" => "give a text in double quotes or a whole number".to_owned(),
            _ => "give true or false".to_owned(),
        }),
    };
    let help = help.unwrap_or_else(|| format!("give a value of the enum {}", ty.name));
    let diagnostic = Diagnostic::error(This::ID, node.span, message).help(help);
    cx.report(match coordinate {
        Some(coordinate) => diagnostic.at(coordinate),
        None => diagnostic,
    });
}

fn did_you_mean(cx: &Context<'_, '_>, id: TypeId, name: &str) -> Option<String> {
    let close = closest(name, cx.schema.enum_values_of(id).map(|(_, value)| value.name))?;
    Some(format!("did you mean {close}?"))
}

/// The kind of a value and its text, where that is short.
fn found(node: &Value<'_>) -> String {
    let kind = match node.kind {
        ValueKind::Null => return "null".to_owned(),
        ValueKind::Variable(_) => "a variable",
        ValueKind::Int(_) => "an Int",
        ValueKind::Float(_) => "a Float",
        ValueKind::String(_) => "a String",
        ValueKind::Boolean(_) => "a Boolean",
        ValueKind::Enum(_) => "an enum value",
        ValueKind::List(_) => "a list",
        ValueKind::Object(_) => "an input object",
        ValueKind::Hole => "an interpolation",
    };
    let short = node.span.end - node.span.start <= 60;
    let text = short.then(|| value::write(node)).filter(|text| !text.contains('\n'));
    text.map_or_else(|| kind.to_owned(), |text| format!("{text}, {kind}"))
}

#[cold]
fn report_unknown_field(cx: &mut Context<'_, '_>, field: &ObjectField<'_>, ty: TypeId) {
    if field.name.has_hole() {
        return;
    }
    let (parent, name) = (cx.schema.ty(ty).name, field.name.text);
    let close = closest(name, cx.schema.input_fields_of(ty).map(|(_, field)| field.name));
    let help = close.map_or_else(|| "delete it".to_owned(), |close| format!("did you mean {close}?"));
    let diagnostic = Diagnostic::error(This::ID, field.span, format!("{parent} has no input field {name}"));
    cx.report(diagnostic.help(help).at(SchemaCoordinate::member(parent, name)));
}

#[cold]
fn report_missing_field(cx: &mut Context<'_, '_>, node: &Value<'_>, ty: TypeId, definition: &InputValue<'_>) {
    let (parent, name) = (cx.schema.ty(ty).name, definition.name);
    let wanted = cx.schema.type_text(definition.ty);
    let message = format!("{parent}.{name} is required and not given: it takes {wanted}");
    let diagnostic = Diagnostic::error(This::ID, node.span, message).help(format!("add it: {name}: …"));
    cx.report(diagnostic.at(SchemaCoordinate::member(parent, name)));
}

#[cold]
fn report_one_of(cx: &mut Context<'_, '_>, span: Span, coordinate: SchemaCoordinate, message: String) {
    let help = "give exactly one field, with a value other than null";
    cx.report(Diagnostic::error(This::ID, span, message).help(help).at(coordinate));
}
