//! No two variables of an operation have the same name (specification, section 5.8.1).

use crate::ast::{OperationDefinition, VariableDefinition};
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, each_duplicate, operation_text};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {
        each_duplicate(
            cx.arena,
            node.variables,
            |variable| variable.name.text,
            |first, again| {
                report(cx, node, first, again);
            },
        );
    }
}

#[cold]
fn report(
    cx: &mut Context<'_, '_>,
    operation: &OperationDefinition<'_>,
    first: &VariableDefinition<'_>,
    again: &VariableDefinition<'_>,
) {
    if first.name.has_hole() {
        return;
    }
    let message =
        format!("two variables of {} have the name ${}", operation_text(operation), first.name.text);
    let diagnostic = Diagnostic::error(This::ID, first.name.span, message);
    cx.report(diagnostic.related(again.name.span, "the other one").help("rename or delete one"));
}
