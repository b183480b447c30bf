//! What must be given is not deprecated: required arguments and input fields (specification, section 3.13.3).
//!
//! Warning, for whether a value must be given does not depend on it.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::schema::deprecation;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    for &(element, value) in cx.inputs {
        if !value.is_deprecated || !value.is_required() {
            continue;
        }
        if let Some(deprecation) = deprecation(value.definition.directives) {
            let diagnostic = Diagnostic::error(
                ID,
                deprecation.span,
                format!("{element} is deprecated, but must be given"),
            )
            .warning()
            .related(value.definition.ty.span, "non-null without a default value")
            .help("make it nullable or give it a default value first")
            .at(element.coordinate());
            cx.report(diagnostic);
        }
    }
}
