//! What tells an element from its siblings.

use schemacheck_graphql::ast;
use schemacheck_graphql::schema::{InputValue, TypeId, TypeRef};

use crate::element::{
    ArgumentElement, DirectiveArgumentElement, DirectiveElement, EnumValueElement, FieldElement,
    InputFieldElement, TypeElement,
};
use crate::pairs::Renamable;

/// What tells an element from others.
#[derive(Debug)]
pub(crate) struct Candidate<'s> {
    pub(crate) name: &'s str,
    pub(crate) nature: Nature<'s>,
    /// The names of the arguments of a field or directive.
    pub(crate) arguments: Vec<&'s str>,
    pub(crate) description: Option<ast::StringValue<'s>>,
    pub(crate) directives: &'s [ast::Directive<'s>],
}

impl Candidate<'_> {
    /// Whether both have one description, and not a blank one.
    pub(crate) fn is_described_as(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (self.description, other.description) else { return false };
        !one.is_blank() && one.has_words_of(other)
    }
}

/// What an element is beside its name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Nature<'s> {
    /// A field, argument or input field of this type.
    Of(TypeRef),
    /// A type.
    Type(TypeId, ast::TypeKind),
    /// A value of an enum.
    Value,
    /// A directive that may stand there.
    Directive(&'s [ast::DirectiveLocation]),
}

impl Nature<'_> {
    /// Only elements of one kind are one element under another name, unless a person says so: a type does not become
    /// another kind of type and another name at once.
    pub(crate) fn kind(self) -> usize {
        match self {
            Nature::Type(_, kind) => kind as usize,
            _ => 0,
        }
    }
}

impl<'s> Renamable<'s> for TypeElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let ty = self.schema.ty(self.id);
        Candidate {
            name: ty.name,
            nature: Nature::Type(self.id, ty.kind),
            arguments: Vec::new(),
            description: ty.definition.description,
            directives: &[],
        }
    }
}

impl<'s> Renamable<'s> for FieldElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let field = self.schema.field(self.id);
        Candidate {
            name: field.name,
            nature: Nature::Of(field.ty),
            arguments: self.schema.arguments_of(self.id).map(|(_, argument)| argument.name).collect(),
            description: field.definition.description,
            directives: field.definition.directives,
        }
    }
}

impl<'s> Renamable<'s> for ArgumentElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        input_candidate(self.schema.input_value(self.id))
    }
}

impl<'s> Renamable<'s> for InputFieldElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        input_candidate(self.schema.input_value(self.id))
    }
}

impl<'s> Renamable<'s> for DirectiveArgumentElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        input_candidate(self.schema.input_value(self.id))
    }
}

fn input_candidate<'s>(value: &InputValue<'s>) -> Candidate<'s> {
    Candidate {
        name: value.name,
        nature: Nature::Of(value.ty),
        arguments: Vec::new(),
        description: value.definition.description,
        directives: value.definition.directives,
    }
}

impl<'s> Renamable<'s> for EnumValueElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let value = self.schema.enum_value(self.id);
        Candidate {
            name: value.name,
            nature: Nature::Value,
            arguments: Vec::new(),
            description: value.definition.description,
            directives: value.definition.directives,
        }
    }
}

impl<'s> Renamable<'s> for DirectiveElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let directive = self.schema.directive(self.id);
        let arguments = self.schema.directive_arguments_of(self.id);
        Candidate {
            name: directive.name,
            nature: Nature::Directive(directive.definition.locations),
            arguments: arguments.map(|(_, argument)| argument.name).collect(),
            description: directive.definition.description,
            directives: &[],
        }
    }
}
