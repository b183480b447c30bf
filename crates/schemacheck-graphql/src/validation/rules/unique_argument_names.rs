//! An argument is given once (specification, section 5.4.2).

use crate::ast::Argument;
use crate::diagnostic::Diagnostic;
use crate::validation::{Callee, Context, Rule, each_duplicate};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn arguments<'d>(cx: &mut Context<'_, 'd>, _: Callee<'d>, nodes: &'d [Argument<'d>]) {
        if nodes.len() > 1 {
            each_duplicate(cx.arena, nodes, |node| node.name.text, |first, again| report(cx, first, again));
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, first: &Argument<'_>, again: &Argument<'_>) {
    if first.name.has_hole() {
        return;
    }
    let message = format!("the argument {} is given twice", first.name.text);
    let diagnostic = Diagnostic::error(This::ID, first.name.span, message);
    cx.report(diagnostic.related(again.name.span, "given again").help("delete one"));
}
