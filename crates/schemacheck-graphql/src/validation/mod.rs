//! Validation of operations against a schema (specification, section 5).
//!
//! One walk over the document resolves every name once and calls the hooks of all rules; a rule is one file in
//! `rules/`. What a rule needs beyond the node at hand (the fields a selection means, variables and spreads of each
//! definition) is in the `Context`.

mod rules;
mod walk;

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::ast::{
    Argument, Directive, DirectiveLocation, Document, Field, FragmentDefinition, FragmentSpread,
    InlineFragment, OperationDefinition, SelectionSet, Value, VariableDefinition,
};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{DirectiveId, FieldId, InputValueId, Schema, TypeId, TypeRef, Valid};
use crate::source::Span;

pub use rules::RULE_IDS;

/// How much work one document may cost: fields visited and compared to merge them, fragments followed from each
/// operation. Real documents stay below a hundredth of it; what hits it is an error of the rule `limit`.
pub const MAX_WORK: u32 = 10_000_000;

/// How many errors of one document are told.
pub const MAX_ERRORS: usize = 1000;

/// A hash table that lives in the arena.
type ArenaMap<'d, K, V> = HashMap<K, V, hashbrown::DefaultHashBuilder, &'d Bump>;

/// Checks a document by all rules of the specification. The errors come in the order of the text; none means valid.
pub fn validate<'d>(arena: &'d Bump, schema: &Valid<Schema<'_>>, document: &Document<'d>) -> Vec<Diagnostic> {
    let mut context = Context::new(arena, schema, document);
    walk::walk(&mut context);
    let mut diagnostics = context.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    diagnostics
}

/// What the rules see and where they report.
struct Context<'s, 'd> {
    arena: &'d Bump,
    schema: &'s Schema<'s>,
    document: Document<'d>,
    /// The operations of the document.
    operations: &'d [&'d OperationDefinition<'d>],
    /// The fragments of the document.
    fragments: Fragments<'d>,
    /// What each field of the document means, by field id; filled by the walk.
    fields: ArenaVec<'d, Option<FieldId>>,
    /// Each selection set with the type that it selects on, by selection set id; filled by the walk.
    selection_sets: ArenaVec<'d, Option<(&'d SelectionSet<'d>, Option<TypeId>)>>,
    /// Where variables stand, definition by definition; filled by the walk.
    usages: ArenaVec<'d, VariableUsage<'d>>,
    /// Named fragments in the order they are spread, definition by definition; filled by the walk.
    spreads: ArenaVec<'d, Spread<'d>>,
    /// Which usages and spreads belong to each operation.
    operation_facts: ArenaVec<'d, Facts>,
    /// Which usages and spreads belong to each fragment.
    fragment_facts: ArenaVec<'d, Facts>,
    diagnostics: Vec<Diagnostic>,
    /// Whether the definition at hand has a hole that may use a variable or a fragment.
    open: bool,
    /// What is left of [`MAX_WORK`].
    work_left: u32,
    /// A bound was hit: nothing more is checked.
    stopped: bool,
}

/// A part of the lists of usages and spreads.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    usages: (u32, u32),
    spreads: (u32, u32),
    /// Whether something in it is not known that may use a variable or a fragment.
    open: bool,
}

/// A variable where it is used.
#[derive(Clone, Copy, Debug)]
struct VariableUsage<'d> {
    /// The name without `$`.
    name: &'d str,
    span: Span,
    /// What is expected there, where that is known.
    expected: Option<Expected>,
}

/// What a place expects of a value.
#[derive(Clone, Copy, Debug)]
struct Expected {
    ty: TypeRef,
    /// Whether the place has a default value, so that a nullable variable may stand there.
    has_default: bool,
    /// Whether the place is a field of an input object that takes exactly one field.
    in_one_of: bool,
    /// The element of the schema that the place belongs to.
    place: Place,
}

/// What a value is given to.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// An argument of a field, selected on a type.
    Argument(TypeId, FieldId, InputValueId),
    /// An argument of a directive.
    DirectiveArgument(DirectiveId, InputValueId),
    /// A field of an input object.
    InputField(TypeId, InputValueId),
    /// A variable, as its default value.
    Variable,
}

impl Place {
    /// The name of the place in the schema; variables have none.
    fn coordinate(self, schema: &Schema<'_>) -> Option<SchemaCoordinate> {
        let input = |id| schema.input_value(id).name;
        match self {
            Place::Argument(parent, field, id) => {
                let (parent, field) = (schema.ty(parent).name, schema.field(field).name);
                Some(SchemaCoordinate::argument(parent, field, input(id)))
            }
            Place::DirectiveArgument(directive, id) => {
                let directive = schema.directive(directive).name.to_owned();
                Some(SchemaCoordinate::DirectiveArgument(directive, input(id).to_owned()))
            }
            Place::InputField(parent, id) => {
                Some(SchemaCoordinate::member(schema.ty(parent).name, input(id)))
            }
            Place::Variable => None,
        }
    }
}

