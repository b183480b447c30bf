//! Applied directives are defined, and for the place where they stand (specification, section 5.7).
//!
//! Warning, for no operation can see them, and federated schemas apply directives that they do not define.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::Context;
use super::element::Element;
use crate::ast::{Directive, DirectiveLocation};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::DirectiveId;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    // An unknown directive is told once, at its first place, however often it is applied.
    let mut unknown: HashMap<&str, usize> = HashMap::new();
    let mut firsts = Vec::new();
    for place in cx.places {
        for directive in place.directives {
            let name = directive.name.text;
            match cx.schema.directive_named(name) {
                Some(definition) => check_location(cx, directive, definition, place.element, place.location),
                None => match unknown.entry(name) {
                    Entry::Vacant(entry) => {
                        entry.insert(firsts.len());
                        firsts.push((directive, 1u32));
                    }
                    Entry::Occupied(entry) => firsts[*entry.get()].1 += 1,
                },
            }
        }
    }
    for (directive, count) in firsts {
        report_unknown(cx, directive, count);
    }
}

fn report_unknown(cx: &mut Context<'_, '_>, directive: &Directive<'_>, count: u32) {
    let name = directive.name.text;
    let places = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let message = format!("the directive @{name} is applied {places}, but not defined");
    let known = cx.schema.directives().map(|(_, directive)| directive.name);
    let close = cx.suggestions.closest(name, known);
    let help = match close {
        Some(close) => format!("did you mean @{close}?"),
        None => format!("define it: directive @{name} on …"),
    };
    let coordinate = SchemaCoordinate::Directive(name.to_owned());
    cx.report(Diagnostic::error(ID, directive.span, message).warning().help(help).at(coordinate));
}

fn check_location(
    cx: &mut Context<'_, '_>,
    directive: &Directive<'_>,
    definition: DirectiveId,
    element: Element<'_>,
    location: DirectiveLocation,
) {
    let definition = cx.schema.directive(definition).definition;
    if definition.locations.contains(&location) {
        return;
    }
    let name = directive.name.text;
    let message = format!("the directive @{name} on {element} cannot stand at {}", location.name());
    let allowed: Vec<_> = definition.locations.iter().map(|location| location.name()).collect();
    let diagnostic = Diagnostic::error(ID, directive.span, message)
        .warning()
        .related(definition.name.span, "defined here")
        .help(format!("it can stand at {}", allowed.join(", ")))
        .at(element.coordinate());
    cx.report(diagnostic);
}
