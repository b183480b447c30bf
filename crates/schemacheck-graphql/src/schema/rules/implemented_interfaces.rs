//! A type implements interfaces, not itself, and those that its interfaces implement (specification, sections 3.6
//! and 3.7).
//!
//! Error, for it decides which fragments can apply; that interfaces implement each other in a circle is a warning, as
//! the objects that stand behind them are the same either way.

use super::{Context, IdSet, LISTED, declared_at};
use crate::ast::TypeKind;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{Type, TypeId};

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (id, ty) in cx.types().filter(|(_, ty)| !ty.interfaces.is_empty()) {
        let declared = IdSet::new(ty.interfaces);
        for &interface in ty.interfaces {
            if interface == id {
                report_circle(cx, ty, None);
            } else if schema.ty(interface).kind == TypeKind::Interface {
                check_inherited(cx, id, &declared, interface);
            } else {
                report_kind(cx, ty, interface);
            }
        }
    }
}

fn check_inherited(cx: &mut Context<'_, '_>, id: TypeId, declared: &IdSet<'_>, interface: TypeId) {
    let schema = cx.schema;
    let (ty, via) = (schema.ty(id), schema.ty(interface));
    let mut missing = Vec::new();
    for &inherited in via.interfaces {
        if inherited == id {
            report_circle(cx, ty, Some(via));
        } else if !declared.contains(inherited) && inherited != interface {
            missing.push(schema.ty(inherited).name);
            if missing.len() == LISTED {
                break;
            }
        }
    }
    if missing.is_empty() {
        return;
    }
    let message = format!("{} implements {}, but not {} behind it", ty.name, via.name, missing.join(", "));
    let diagnostic = Diagnostic::error(ID, declared_at(ty, via.name), message)
        .related(declared_at(via, missing[0]), "behind it by this")
        .help(format!("add to {}: implements {}", ty.name, missing.join(" & ")))
        .at(SchemaCoordinate::type_named(ty.name));
    cx.report(diagnostic);
}

fn report_circle(cx: &mut Context<'_, '_>, ty: &Type<'_>, via: Option<&Type<'_>>) {
    let (message, span) = match via {
        None => (format!("{0} implements itself", ty.name), declared_at(ty, ty.name)),
        Some(via) => {
            let message = format!("{} and {} implement each other", ty.name, via.name);
            (message, declared_at(ty, via.name))
        }
    };
    let mut diagnostic = Diagnostic::error(ID, span, message)
        .warning()
        .help("delete one of the declarations")
        .at(SchemaCoordinate::type_named(ty.name));
    if let Some(via) = via {
        diagnostic = diagnostic.related(declared_at(via, ty.name), "the way back");
    }
    cx.report(diagnostic);
}

fn report_kind(cx: &mut Context<'_, '_>, ty: &Type<'_>, named: TypeId) {
    let named = cx.schema.ty(named);
    let message =
        format!("{} implements {}, which is no interface but {}", ty.name, named.name, named.kind.name());
    let diagnostic = Diagnostic::error(ID, declared_at(ty, named.name), message)
        .related(named.definition.name.span, "defined here")
        .help("implement interfaces only")
        .at(SchemaCoordinate::type_named(ty.name));
    cx.report(diagnostic);
}
