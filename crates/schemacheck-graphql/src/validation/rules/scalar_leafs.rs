//! Fields are selected down to leaves and not below (specification, section 5.3.3).

use crate::ast::Field;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, TypeId};
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn field<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d Field<'d>,
        parent: Option<TypeId>,
        definition: Option<FieldId>,
    ) {
        if let (Some(parent), Some(definition)) = (parent, definition) {
            let kind = cx.schema.ty(cx.schema.field(definition).ty.named).kind;
            let wrong = if node.selection_set.is_some() { kind.is_leaf() } else { kind.is_composite() };
            if wrong && !(node.open && node.selection_set.is_none()) {
                report(cx, node, parent, definition);
            }
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, node: &Field<'_>, parent: TypeId, definition: FieldId) {
    let schema = cx.schema;
    let coordinate = SchemaCoordinate::member(schema.ty(parent).name, node.name.text);
    let field = schema.field(definition);
    let (ty, kind) = (schema.type_text(field.ty), schema.ty(field.ty.named).kind.name());
    let diagnostic = if let Some(set) = &node.selection_set {
        let message = format!("{coordinate} is {ty}, of kind {kind}: nothing can be selected below it");
        Diagnostic::error(This::ID, set.span, message).help("delete the braces and what is in them")
    } else {
        let message = format!("{coordinate} is {ty}, of kind {kind}: select what you need of it");
        Diagnostic::error(This::ID, node.span, message).help(format!("{} {{ … }}", node.name.text))
    };
    cx.report(diagnostic.at(coordinate));
}
