//! A selected field exists on the type that it is selected on (specification, section 5.3.1).

use crate::ast::Field;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, TypeId};
use crate::suggestion::closest;
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
        if let (Some(parent), None) = (parent, definition) {
            report(cx, node, parent);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, node: &Field<'_>, parent: TypeId) {
    if node.name.has_hole() {
        return;
    }
    let (ty, name) = (cx.schema.ty(parent), node.name.text);
    let message = format!("{} has no field {name}", ty.name);
    let help = help(cx, name, parent).unwrap_or_else(|| "delete it".to_owned());
    let diagnostic = Diagnostic::error(This::ID, node.span, message).help(help);
    cx.report(diagnostic.at(SchemaCoordinate::member(ty.name, name)));
}

/// An object type behind the parent that has the field, else a field of the parent with a similar name.
fn help(cx: &Context<'_, '_>, name: &str, parent: TypeId) -> Option<String> {
    let schema = cx.schema;
    if schema.ty(parent).kind.is_abstract() {
        let mut having =
            schema.possible_types(parent).iter().filter(|&&ty| schema.field_named(ty, name).is_some());
        if let Some(&ty) = having.next() {
            return Some(format!("{0} has it; did you mean ... on {0} {{ {name} }}?", schema.ty(ty).name));
        }
    }
    let close = closest(name, schema.fields_of(parent).map(|(_, field)| field.name))?;
    Some(format!("did you mean {close}?"))
}
