//! Default values fit the types of their arguments and input fields (specification, sections 3.6.1 and 3.10).
//!
//! Warning, for an operation only asks whether there is a default value.

use super::Context;
use super::constant::Judge;
use crate::diagnostic::Diagnostic;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let mut judge = Judge::new(cx.schema);
    for &(element, value) in cx.inputs {
        let Some(default) = value.default() else { continue };
        for misfit in judge.misfits(default, value.ty) {
            let message = format!("the default value of {element} does not fit: {}", misfit.message);
            let diagnostic = Diagnostic::error(ID, misfit.span, message).warning().help(misfit.help);
            cx.report(diagnostic.at(element.coordinate()));
        }
    }
}
