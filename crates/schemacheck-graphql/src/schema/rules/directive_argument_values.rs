//! Values given to the arguments of applied directives fit their types (specification, section 5.6.1).
//!
//! Warning, for no operation can see what is applied to the schema.

use super::Context;
use super::constant::Judge;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    let mut judge = Judge::new(schema);
    for (element, directive) in cx.applied() {
        let Some(definition) = schema.directive_named(directive.name.text) else { continue };
        for argument in directive.arguments {
            let Some(known) = schema.directive_argument_named(definition, argument.name.text) else {
                continue;
            };
            for misfit in judge.misfits(&argument.value, schema.input_value(known).ty) {
                let message = format!(
                    "the value of @{}({}:) on {element} does not fit: {}",
                    directive.name.text, argument.name.text, misfit.message
                );
                let diagnostic = Diagnostic::error(ID, misfit.span, message).warning().help(misfit.help);
                cx.report(diagnostic.at(element.coordinate()));
            }
        }
    }
}
