//! Every argument that is given is defined (specification, section 5.4.1).

use crate::ast::Argument;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::suggestion::closest;
use crate::validation::{Callee, Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [Argument<'d>]) {
        for node in nodes {
            let known = match callee {
                Callee::Field(_, Some((_, field))) => {
                    cx.schema.argument_named(field, node.name.text).is_some()
                }
                Callee::Directive(_, Some(directive)) => {
                    cx.schema.directive_argument_named(directive, node.name.text).is_some()
                }
                _ => true,
            };
            if !known {
                report(cx, callee, node);
            }
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, callee: Callee<'_>, node: &Argument<'_>) {
    if node.name.has_hole() {
        return;
    }
    let (schema, name) = (cx.schema, node.name.text);
    let (owner, coordinate, close) = match callee {
        Callee::Field(_, Some((parent, id))) => {
            let (parent, field) = (schema.ty(parent).name, schema.field(id).name);
            let close = closest(name, schema.arguments_of(id).map(|(_, argument)| argument.name));
            (format!("{parent}.{field}"), SchemaCoordinate::argument(parent, field, name), close)
        }
        Callee::Directive(_, Some(id)) => {
            let directive = schema.directive(id).name;
            let coordinate = SchemaCoordinate::DirectiveArgument(directive.to_owned(), name.to_owned());
            let close = closest(name, schema.directive_arguments_of(id).map(|(_, argument)| argument.name));
            (format!("@{directive}"), coordinate, close)
        }
        _ => return,
    };
    let message = format!("{owner} has no argument {name}");
    let help = close.map_or_else(|| "delete it".to_owned(), |close| format!("did you mean {close}?"));
    cx.report(Diagnostic::error(This::ID, node.span, message).help(help).at(coordinate));
}
