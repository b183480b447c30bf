//! A variable has a type whose values can be given (specification, section 5.8.2).

use crate::ast::VariableDefinition;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeRef;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn variable<'d>(cx: &mut Context<'_, 'd>, node: &'d VariableDefinition<'d>, ty: Option<TypeRef>) {
        if let Some(ty) = ty
            && !cx.schema.ty(ty.named).kind.is_input()
        {
            report(cx, node, ty);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, node: &VariableDefinition<'_>, ty: TypeRef) {
    let named = cx.schema.ty(ty.named);
    let text = cx.schema.type_text(ty);
    let (variable, kind) = (node.name.text, named.kind.name());
    let message = format!("the variable ${variable} cannot be {text}: values of kind {kind} only come out");
    let diagnostic = Diagnostic::error(This::ID, node.ty.span, message);
    let help = "use a scalar, an enum or an input object";
    cx.report(diagnostic.help(help).at(SchemaCoordinate::type_named(named.name)));
}
