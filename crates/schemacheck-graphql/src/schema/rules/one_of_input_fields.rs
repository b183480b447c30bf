//! The fields of an input object that takes exactly one are nullable and have no default (specification, section
//! 3.10.1).
//!
//! Error, for a field that must be given and must not be given contradicts itself; a default value is a warning, as no
//! operation can see it.

use super::Context;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (id, ty) in cx.types().filter(|(_, ty)| ty.is_one_of()) {
        for (_, field) in schema.input_fields_of(id) {
            let coordinate = SchemaCoordinate::member(ty.name, field.name);
            if field.ty.wrappers.is_non_null() {
                let message = format!("{coordinate} is non-null, but {} takes exactly one field", ty.name);
                let diagnostic = Diagnostic::error(ID, field.definition.ty.span, message)
                    .help("take the ! away, or take @oneOf away")
                    .at(coordinate.clone());
                cx.report(diagnostic);
            }
            if let Some(default) = field.default() {
                let message =
                    format!("{coordinate} has a default value, but {} takes exactly one field", ty.name);
                let diagnostic = Diagnostic::error(ID, default.span, message)
                    .warning()
                    .help("take the default value away, or take @oneOf away")
                    .at(coordinate);
                cx.report(diagnostic);
            }
        }
    }
}
