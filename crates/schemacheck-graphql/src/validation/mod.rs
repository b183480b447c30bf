//! Validation of operations against a schema (specification, section 5).
//!
//! One walk over the document resolves every name once and calls the hooks of all rules; a rule is one file in
//! `rules/`. What a rule needs beyond the node at hand (the fields a selection means, variables and spreads of each
//! definition) is in the [`Context`].

mod rules;
mod walk;

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use hashbrown::HashMap;

use crate::ast::{
    Document, Field, FragmentDefinition, FragmentSpread, OperationDefinition, SelectionSet,
    VariableDefinition,
};
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, Schema, TypeId, TypeRef, Valid};
use crate::source::Span;

pub use rules::RULE_IDS;

/// Checks a document by all rules of the specification. The errors come in the order of the text; none means valid.
pub fn validate<'d>(arena: &'d Bump, schema: &Valid<Schema<'_>>, document: &Document<'d>) -> Vec<Diagnostic> {
    let mut context = Context::new(arena, schema, document);
    walk::walk(&mut context);
    let mut diagnostics = context.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    diagnostics
}

/// What the rules see and where they report.
pub(crate) struct Context<'s, 'd> {
    pub(crate) arena: &'d Bump,
    pub(crate) schema: &'s Schema<'s>,
    pub(crate) document: Document<'d>,
    /// The operations of the document.
    pub(crate) operations: &'d [&'d OperationDefinition<'d>],
    /// The fragments of the document, each name once, the first of equals.
    pub(crate) fragments: Fragments<'d>,
    /// What each field of the document means, by field id; filled by the walk.
    pub(crate) fields: ArenaVec<'d, Option<FieldId>>,
    /// The type that each selection set selects on, by selection set id; filled by the walk.
    pub(crate) selection_types: ArenaVec<'d, Option<TypeId>>,
    /// Where variables stand, definition by definition; filled by the walk.
    pub(crate) usages: ArenaVec<'d, VariableUsage<'d>>,
    /// Named fragments in the order they are spread, definition by definition; filled by the walk.
    pub(crate) spreads: ArenaVec<'d, Spread<'d>>,
    /// Which usages and spreads belong to each operation.
    pub(crate) operation_facts: ArenaVec<'d, Facts>,
    /// Which usages and spreads belong to each fragment.
    pub(crate) fragment_facts: ArenaVec<'d, Facts>,
    diagnostics: Vec<Diagnostic>,
}

/// A part of the lists of usages and spreads.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    usages: (u32, u32),
    spreads: (u32, u32),
}

/// A variable where it is used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariableUsage<'d> {
    /// The name without `$`.
    pub(crate) name: &'d str,
    pub(crate) span: Span,
    /// What is expected there, where that is known.
    pub(crate) expected: Option<Expected>,
}

/// What a place expects of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    pub(crate) ty: TypeRef,
    /// Whether the place has a default value, so that a nullable variable may stand there.
    pub(crate) has_default: bool,
    /// Whether the place is a field of an input object that takes exactly one field.
    pub(crate) in_one_of: bool,
}

/// A named fragment where it is used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread<'d> {
    pub(crate) node: &'d FragmentSpread<'d>,
    /// The fragment's index, where the document has it.
    pub(crate) fragment: Option<u32>,
}

/// The fragments of a document by name and by index.
pub(crate) struct Fragments<'d> {
    pub(crate) list: &'d [&'d FragmentDefinition<'d>],
    /// Only where a search through the list would be slow.
    by_name: Option<HashMap<&'d str, u32>>,
}

impl<'d> Fragments<'d> {
    fn new(list: &'d [&'d FragmentDefinition<'d>]) -> Self {
        let by_name = (list.len() > 8).then(|| {
            let mut by_name = HashMap::with_capacity(list.len());
            for (index, fragment) in list.iter().enumerate() {
                by_name.entry(fragment.name.text).or_insert(index as u32);
            }
            by_name
        });
        Fragments { list, by_name }
    }

    /// The index of the fragment with this name.
    pub(crate) fn index_of(&self, name: &str) -> Option<u32> {
        match &self.by_name {
            Some(by_name) => by_name.get(name).copied(),
            None => {
                self.list.iter().position(|fragment| fragment.name.text == name).map(|index| index as u32)
            }
        }
    }
}

/// The variables of an operation by name.
struct Variables<'d> {
    list: &'d [VariableDefinition<'d>],
    /// Only where a search through the list would be slow.
    by_name: Option<HashMap<&'d str, usize>>,
}

impl<'d> Variables<'d> {
    fn new(list: &'d [VariableDefinition<'d>]) -> Self {
        let by_name = (list.len() > 16).then(|| {
            let mut by_name = HashMap::with_capacity(list.len());
            for (index, variable) in list.iter().enumerate() {
                by_name.entry(variable.name.text).or_insert(index);
            }
            by_name
        });
        Variables { list, by_name }
    }

    fn index_of(&self, name: &str) -> Option<usize> {
        match &self.by_name {
            Some(by_name) => by_name.get(name).copied(),
            None => self.list.iter().position(|variable| variable.name.text == name),
        }
    }
}

impl<'s, 'd> Context<'s, 'd> {
    fn new(arena: &'d Bump, schema: &'s Schema<'s>, document: &Document<'d>) -> Self {
        use crate::ast::Definition;
        let mut operations = ArenaVec::new_in(arena);
        let mut fragments = ArenaVec::new_in(arena);
        for definition in document.definitions {
            match definition {
                Definition::Operation(node) => operations.push(*node),
                Definition::Fragment(node) => fragments.push(*node),
                _ => {}
            }
        }
        let fragments = Fragments::new(fragments.into_bump_slice());
        Context {
            arena,
            schema,
            document: *document,
            operations: operations.into_bump_slice(),
            fields: bumpalo::vec![in arena; None; document.field_count as usize],
            selection_types: bumpalo::vec![in arena; None; document.selection_set_count as usize],
            usages: ArenaVec::new_in(arena),
            spreads: ArenaVec::new_in(arena),
            operation_facts: ArenaVec::new_in(arena),
            fragment_facts: ArenaVec::new_in(arena),
            fragments,
            diagnostics: Vec::new(),
        }
    }

