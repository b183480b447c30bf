//! A schema: the definitions and extensions of its texts, merged, with every name resolved.
//!
//! [`load`] makes one from texts. What the specification forbids becomes a [`Diagnostic`]: an error where the text is
//! ambiguous or an operation could notice, a warning where it is only wrong by the letter, as published schemas are.
//! Elements are numbered; an id belongs to the schema that gave it.

mod build;
mod by_name;
pub mod introspection;
mod rules;

use std::borrow::Cow;
use std::ops::{Deref, Range};

use bumpalo::Bump;
use hashbrown::HashMap;

use self::by_name::ByName;
use self::introspection::Unknown;
use crate::ast::{self, OperationKind, TypeKind, Wrappers};
use crate::diagnostic::{Diagnostic, Level};
use crate::parser::Limits;
use crate::source::{SourceId, Sources, Span};

pub use rules::RULE_IDS;

/// What every schema has: built-in scalars and directives, introspection (specification, section 4).
pub(crate) const BUILT_IN: &str = include_str!("built_in.graphql");

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
            pub struct $id(u32);

            impl $id {
                /// The position among all elements of its kind in the schema.
                #[inline]
                pub fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// A named type of one schema.
    TypeId
    /// A field of an object or interface of one schema.
    FieldId
    /// An argument or an input field of one schema.
    InputValueId
    /// An enum value of one schema.
    EnumValueId
    /// A directive definition of one schema.
    DirectiveId
}

/// Any element of one schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ElementId {
    /// A named type.
    Type(TypeId),
    /// A field.
    Field(FieldId),
    /// An argument or an input field.
    InputValue(InputValueId),
    /// An enum value.
    EnumValue(EnumValueId),
    /// A directive.
    Directive(DirectiveId),
    /// A root operation type.
    Root(OperationKind),
}

impl ElementId {
    /// The position of the element among all of its kind in its schema.
    pub fn index(self) -> usize {
        match self {
            ElementId::Type(id) => id.index(),
            ElementId::Field(id) => id.index(),
            ElementId::InputValue(id) => id.index(),
            ElementId::EnumValue(id) => id.index(),
            ElementId::Directive(id) => id.index(),
            ElementId::Root(kind) => kind as usize,
        }
    }
}

/// A type with its wrappers, such as `[User!]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TypeRef {
    /// The innermost type.
    pub named: TypeId,
    /// Lists and non-null around it.
    pub wrappers: Wrappers,
}

/// A named type with its extensions merged.
#[derive(Clone, Debug)]
pub struct Type<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its kind.
    pub kind: TypeKind,
    /// Its definition.
    pub definition: &'a ast::TypeDefinition<'a>,
    /// Its extensions, in the order of the texts.
    pub extensions: Vec<&'a ast::TypeDefinition<'a>>,
    /// The interfaces that it declares, in order, each once.
    pub interfaces: &'a [TypeId],
    /// The members of a union, in order, each once.
    pub members: &'a [TypeId],
    /// Whether the specification defines it.
    pub built_in: bool,
    fields: Range<u32>,
    input_fields: Range<u32>,
    values: Range<u32>,
}

impl<'a> Type<'a> {
    /// The definition and all extensions.
    pub fn parts(&self) -> impl Iterator<Item = &'a ast::TypeDefinition<'a>> + '_ {
        std::iter::once(self.definition).chain(self.extensions.iter().copied())
    }

    /// Whether both are defined in the same words to the letter.
    pub fn is_written_as(&self, other: &Type<'_>) -> bool {
        self.parts().map(|part| part.text).eq(other.parts().map(|part| part.text))
    }

    /// The directives of the definition and of all extensions.
    pub fn directives(&self) -> impl Iterator<Item = &'a ast::Directive<'a>> + '_ {
        self.parts().flat_map(|part| part.directives)
    }

    /// Whether exactly one field of this input object is to be given (`@oneOf`).
    pub fn is_one_of(&self) -> bool {
        self.kind == TypeKind::InputObject
            && self.directives().any(|directive| directive.name.text == "oneOf")
    }
}

/// A field of an object or interface.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// The type that has it.
    pub parent: TypeId,
    /// The type of its value.
    pub ty: TypeRef,
    /// Its definition.
    pub definition: &'a ast::FieldDefinition<'a>,
    arguments: Range<u32>,
}

