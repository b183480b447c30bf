//! The members of a union are object types (specification, section 3.8).
//!
//! Error, for the objects that stand behind the union decide which fragments can apply.

use super::{Context, named_at};
use crate::ast::TypeKind;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (_, ty) in cx.types() {
        for member in ty.members.iter().map(|&member| schema.ty(member)) {
            if member.kind == TypeKind::Object {
                continue;
            }
            let span = named_at(ty, |part| {
                part.members.iter().find(|name| name.text == member.name).map(|name| name.span)
            });
            let message = format!(
                "{} has the member {}, which is no object but {}",
                ty.name,
                member.name,
                member.kind.name()
            );
            let diagnostic = Diagnostic::error(ID, span, message)
                .related(member.definition.name.span, "defined here")
                .help("name object types only")
                .at(SchemaCoordinate::type_named(ty.name));
            cx.report(diagnostic);
        }
    }
}
