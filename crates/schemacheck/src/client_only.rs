//! What a client keeps for itself: directives that its libraries understand and never send.
//!
//! Apollo Client and Relay take them out of a document before it goes to the server, so they are taken out before it is
//! held against a schema. A schema that defines a directive of such a name gets it.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use hashbrown::HashSet;
use schemacheck_graphql::ast::{
    Argument, Definition, Directive, Document, Field, FragmentDefinition, FragmentSpread, InlineFragment,
    OperationDefinition, Selection, SelectionSet, Value, ValueKind,
};
use schemacheck_graphql::usage::fragment_named;

/// Directives that take with them what they stand on: the client answers it itself.
const LOCAL: &[&str] = &["client", "rest"];

/// Directives that only tell the client what to do with an answer, or its compiler how to build the document.
const INSTRUCTIONS: &[&str] = &[
    // Apollo Client.
    "connection",
    "export",
    "nonreactive",
    "unmask",
    // urql.
    "_optional",
    "_required",
    "populate",
    // Relay.
    "alias",
    "appendEdge",
    "appendNode",
    "argumentDefinitions",
    "arguments",
    "assignable",
    "catch",
    "deleteEdge",
    "deleteRecord",
    "inline",
    "match",
    "module",
    "no_inline",
    "preloadable",
    "prependEdge",
    "prependNode",
    "raw_response_type",
    "refetchable",
    "relay",
    "required",
    "stream_connection",
    "throwOnFieldError",
    "updatable",
    "waterfall",
];

/// A document as it is sent.
pub(crate) struct Sent<'d> {
    pub(crate) document: Document<'d>,
    /// The directives that were taken out, with `@`, sorted.
    pub(crate) stripped: Vec<String>,
}

/// Takes out what is for the client alone, unless a schema defines it.
pub(crate) fn strip<'d>(
    arena: &'d Bump,
    document: &Document<'d>,
    defined: &dyn Fn(&str) -> bool,
) -> Sent<'d> {
    let mut strip = Strip { arena, defined, stripped: HashSet::new() };
    let mut definitions = ArenaVec::with_capacity_in(document.definitions.len(), arena);
    for definition in document.definitions {
        definitions.push(match definition {
            Definition::Operation(node) => Definition::Operation(strip.operation(node)),
            Definition::Fragment(node) => Definition::Fragment(strip.fragment(node)),
            other => *other,
        });
    }
    if strip.stripped.is_empty() {
        return Sent { document: *document, stripped: Vec::new() };
    }
    let mut stripped: Vec<String> = strip.stripped.iter().map(|name| format!("@{name}")).collect();
    stripped.sort_unstable();
    let sent = Document { definitions: definitions.into_bump_slice(), ..*document };
    Sent { document: without_unused(arena, document, &sent), stripped }
}

struct Strip<'s, 'd> {
    arena: &'d Bump,
    defined: &'s dyn Fn(&str) -> bool,
    stripped: HashSet<&'d str>,
}

impl<'d> Strip<'_, 'd> {
    fn operation(&mut self, node: &'d OperationDefinition<'d>) -> &'d OperationDefinition<'d> {
        let directives = self.directives(node.directives);
        let mut variables = ArenaVec::with_capacity_in(node.variables.len(), self.arena);
        for variable in node.variables {
            let mut variable = *variable;
            variable.directives = self.directives(variable.directives);
            variables.push(variable);
        }
        let (variables, selection_set) =
            (variables.into_bump_slice(), self.selection_set(&node.selection_set));
        self.arena.alloc(OperationDefinition { directives, variables, selection_set, ..*node })
    }

    fn fragment(&mut self, node: &'d FragmentDefinition<'d>) -> &'d FragmentDefinition<'d> {
        let directives = self.directives(node.directives);
        let selection_set = self.selection_set(&node.selection_set);
        self.arena.alloc(FragmentDefinition { directives, selection_set, ..*node })
    }

    /// What remains may be empty: the field around it is still asked for.
    fn selection_set(&mut self, set: &SelectionSet<'d>) -> SelectionSet<'d> {
        let mut selections = ArenaVec::with_capacity_in(set.selections.len(), self.arena);
        for selection in set.selections {
            let kept = match *selection {
                Selection::Field(node) => self.sent(node.directives).map(|directives| {
                    let selection_set = node.selection_set.as_ref().map(|set| self.selection_set(set));
                    Selection::Field(self.arena.alloc(Field { directives, selection_set, ..*node }))
                }),
                Selection::FragmentSpread(node) => self.sent(node.directives).map(|directives| {
                    Selection::FragmentSpread(self.arena.alloc(FragmentSpread { directives, ..*node }))
                }),
                Selection::InlineFragment(node) => self.sent(node.directives).map(|directives| {
                    let selection_set = self.selection_set(&node.selection_set);
                    let node = InlineFragment { directives, selection_set, ..*node };
                    Selection::InlineFragment(self.arena.alloc(node))
                }),
            };
            selections.extend(kept);
        }
        SelectionSet { selections: selections.into_bump_slice(), ..*set }
    }

    /// The directives of a selection that is sent; nothing where the client answers it itself.
    fn sent(&mut self, nodes: &'d [Directive<'d>]) -> Option<&'d [Directive<'d>]> {
        let local = nodes.iter().map(|node| node.name.text).find(|name| self.is_one_of(LOCAL, name));
        match local {
            Some(name) => {
                self.stripped.insert(name);
                None
            }
            None => Some(self.directives(nodes)),
        }
    }

    fn directives(&mut self, nodes: &'d [Directive<'d>]) -> &'d [Directive<'d>] {
        let own = |name: &str| self.is_one_of(INSTRUCTIONS, name);
        if !nodes.iter().any(|node| own(node.name.text)) {
            return nodes;
        }
        let mut sent = ArenaVec::new_in(self.arena);
        sent.extend(nodes.iter().filter(|node| !own(node.name.text)).copied());
        let names = nodes.iter().map(|node| node.name.text).filter(|name| own(name));
        let names: Vec<&str> = names.collect();
        self.stripped.extend(names);
        sent.into_bump_slice()
    }

    fn is_one_of(&self, list: &[&str], name: &str) -> bool {
        list.contains(&name) && !(self.defined)(name)
    }
}

