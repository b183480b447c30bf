//! Applied directives are given the arguments that they require (specification, section 5.4.3).
//!
//! Warning, for no operation can see it.

use super::{Context, LISTED};
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    let required: Vec<Vec<_>> = schema
        .directives()
        .map(|(id, _)| {
            schema.directive_arguments_of(id).filter(|(_, argument)| argument.is_required()).collect()
        })
        .collect();
    for (element, directive) in cx.applied() {
        let name = directive.name.text;
        let Some(definition) = schema.directive_named(name) else { continue };
        let missing = required[definition.index()].iter().filter(|(_, required)| {
            !directive.arguments.iter().any(|given| given.name.text == required.name)
        });
        for (_, argument) in missing.take(LISTED) {
            let message = format!("@{name} on {element} lacks the argument {}", argument.name);
            let diagnostic = Diagnostic::error(ID, directive.span, message)
                .warning()
                .related(argument.definition.name.span, "required here")
                .help(format!("add {}: {}", argument.name, schema.type_text(argument.ty)))
                .at(element.coordinate());
            cx.report(diagnostic);
        }
    }
}
