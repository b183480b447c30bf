//! Elements of one schema, each with the schema it belongs to, and pairs of them across two schemas.

use std::borrow::Cow;
use std::ops::Deref;

use schemacheck_graphql::ast::{Directive, OperationKind, StringValue, TypeKind, ValueKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{
    DirectiveDefinition, DirectiveId, ElementId, EnumValue, EnumValueId, Field, FieldId, InputValue,
    InputValueId, Schema, Type, TypeId,
};
use schemacheck_graphql::source::Span;

/// An element that a change can be about.
pub trait Element<'s> {
    /// Its name in the schema.
    fn coordinate(&self) -> SchemaCoordinate<&'s str>;
    /// The place of its name.
    fn span(&self) -> Span;
    /// Its id in its schema.
    fn id(&self) -> ElementId;
    /// The other type, where the element is that a type names another one.
    fn member(&self) -> Option<&'s str> {
        None
    }
    /// Its description in the text.
    fn description(&self) -> Option<StringValue<'s>> {
        None
    }
    /// The directives that are applied to it.
    fn directives(&self) -> Cow<'s, [Directive<'s>]> {
        Cow::Borrowed(&[])
    }
}

/// The same element in the old and in the new schema.
#[derive(Clone, Copy, Debug)]
pub enum Pair<E> {
    /// Only the new schema has it.
    Added(E),
    /// Only the old schema has it.
    Removed(E),
    /// Both have it under one name.
    Persisted {
        /// In the old schema.
        old: E,
        /// In the new schema.
        new: E,
    },
    /// Both have it, under different names.
    Renamed {
        /// In the old schema.
        old: E,
        /// In the new schema.
        new: E,
    },
}

impl<E: Copy> Pair<E> {
    /// The element in the old schema.
    pub fn before(&self) -> Option<E> {
        match *self {
            Pair::Added(_) => None,
            Pair::Removed(old) | Pair::Persisted { old, .. } | Pair::Renamed { old, .. } => Some(old),
        }
    }

    /// The element in the new schema.
    pub fn after(&self) -> Option<E> {
        match *self {
            Pair::Removed(_) => None,
            Pair::Added(new) | Pair::Persisted { new, .. } | Pair::Renamed { new, .. } => Some(new),
        }
    }

    /// Both, where both schemas have it.
    pub fn both(&self) -> Option<(E, E)> {
        Some((self.before()?, self.after()?))
    }
}

impl<E> Pair<E> {
    /// The same pair of elements of any kind.
    pub fn as_dyn<'s>(&self) -> Pair<&dyn Element<'s>>
    where
        E: Element<'s>,
    {
        match self {
            Pair::Added(new) => Pair::Added(new),
            Pair::Removed(old) => Pair::Removed(old),
            Pair::Persisted { old, new } => Pair::Persisted { old, new },
            Pair::Renamed { old, new } => Pair::Renamed { old, new },
        }
    }
}

/// The directives that are applied to a type, a field, an input or an enum value; the other elements can have none.
pub(crate) fn directives_on<'s>(schema: &Schema<'s>, element: ElementId) -> Cow<'s, [Directive<'s>]> {
    match element {
        ElementId::Type(id) if schema.ty(id).extensions.is_empty() => {
            schema.ty(id).definition.directives.into()
        }
        ElementId::Type(id) => schema.ty(id).directives().copied().collect(),
        ElementId::Field(id) => schema.field(id).definition.directives.into(),
        ElementId::InputValue(id) => schema.input_value(id).definition.directives.into(),
        ElementId::EnumValue(id) => schema.enum_value(id).definition.directives.into(),
        ElementId::Directive(_) | ElementId::Root(_) => Cow::Borrowed(&[]),
    }
}

