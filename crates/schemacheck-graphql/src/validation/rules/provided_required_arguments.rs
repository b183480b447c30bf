//! Every argument that is required is given (specification, section 5.4.3).

use crate::ast::Argument;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::InputValueId;
use crate::validation::{Callee, Context, Place, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [Argument<'d>]) {
        let schema = cx.schema;
        let given = |name: &str| nodes.iter().any(|node| node.name.text == name);
        match callee {
            Callee::Field(_, Some((parent, field))) => {
                for (id, argument) in schema.arguments_of(field) {
                    if argument.is_required() && !given(argument.name) {
                        report(cx, callee, Place::Argument(parent, field, id), id);
                    }
                }
            }
            Callee::Directive(_, Some(directive)) => {
                for (id, argument) in schema.directive_arguments_of(directive) {
                    if argument.is_required() && !given(argument.name) {
                        report(cx, callee, Place::DirectiveArgument(directive, id), id);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, callee: Callee<'_>, place: Place, id: InputValueId) {
    let (given, open) = match callee {
        Callee::Field(node, _) => (node.arguments, node.open && node.arguments.is_empty()),
        Callee::Directive(node, _) => (node.arguments, false),
    };
    if open || given.iter().any(|argument| argument.name.has_hole()) {
        return;
    }
    let argument = cx.schema.input_value(id);
    let ty = cx.schema.type_text(argument.ty);
    let (span, name) = match callee {
        Callee::Field(node, _) => (node.span, node.name.text.to_owned()),
        Callee::Directive(node, _) => (node.span, format!("@{}", node.name.text)),
    };
    let coordinate = place.coordinate(cx.schema).unwrap_or(SchemaCoordinate::Schema);
    let message = format!("{coordinate} is required and not given: it takes {ty}");
    let help = format!("add it: {name}({}: …)", argument.name);
    cx.report(Diagnostic::error(This::ID, span, message).help(help).at(coordinate));
}
