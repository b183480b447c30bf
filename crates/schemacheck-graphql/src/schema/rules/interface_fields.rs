//! An implementation has the fields of its interfaces, with fitting types and arguments (specification, section 3.6.1,
//! `IsValidImplementation`).
//!
//! Error, for what the interface promises to a selection the object behind it would not keep.

use super::{Context, LISTED, declared_at};
use crate::ast::TypeKind;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{Field, FieldId, Schema, TypeId, TypeRef};

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (id, ty) in cx.types() {
        for &interface in ty.interfaces {
            if interface == id || schema.ty(interface).kind != TypeKind::Interface {
                continue;
            }
            let mut missing = Vec::new();
            for (promised, field) in schema.fields_of(interface) {
                match schema.field_named(id, field.name) {
                    Some(kept) => check_field(cx, kept, promised),
                    None => missing.push(promised),
                }
                if missing.len() == LISTED {
                    break;
                }
            }
            for field in missing {
                report_missing(cx, id, field);
            }
        }
    }
}

fn check_field(cx: &mut Context<'_, '_>, kept: FieldId, promised: FieldId) {
    let schema = cx.schema;
    let (kept_field, promised_field) = (schema.field(kept), schema.field(promised));
    if !is_covariant(schema, kept_field.ty, promised_field.ty) {
        let (own, other) = (name_of(schema, kept_field), name_of(schema, promised_field));
        let message = format!(
            "{own} has the type {}, which does not fit {} of {other}",
            schema.type_text(kept_field.ty),
            schema.type_text(promised_field.ty),
        );
        let diagnostic = Diagnostic::error(ID, kept_field.definition.ty.span, message)
            .related(promised_field.definition.ty.span, "the interface's")
            .help("give it that type, a narrower one, or the non-null form of either")
            .at(coordinate_of(schema, kept_field));
        cx.report(diagnostic);
    }
    if kept_field.arguments.is_empty() && promised_field.arguments.is_empty() {
        return;
    }
    for (_, promised_argument) in schema.arguments_of(promised) {
        let name = promised_argument.name;
        let related = (promised_argument.definition.name.span, "the interface's");
        let diagnostic = match schema.argument_named(kept, name) {
            None => {
                let message = format!(
                    "{} lacks the argument {name} of {}",
                    name_of(schema, kept_field),
                    name_of(schema, promised_field)
                );
                Diagnostic::error(ID, kept_field.definition.name.span, message)
                    .help(format!("add {name}: {}", schema.type_text(promised_argument.ty)))
                    .at(coordinate_of(schema, kept_field))
            }
            Some(kept_argument) => {
                let kept_argument = schema.input_value(kept_argument);
                if kept_argument.ty == promised_argument.ty {
                    continue;
                }
                let coordinate = argument_of(schema, kept_field, name);
                let message = format!(
                    "{coordinate} has the type {}, the interface has {}",
                    schema.type_text(kept_argument.ty),
                    schema.type_text(promised_argument.ty)
                );
                Diagnostic::error(ID, kept_argument.definition.ty.span, message)
                    .help("the types of both are to be equal")
                    .at(coordinate)
            }
        };
        cx.report(diagnostic.related(related.0, related.1));
    }
    for (_, argument) in schema.arguments_of(kept).filter(|(_, argument)| argument.is_required()) {
        if schema.argument_named(promised, argument.name).is_none() {
            let coordinate = argument_of(schema, kept_field, argument.name);
            let other = name_of(schema, promised_field);
            let message = format!("{coordinate} is required, but {other} has no such argument");
            let diagnostic = Diagnostic::error(ID, argument.definition.name.span, message)
                .related(promised_field.definition.name.span, "the interface's")
                .help("make it nullable or give it a default value")
                .at(coordinate);
            cx.report(diagnostic);
        }
    }
}

fn report_missing(cx: &mut Context<'_, '_>, id: TypeId, promised: FieldId) {
    let schema = cx.schema;
    let (ty, field) = (schema.ty(id), schema.field(promised));
    let interface = schema.ty(field.parent).name;
    let message = format!("{} lacks the field {} of its interface {interface}", ty.name, field.name);
    let diagnostic = Diagnostic::error(ID, declared_at(ty, interface), message)
        .related(field.definition.name.span, "the interface's")
        .help(format!("add {}: {}", field.name, schema.type_text(field.ty)))
        .at(SchemaCoordinate::type_named(ty.name));
    cx.report(diagnostic);
}

/// Whether every value of `sub` is one of `promised` (`IsValidImplementationFieldType`).
fn is_covariant(schema: &Schema<'_>, sub: TypeRef, promised: TypeRef) -> bool {
    sub == promised
        || (sub.wrappers.list_depth == promised.wrappers.list_depth
            && promised.wrappers.non_null & !sub.wrappers.non_null == 0
            && (sub.named == promised.named || schema.is_subtype(sub.named, promised.named)))
}

fn coordinate_of(schema: &Schema<'_>, field: &Field<'_>) -> SchemaCoordinate {
    SchemaCoordinate::member(schema.ty(field.parent).name, field.name)
}

fn argument_of(schema: &Schema<'_>, field: &Field<'_>, argument: &str) -> SchemaCoordinate {
    SchemaCoordinate::argument(schema.ty(field.parent).name, field.name, argument)
}

fn name_of(schema: &Schema<'_>, field: &Field<'_>) -> String {
    coordinate_of(schema, field).to_string()
}
