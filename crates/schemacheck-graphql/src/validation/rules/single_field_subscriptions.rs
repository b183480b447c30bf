//! A subscription selects exactly one root field, unconditionally (specification, section 5.2.4.1).

use bumpalo::collections::Vec as ArenaVec;

use crate::ast::{Directive, Field, OperationDefinition, OperationKind, Selection};
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::validation::{Context, Rule, operation_text};

pub(super) struct This;

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
    let mut first: Option<&'d Field<'d>> = None;
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
                check_field(cx, operation, &mut first, field);
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
        for directive in directives {
            if matches!(directive.name.text, "skip" | "include") {
                report_condition(cx, operation, directive);
            }
        }
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
}

fn check_field<'d>(
    cx: &mut Context<'_, 'd>,
    operation: &OperationDefinition<'_>,
    first: &mut Option<&'d Field<'d>>,
    field: &'d Field<'d>,
) {
    if field.name.text.starts_with("__") {
        report_introspection(cx, operation, field);
    }
    let first = *first.get_or_insert(field);
    if first.response_name() != field.response_name() {
        report_second(cx, operation, first, field);
    }
}

#[cold]
fn report_condition(cx: &mut Context<'_, '_>, operation: &OperationDefinition<'_>, node: &Directive<'_>) {
    let owner = operation_text(operation);
    let message = format!("@{} cannot stand at the root field of a subscription: {owner}", node.name.text);
    let help = "a subscription cannot be without its field; move the directive further in, or delete it";
    cx.report(Diagnostic::error(This::ID, node.span, message).help(help));
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
fn report_second(
    cx: &mut Context<'_, '_>,
    operation: &OperationDefinition<'_>,
    first: &Field<'_>,
    node: &Field<'_>,
) {
    let owner = operation_text(operation);
    let (first_name, name) = (first.response_name(), node.response_name());
    let message = format!("a subscription has one root field, {owner} has {first_name} and {name}");
    let diagnostic = Diagnostic::error(This::ID, node.span, message).related(first.span, "the first one");
    cx.report(diagnostic.help("make a subscription of its own for each field"));
}
