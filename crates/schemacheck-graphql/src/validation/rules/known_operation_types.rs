//! The schema has a root type for every kind of operation that is used (specification, section 5.2.1.1).

use crate::ast::OperationDefinition;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {
        if cx.schema.root(node.kind).is_none() {
            report(cx, node);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, node: &OperationDefinition<'_>) {
    let kind = node.kind.name();
    let message = format!("the schema has no {kind} type, so no {kind} can be sent to it");
    let help = format!(
        "define type {}, or name another {kind} type in schema {{ … }}",
        node.kind.default_type_name()
    );
    cx.report(Diagnostic::error(This::ID, node.span, message).help(help).at(SchemaCoordinate::Schema));
}
