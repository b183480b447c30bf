//! Every variable that an operation defines is used (specification, section 5.8.4).

use crate::ast::{OperationDefinition, VariableDefinition};
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, operation_text};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn unused_variable<'d>(
        cx: &mut Context<'_, 'd>,
        operation: &'d OperationDefinition<'d>,
        variable: &'d VariableDefinition<'d>,
    ) {
        let owner = operation_text(operation);
        let message = format!("the variable ${} is never used in {owner}", variable.name.text);
        cx.report(Diagnostic::error(Self::ID, variable.span, message).help("delete it"));
    }
}
