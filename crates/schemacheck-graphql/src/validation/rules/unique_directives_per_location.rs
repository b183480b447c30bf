//! A directive that is not repeatable stands once at a place (specification, section 5.7.3).

use crate::ast::{Directive, DirectiveLocation};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, each_duplicate};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn directives<'d>(cx: &mut Context<'_, 'd>, nodes: &'d [Directive<'d>], _: DirectiveLocation) {
        each_duplicate(
            cx.arena,
            nodes,
            |node| node.name.text,
            |first, again| {
                let id = cx.schema.directive_named(first.name.text);
                if id.is_some_and(|id| !cx.schema.directive(id).definition.repeatable) {
                    report(cx, first, again);
                }
            },
        );
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, first: &Directive<'_>, again: &Directive<'_>) {
    let name = first.name.text;
    let message = format!("@{name} stands twice at one place and is not repeatable");
    let diagnostic = Diagnostic::error(This::ID, first.span, message).related(again.span, "the other one");
    cx.report(diagnostic.help("delete one").at(SchemaCoordinate::Directive(name.to_owned())));
}
