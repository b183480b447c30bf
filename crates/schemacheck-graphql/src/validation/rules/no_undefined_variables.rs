//! Every variable that an operation uses, itself or through fragments, is defined by it (specification, section 5.8.3).

use crate::ast::{OperationDefinition, VariableDefinition};
use crate::diagnostic::Diagnostic;
use crate::suggestion::closest;
use crate::validation::{Context, Rule, VariableUsage, operation_text};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn variable_usage<'d>(
        cx: &mut Context<'_, 'd>,
        operation: &'d OperationDefinition<'d>,
        usage: VariableUsage<'d>,
        variable: Option<&'d VariableDefinition<'d>>,
    ) {
        if variable.is_none() {
            report(cx, operation, usage);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, operation: &OperationDefinition<'_>, usage: VariableUsage<'_>) {
    let name = usage.name;
    if operation.variables.iter().any(|variable| variable.name.has_hole()) {
        return;
    }
    let help = match closest(name, operation.variables.iter().map(|variable| variable.name.text)) {
        Some(close) => format!("did you mean ${close}?"),
        None => match usage.expected {
            Some(expected) => format!("define it: (${name}: {})", cx.schema.type_text(expected.ty)),
            None => format!("define it: (${name}: …)"),
        },
    };
    let message = format!("the variable ${name} is not defined by {}", operation_text(operation));
    let diagnostic = Diagnostic::error(This::ID, usage.span, message).help(help);
    cx.report(diagnostic.related(operation.span, "used by this operation"));
}
