//! Arguments given to applied directives are defined (specification, section 5.4.1).
//!
//! Warning, for no operation can see them.

use super::Context;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    for (element, directive) in cx.applied() {
        let Some(definition) = schema.directive_named(directive.name.text) else { continue };
        for argument in directive.arguments {
            let (owner, name) = (directive.name.text, argument.name.text);
            if schema.directive_argument_named(definition, name).is_some() {
                continue;
            }
            let message =
                format!("@{owner} on {element} is given the argument {name}, which it does not have");
            let known = schema.directive_arguments_of(definition).map(|(_, argument)| argument.name);
            let help = match cx.suggestions.closest(name, known) {
                Some(close) => format!("did you mean {close}?"),
                None => "delete it, or define it".to_owned(),
            };
            let diagnostic = Diagnostic::error(ID, argument.span, message)
                .warning()
                .related(schema.directive(definition).definition.name.span, "defined here")
                .help(help)
                .at(SchemaCoordinate::DirectiveArgument(owner.to_owned(), name.to_owned()));
            cx.report(diagnostic);
        }
    }
}
