//! An operation without a name is the only one of its document (specification, section 5.2.3.1).

use crate::ast::OperationDefinition;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {
        if node.name.is_none() && cx.operations.len() > 1 {
            report(cx, node);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, node: &OperationDefinition<'_>) {
    let message = "an operation without a name stands beside others";
    cx.report(
        Diagnostic::error(This::ID, node.span, message).help("give it a name, or a document of its own"),
    );
}