/// An argument of a field or directive, or a field of an input object.
#[derive(Clone, Debug)]
pub struct InputValue<'a> {
    /// Its name.
    pub name: &'a str,
    /// The type of its value.
    pub ty: TypeRef,
    /// Its definition.
    pub definition: &'a ast::InputValueDefinition<'a>,
    // What is asked of every input, without a look at its definition.
    has_default: bool,
    is_deprecated: bool,
}

impl<'a> InputValue<'a> {
    fn new(ty: TypeRef, definition: &'a ast::InputValueDefinition<'a>) -> Self {
        InputValue {
            name: definition.name.text,
            ty,
            definition,
            has_default: definition.default.is_some(),
            is_deprecated: definition.directives.iter().any(|directive| directive.name.text == "deprecated"),
        }
    }

    /// The value where none is given.
    #[inline]
    pub fn default(&self) -> Option<&'a ast::Value<'a>> {
        if self.has_default { self.definition.default } else { None }
    }

    /// Whether a value must be given: non-null without a default (specification, section 5.4.3).
    #[inline]
    pub fn is_required(&self) -> bool {
        self.ty.wrappers.is_non_null() && !self.has_default
    }
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its definition.
    pub definition: &'a ast::EnumValueDefinition<'a>,
}

/// A directive that may be applied.
#[derive(Clone, Debug)]
pub struct DirectiveDefinition<'a> {
    /// Its name without `@`.
    pub name: &'a str,
    /// Its definition.
    pub definition: &'a ast::DirectiveDefinition<'a>,
    /// Whether the specification defines it.
    pub built_in: bool,
    arguments: Range<u32>,
}

/// A schema. The lists hold built-in elements first, then those of the texts in their order.
#[derive(Debug)]
pub struct Schema<'a> {
    types: Vec<Type<'a>>,
    fields: Vec<Field<'a>>,
    input_values: Vec<InputValue<'a>>,
    enum_values: Vec<EnumValue<'a>>,
    directives: Vec<DirectiveDefinition<'a>>,
    definitions: Vec<&'a ast::SchemaDefinition<'a>>,
    roots: [Option<TypeId>; 3],
    types_by_name: HashMap<&'a str, TypeId>,
    directives_by_name: HashMap<&'a str, DirectiveId>,
    fields_by_name: ByName,
    input_values_by_name: ByName,
    enum_values_by_name: ByName,
    /// The object types that stand behind each type, ascending, type by type; none for types that are not composite.
    possible_types: Vec<TypeId>,
    /// Where those of each type begin, and where the last ones end.
    possible_starts: Vec<u32>,
    /// `__typename`, `__schema` and `__type`.
    meta_fields: Range<u32>,
    unknown: Unknown,
}

/// Something that a validation has passed.
#[derive(Debug)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// Takes something as valid without a look, as graphql-js' `assumeValid` does.
    pub fn assume_valid(value: T) -> Self {
        Valid(value)
    }
}

impl Valid<Schema<'_>> {
    /// The same schema, of which the introspection that it was read from does not tell this.
    #[must_use]
    pub fn with_unknown(mut self, unknown: Unknown) -> Self {
        self.0.unknown = unknown;
        self
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

/// A schema that can be used, and what is wrong with it all the same.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// The schema.
    pub schema: Valid<Schema<'a>>,
    /// What the specification forbids and no operation can notice.
    pub warnings: Vec<Diagnostic>,
}

/// Reads, merges and validates the texts of one schema. All errors are told, those of the syntax first.
pub fn load<'a>(
    arena: &'a Bump,
    sources: &'a Sources,
    texts: &[SourceId],
    limits: Limits,
) -> Result<Loaded<'a>, Vec<Diagnostic>> {
    let (schema, diagnostics) = build(arena, sources, texts, limits)?;
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        return Err(diagnostics);
    }
    Ok(Loaded { schema: Valid(schema), warnings: diagnostics })
}

