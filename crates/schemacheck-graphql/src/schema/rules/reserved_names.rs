//! Names that begin with two underscores belong to introspection (specification, section 2.1.9.1).
//!
//! Warning, for the element can be named all the same and means one thing.

use super::{Context, each_input_value};
use crate::ast::Name;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    if !cx.reserved_names {
        return;
    }
    let schema = cx.schema;
    for (id, ty) in cx.types() {
        judge(cx, ty.definition.name, || SchemaCoordinate::type_named(ty.name));
        for (_, field) in schema.fields_of(id) {
            judge(cx, field.definition.name, || SchemaCoordinate::member(ty.name, field.name));
        }
        for (_, value) in schema.enum_values_of(id) {
            judge(cx, value.definition.name, || SchemaCoordinate::member(ty.name, value.name));
        }
    }
    for (_, directive) in schema.directives() {
        let coordinate = || SchemaCoordinate::Directive(directive.name.to_owned());
        judge(cx, directive.definition.name, coordinate);
    }
    each_input_value(cx.schema, |element, value| {
        judge(cx, value.definition.name, || element.coordinate());
    });
}

#[inline]
fn judge(cx: &mut Context<'_, '_>, name: Name<'_>, coordinate: impl FnOnce() -> SchemaCoordinate) {
    if name.text.starts_with("__") {
        let coordinate = coordinate();
        let message = format!("{coordinate} has a name that is reserved for introspection");
        let diagnostic = Diagnostic::error(ID, name.span, message)
            .warning()
            .help("choose a name that does not begin with two underscores")
            .at(coordinate);
        cx.report(diagnostic);
    }
}
