//! Type system validation (specification, section 3): one rule a file, one line each in the list below.
//!
//! A finding is an error where the schema cannot be used: something is missing or ambiguous, so that the verdict on an
//! operation would be a guess. It is a warning where the text is wrong by the letter and every operation still has one
//! certain verdict, as in many a published schema. Each file says in a sentence which of the two it is, and why.

mod constant;
mod element;

use hashbrown::HashSet;

use self::element::{Element, Place};
use super::{InputValue, Schema, Type, TypeId};
use crate::ast::{self, Directive, Document};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggestion::Suggestions;

macro_rules! rules {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// The ids of all rules of this folder, in their order.
        pub const RULE_IDS: &[&str] = &[$($module::ID,)*];

        fn check_all(cx: &mut Context<'_, '_>) {
            $($module::check(cx);)*
        }
    };
}

rules! {
    root_operation_types,
    reserved_names,
    non_empty_types,
    input_and_output_types,
    implemented_interfaces,
    interface_fields,
    interface_field_deprecation,
    union_members,
    input_object_cycles,
    one_of_input_fields,
    deprecated_required_input,
    default_values,
    default_value_cycles,
    known_directives,
    unique_directives_per_location,
    known_argument_names_on_directives,
    provided_required_arguments_on_directives,
    unique_argument_names,
    unique_input_field_names,
    directive_argument_values,
    directive_cycles,
}

/// Runs all rules on the schema of these documents, of which the first is the built-in one.
pub(super) fn check<'a>(schema: &Schema<'a>, documents: &[Document<'a>], diagnostics: &mut Vec<Diagnostic>) {
    let own = documents.get(1..).unwrap_or_default();
    let start = own.iter().find_map(|document| document.definitions.first()).map(ast::Definition::span);
    let start = start.unwrap_or_default();
    let places = &element::places(own);
    let mut inputs = Vec::new();
    each_input_value(schema, |element, value| {
        if value.has_default || value.is_deprecated || !schema.ty(value.ty.named).kind.is_input() {
            inputs.push((element, value));
        }
    });
    let inputs = &inputs;
    let reserved_names = own.iter().any(|document| document.reserved_names);
    let suggestions = Suggestions::new();
    check_all(&mut Context { schema, places, inputs, start, reserved_names, suggestions, diagnostics });
}

/// What a rule sees and where it reports.
struct Context<'s, 'a> {
    /// The schema as far as it could be built.
    schema: &'s Schema<'a>,
    /// Where the texts apply directives.
    places: &'s [Place<'a>],
    /// The arguments and input fields that have a default value, are deprecated, or are of a type of the wrong kind.
    inputs: &'s [(Element<'a>, &'s InputValue<'a>)],
    /// The first definition of the texts.
    start: Span,
    /// Whether the texts name anything that begins with two underscores.
    reserved_names: bool,
    suggestions: Suggestions,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl<'s, 'a> Context<'s, 'a> {
    #[cold]
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The types that the texts define.
    fn types(&self) -> impl Iterator<Item = (TypeId, &'s Type<'a>)> + use<'s, 'a> {
        self.schema.types().filter(|(_, ty)| !ty.built_in)
    }

    /// Each directive that is applied, with what it is applied to.
    fn applied(&self) -> impl Iterator<Item = (Element<'a>, &'a Directive<'a>)> + use<'s, 'a> {
        self.places
            .iter()
            .flat_map(|place| place.directives.iter().map(|directive| (place.element, directive)))
    }
}

/// Calls `each` for the arguments of fields, the fields of input objects and the arguments of directives.
#[inline]
fn each_input_value<'s, 'a>(schema: &'s Schema<'a>, mut each: impl FnMut(Element<'a>, &'s InputValue<'a>)) {
    for (id, ty) in schema.types().filter(|(_, ty)| !ty.built_in) {
        for (_, value) in schema.input_fields_of(id) {
            each(Element::Member(ty.name, value.name), value);
        }
        for (field, definition) in schema.fields_of(id) {
            for (_, value) in schema.arguments_of(field) {
                each(Element::Argument(ty.name, definition.name, value.name), value);
            }
        }
    }
    for (id, directive) in schema.directives() {
        for (_, value) in schema.directive_arguments_of(id) {
            each(Element::DirectiveArgument(directive.name, value.name), value);
        }
    }
}

/// How many findings of one kind a rule lists for one pair of elements. The next ones would follow from the same slip,
/// and a bound keeps the number of findings in proportion to the length of the text.
const LISTED: usize = 10;

/// Whether an element is deprecated.
fn is_deprecated(directives: &[Directive<'_>]) -> bool {
    directives.iter().any(|directive| directive.name.text == "deprecated")
}

/// Ids to ask for membership: a plain search where there are few, a table where there are many.
struct IdSet<'s> {
    list: &'s [TypeId],
    table: Option<HashSet<TypeId>>,
}

impl<'s> IdSet<'s> {
    fn new(list: &'s [TypeId]) -> Self {
        let table = (list.len() > 16).then(|| list.iter().copied().collect());
        IdSet { list, table }
    }

    fn contains(&self, id: TypeId) -> bool {
        match &self.table {
            Some(table) => table.contains(&id),
            None => self.list.contains(&id),
        }
    }
}

/// The place where a type names one of its interfaces or members.
fn named_at(ty: &Type<'_>, names: impl Fn(&'_ ast::TypeDefinition<'_>) -> Option<Span>) -> Span {
    ty.parts().find_map(names).unwrap_or(ty.definition.name.span)
}

/// The place where a type declares an interface.
fn declared_at(ty: &Type<'_>, interface: &str) -> Span {
    named_at(ty, |part| part.interfaces.iter().find(|name| name.text == interface).map(|name| name.span))
}
