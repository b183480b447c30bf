//! Elements of a schema without a copy of their names, and where the texts apply directives to them.

use std::fmt;

use crate::ast::{
    Definition, Directive, DirectiveLocation, Document, InputValueDefinition, TypeDefinition, TypeKind,
};
use crate::coordinate::SchemaCoordinate;

/// A schema coordinate that borrows its names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Element<'a> {
    Schema,
    Type(&'a str),
    Member(&'a str, &'a str),
    Argument(&'a str, &'a str, &'a str),
    DirectiveArgument(&'a str, &'a str),
}

impl Element<'_> {
    pub(super) fn coordinate(self) -> SchemaCoordinate {
        match self {
            Element::Schema => SchemaCoordinate::Schema,
            Element::Type(name) => SchemaCoordinate::type_named(name),
            Element::Member(name, member) => SchemaCoordinate::member(name, member),
            Element::Argument(name, field, argument) => SchemaCoordinate::argument(name, field, argument),
            Element::DirectiveArgument(directive, argument) => {
                SchemaCoordinate::DirectiveArgument(directive.to_owned(), argument.to_owned())
            }
        }
    }
}

impl fmt::Display for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Element::Schema => f.write_str("the schema"),
            _ => self.coordinate().fmt(f),
        }
    }
}

/// A place with directives: a definition or an extension of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) element: Element<'a>,
    pub(super) location: DirectiveLocation,
    /// At least one.
    pub(super) directives: &'a [Directive<'a>],
}

/// All places with directives, in the order of the texts.
pub(super) fn places<'a>(documents: &[Document<'a>]) -> Vec<Place<'a>> {
    let mut places = Places(Vec::new());
    for definition in documents.iter().flat_map(|document| document.definitions) {
        match definition {
            Definition::Schema(node) => {
                places.add(DirectiveLocation::Schema, node.directives, || Element::Schema);
            }
            Definition::Type(node) if node.directives_within => places.add_type(node),
            Definition::Directive(node) => places.add_arguments(node.arguments, |argument| {
                Element::DirectiveArgument(node.name.text, argument)
            }),
            Definition::Type(_) | Definition::Operation(_) | Definition::Fragment(_) => {}
        }
    }
    places.0
}

struct Places<'a>(Vec<Place<'a>>);

impl<'a> Places<'a> {
    #[inline]
    fn add(
        &mut self,
        location: DirectiveLocation,
        directives: &'a [Directive<'a>],
        element: impl FnOnce() -> Element<'a>,
    ) {
        if !directives.is_empty() {
            self.0.push(Place { element: element(), location, directives });
        }
    }

    fn add_arguments(
        &mut self,
        nodes: &'a [InputValueDefinition<'a>],
        element: impl Fn(&'a str) -> Element<'a>,
    ) {
        for node in nodes {
            self.add(DirectiveLocation::ArgumentDefinition, node.directives, || element(node.name.text));
        }
    }

    fn add_type(&mut self, node: &'a TypeDefinition<'a>) {
        let parent = node.name.text;
        let location = match node.kind {
            TypeKind::Scalar => DirectiveLocation::Scalar,
            TypeKind::Object => DirectiveLocation::Object,
            TypeKind::Interface => DirectiveLocation::Interface,
            TypeKind::Union => DirectiveLocation::Union,
            TypeKind::Enum => DirectiveLocation::Enum,
            TypeKind::InputObject => DirectiveLocation::InputObject,
        };
        self.add(location, node.directives, || Element::Type(parent));
        for field in node.fields {
            let name = field.name.text;
            self.add(DirectiveLocation::FieldDefinition, field.directives, || Element::Member(parent, name));
            self.add_arguments(field.arguments, |argument| Element::Argument(parent, name, argument));
        }
        for field in node.input_fields {
            let element = || Element::Member(parent, field.name.text);
            self.add(DirectiveLocation::InputFieldDefinition, field.directives, element);
        }
        for value in node.values {
            let element = || Element::Member(parent, value.name.text);
            self.add(DirectiveLocation::EnumValue, value.directives, element);
        }
    }
}