    /// Reports an error.
    #[cold]
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What a field of the document means in the schema.
    #[inline]
    pub(crate) fn definition_of(&self, field: &Field<'_>) -> Option<FieldId> {
        self.fields[field.id as usize]
    }

    /// The type that a selection set selects on.
    #[inline]
    pub(crate) fn type_of(&self, selection_set: &SelectionSet<'_>) -> Option<TypeId> {
        self.selection_types[selection_set.id as usize]
    }

    /// The variable usages that stand in a definition itself, fragments aside.
    pub(crate) fn usages_in(&self, facts: Facts) -> &[VariableUsage<'d>] {
        &self.usages[facts.usages.0 as usize..facts.usages.1 as usize]
    }

    /// The spreads that stand in a definition itself, fragments aside.
    pub(crate) fn spreads_in(&self, facts: Facts) -> &[Spread<'d>] {
        &self.spreads[facts.spreads.0 as usize..facts.spreads.1 as usize]
    }
}

/// One rule of the specification: the hooks that it needs, called once for each node of the walk.
///
/// `parent` is the type that a selection stands on and `definition` what it means, both only where they are known:
/// a rule says nothing about what follows from another rule's error.
#[expect(unused_variables, reason = "a rule takes what it needs")]
pub(crate) trait Rule {
    /// The name of the rule: graphql-js' name in kebab case.
    const ID: &'static str;

    /// Before the walk.
    #[inline]
    fn document(cx: &mut Context<'_, '_>) {}

    /// An operation, before its selections.
    #[inline]
    fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {}

    /// A fragment, before its selections. `ty` is the type of its condition.
    #[inline]
    fn fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>, ty: Option<TypeId>) {}

    /// A variable's definition.
    #[inline]
    fn variable<'d>(cx: &mut Context<'_, 'd>, node: &'d VariableDefinition<'d>, ty: Option<TypeRef>) {}

    /// A field, before its arguments and selections.
    #[inline]
    fn field<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d Field<'d>,
        parent: Option<TypeId>,
        definition: Option<FieldId>,
    ) {
    }

    /// A fragment spread.
    #[inline]
    fn fragment_spread<'d>(cx: &mut Context<'_, 'd>, spread: Spread<'d>, parent: Option<TypeId>) {}

    /// An inline fragment, before its selections. `ty` is the type of its condition, or the parent's.
    #[inline]
    fn inline_fragment<'d>(
        cx: &mut Context<'_, 'd>,
        node: &'d crate::ast::InlineFragment<'d>,
        parent: Option<TypeId>,
        ty: Option<TypeId>,
    ) {
    }

    /// The directives at one place, where there are any, before their arguments.
    #[inline]
    fn directives<'d>(
        cx: &mut Context<'_, 'd>,
        nodes: &'d [crate::ast::Directive<'d>],
        location: crate::ast::DirectiveLocation,
    ) {
    }

    /// The arguments of a field or directive. Called without arguments as well.
    #[inline]
    fn arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [crate::ast::Argument<'d>]) {}

    /// A value and each value within it, from the outside in.
    #[inline]
    fn value<'d>(cx: &mut Context<'_, 'd>, node: &'d crate::ast::Value<'d>, expected: Option<Expected>) {}

    /// A variable as one operation uses it, itself or through a fragment. `variable` is the operation's definition.
    #[inline]
    fn variable_usage<'d>(
        cx: &mut Context<'_, 'd>,
        operation: &'d OperationDefinition<'d>,
        usage: VariableUsage<'d>,
        variable: Option<&'d VariableDefinition<'d>>,
    ) {
    }

    /// A variable that its operation uses nowhere.
    #[inline]
    fn unused_variable<'d>(
        cx: &mut Context<'_, 'd>,
        operation: &'d OperationDefinition<'d>,
        variable: &'d VariableDefinition<'d>,
    ) {
    }

    /// A fragment that no operation uses.
    #[inline]
    fn unused_fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>) {}

    /// After the walk: all facts of the [`Context`] are there.
    #[inline]
    fn end(cx: &mut Context<'_, '_>) {}
}

/// What arguments are given to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Callee<'d> {
    /// A field; what it means, where that is known.
    Field(&'d Field<'d>, Option<FieldId>),
    /// A directive; its definition, where it is known.
    Directive(&'d crate::ast::Directive<'d>, Option<crate::schema::DirectiveId>),
}

/// Calls `again(first, second)` for each element whose name an earlier one has.
pub(crate) fn each_duplicate<'n, T>(
    nodes: &[T],
    name: impl Fn(&T) -> &'n str,
    mut again: impl FnMut(&T, &T),
) {
    if nodes.len() <= 16 {
        for (index, node) in nodes.iter().enumerate().skip(1) {
            if let Some(first) = nodes[..index].iter().find(|first| name(first) == name(node)) {
                again(first, node);
            }
        }
        return;
    }
    let mut seen = HashMap::with_capacity(nodes.len());
    for node in nodes {
        match seen.entry(name(node)) {
            hashbrown::hash_map::Entry::Vacant(entry) => {
                entry.insert(node);
            }
            hashbrown::hash_map::Entry::Occupied(first) => again(first.get(), node),
        }
    }
}
