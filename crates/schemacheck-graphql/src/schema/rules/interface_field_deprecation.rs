//! Where an implementation's field is deprecated, the interface's is as well (specification, section 3.6.1, since
//! September 2025). The interface's alone may be.
//!
//! Warning, for a deprecated field is selected like any other.

use super::{Context, is_deprecated};
use crate::ast::TypeKind;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (id, ty) in cx.types() {
        if ty.interfaces.is_empty() || !ty.parts().any(|part| part.directives_within) {
            continue;
        }
        for (_, field) in schema.fields_of(id) {
            let Some(directive) =
                field.definition.directives.iter().find(|directive| directive.name.text == "deprecated")
            else {
                continue;
            };
            for &interface in ty.interfaces {
                let promised = schema.field_named(interface, field.name);
                let Some(promised) = promised.map(|promised| schema.field(promised)) else { continue };
                let parent = schema.ty(interface);
                if interface == id || parent.kind != TypeKind::Interface {
                    continue;
                }
                if is_deprecated(promised.definition.directives) {
                    continue;
                }
                let message = format!(
                    "{}.{name} is deprecated, but {}.{name} is not",
                    ty.name,
                    parent.name,
                    name = field.name
                );
                let diagnostic = Diagnostic::error(ID, directive.span, message)
                    .warning()
                    .related(promised.definition.name.span, "the interface's")
                    .help("deprecate the interface's field too, or neither")
                    .at(SchemaCoordinate::member(ty.name, field.name));
                cx.report(diagnostic);
            }
        }
    }
}
