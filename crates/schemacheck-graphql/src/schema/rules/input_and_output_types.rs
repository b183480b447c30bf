//! Fields have output types, arguments and input fields have input types (specification, section 3.4.2).
//!
//! Error, for a selection or a value cannot be judged against a type of the wrong kind.

use super::Context;
use crate::ast::TypeReference;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeRef;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for field in &schema.fields {
        if !schema.ty(field.ty.named).kind.is_output() {
            let coordinate = SchemaCoordinate::member(schema.ty(field.parent).name, field.name);
            report(cx, coordinate, field.ty, &field.definition.ty, "a field answers with", "output");
        }
    }
    for &(element, value) in cx.inputs {
        if !schema.ty(value.ty.named).kind.is_input() {
            report(cx, element.coordinate(), value.ty, &value.definition.ty, "it takes", "input");
        }
    }
}

fn report(
    cx: &mut Context<'_, '_>,
    coordinate: SchemaCoordinate,
    ty: TypeRef,
    node: &TypeReference<'_>,
    does: &str,
    wanted: &str,
) {
    let named = cx.schema.ty(ty.named);
    let message = format!(
        "{coordinate} has the type {}, but {} is no {wanted} type",
        cx.schema.type_text(ty),
        named.name
    );
    let kinds = match wanted {
        "input" => "scalars, enums and input objects",
        _ => "scalars, enums, objects, interfaces and unions",
    };
    let diagnostic = Diagnostic::error(ID, node.span, message)
        .related(named.definition.name.span, format!("{}, defined here", named.kind.name()))
        .help(format!("{does} {kinds}"))
        .at(coordinate);
    cx.report(diagnostic);
}
