//! A fragment stands where some object can be of its type (specification, section 5.5.2.3).

use crate::ast::InlineFragment;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::source::Span;
use crate::validation::{Context, Rule, Spread};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn fragment_spread<'d>(cx: &mut Context<'_, 'd>, spread: Spread<'d>, parent: Option<TypeId>) {
        if let (Some(parent), Some(fragment)) = (parent, spread.fragment) {
            let condition = cx.fragments.list[fragment as usize].type_condition.text;
            // Most fragments are on the very type that they are spread on.
            if cx.schema.ty(parent).name != condition
                && let Some(ty) = cx.schema.type_named(condition)
                && impossible(cx, parent, ty)
            {
                report(cx, spread.node.span, parent, ty);
            }
        }
    }

    #[inline]
    fn inline_fragment<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d InlineFragment<'d>,
        parent: Option<TypeId>,
        ty: Option<TypeId>,
    ) {
        if let (Some(parent), Some(ty)) = (parent, ty)
            && impossible(cx, parent, ty)
        {
            report(cx, node.span, parent, ty);
        }
    }
}

#[inline]
fn impossible(cx: &Context<'_, '_>, parent: TypeId, ty: TypeId) -> bool {
    cx.schema.ty(ty).kind.is_composite() && !cx.schema.types_overlap(parent, ty)
}

#[cold]
fn report(cx: &mut Context<'_, '_>, span: Span, parent: TypeId, ty: TypeId) {
    let (parent, name) = (cx.schema.ty(parent).name, cx.schema.ty(ty).name);
    let message = format!("no {parent} is ever a {name}, so this fragment on {name} selects nothing");
    let help = format!("delete it, or put it where a {name} can stand");
    cx.report(Diagnostic::error(This::ID, span, message).help(help).at(SchemaCoordinate::type_named(name)));
}
