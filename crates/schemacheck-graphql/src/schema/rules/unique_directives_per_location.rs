//! A directive that is not repeatable stands once at one element, extensions included (specification, section 5.7.3).
//!
//! Warning, for no operation can see it.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::Context;
use super::element::Element;
use crate::ast::Directive;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    // Types and the schema are extended, so that their directives stand at several places of the text.
    let mut of_extensible: HashMap<(Element<'_>, &str), Span> = HashMap::new();
    let mut of_place: HashMap<(Element<'_>, &str), Span> = HashMap::new();
    for place in cx.places {
        let seen = match place.element {
            Element::Schema | Element::Type(_) => &mut of_extensible,
            _ if place.directives.len() == 1 => continue,
            _ => {
                of_place.clear();
                &mut of_place
            }
        };
        for directive in place.directives {
            if !repeats(cx, directive) {
                match seen.entry((place.element, directive.name.text)) {
                    Entry::Vacant(entry) => {
                        entry.insert(directive.span);
                    }
                    Entry::Occupied(first) => report(cx, place.element, directive, *first.get()),
                }
            }
        }
    }
}

/// Whether a directive may repeat; of an unknown one nobody can say.
fn repeats(cx: &Context<'_, '_>, directive: &Directive<'_>) -> bool {
    let definition = cx.schema.directive_named(directive.name.text);
    definition.is_none_or(|id| cx.schema.directive(id).definition.repeatable)
}

fn report(cx: &mut Context<'_, '_>, element: Element<'_>, directive: &Directive<'_>, first: Span) {
    let message = format!("the directive @{} stands twice on {element}", directive.name.text);
    let diagnostic = Diagnostic::error(ID, directive.span, message)
        .warning()
        .related(first, "first here")
        .help("delete one, or define it repeatable")
        .at(element.coordinate());
    cx.report(diagnostic);
}
