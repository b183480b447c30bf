//! Every type has what its kind is made of: fields, members, values (specification, sections 3.6 to 3.10).
//!
//! Warning, for nothing can be selected from such a type or given to it, and every operation that tries is invalid
//! for certain.

use super::Context;
use crate::ast::{TypeDefinition, TypeKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    for (_, ty) in cx.types() {
        let has_part = |part: &TypeDefinition<'_>| match ty.kind {
            TypeKind::Scalar => true,
            TypeKind::Object | TypeKind::Interface => !part.fields.is_empty(),
            TypeKind::Union => !part.members.is_empty(),
            TypeKind::Enum => !part.values.is_empty(),
            TypeKind::InputObject => !part.input_fields.is_empty(),
        };
        if ty.parts().any(has_part) {
            continue;
        }
        let missing = match ty.kind {
            TypeKind::Union => "members",
            TypeKind::Enum => "values",
            _ => "fields",
        };
        let message = format!("the {} type {} has no {missing}", ty.kind.name(), ty.name);
        let diagnostic = Diagnostic::error(ID, ty.definition.name.span, message)
            .warning()
            .help("give it at least one, or delete it")
            .at(SchemaCoordinate::type_named(ty.name));
        cx.report(diagnostic);
    }
}
