//! A subscription selects exactly one root field, unconditionally (specification, section 5.2.4.1).

use bumpalo::collections::Vec as ArenaVec;

use crate::ast::{Directive, Field, OperationDefinition, OperationKind, Selection};
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::source::has_hole;
use crate::validation::{Context, Rule, operation_text};

pub(super) struct This;

/// How many further places are told.
const MAX_PLACES: usize = 8;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {
        if node.kind == OperationKind::Subscription
            && let Some(root) = cx.schema.root(node.kind)
        {
            check(cx, node, root);
        }
    }
}

/// Visits the root selections in the order of the response: through inline fragments and spreads, each fragment once.
fn check<'d>(cx: &mut Context<'_, 'd>, operation: &'d OperationDefinition<'d>, root: TypeId) {
    let mut fields = ArenaVec::new_in(cx.arena);
    let mut conditions = ArenaVec::new_in(cx.arena);
    let mut visited = bumpalo::vec![in cx.arena; false; cx.fragments.list.len()];
    let mut stack = ArenaVec::new_in(cx.arena);
    stack.push(operation.selection_set.selections.iter());
    while let Some(selections) = stack.last_mut() {
        let Some(&selection) = selections.next() else {
            stack.pop();
            continue;
        };
        let (directives, inner) = match selection {
            Selection::Field(field) => {
                if !has_hole(field.response_name()) && !field.name.has_hole() {
                    fields.push(field);
                }
                (field.directives, None)
            }
            Selection::InlineFragment(node) => {
                (node.directives, Some((node.type_condition, node.selection_set.selections)))
            }
            Selection::FragmentSpread(node) => {
                let index = cx.fragments.index_of(node.name.text).map(|index| index as usize);
                let new = index.filter(|&index| !std::mem::replace(&mut visited[index], true));
                let fragment = new.map(|index| cx.fragments.list[index]);
                let inner = fragment.map(|node| (Some(node.type_condition), node.selection_set.selections));
                (node.directives, inner)
            }
        };
        conditions.extend(directives.iter().filter(|node| matches!(node.name.text, "skip" | "include")));
        if let Some((condition, selections)) = inner {
            // A fragment on another type selects nothing here.
            let applies = condition.is_none_or(|name| {
                let ty = cx.schema.type_named(name.text);
                ty.is_some_and(|ty| ty == root || cx.schema.possible_types(ty).contains(&root))
            });
            if applies {
                stack.push(selections.iter());
            }
        }
    }
    if !conditions.is_empty() {
        report_conditions(cx, operation, &conditions);
    }
    for field in fields.iter().filter(|field| field.name.text.starts_with("__")) {
        report_introspection(cx, operation, field);
    }
    if let Some(first) = fields.first()
        && fields.iter().any(|field| field.response_name() != first.response_name())
    {
        report_further(cx, operation, &fields);
    }
}

#[cold]
fn report_conditions(
    cx: &mut Context<'_, '_>,
    operation: &OperationDefinition<'_>,
    nodes: &[&Directive<'_>],
) {
    let (owner, name) = (operation_text(operation), nodes[0].name.text);
    let message = format!("@{name} cannot stand at the root field of a subscription: {owner}");
    let help = "a subscription cannot be without its field; move the directive further in, or delete it";
    let mut diagnostic = Diagnostic::error(This::ID, nodes[0].span, message).help(help);
    for node in nodes.iter().skip(1).take(MAX_PLACES) {
        diagnostic = diagnostic.related(node.span, "the same");
    }
    cx.report(diagnostic);
}

#[cold]
fn report_introspection(cx: &mut Context<'_, '_>, operation: &OperationDefinition<'_>, node: &Field<'_>) {
    let owner = operation_text(operation);
    let message = format!("{} is no event that a subscription can wait for: {owner}", node.name.text);
    cx.report(
        Diagnostic::error(This::ID, node.span, message).help("select a field of the subscription type"),
    );
}

#[cold]
fn report_further(cx: &mut Context<'_, '_>, operation: &OperationDefinition<'_>, fields: &[&Field<'_>]) {
    let (owner, first) = (operation_text(operation), fields[0]);
    let mut further = fields.iter().filter(|field| field.response_name() != first.response_name());
    let Some(second) = further.next() else { return };
    let (one, two) = (first.response_name(), second.response_name());
    let message = format!("a subscription has one root field, {owner} has {one} and {two}");
    let help = "make a subscription of its own for each field";
    let mut diagnostic = Diagnostic::error(This::ID, second.span, message).help(help);
    diagnostic = diagnostic.related(first.span, "the first root field");
    for field in further.take(MAX_PLACES) {
        diagnostic = diagnostic.related(field.span, "one more");
    }
    cx.report(diagnostic);
}
