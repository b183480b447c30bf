//! A document of operations defines nothing but operations and fragments (specification, section 5.1.1).

use crate::ast::Definition;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn document(cx: &mut Context<'_, '_>) {
        for definition in cx.document.definitions {
            if !matches!(definition, Definition::Operation(_) | Definition::Fragment(_)) {
                report(cx, definition);
            }
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, definition: &Definition<'_>) {
    let what = match definition {
        Definition::Type(node) => format!("the type {}", node.name.text),
        Definition::Directive(node) => format!("the directive @{}", node.name.text),
        _ => "a schema".to_owned(),
    };
    let message = format!("a document of operations cannot define {what}");
    cx.report(
        Diagnostic::error(This::ID, definition.span(), message).help("move it to a file of the schema"),
    );
}
