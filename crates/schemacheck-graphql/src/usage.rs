//! What an operation uses of a schema: the elements that a change of the schema can touch.

use hashbrown::HashSet;

use crate::ast::{
    Argument, Definition, Directive, Document, FragmentDefinition, OperationDefinition, Selection,
    SelectionSet, Value, ValueKind, VariableDefinition,
};
use crate::schema::{ElementId, InputValueId, Schema, TypeId, TypeRef};
use crate::source::Span;

/// How an operation uses an element.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Use {
    /// The document names it: a selection, a literal, a type condition.
    Named,
    /// An argument or input field that the document leaves out, so that its default counts.
    Omitted,
    /// The type of a variable: only the client knows what is sent.
    Variable,
    /// An argument or input field that a variable gives which may be null, or a part of the document that is not known.
    NullableVariable,
    /// The type of a variable that must be sent.
    RequiredVariable,
    /// The type of a selected field; an abstract one only where the selections below tell its object types apart, by
    /// `__typename` or a type condition, for else one more of them makes no difference.
    Returned,
    /// The type that something is selected on that is not known.
    Open,
}

/// One use of an element.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Used {
    /// What is used.
    pub element: ElementId,
    /// How.
    pub how: Use,
    /// Where first.
    pub span: Span,
}

/// What an operation of a document uses of a schema, fragments included. Names that the schema does not know are
/// passed over.
pub fn usage(schema: &Schema<'_>, document: &Document<'_>, operation: &OperationDefinition<'_>) -> Vec<Used> {
    let mut usage = Vec::new();
    each_use(schema, document, operation, |used| usage.push(used));
    usage.sort_unstable();
    usage.dedup_by_key(|used| (used.element, used.how));
    usage
}

/// As [`usage`], one use after the other as the document has them: an element that is used twice comes twice.
pub fn each_use(
    schema: &Schema<'_>,
    document: &Document<'_>,
    operation: &OperationDefinition<'_>,
    tell: impl FnMut(Used),
) {
    let variables = operation.variables;
    let mut walk = Walk { schema, document, variables, tell, fragments: Vec::new(), seen: HashSet::new() };
    for variable in operation.variables {
        if let Some(named) = schema.type_named(variable.ty.name.text) {
            let must_be_sent = variable.ty.wrappers.is_non_null() && variable.default.is_none();
            let sent = must_be_sent && !variable.ty.wrappers.is_list();
            let how = if sent { Use::RequiredVariable } else { Use::Variable };
            walk.note(ElementId::Type(named), how, variable.span);
            if let Some(default) = &variable.default {
                walk.value(default, Some(TypeRef { named, wrappers: variable.ty.wrappers }));
            }
        }
        walk.directives(variable.directives);
    }
    walk.directives(operation.directives);
    if let Some(root) = schema.root(operation.kind) {
        walk.note(ElementId::Root(operation.kind), Use::Named, operation.span);
        walk.selection_set(&operation.selection_set, root);
    }
    while let Some(name) = walk.fragments.pop() {
        if let Some(fragment) = fragment_named(document, name) {
            walk.directives(fragment.directives);
            if let Some(ty) = schema.type_named(fragment.type_condition.text) {
                walk.note(ElementId::Type(ty), Use::Named, fragment.type_condition.span);
                walk.selection_set(&fragment.selection_set, ty);
            }
        }
    }
}

/// The first fragment of a document with this name.
pub fn fragment_named<'d>(document: &Document<'d>, name: &str) -> Option<&'d FragmentDefinition<'d>> {
    document.definitions.iter().find_map(|definition| match definition {
        Definition::Fragment(fragment) if fragment.name.text == name => Some(*fragment),
        _ => None,
    })
}

/// Whether selections on a type answer differently for its object types: by `__typename` or by a condition on another
/// type.
pub fn tells_apart(document: &Document<'_>, set: &SelectionSet<'_>, ty: &str) -> bool {
    fn within(
        document: &Document<'_>,
        set: &SelectionSet<'_>,
        ty: &str,
        depth: u32,
        spreads_left: &mut u32,
    ) -> bool {
        set.selections.iter().any(|selection| match selection {
            Selection::Field(field) => field.name.text == "__typename",
            Selection::InlineFragment(fragment) => {
                fragment.type_condition.is_some_and(|name| name.text != ty)
                    || within(document, &fragment.selection_set, ty, depth, spreads_left)
            }
            // Fragments are followed to a depth, and so many of them: that bounds the work where they go in a circle or
            // spread each other many times. What is beyond that may do anything.
            Selection::FragmentSpread(spread) => {
                fragment_named(document, spread.name.text).is_none_or(|fragment| {
                    *spreads_left = spreads_left.saturating_sub(1);
                    fragment.type_condition.text != ty
                        || depth == 0
                        || *spreads_left == 0
                        || within(document, &fragment.selection_set, ty, depth - 1, spreads_left)
                })
            }
        })
    }
    within(document, set, ty, 8, &mut 1000)
}

