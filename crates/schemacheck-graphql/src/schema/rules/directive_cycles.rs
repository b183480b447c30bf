//! The definition of a directive does not apply the directive to itself, neither directly nor through the types of its
//! arguments (specification, section 3.13).
//!
//! Warning, for no operation can see what is applied to a definition.

use hashbrown::HashMap;

use super::Context;
use super::element::Element;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{DirectiveId, InputValue, TypeId};

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    // The definitions as one graph: directives first, then types; an edge leads to what a definition refers to.
    let directives = schema.directives.len();
    let mut applied = Vec::new();
    for (element, directive) in cx.applied() {
        let from = match element {
            Element::DirectiveArgument(name, _) => schema.directive_named(name).map(DirectiveId::index),
            Element::Type(name) | Element::Member(name, _) => {
                let ty = schema.type_named(name).filter(|&ty| schema.ty(ty).kind.is_input());
                ty.map(|ty| directives + ty.index())
            }
            Element::Schema | Element::Argument(..) => None,
        };
        if let (Some(from), Some(to)) = (from, schema.directive_named(directive.name.text)) {
            applied.push((from, to.0));
        }
    }
    if applied.is_empty() {
        return;
    }
    applied.sort_unstable();
    let edges_of = |node: u32| {
        let index = node as usize;
        let first = applied.partition_point(|&(from, _)| from < index);
        let mut edges: Vec<u32> =
            applied[first..].iter().take_while(|(from, _)| *from == index).map(|&(_, to)| to).collect();
        let mut add = |value: &InputValue<'_>| edges.push(directives as u32 + value.ty.named.0);
        match index.checked_sub(directives) {
            None => schema.directive_arguments_of(DirectiveId(node)).for_each(|(_, argument)| add(argument)),
            Some(ty) => schema.input_fields_of(TypeId(ty as u32)).for_each(|(_, field)| add(field)),
        }
        edges
    };
    let components = components(directives, directives + schema.types.len(), edges_of);
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for &component in &components {
        *sizes.entry(component).or_default() += 1;
    }
    for (id, directive) in schema.directives() {
        let index = id.index();
        if sizes[&components[index]] > 1 || edges_of(id.0).contains(&id.0) {
            let message = format!("the definition of @{0} refers to @{0} itself", directive.name);
            let diagnostic = Diagnostic::error(ID, directive.definition.name.span, message)
                .warning()
                .help("take the directive away from its own arguments and from the types behind them")
                .at(SchemaCoordinate::Directive(directive.name.to_owned()));
            cx.report(diagnostic);
        }
    }
}

/// The strongly connected component of each node that the first `starts` nodes lead to (Tarjan's algorithm, without
/// recursion).
fn components(starts: usize, nodes: usize, edges_of: impl Fn(u32) -> Vec<u32>) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut component = vec![NONE; nodes];
    let mut order = vec![NONE; nodes];
    let mut low = vec![NONE; nodes];
    let mut next = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(u32, Vec<u32>)> = Vec::new();
    for start in 0..starts as u32 {
        let mut enter = (order[start as usize] == NONE).then_some(start);
        loop {
            if let Some(node) = enter.take() {
                (order[node as usize], low[node as usize]) = (next, next);
                next += 1;
                open.push(node);
                path.push((node, edges_of(node)));
            }
            let Some((node, rest)) = path.last_mut() else { break };
            let (here, index) = (*node, *node as usize);
            if let Some(to) = rest.pop() {
                if order[to as usize] == NONE {
                    enter = Some(to);
                } else if component[to as usize] == NONE {
                    low[index] = low[index].min(order[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                low[*parent as usize] = low[*parent as usize].min(low[index]);
            }
            if low[index] == order[index] {
                while let Some(member) = open.pop() {
                    component[member as usize] = here;
                    if member == here {
                        break;
                    }
                }
            }
        }
    }
    component
}
