//! The definition of a directive does not apply the directive to itself, neither directly nor through the types of its
//! arguments (specification, section 3.13).
//!
//! Warning, for no operation can see what is applied to a definition.

use hashbrown::HashMap;

use super::Context;
use super::element::Element;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::DirectiveId;

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    // The definitions as one graph: directives first, then types; an edge leads to what a definition refers to.
    let directives = schema.directives.len();
    let mut edges: Vec<Vec<u32>> = vec![Vec::new(); directives + schema.types.len()];
    let mut applies = false;
    for (element, directive) in cx.applied() {
        let from = match element {
            Element::DirectiveArgument(name, _) => {
                applies = true;
                schema.directive_named(name).map(DirectiveId::index)
            }
            Element::Type(name) | Element::Member(name, _) => {
                let ty = schema.type_named(name).filter(|&ty| schema.ty(ty).kind.is_input());
                ty.map(|ty| directives + ty.index())
            }
            Element::Schema | Element::Argument(..) => None,
        };
        if let (Some(from), Some(to)) = (from, schema.directive_named(directive.name.text)) {
            applies |= from >= directives;
            edges[from].push(to.0);
        }
    }
    if !applies {
        return;
    }
    for (id, _) in schema.directives() {
        let types = schema.directive_arguments_of(id).map(|(_, argument)| argument.ty.named);
        edges[id.index()].extend(types.map(|ty| directives as u32 + ty.0));
    }
    for (id, _) in schema.types() {
        let types = schema.input_fields_of(id).map(|(_, field)| field.ty.named);
        edges[directives + id.index()].extend(types.map(|ty| directives as u32 + ty.0));
    }
    let components = components(&edges);
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for &component in &components {
        *sizes.entry(component).or_default() += 1;
    }
    for (id, directive) in schema.directives() {
        let index = id.index();
        if sizes[&components[index]] > 1 || edges[index].contains(&id.0) {
            let message = format!("the definition of @{0} refers to @{0} itself", directive.name);
            let diagnostic = Diagnostic::error(ID, directive.definition.name.span, message)
                .warning()
                .help("take the directive away from its own arguments and from the types behind them")
                .at(SchemaCoordinate::Directive(directive.name.to_owned()));
            cx.report(diagnostic);
        }
    }
}

/// The strongly connected component of each node (Tarjan's algorithm, without recursion).
fn components(edges: &[Vec<u32>]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut component = vec![NONE; edges.len()];
    let mut order = vec![NONE; edges.len()];
    let mut low = vec![NONE; edges.len()];
    let mut next = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(u32, usize)> = Vec::new();
    for start in 0..edges.len() as u32 {
        if order[start as usize] == NONE {
            path.push((start, 0));
        }
        while let Some((node, at)) = path.last_mut() {
            let (index, here) = (*node as usize, *node);
            if *at == 0 && order[index] == NONE {
                (order[index], low[index]) = (next, next);
                next += 1;
                open.push(here);
            }
            if let Some(&to) = edges[index].get(*at) {
                *at += 1;
                if order[to as usize] == NONE {
                    path.push((to, 0));
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
