//! What must be given is not deprecated: required arguments and input fields (specification, section 3.13.3).
//!
//! Warning, for whether a value must be given does not depend on it.

use super::{Context, each_input_value};
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    each_input_value(cx.schema, |element, value| {
        let mut directives = value.definition.directives.iter();
        let Some(directive) = directives.find(|directive| directive.name.text == "deprecated") else {
            return;
        };
        if value.is_required() {
            let diagnostic =
                Diagnostic::error(ID, directive.span, format!("{element} is deprecated, but must be given"))
                    .warning()
                    .related(value.definition.ty.span, "non-null without a default value")
                    .help("make it nullable or give it a default value first")
                    .at(element.coordinate());
            cx.report(diagnostic);
        }
    });
}
