//! The one walk over a document: resolves names, gathers facts, calls the hooks of all rules.

use bumpalo::collections::Vec as ArenaVec;

use super::rules::Rules;
use super::{Callee, Context, Expected, Facts, Place, Rule, Spread, VariableUsage, Variables};
use crate::ast::{
    Argument, Directive, DirectiveLocation, OperationDefinition, OperationKind, Selection, SelectionSet,
    Value, ValueKind,
};
use crate::schema::{InputValue, TypeId, TypeRef};

pub(super) fn walk(cx: &mut Context<'_, '_>) {
    Rules::document(cx);
    for &operation in cx.operations {
        walk_operation(cx, operation);
    }
    for &fragment in cx.fragments.list {
        let begun = begin(cx);
        let ty = cx.schema.type_named(fragment.type_condition.text);
        Rules::fragment(cx, fragment, ty);
        walk_directives(cx, fragment.directives, DirectiveLocation::FragmentDefinition);
        walk_selection_set(
            cx,
            &fragment.selection_set,
            ty.filter(|&ty| cx.schema.ty(ty).kind.is_composite()),
        );
        let facts = end(cx, begun);
        cx.fragment_facts.push(facts);
    }
    if !cx.stopped {
        walk_reachable(cx);
    }
    if !cx.stopped {
        Rules::end(cx);
    }
}

fn begin(cx: &mut Context<'_, '_>) -> (u32, u32) {
    cx.open = false;
    (cx.usages.len() as u32, cx.spreads.len() as u32)
}

fn end(cx: &Context<'_, '_>, (usages, spreads): (u32, u32)) -> Facts {
    Facts {
        usages: (usages, cx.usages.len() as u32),
        spreads: (spreads, cx.spreads.len() as u32),
        open: cx.open,
    }
}

fn walk_operation<'d>(cx: &mut Context<'_, 'd>, operation: &'d OperationDefinition<'d>) {
    let begun = begin(cx);
    Rules::operation(cx, operation);
    for variable in operation.variables {
        if cx.document.holes {
            // What stands between the head and the selections may be directives.
            cx.open |= variable.name.has_hole();
        }
        let named = cx.schema.type_named(variable.ty.name.text);
        let ty = named.map(|named| TypeRef { named, wrappers: variable.ty.wrappers });
        Rules::variable(cx, variable, ty);
        if let Some(default) = &variable.default {
            let input = ty.filter(|ty| cx.schema.ty(ty.named).kind.is_input());
            let expected =
                input.map(|ty| Expected { ty, has_default: false, in_one_of: false, place: Place::Variable });
            walk_value(cx, default, expected);
        }
        walk_directives(cx, variable.directives, DirectiveLocation::VariableDefinition);
    }
    let location = match operation.kind {
        OperationKind::Query => DirectiveLocation::Query,
        OperationKind::Mutation => DirectiveLocation::Mutation,
        OperationKind::Subscription => DirectiveLocation::Subscription,
    };
    walk_directives(cx, operation.directives, location);
    walk_selection_set(cx, &operation.selection_set, cx.schema.root(operation.kind));
    let facts = end(cx, begun);
    cx.operation_facts.push(facts);
}

fn walk_selection_set<'d>(cx: &mut Context<'_, 'd>, set: &'d SelectionSet<'d>, parent: Option<TypeId>) {
    cx.selection_sets[set.id as usize] = Some((set, parent));
    for selection in set.selections {
        if cx.stopped {
            return;
        }
        match *selection {
            Selection::Field(field) => {
                let definition = parent.and_then(|parent| cx.schema.selected_field(parent, field.name.text));
                cx.fields[field.id as usize] = definition;
                if cx.document.holes {
                    cx.open |= field.open || field.name.has_hole();
                }
                Rules::field(cx, field, parent, definition);
                walk_arguments(cx, Callee::Field(field, parent.zip(definition)), field.arguments);
                walk_directives(cx, field.directives, DirectiveLocation::Field);
                if let Some(set) = &field.selection_set {
                    let ty = definition.map(|definition| cx.schema.field(definition).ty.named);
                    walk_selection_set(cx, set, ty.filter(|&ty| cx.schema.ty(ty).kind.is_composite()));
                }
            }
            Selection::FragmentSpread(node) => {
                let spread = Spread { node, fragment: cx.fragments.index_of(node.name.text) };
                cx.spreads.push(spread);
                if cx.document.holes {
                    // A fragment that a hole may define uses variables.
                    cx.open |= node.name.has_hole() || (cx.document.open && spread.fragment.is_none());
                }
                Rules::fragment_spread(cx, spread, parent);
                walk_directives(cx, node.directives, DirectiveLocation::FragmentSpread);
            }
            Selection::InlineFragment(node) => {
                let ty = match node.type_condition {
                    Some(name) => cx.schema.type_named(name.text),
                    None => parent,
                };
                Rules::inline_fragment(cx, node, parent, ty);
                walk_directives(cx, node.directives, DirectiveLocation::InlineFragment);
                walk_selection_set(
                    cx,
                    &node.selection_set,
                    ty.filter(|&ty| cx.schema.ty(ty).kind.is_composite()),
                );
            }
        }
    }
}