/// As [`load`], but gives the schema also where it is invalid; what could not be resolved is left out of it. Only
/// syntax errors are fatal.
pub fn build<'a>(
    arena: &'a Bump,
    sources: &'a Sources,
    texts: &[SourceId],
    limits: Limits,
) -> Result<(Schema<'a>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    for source in std::iter::once(sources.built_in()).chain(texts.iter().map(|&id| sources.get(id))) {
        match crate::parser::parse(arena, source, limits) {
            Ok(document) => documents.push(document),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let (schema, mut diagnostics) = build::build(arena, &documents);
    rules::check(&schema, &documents, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Ok((schema, diagnostics))
}

impl<'a> Schema<'a> {
    /// What the introspection that the schema was read from does not tell; of a text, all is told.
    #[inline]
    pub fn unknown(&self) -> Unknown {
        self.unknown
    }

    /// All types that operations can name, built-in ones first.
    pub fn types(&self) -> impl ExactSizeIterator<Item = (TypeId, &Type<'a>)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// A type by id.
    #[inline]
    pub fn ty(&self, id: TypeId) -> &Type<'a> {
        &self.types[id.index()]
    }

    /// A type by name.
    #[inline]
    pub fn type_named(&self, name: &str) -> Option<TypeId> {
        self.types_by_name.get(name).copied()
    }

    /// A field by id.
    #[inline]
    pub fn field(&self, id: FieldId) -> &Field<'a> {
        &self.fields[id.index()]
    }

    /// An argument or input field by id.
    #[inline]
    pub fn input_value(&self, id: InputValueId) -> &InputValue<'a> {
        &self.input_values[id.index()]
    }

    /// An enum value by id.
    #[inline]
    pub fn enum_value(&self, id: EnumValueId) -> &EnumValue<'a> {
        &self.enum_values[id.index()]
    }

    /// A directive by id.
    #[inline]
    pub fn directive(&self, id: DirectiveId) -> &DirectiveDefinition<'a> {
        &self.directives[id.index()]
    }

    /// All directives, built-in ones first.
    pub fn directives(&self) -> impl ExactSizeIterator<Item = (DirectiveId, &DirectiveDefinition<'a>)> {
        self.directives.iter().enumerate().map(|(index, directive)| (DirectiveId(index as u32), directive))
    }

    /// A directive by its name without `@`.
    pub fn directive_named(&self, name: &str) -> Option<DirectiveId> {
        self.directives_by_name.get(name).copied()
    }

    /// The definition of the schema and its extensions, in the order of the texts.
    pub fn definitions(&self) -> &[&'a ast::SchemaDefinition<'a>] {
        &self.definitions
    }

    /// The root type of an operation kind.
    #[inline]
    pub fn root(&self, kind: OperationKind) -> Option<TypeId> {
        self.roots[kind as usize]
    }

    /// The fields of an object or interface, in order.
    pub fn fields_of(&self, ty: TypeId) -> impl ExactSizeIterator<Item = (FieldId, &Field<'a>)> {
        let range = self.ty(ty).fields.clone();
        range.map(|index| (FieldId(index), &self.fields[index as usize]))
    }

    /// The field of an object or interface with this name; no meta field.
    #[inline]
    pub fn field_named(&self, ty: TypeId, name: &str) -> Option<FieldId> {
        let name_at = |index: u32| self.fields[index as usize].name;
        self.fields_by_name.find(&self.ty(ty).fields, name, name_at).map(FieldId)
    }

    /// The field that a selection on `ty` means, meta fields included (specification, section 4.1).
    #[inline]
    pub fn selected_field(&self, ty: TypeId, name: &str) -> Option<FieldId> {
        if name.starts_with("__") {
            let field = match name {
                "__typename" if self.ty(ty).kind.is_composite() => self.meta_fields.start,
                "__schema" if self.root(OperationKind::Query) == Some(ty) => self.meta_fields.start + 1,
                "__type" if self.root(OperationKind::Query) == Some(ty) => self.meta_fields.start + 2,
                _ => return self.field_named(ty, name),
            };
            return Some(FieldId(field));
        }
        self.field_named(ty, name)
    }

    /// Whether a field is `__typename`, `__schema` or `__type`.
    pub fn is_meta_field(&self, field: FieldId) -> bool {
        self.meta_fields.contains(&field.0)
    }

    /// The fields of an input object, in order.
    pub fn input_fields_of(
        &self,
        ty: TypeId,
    ) -> impl ExactSizeIterator<Item = (InputValueId, &InputValue<'a>)> {
        self.input_values_in(self.ty(ty).input_fields.clone())
    }

    /// The field of an input object with this name.
    #[inline]
    pub fn input_field_named(&self, ty: TypeId, name: &str) -> Option<InputValueId> {
        self.input_value_named(&self.ty(ty).input_fields, name)
    }

    /// The arguments of a field, in order.
    pub fn arguments_of(
        &self,
        field: FieldId,
    ) -> impl ExactSizeIterator<Item = (InputValueId, &InputValue<'a>)> {
        self.input_values_in(self.field(field).arguments.clone())
    }

    /// The argument of a field with this name.
    #[inline]
    pub fn argument_named(&self, field: FieldId, name: &str) -> Option<InputValueId> {
        self.input_value_named(&self.field(field).arguments, name)
    }

    /// The arguments of a directive, in order.
    pub fn directive_arguments_of(
        &self,
        directive: DirectiveId,
    ) -> impl ExactSizeIterator<Item = (InputValueId, &InputValue<'a>)> {
        self.input_values_in(self.directive(directive).arguments.clone())
    }

    /// The argument of a directive with this name.
    pub fn directive_argument_named(&self, directive: DirectiveId, name: &str) -> Option<InputValueId> {
        self.input_value_named(&self.directive(directive).arguments, name)
    }

    #[inline]
    fn input_value_named(&self, list: &Range<u32>, name: &str) -> Option<InputValueId> {
        let name_at = |index: u32| self.input_values[index as usize].name;
        self.input_values_by_name.find(list, name, name_at).map(InputValueId)
    }

    fn input_values_in(
        &self,
        range: Range<u32>,
    ) -> impl ExactSizeIterator<Item = (InputValueId, &InputValue<'a>)> {
        range.map(|index| (InputValueId(index), &self.input_values[index as usize]))
    }

    /// The values of an enum, in order.
    pub fn enum_values_of(&self, ty: TypeId) -> impl ExactSizeIterator<Item = (EnumValueId, &EnumValue<'a>)> {
        let range = self.ty(ty).values.clone();
        range.map(|index| (EnumValueId(index), &self.enum_values[index as usize]))
    }

    /// The value of an enum with this name.
    #[inline]
    pub fn enum_value_named(&self, ty: TypeId, name: &str) -> Option<EnumValueId> {
        let name_at = |index: u32| self.enum_values[index as usize].name;
        self.enum_values_by_name.find(&self.ty(ty).values, name, name_at).map(EnumValueId)
    }

    /// The object types that stand behind a composite type, ascending: itself for an object type.
    #[inline]
    pub fn possible_types(&self, ty: TypeId) -> &[TypeId] {
        let (start, end) = (self.possible_starts[ty.index()], self.possible_starts[ty.index() + 1]);
        &self.possible_types[start as usize..end as usize]
    }

    /// Whether some object type stands behind both (specification, section 5.5.2.3).
    pub fn types_overlap(&self, one: TypeId, other: TypeId) -> bool {
        if one == other {
            return true;
        }
        let (mut few, mut many) = (self.possible_types(one), self.possible_types(other));
        if few.len() > many.len() {
            std::mem::swap(&mut few, &mut many);
        }
        few.iter().any(|ty| many.binary_search(ty).is_ok())
    }

    /// Whether every value of `sub` is one of `abstract_type`: an implementation or a union member.
    pub fn is_subtype(&self, sub: TypeId, abstract_type: TypeId) -> bool {
        match (self.ty(sub).kind, self.ty(abstract_type).kind) {
            (TypeKind::Object, TypeKind::Interface | TypeKind::Union) => {
                self.possible_types(abstract_type).binary_search(&sub).is_ok()
            }
            (TypeKind::Interface, TypeKind::Interface) => self.ty(sub).interfaces.contains(&abstract_type),
            _ => false,
        }
    }

    /// The text of a type with its wrappers.
    pub fn type_text(&self, ty: TypeRef) -> String {
        ty.wrappers.write(self.ty(ty.named).name)
    }
}

