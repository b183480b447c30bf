//! No two fragments have the same name (specification, section 5.5.1.1).

use crate::ast::FragmentDefinition;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, each_duplicate};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn document(cx: &mut Context<'_, '_>) {
        let fragments = cx.fragments.list;
        each_duplicate(cx.arena, fragments, |node| node.name.text, |first, again| report(cx, first, again));
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, first: &FragmentDefinition<'_>, again: &FragmentDefinition<'_>) {
    if first.name.has_hole() {
        return;
    }
    let message = format!("two fragments have the name {}", first.name.text);
    let diagnostic = Diagnostic::error(This::ID, first.name.span, message);
    cx.report(diagnostic.related(again.name.span, "the other one").help("rename one of them"));
}