/// Makes a kind of element: a node of the schema with what it belongs to, its coordinate and its id in the schema.
macro_rules! element {
    (
        $(#[$doc:meta])*
        $name:ident: $node:ident by $id:ident in $schema_method:ident $({ $extra:ident: $extra_type:ty })?,
        $element_id:ident,
        coordinate: |$itself:ident| $coordinate:expr,
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'s> {
            /// The schema that it belongs to.
            pub schema: &'s Schema<'s>,
            /// Its id there.
            pub id: $id,
            $(
                /// What it belongs to.
                pub $extra: $extra_type,
            )?
        }

        impl<'s> Deref for $name<'s> {
            type Target = $node<'s>;

            #[inline]
            fn deref(&self) -> &Self::Target {
                self.schema.$schema_method(self.id)
            }
        }

        impl<'s> Element<'s> for $name<'s> {
            fn coordinate(&self) -> SchemaCoordinate<&'s str> {
                let $itself = self;
                $coordinate
            }

            fn span(&self) -> Span {
                self.definition.name.span
            }

            fn id(&self) -> ElementId {
                ElementId::$element_id(self.id)
            }

            fn description(&self) -> Option<StringValue<'s>> {
                self.definition.description
            }

            fn directives(&self) -> Cow<'s, [Directive<'s>]> {
                directives_on(self.schema, self.id())
            }
        }
    };
}

element! {
    /// A named type.
    TypeElement: Type by TypeId in ty,
    Type,
    coordinate: |ty| SchemaCoordinate::Type(ty.name),
}
element! {
    /// A field of an object or interface.
    FieldElement: Field by FieldId in field,
    Field,
    coordinate: |field| SchemaCoordinate::Member(field.parent().name, field.name),
}
element! {
    /// An argument of a field.
    ArgumentElement: InputValue by InputValueId in input_value { field: FieldId },
    InputValue,
    coordinate: |argument| {
        let field = FieldElement { schema: argument.schema, id: argument.field };
        SchemaCoordinate::Argument(field.parent().name, field.name, argument.name)
    },
}
element! {
    /// A field of an input object.
    InputFieldElement: InputValue by InputValueId in input_value { parent: TypeId },
    InputValue,
    coordinate: |field| SchemaCoordinate::Member(field.schema.ty(field.parent).name, field.name),
}
element! {
    /// A value of an enum.
    EnumValueElement: EnumValue by EnumValueId in enum_value { parent: TypeId },
    EnumValue,
    coordinate: |value| SchemaCoordinate::Member(value.schema.ty(value.parent).name, value.name),
}
element! {
    /// A directive.
    DirectiveElement: DirectiveDefinition by DirectiveId in directive,
    Directive,
    coordinate: |directive| SchemaCoordinate::Directive(directive.name),
}
element! {
    /// An argument of a directive.
    DirectiveArgumentElement: InputValue by InputValueId in input_value { directive: DirectiveId },
    InputValue,
    coordinate: |argument| {
        SchemaCoordinate::DirectiveArgument(argument.parent().name, argument.name)
    },
}

impl<'s> FieldElement<'s> {
    /// The type that has the field.
    pub fn parent(&self) -> TypeElement<'s> {
        TypeElement { schema: self.schema, id: self.parent }
    }

    /// The text of its type.
    pub fn type_text(&self) -> String {
        self.schema.type_text(self.ty)
    }
}

impl<'s> TypeElement<'s> {
    /// Whether it is an object or interface, so that it has fields.
    pub fn has_fields(&self) -> bool {
        matches!(self.kind, TypeKind::Object | TypeKind::Interface)
    }

    /// Where the behaviour of a scalar is specified.
    pub fn specified_by(&self) -> Option<Cow<'s, str>> {
        let ty: &'s Type<'s> = self.schema.ty(self.id);
        let directive = ty.directives().find(|directive| directive.name.text == "specifiedBy")?;
        match directive.arguments.first()?.value.kind {
            ValueKind::String(url) => Some(url.value()),
            _ => None,
        }
    }
}

impl DirectiveElement<'_> {
    /// Whether operations can have it; the others belong to schemas.
    pub fn is_executable(&self) -> bool {
        self.definition.locations.iter().any(|location| location.is_executable())
    }
}

impl<'s> DirectiveArgumentElement<'s> {
    /// The directive that has it.
    pub fn parent(&self) -> DirectiveElement<'s> {
        DirectiveElement { schema: self.schema, id: self.directive }
    }
}

/// An input value wherever it stands: argument, input field or directive argument.
pub trait InputElement<'s>: Element<'s> + Copy + Deref<Target = InputValue<'s>> {
    /// The schema that it belongs to.
    fn schema(&self) -> &'s Schema<'s>;

    /// The text of its type.
    fn type_text(&self) -> String {
        self.schema().type_text(self.ty)
    }
}

