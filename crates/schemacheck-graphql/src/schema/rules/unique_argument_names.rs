//! An applied directive is given each argument once (specification, section 5.4.2).
//!
//! Warning, for no operation can see it.

use bumpalo::Bump;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::validation::each_duplicate;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    for (element, directive) in cx.applied() {
        let name = directive.name.text;
        each_duplicate(
            &Bump::new(),
            directive.arguments,
            |argument| argument.name.text,
            |first, again| {
                let message = format!("@{name} on {element} is given the argument {} twice", again.name.text);
                let diagnostic = Diagnostic::error(ID, again.span, message)
                    .warning()
                    .related(first.span, "first here")
                    .help("delete one")
                    .at(element.coordinate());
                cx.report(diagnostic);
            },
        );
    }
}