#[inline]
fn walk_directives<'d>(cx: &mut Context<'_, 'd>, nodes: &'d [Directive<'d>], location: DirectiveLocation) {
    if nodes.is_empty() {
        return;
    }
    Rules::directives(cx, nodes, location);
    for node in nodes {
        if cx.document.holes {
            cx.open |= node.name.has_hole();
        }
        let definition = cx.schema.directive_named(node.name.text);
        walk_arguments(cx, Callee::Directive(node, definition), node.arguments);
    }
}

fn walk_arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [Argument<'d>]) {
    Rules::arguments(cx, callee, nodes);
    for node in nodes {
        let name = node.name.text;
        let place = match callee {
            Callee::Field(_, id) => id.and_then(|(parent, field)| {
                cx.schema.argument_named(field, name).map(|id| (id, Place::Argument(parent, field, id)))
            }),
            Callee::Directive(_, id) => id.and_then(|directive| {
                let argument = cx.schema.directive_argument_named(directive, name);
                argument.map(|id| (id, Place::DirectiveArgument(directive, id)))
            }),
        };
        let expected = place.map(|(id, place)| expected(cx.schema.input_value(id), false, place));
        walk_value(cx, &node.value, expected);
    }
}

fn expected(definition: &InputValue<'_>, in_one_of: bool, place: Place) -> Expected {
    Expected { ty: definition.ty, has_default: definition.default().is_some(), in_one_of, place }
}

fn walk_value<'d>(cx: &mut Context<'_, 'd>, node: &'d Value<'d>, expected_here: Option<Expected>) {
    if cx.stopped {
        return;
    }
    Rules::value(cx, node, expected_here);
    match node.kind {
        ValueKind::Variable(name) => {
            cx.usages.push(VariableUsage { name, span: node.span, expected: expected_here });
        }
        ValueKind::Hole => cx.open = true,
        ValueKind::List(values) => {
            let list = expected_here.filter(|expected| expected.ty.wrappers.is_list());
            let item = list.map(|Expected { ty, place, .. }| Expected {
                ty: TypeRef { wrappers: ty.wrappers.item(), ..ty },
                has_default: false,
                in_one_of: false,
                place,
            });
            for value in values {
                walk_value(cx, value, item);
            }
        }
        ValueKind::Object(fields) => {
            // A single value stands for a list of one (specification, section 3.12), so lists do not matter here.
            let named = expected_here.map(|expected| expected.ty.named);
            let one_of = named.is_some_and(|named| cx.schema.ty(named).is_one_of());
            for field in fields {
                let definition = named.and_then(|named| {
                    let id = cx.schema.input_field_named(named, field.name.text)?;
                    Some(expected(cx.schema.input_value(id), one_of, Place::InputField(named, id)))
                });
                walk_value(cx, &field.value, definition);
            }
        }
        _ => {}
    }
}

/// Follows the spreads of each operation through all fragments and hands over the variables used on the way.
fn walk_reachable(cx: &mut Context<'_, '_>) {
    let arena = cx.arena;
    let fragments = cx.fragments.list;
    // The number of the last operation that reached each fragment, counted from 1.
    let mut reached_by = bumpalo::vec![in arena; 0u32; fragments.len()];
    let mut stack: ArenaVec<'_, Facts> = ArenaVec::new_in(arena);
    // Whether something that is not known may use any fragment.
    let mut any_open = cx.document.open;
    for (index, &operation) in cx.operations.iter().enumerate() {
        let number = index as u32 + 1;
        let variables = Variables::new(arena, operation.variables);
        let mut used = bumpalo::vec![in arena; false; operation.variables.len()];
        let mut open = false;
        stack.push(cx.operation_facts[index]);
        while let Some(facts) = stack.pop() {
            if !cx.spend(1 + (facts.usages.1 - facts.usages.0) + (facts.spreads.1 - facts.spreads.0)) {
                return;
            }
            open |= facts.open;
            for at in facts.usages.0..facts.usages.1 {
                let usage = cx.usages[at as usize];
                let variable = variables.index_of(usage.name);
                if let Some(variable) = variable {
                    used[variable] = true;
                }
                Rules::variable_usage(cx, operation, usage, variable.map(|at| &operation.variables[at]));
                if cx.stopped {
                    return;
                }
            }
            for at in facts.spreads.0..facts.spreads.1 {
                if let Some(fragment) = cx.spreads[at as usize].fragment
                    && reached_by[fragment as usize] != number
                {
                    reached_by[fragment as usize] = number;
                    stack.push(cx.fragment_facts[fragment as usize]);
                }
            }
        }
        any_open |= open;
        for variable in operation.variables.iter().filter(|_| !open) {
            // A second variable of the same name is another rule's business.
            if variables.index_of(variable.name.text).is_some_and(|first| !used[first]) {
                Rules::unused_variable(cx, operation, variable);
            }
        }
    }
    for fragment in fragments.iter().filter(|_| !any_open) {
        // A second fragment of the same name is another rule's business.
        let first = cx.fragments.index_of(fragment.name.text);
        if first.is_some_and(|first| reached_by[first as usize] == 0) {
            Rules::unused_fragment(cx, fragment);
        }
    }
}
