//! No two operations have the same name (specification, section 5.2.2.1).

use bumpalo::collections::Vec as ArenaVec;

use crate::ast::Name;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, each_duplicate};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn document(cx: &mut Context<'_, '_>) {
        if cx.operations.len() > 1 {
            let names = cx.operations.iter().filter_map(|operation| operation.name);
            let names = ArenaVec::from_iter_in(names, cx.arena);
            each_duplicate(cx.arena, &names, |name| name.text, |first, again| report(cx, first, again));
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, first: &Name<'_>, again: &Name<'_>) {
    if first.has_hole() {
        return;
    }
    let message = format!("two operations have the name {}", first.text);
    let diagnostic = Diagnostic::error(This::ID, first.span, message).related(again.span, "the other one");
    cx.report(diagnostic.help("rename one of them"));
}
