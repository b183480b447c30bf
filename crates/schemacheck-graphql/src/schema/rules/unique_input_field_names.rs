//! An object value in the schema has each key once (specification, section 5.6.3).
//!
//! Warning, for no operation can see the value.

use bumpalo::Bump;

use super::Context;
use super::element::Element;
use crate::ast::{Value, ValueKind};
use crate::diagnostic::Diagnostic;
use crate::validation::each_duplicate;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    for &(element, value) in cx.inputs {
        if let Some(default) = value.default() {
            check_value(cx, element, default);
        }
    }
    for (element, directive) in cx.applied() {
        for argument in directive.arguments {
            check_value(cx, element, &argument.value);
        }
    }
}

/// The parser bounds how deep values nest.
fn check_value(cx: &mut Context<'_, '_>, element: Element<'_>, value: &Value<'_>) {
    match value.kind {
        ValueKind::List(values) => {
            for value in values {
                check_value(cx, element, value);
            }
        }
        ValueKind::Object(fields) => {
            each_duplicate(
                &Bump::new(),
                fields,
                |field| field.name.text,
                |first, again| {
                    let message = format!("a value at {element} has the key {} twice", again.name.text);
                    let diagnostic = Diagnostic::error(ID, again.span, message)
                        .warning()
                        .related(first.span, "first here")
                        .help("delete one")
                        .at(element.coordinate());
                    cx.report(diagnostic);
                },
            );
            for field in fields {
                check_value(cx, element, &field.value);
            }
        }
        _ => {}
    }
}
