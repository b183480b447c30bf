//! Every fragment is used by an operation (specification, section 5.5.1.4).

use crate::ast::FragmentDefinition;
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[cold]
    fn unused_fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>) {
        let name = node.name.text;
        let message = format!("no operation uses the fragment {name}");
        let help = format!("spread it with ...{name}, or delete it");
        cx.report(Diagnostic::error(Self::ID, node.span, message).help(help));
    }
}
