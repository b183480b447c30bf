//! The schema has a query root type, and root types are different object types (specification, section 3.3.1).
//!
//! Error, for without the root no operation has a meaning; that one type is two roots is a warning, as each operation
//! still has its root.

use super::Context;
use crate::ast::{OperationKind, TypeKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{Schema, TypeId};
use crate::source::Span;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    if cx.types().next().is_none() {
        let diagnostic = Diagnostic::error(ID, cx.start, "the schema defines no type")
            .help("give the files that define its types")
            .at(SchemaCoordinate::Schema);
        return cx.report(diagnostic);
    }
    let mut seen: Vec<(OperationKind, TypeId, Span)> = Vec::new();
    for kind in OperationKind::ALL {
        match root(schema, kind) {
            Root::Type(id, span) => {
                check_kind(cx, kind, id, span);
                if let Some(&(first, _, place)) = seen.iter().find(|(_, other, _)| *other == id) {
                    let name = schema.ty(id).name;
                    let message =
                        format!("{name} is the root type of both {} and {}", first.name(), kind.name());
                    let diagnostic = Diagnostic::error(ID, span, message)
                        .warning()
                        .related(place, "first here")
                        .help("give each operation a root type of its own")
                        .at(SchemaCoordinate::Schema);
                    cx.report(diagnostic);
                }
                seen.push((kind, id, span));
            }
            // What the schema definition names and the texts do not define is told already.
            Root::Unknown => {}
            Root::Absent => {
                if kind == OperationKind::Query {
                    report_absent(cx);
                }
            }
        }
    }
}

enum Root {
    Type(TypeId, Span),
    Unknown,
    Absent,
}

/// The root type of a kind, of whatever kind of type it is, and the place that makes it the root.
fn root(schema: &Schema<'_>, kind: OperationKind) -> Root {
    let mut entries = schema.definitions().iter().flat_map(|definition| definition.operation_types);
    if let Some(entry) = entries.find(|entry| entry.kind == kind) {
        return match schema.type_named(entry.ty.text) {
            Some(id) => Root::Type(id, entry.ty.span),
            None => Root::Unknown,
        };
    }
    if schema.definitions().iter().any(|definition| !definition.extend) {
        return Root::Absent;
    }
    match schema.type_named(kind.default_type_name()) {
        Some(id) => Root::Type(id, schema.ty(id).definition.name.span),
        None => Root::Absent,
    }
}

fn check_kind(cx: &mut Context<'_, '_>, kind: OperationKind, id: TypeId, span: Span) {
    let ty = cx.schema.ty(id);
    if ty.kind == TypeKind::Object {
        return;
    }
    let message =
        format!("{} cannot be the {} root type: its kind is {}", ty.name, kind.name(), ty.kind.name());
    let diagnostic = Diagnostic::error(ID, span, message)
        .related(ty.definition.name.span, "defined here")
        .help("a root type is an object type; name one in schema { … }")
        .at(SchemaCoordinate::Schema);
    cx.report(diagnostic);
}

fn report_absent(cx: &mut Context<'_, '_>) {
    let definition = cx.schema.definitions().iter().find(|definition| !definition.extend);
    let (span, help) = match definition {
        Some(definition) => (definition.span, "add query: … to the schema definition"),
        None => (cx.start, "define type Query, or name another object type: schema { query: … }"),
    };
    let diagnostic = Diagnostic::error(ID, span, "the schema has no query root type")
        .help(help)
        .at(SchemaCoordinate::Schema);
    cx.report(diagnostic);
}