/// The document without the variables and fragments that only what was taken out used.
fn without_unused<'d>(arena: &'d Bump, before: &Document<'d>, sent: &Document<'d>) -> Document<'d> {
    let mut definitions = ArenaVec::with_capacity_in(sent.definitions.len(), arena);
    let (mut used_before, mut used_now) = (HashSet::new(), HashSet::new());
    for (old, new) in before.definitions.iter().zip(sent.definitions) {
        let (Definition::Operation(old), Definition::Operation(new)) = (old, new) else { continue };
        let (before, now) = (Uses::of(before, old), Uses::of(sent, new));
        let mut variables = ArenaVec::with_capacity_in(new.variables.len(), arena);
        let unused = |name: &str| before.variables.contains(name) && !now.variables.contains(name);
        variables.extend(new.variables.iter().filter(|variable| !unused(variable.name.text)).copied());
        let variables = variables.into_bump_slice();
        definitions.push(Definition::Operation(arena.alloc(OperationDefinition { variables, ..**new })));
        used_before.extend(before.fragments);
        used_now.extend(now.fragments);
    }
    let rest = sent.definitions.iter().filter(|definition| match definition {
        Definition::Operation(_) => false,
        Definition::Fragment(node) => {
            !used_before.contains(node.name.text) || used_now.contains(node.name.text)
        }
        _ => true,
    });
    definitions.extend(rest.copied());
    // In the order of the text again.
    definitions.sort_by_key(|definition| definition.span().start);
    Document { definitions: definitions.into_bump_slice(), ..*sent }
}

/// What an operation uses, itself and through fragments.
#[derive(Default)]
struct Uses<'d> {
    variables: HashSet<&'d str>,
    fragments: HashSet<&'d str>,
    open: Vec<&'d str>,
}

impl<'d> Uses<'d> {
    fn of(document: &Document<'d>, operation: &OperationDefinition<'d>) -> Self {
        let mut uses = Uses::default();
        uses.directives(operation.directives);
        uses.selection_set(&operation.selection_set);
        while let Some(name) = uses.open.pop() {
            if let Some(fragment) = fragment_named(document, name) {
                uses.directives(fragment.directives);
                uses.selection_set(&fragment.selection_set);
            }
        }
        uses
    }

    fn selection_set(&mut self, set: &SelectionSet<'d>) {
        for selection in set.selections {
            match *selection {
                Selection::Field(node) => {
                    self.directives(node.directives);
                    self.arguments(node.arguments);
                    if let Some(set) = &node.selection_set {
                        self.selection_set(set);
                    }
                }
                Selection::FragmentSpread(node) => {
                    self.directives(node.directives);
                    if self.fragments.insert(node.name.text) {
                        self.open.push(node.name.text);
                    }
                }
                Selection::InlineFragment(node) => {
                    self.directives(node.directives);
                    self.selection_set(&node.selection_set);
                }
            }
        }
    }

    fn directives(&mut self, nodes: &[Directive<'d>]) {
        for node in nodes {
            self.arguments(node.arguments);
        }
    }

    fn arguments(&mut self, nodes: &[Argument<'d>]) {
        for node in nodes {
            self.value(&node.value);
        }
    }

    fn value(&mut self, value: &Value<'d>) {
        match value.kind {
            ValueKind::Variable(name) => {
                self.variables.insert(name);
            }
            ValueKind::List(values) => values.iter().for_each(|value| self.value(value)),
            ValueKind::Object(fields) => fields.iter().for_each(|field| self.value(&field.value)),
            _ => {}
        }
    }
}
