//! A fragment applies to an object, interface or union (specification, section 5.5.1.3).

use crate::ast::{FragmentDefinition, InlineFragment, Name};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>, ty: Option<TypeId>) {
        check(cx, Some(node.type_condition), ty);
    }

    #[inline]
    fn inline_fragment<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d InlineFragment<'d>,
        _: Option<TypeId>,
        ty: Option<TypeId>,
    ) {
        check(cx, node.type_condition, ty);
    }
}

#[inline]
fn check(cx: &mut Context<'_, '_>, condition: Option<Name<'_>>, ty: Option<TypeId>) {
    if let (Some(condition), Some(ty)) = (condition, ty)
        && !cx.schema.ty(ty).kind.is_composite()
    {
        report(cx, condition, ty);
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, condition: Name<'_>, ty: TypeId) {
    let kind = cx.schema.ty(ty).kind.name();
    let message = format!("no fragment can be on {}: it has no fields, being of kind {kind}", condition.text);
    let diagnostic = Diagnostic::error(This::ID, condition.span, message);
    let help = "put the fragment on an object, interface or union";
    cx.report(diagnostic.help(help).at(SchemaCoordinate::type_named(condition.text)));
}
