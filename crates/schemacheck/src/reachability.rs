//! Which types an operation can get to from the roots, and on which way.

use schemacheck_graphql::ast::OperationKind;
use schemacheck_graphql::schema::{Schema, TypeId};

/// The types of one schema that operations get to.
#[derive(Debug)]
pub struct Reachability {
    input: Vec<bool>,
    output: Vec<bool>,
}

impl Reachability {
    /// Follows the roots of a schema: what they answer with, and what the arguments on the way and those of directives
    /// on operations take.
    pub fn new(schema: &Schema<'_>) -> Self {
        let count = schema.types().len();
        let mut output = Marks::new(count);
        let mut input = Marks::new(count);
        for root in OperationKind::ALL.into_iter().filter_map(|kind| schema.root(kind)) {
            output.mark(root);
        }
        while let Some(id) = output.next() {
            for (field_id, field) in schema.fields_of(id) {
                output.mark(field.ty.named);
                for (_, argument) in schema.arguments_of(field_id) {
                    input.mark(argument.ty.named);
                }
            }
            // A fragment can lead from a type to its interfaces, and from there to all that implement them.
            for &other in schema.ty(id).interfaces.iter().chain(schema.possible_types(id)) {
                output.mark(other);
            }
        }
        for (id, directive) in schema.directives() {
            if directive.definition.locations.iter().any(|location| location.is_executable()) {
                for (_, argument) in schema.directive_arguments_of(id) {
                    input.mark(argument.ty.named);
                }
            }
        }
        while let Some(id) = input.next() {
            for (_, field) in schema.input_fields_of(id) {
                input.mark(field.ty.named);
            }
        }
        Reachability { input: input.marked, output: output.marked }
    }

    /// Whether operations can send values of the type.
    pub fn from_input(&self, ty: TypeId) -> bool {
        self.input[ty.index()]
    }

    /// Whether operations can be answered with values of the type.
    pub fn from_output(&self, ty: TypeId) -> bool {
        self.output[ty.index()]
    }

    /// Whether operations only send values of the type.
    pub fn only_from_input(&self, ty: TypeId) -> bool {
        self.from_input(ty) && !self.from_output(ty)
    }

    /// Whether operations are only answered with values of the type.
    pub fn only_from_output(&self, ty: TypeId) -> bool {
        self.from_output(ty) && !self.from_input(ty)
    }

    /// Whether operations get to the type at all.
    pub fn reaches(&self, ty: TypeId) -> bool {
        self.from_input(ty) || self.from_output(ty)
    }
}

/// What was reached, and what of it is still to be followed.
struct Marks {
    marked: Vec<bool>,
    open: Vec<TypeId>,
}

impl Marks {
    fn new(count: usize) -> Self {
        Marks { marked: vec![false; count], open: Vec::new() }
    }

    fn mark(&mut self, ty: TypeId) {
        if !std::mem::replace(&mut self.marked[ty.index()], true) {
            self.open.push(ty);
        }
    }

    fn next(&mut self) -> Option<TypeId> {
        self.open.pop()
    }
}