/// A named fragment where it is used.
#[derive(Clone, Copy, Debug)]
struct Spread<'d> {
    node: &'d FragmentSpread<'d>,
    /// The fragment's index, where the document has it.
    fragment: Option<u32>,
}

/// The fragments of a document by name and by index.
struct Fragments<'d> {
    list: &'d [&'d FragmentDefinition<'d>],
    /// Only where a search through the list would be slow.
    by_name: Option<ArenaMap<'d, &'d str, u32>>,
}

impl<'d> Fragments<'d> {
    fn new(arena: &'d Bump, list: &'d [&'d FragmentDefinition<'d>]) -> Self {
        let by_name = (list.len() > 8).then(|| {
            let mut by_name = HashMap::with_capacity_in(list.len(), arena);
            for (index, fragment) in list.iter().enumerate() {
                by_name.entry(fragment.name.text).or_insert(index as u32);
            }
            by_name
        });
        Fragments { list, by_name }
    }

    /// The index of the fragment with this name, the first of equals.
    fn index_of(&self, name: &str) -> Option<u32> {
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
    by_name: Option<ArenaMap<'d, &'d str, usize>>,
}

impl<'d> Variables<'d> {
    fn new(arena: &'d Bump, list: &'d [VariableDefinition<'d>]) -> Self {
        let by_name = (list.len() > 16).then(|| {
            let mut by_name = HashMap::with_capacity_in(list.len(), arena);
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
        let fragments = Fragments::new(arena, fragments.into_bump_slice());
        Context {
            arena,
            schema,
            document: *document,
            operations: operations.into_bump_slice(),
            fields: bumpalo::vec![in arena; None; document.field_count as usize],
            selection_sets: bumpalo::vec![in arena; None; document.selection_set_count as usize],
            usages: ArenaVec::new_in(arena),
            spreads: ArenaVec::new_in(arena),
            operation_facts: ArenaVec::new_in(arena),
            fragment_facts: ArenaVec::new_in(arena),
            fragments,
            diagnostics: Vec::new(),
            open: false,
            work_left: MAX_WORK,
            stopped: false,
        }
    }

    /// Reports an error.
    #[cold]
    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_ERRORS {
            self.diagnostics.push(diagnostic);
        } else {
            self.stop(format!("the document has more than {MAX_ERRORS} errors; the rest are not told"));
        }
    }

    /// Counts work against [`MAX_WORK`]; false where it is used up.
    #[inline]
    fn spend(&mut self, work: u32) -> bool {
        match self.work_left.checked_sub(work) {
            Some(left) => self.work_left = left,
            None => self.stop("the document is too complex to be checked".to_owned()),
        }
        !self.stopped
    }

    /// Ends the validation with an error.
    #[cold]
    fn stop(&mut self, message: String) {
        if !std::mem::replace(&mut self.stopped, true) {
            let span =
                self.document.definitions.first().map(crate::ast::Definition::span).unwrap_or_default();
            let help = "split it into smaller documents";
            self.diagnostics.push(Diagnostic::error("limit", span, message).help(help));
        }
    }

    /// What a field of the document means in the schema.
    #[inline]
    fn definition_of(&self, field: &Field<'_>) -> Option<FieldId> {
        self.fields[field.id as usize]
    }
}

/// How a message names an operation.
fn operation_text(operation: &OperationDefinition<'_>) -> String {
    operation.name.map_or_else(|| "this operation".to_owned(), |name| format!("the operation {}", name.text))
}

/// One rule of the specification: the hooks that it needs, called once for each node of the walk.
///
/// `parent` is the type that a selection stands on and `definition` what it means, both only where they are known:
/// a rule says nothing about what follows from another rule's error.
#[expect(unused_variables, reason = "a rule takes what it needs")]
trait Rule {
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
        node: &'d InlineFragment<'d>,
        parent: Option<TypeId>,
        ty: Option<TypeId>,
    ) {
    }

    /// The directives at one place, where there are any, before their arguments.
    #[inline]
    fn directives<'d>(cx: &mut Context<'_, 'd>, nodes: &'d [Directive<'d>], location: DirectiveLocation) {}

    /// The arguments of a field or directive. Called without arguments as well.
    #[inline]
    fn arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [Argument<'d>]) {}

    /// A value and each value within it, from the outside in.
    #[inline]
    fn value<'d>(cx: &mut Context<'_, 'd>, node: &'d Value<'d>, expected: Option<Expected>) {}

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
enum Callee<'d> {
    /// A field; the type that it is selected on and what it means there, where that is known.
    Field(&'d Field<'d>, Option<(TypeId, FieldId)>),
    /// A directive; its definition, where it is known.
    Directive(&'d Directive<'d>, Option<DirectiveId>),
}

/// Calls `again(first, second)` for each element whose name an earlier one has.
pub(crate) fn each_duplicate<'n, T>(
    arena: &Bump,
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
    let mut seen: ArenaMap<'_, &str, &T> = HashMap::with_capacity_in(nodes.len(), arena);
    for node in nodes {
        match seen.entry(name(node)) {
            Entry::Vacant(entry) => {
                entry.insert(node);
            }
            Entry::Occupied(first) => again(first.get(), node),
        }
    }
}
