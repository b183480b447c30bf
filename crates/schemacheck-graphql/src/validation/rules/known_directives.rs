//! Every directive that is applied is defined, and for that place (specification, sections 5.7.1 and 5.7.2).

use crate::ast::{Directive, DirectiveLocation};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::DirectiveId;
use crate::suggestion::closest;
use crate::validation::{Context, Rule};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn directives<'d>(cx: &mut Context<'_, 'd>, nodes: &'d [Directive<'d>], location: DirectiveLocation) {
        for node in nodes {
            match cx.schema.directive_named(node.name.text) {
                None => report_unknown(cx, node, location),
                Some(id) if !cx.schema.directive(id).definition.locations.contains(&location) => {
                    report_misplaced(cx, node, id, location);
                }
                Some(_) => {}
            }
        }
    }
}

/// Only directives that may stand at the place are proposed.
#[cold]
fn report_unknown(cx: &mut Context<'_, '_>, node: &Directive<'_>, location: DirectiveLocation) {
    if node.name.has_hole() {
        return;
    }
    let name = node.name.text;
    let directives = cx.schema.directives().map(|(_, directive)| directive);
    let candidates = directives.filter(|directive| directive.definition.locations.contains(&location));
    let help = match closest(name, candidates.map(|directive| directive.name)) {
        Some(close) => format!("did you mean @{close}?"),
        None => "use a directive that the schema defines".to_owned(),
    };
    let diagnostic = Diagnostic::error(This::ID, node.span, format!("the schema has no directive @{name}"));
    cx.report(diagnostic.help(help).at(SchemaCoordinate::Directive(name.to_owned())));
}

#[cold]
fn report_misplaced(
    cx: &mut Context<'_, '_>,
    node: &Directive<'_>,
    id: DirectiveId,
    location: DirectiveLocation,
) {
    let name = node.name.text;
    let message = format!("@{name} cannot stand here: it is not defined on {}", location.name());
    let allowed: Vec<_> = cx.schema.directive(id).definition.locations.iter().map(|at| at.name()).collect();
    let help = format!("it is defined on {}", allowed.join(", "));
    let diagnostic = Diagnostic::error(This::ID, node.span, message).help(help);
    cx.report(diagnostic.at(SchemaCoordinate::Directive(name.to_owned())));
}
