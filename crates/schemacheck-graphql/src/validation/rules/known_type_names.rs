//! Every type that is named exists (specification, section 5.5.1.2 for fragments, 5.8.2 for variables).

use crate::ast::{FragmentDefinition, InlineFragment, Name, TypeKind, VariableDefinition};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{TypeId, TypeRef};
use crate::suggestion::closest;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>, ty: Option<TypeId>) {
        if ty.is_none() {
            report(cx, node.type_condition, TypeKind::is_composite);
        }
    }

    #[inline]
    fn inline_fragment<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d InlineFragment<'d>,
        _: Option<TypeId>,
        ty: Option<TypeId>,
    ) {
        if let (Some(name), None) = (node.type_condition, ty) {
            report(cx, name, TypeKind::is_composite);
        }
    }

    #[inline]
    fn variable<'d>(cx: &mut Context<'_, 'd>, node: &'d VariableDefinition<'d>, ty: Option<TypeRef>) {
        if ty.is_none() {
            report(cx, node.ty.name, TypeKind::is_input);
        }
    }
}

/// Only types of a kind that can stand in the place are proposed.
#[cold]
fn report(cx: &mut Context<'_, '_>, name: Name<'_>, fitting: fn(TypeKind) -> bool) {
    if name.has_hole() {
        return;
    }
    let candidates = cx.schema.types().map(|(_, ty)| ty).filter(|ty| fitting(ty.kind));
    let close = closest(name.text, candidates.map(|ty| ty.name).filter(|name| !name.starts_with("__")));
    let help = match close {
        Some(close) => format!("did you mean {close}?"),
        None => "use a type that the schema defines".to_owned(),
    };
    let diagnostic = Diagnostic::error(This::ID, name.span, format!("the schema has no type {}", name.text));
    cx.report(diagnostic.help(help).at(SchemaCoordinate::type_named(name.text)));
}