impl<'s> InputElement<'s> for ArgumentElement<'s> {
    fn schema(&self) -> &'s Schema<'s> {
        self.schema
    }
}

impl<'s> InputElement<'s> for InputFieldElement<'s> {
    fn schema(&self) -> &'s Schema<'s> {
        self.schema
    }
}

impl<'s> InputElement<'s> for DirectiveArgumentElement<'s> {
    fn schema(&self) -> &'s Schema<'s> {
        self.schema
    }
}

/// That a type names another one: an implementation of an interface, or membership in a union.
#[derive(Clone, Copy, Debug)]
pub struct MembershipElement<'s> {
    /// The schema that it belongs to.
    pub schema: &'s Schema<'s>,
    /// The union, or the type that implements.
    pub ty: TypeId,
    /// The member, or the interface.
    pub other: TypeId,
}

impl<'s> MembershipElement<'s> {
    /// The union, or the type that implements.
    pub fn ty(&self) -> TypeElement<'s> {
        TypeElement { schema: self.schema, id: self.ty }
    }

    /// The member, or the interface.
    pub fn other(&self) -> TypeElement<'s> {
        TypeElement { schema: self.schema, id: self.other }
    }
}

impl<'s> Element<'s> for MembershipElement<'s> {
    fn coordinate(&self) -> SchemaCoordinate<&'s str> {
        SchemaCoordinate::Type(self.ty().name)
    }

    fn span(&self) -> Span {
        let ty = self.ty();
        let parts = std::iter::once(ty.definition).chain(ty.extensions.iter().copied());
        let mut names = parts.flat_map(|part| part.interfaces.iter().chain(part.members));
        names.find(|name| name.text == self.other().name).map_or(ty.span(), |name| name.span)
    }

    fn id(&self) -> ElementId {
        ElementId::Type(self.ty)
    }

    fn member(&self) -> Option<&'s str> {
        Some(self.other().name)
    }
}

/// A root operation type.
#[derive(Clone, Copy, Debug)]
pub struct RootElement<'s> {
    /// The schema that it belongs to.
    pub schema: &'s Schema<'s>,
    /// Which operation.
    pub kind: OperationKind,
    /// The type.
    pub ty: TypeId,
}

impl<'s> RootElement<'s> {
    /// The type.
    pub fn ty(&self) -> TypeElement<'s> {
        TypeElement { schema: self.schema, id: self.ty }
    }
}

impl<'s> Element<'s> for RootElement<'s> {
    fn coordinate(&self) -> SchemaCoordinate<&'s str> {
        SchemaCoordinate::Schema
    }

    fn span(&self) -> Span {
        let entries = self.schema.definitions().iter().flat_map(|definition| definition.operation_types);
        entries
            .filter(|entry| entry.kind == self.kind)
            .map(|entry| entry.span)
            .next()
            .unwrap_or(self.ty().span())
    }

    fn id(&self) -> ElementId {
        ElementId::Root(self.kind)
    }
}

/// The schema itself.
#[derive(Clone, Copy, Debug)]
pub struct SchemaElement<'s> {
    /// The schema.
    pub schema: &'s Schema<'s>,
}

impl<'s> Element<'s> for SchemaElement<'s> {
    fn coordinate(&self) -> SchemaCoordinate<&'s str> {
        SchemaCoordinate::Schema
    }

    fn span(&self) -> Span {
        let definition = self.schema.definitions().first().map(|definition| definition.span);
        let query =
            || self.schema.root(OperationKind::Query).map(|ty| self.schema.ty(ty).definition.name.span);
        definition.or_else(query).unwrap_or_default()
    }

    /// The schema is where its queries begin.
    fn id(&self) -> ElementId {
        ElementId::Root(OperationKind::Query)
    }

    fn description(&self) -> Option<StringValue<'s>> {
        self.schema.definitions().iter().find_map(|definition| definition.description)
    }

    fn directives(&self) -> Cow<'s, [Directive<'s>]> {
        self.schema.definitions().iter().flat_map(|definition| definition.directives).copied().collect()
    }
}
