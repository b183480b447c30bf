//! Every fragment that is spread is defined (specification, section 5.5.2.1).

use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::suggestion::closest;
use crate::validation::{Context, Rule, Spread};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn fragment_spread<'d>(cx: &mut Context<'_, 'd>, spread: Spread<'d>, _: Option<TypeId>) {
        if spread.fragment.is_none() {
            report(cx, spread);
        }
    }
}

#[cold]
fn report(cx: &mut Context<'_, '_>, spread: Spread<'_>) {
    let name = spread.node.name;
    if name.has_hole() || cx.document.open {
        return;
    }
    let help = match closest(name.text, cx.fragments.list.iter().map(|fragment| fragment.name.text)) {
        Some(close) => format!("did you mean {close}?"),
        None => format!("add it: fragment {} on … {{ … }}", name.text),
    };
    let message = format!("the fragment {} is not defined", name.text);
    cx.report(Diagnostic::error(This::ID, name.span, message).help(help));
}
