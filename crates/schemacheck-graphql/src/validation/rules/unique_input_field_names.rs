//! A field of an input object is given once (specification, section 5.6.3).

use crate::ast::{ObjectField, Value, ValueKind};
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Expected, Rule, each_duplicate};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn value<'d>(cx: &mut Context<'_, 'd>, node: &'d Value<'d>, _: Option<Expected>) {
        if let ValueKind::Object(fields) = node.kind {
            each_duplicate(
                cx.arena,
                fields,
                |field| field.name.text,
                |first, again| report(cx, first, again),
            );
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, first: &ObjectField<'_>, again: &ObjectField<'_>) {
    if first.name.has_hole() {
        return;
    }
    let message = format!("the input field {} is given twice", first.name.text);
    let diagnostic = Diagnostic::error(This::ID, first.name.span, message);
    cx.report(diagnostic.related(again.name.span, "given again").help("delete one"));
}