/// The reason of `@deprecated` among the directives of an element, where it has one.
pub fn deprecation<'a: 'd, 'd>(
    directives: impl IntoIterator<Item = &'d ast::Directive<'a>>,
) -> Option<Deprecation<'a>> {
    let directive = *directives.into_iter().find(|directive| directive.name.text == "deprecated")?;
    let reason = directive.arguments.iter().find(|argument| argument.name.text == "reason");
    let reason = reason.and_then(|argument| match argument.value.kind {
        ast::ValueKind::String(string) => Some(string.value()),
        _ => None,
    });
    Some(Deprecation { span: directive.span, reason, directive })
}

/// The reason of a deprecation where the text gives none (specification, section 3.13.3).
pub const DEFAULT_REASON: &str = "No longer supported";

impl<'a> Deprecation<'a> {
    /// Why, be it only by default.
    pub fn told_reason(self) -> Cow<'a, str> {
        self.reason.unwrap_or(Cow::Borrowed(DEFAULT_REASON))
    }
}

/// That an element is deprecated (specification, section 3.13.3).
#[derive(Clone, Debug)]
pub struct Deprecation<'a> {
    /// Where it says so.
    pub span: Span,
    /// Why, where the text says it.
    pub reason: Option<Cow<'a, str>>,
    /// The directive.
    pub directive: ast::Directive<'a>,
}