struct Walk<'s, 'd, T> {
    schema: &'s Schema<'s>,
    document: &'s Document<'d>,
    variables: &'s [VariableDefinition<'d>],
    tell: T,
    /// Fragments that are still to be followed.
    fragments: Vec<&'d str>,
    seen: HashSet<&'d str>,
}

impl<'d, T: FnMut(Used)> Walk<'_, 'd, T> {
    fn note(&mut self, element: ElementId, how: Use, span: Span) {
        (self.tell)(Used { element, how, span });
    }

    fn selection_set(&mut self, set: &SelectionSet<'d>, parent: TypeId) {
        let schema = self.schema;
        for selection in set.selections {
            match selection {
                Selection::Field(field) => {
                    self.directives(field.directives);
                    if self.document.holes && field.name.has_hole() {
                        self.note(ElementId::Type(parent), Use::Open, field.span);
                    }
                    let Some(id) = self.schema.selected_field(parent, field.name.text) else { continue };
                    self.note(ElementId::Field(id), Use::Named, field.span);
                    let returned = self.schema.field(id).ty.named;
                    let set = field.selection_set.as_ref();
                    if set.is_none_or(|set| tells_apart(self.document, set, self.schema.ty(returned).name)) {
                        self.note(ElementId::Type(returned), Use::Returned, field.span);
                    }
                    let definitions = schema.arguments_of(id).map(|(id, _)| id);
                    let open = field.open && field.arguments.is_empty();
                    self.arguments(field.arguments, open, definitions, field.span);
                    if let Some(set) = &field.selection_set {
                        self.selection_set(set, self.schema.field(id).ty.named);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(spread.directives);
                    if self.seen.insert(spread.name.text) {
                        self.fragments.push(spread.name.text);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(fragment.directives);
                    let condition = fragment.type_condition;
                    let ty = condition.map_or(Some(parent), |name| self.schema.type_named(name.text));
                    let Some(ty) = ty else { continue };
                    if let Some(name) = condition {
                        self.note(ElementId::Type(ty), Use::Named, name.span);
                    }
                    self.selection_set(&fragment.selection_set, ty);
                }
            }
        }
    }

    fn given_by(&self, value: &Value<'_>) -> Use {
        let name = match value.kind {
            ValueKind::Variable(name) => name,
            ValueKind::Hole => return Use::NullableVariable,
            _ => return Use::Named,
        };
        let variable = self.variables.iter().find(|variable| variable.name.text == name);
        let non_null = variable.is_some_and(|variable| variable.ty.wrappers.is_non_null());
        if non_null { Use::Named } else { Use::NullableVariable }
    }

    fn directives(&mut self, directives: &[Directive<'d>]) {
        let schema = self.schema;
        for directive in directives {
            let Some(id) = self.schema.directive_named(directive.name.text) else { continue };
            self.note(ElementId::Directive(id), Use::Named, directive.span);
            let definitions = schema.directive_arguments_of(id).map(|(id, _)| id);
            self.arguments(directive.arguments, false, definitions, directive.span);
        }
    }

    fn arguments(
        &mut self,
        given: &[Argument<'d>],
        open: bool,
        definitions: impl Iterator<Item = InputValueId>,
        callee: Span,
    ) {
        let open = open || (self.document.holes && given.iter().any(|argument| argument.name.has_hole()));
        for id in definitions {
            let definition = self.schema.input_value(id);
            match given.iter().find(|argument| argument.name.text == definition.name) {
                Some(argument) => {
                    self.note(ElementId::InputValue(id), self.given_by(&argument.value), argument.span);
                    self.value(&argument.value, Some(definition.ty));
                }
                None if open => {}
                None => self.note(ElementId::InputValue(id), Use::Omitted, callee),
            }
        }
    }

    fn value(&mut self, value: &Value<'d>, expected: Option<TypeRef>) {
        let Some(expected) = expected else { return };
        match value.kind {
            ValueKind::Enum(name) => {
                if let Some(id) = self.schema.enum_value_named(expected.named, name) {
                    self.note(ElementId::EnumValue(id), Use::Named, value.span);
                }
            }
            ValueKind::List(values) => {
                for value in values {
                    self.value(value, Some(expected));
                }
            }
            ValueKind::Object(fields) => {
                let open = self.document.holes && fields.iter().any(|field| field.name.has_hole());
                for (id, definition) in self.schema.input_fields_of(expected.named) {
                    match fields.iter().find(|field| field.name.text == definition.name) {
                        Some(field) => {
                            self.note(ElementId::InputValue(id), self.given_by(&field.value), field.span);
                            self.value(&field.value, Some(definition.ty));
                        }
                        None if open => {}
                        None => self.note(ElementId::InputValue(id), Use::Omitted, value.span),
                    }
                }
            }
            _ => {}
        }
    }
}
