//! The syntax tree of both document kinds (specification, sections 2 and 3).
//!
//! Nodes live in an arena and borrow the text; children are slices. Every node is `Copy` and holds the span of its
//! first to its last token. Fields, selection sets and spreads carry an `id`, counted from 0 in their document, so
//! that facts about them can be kept in plain vectors.

use serde::{Deserialize, Serialize};

use std::borrow::Cow;

use crate::lexer;
use crate::source::{Span, has_hole};

/// A name and its place.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// The name.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

impl Name<'_> {
    /// Whether a part of it is not known. A hole that is no name at all (selections, arguments, input fields, variables)
    /// is a node of its kind with such a name.
    #[inline]
    pub fn has_hole(&self) -> bool {
        has_hole(self.text)
    }
}

/// A whole document: executable definitions, type system definitions, or both.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// In the order of the text.
    pub definitions: &'a [Definition<'a>],
    /// Whether parts of the document are not known.
    pub holes: bool,
    /// Whether a hole stands where definitions do: it may define or use what the rest uses or defines.
    pub open: bool,
    /// Whether a name begins with two underscores, as those of introspection do.
    pub reserved_names: bool,
    /// How many fields the document has; their ids are below.
    pub field_count: u32,
    /// How many selection sets the document has; their ids are below.
    pub selection_set_count: u32,
}

/// One definition of a document (section 2.2).
#[derive(Clone, Copy, Debug)]
pub enum Definition<'a> {
    /// `query`, `mutation`, `subscription` or the short form.
    Operation(&'a OperationDefinition<'a>),
    /// `fragment … on …`
    Fragment(&'a FragmentDefinition<'a>),
    /// `schema` or `extend schema`
    Schema(&'a SchemaDefinition<'a>),
    /// The definition or extension of a named type.
    Type(&'a TypeDefinition<'a>),
    /// `directive @…`
    Directive(&'a DirectiveDefinition<'a>),
}

impl Definition<'_> {
    /// The whole definition, its description included.
    pub fn span(&self) -> Span {
        match self {
            Definition::Operation(node) => node.span,
            Definition::Fragment(node) => node.span,
            Definition::Schema(node) => node.span,
            Definition::Type(node) => node.span,
            Definition::Directive(node) => node.span,
        }
    }
}

/// The three kinds of operation (section 2.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes, then reads.
    Mutation,
    /// Stays open and answers with each event.
    Subscription,
}

impl OperationKind {
    /// All three, in the order of the specification.
    pub const ALL: [OperationKind; 3] =
        [OperationKind::Query, OperationKind::Mutation, OperationKind::Subscription];

    /// The keyword.
    pub fn name(self) -> &'static str {
        match self {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
            OperationKind::Subscription => "subscription",
        }
    }

    /// The name of the root type where no `schema` definition says otherwise (section 3.3.1).
    pub fn default_type_name(self) -> &'static str {
        match self {
            OperationKind::Query => "Query",
            OperationKind::Mutation => "Mutation",
            OperationKind::Subscription => "Subscription",
        }
    }

    /// The kind that a keyword names.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == keyword)
    }
}

/// An operation (section 2.3).
#[derive(Clone, Copy, Debug)]
pub struct OperationDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Since September 2025.
    pub description: Option<StringValue<'a>>,
    /// Query, mutation or subscription.
    pub kind: OperationKind,
    /// Nothing for an anonymous operation.
    pub name: Option<Name<'a>>,
    /// Its variables (section 2.10). A hole between the name and the selections is one of them.
    pub variables: &'a [VariableDefinition<'a>],
    /// Directives on the operation.
    pub directives: &'a [Directive<'a>],
    /// What it selects on the root type.
    pub selection_set: SelectionSet<'a>,
}

/// A variable of an operation (section 2.10).
#[derive(Clone, Copy, Debug)]
pub struct VariableDefinition<'a> {
    /// The whole definition.
    pub span: Span,
    /// The name without `$`; its span includes the `$`.
    pub name: Name<'a>,
    /// The declared type.
    pub ty: TypeReference<'a>,
    /// The default value.
    pub default: Option<Value<'a>>,
    /// Directives on the variable.
    pub directives: &'a [Directive<'a>],
}

/// A fragment (section 2.8).
#[derive(Clone, Copy, Debug)]
pub struct FragmentDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// The name.
    pub name: Name<'a>,
    /// The type that it applies to.
    pub type_condition: Name<'a>,
    /// Directives on the fragment.
    pub directives: &'a [Directive<'a>],
    /// What it selects.
    pub selection_set: SelectionSet<'a>,
}

/// A selection set (section 2.4).
#[derive(Clone, Copy, Debug)]
pub struct SelectionSet<'a> {
    /// Counted from 0 in the document.
    pub id: u32,
    /// From brace to brace.
    pub span: Span,
    /// In the order of the text.
    pub selections: &'a [Selection<'a>],
}

/// One selection (section 2.4).
#[derive(Clone, Copy, Debug)]
pub enum Selection<'a> {
    /// A field.
    Field(&'a Field<'a>),
    /// `...Name`
    FragmentSpread(&'a FragmentSpread<'a>),
    /// `... on Type { }` or `... { }`
    InlineFragment(&'a InlineFragment<'a>),
}

/// A selected field (section 2.5).
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Counted from 0 in the document.
    pub id: u32,
    /// Whether a hole follows which may be its arguments, directives and selections.
    pub open: bool,
    /// The whole selection.
    pub span: Span,
    /// The name in the response, where it differs (section 2.7).
    pub alias: Option<Name<'a>>,
    /// The name in the schema.
    pub name: Name<'a>,
    /// In the order of the text.
    pub arguments: &'a [Argument<'a>],
    /// Directives on the field.
    pub directives: &'a [Directive<'a>],
    /// What is selected below it.
    pub selection_set: Option<SelectionSet<'a>>,
}

impl<'a> Field<'a> {
    /// The key of the field in the response: the alias, else the name.
    #[inline]
    pub fn response_name(&self) -> &'a str {
        self.alias.map_or(self.name.text, |alias| alias.text)
    }
}

/// The use of a named fragment (section 2.8).
#[derive(Clone, Copy, Debug)]
pub struct FragmentSpread<'a> {
    /// The whole selection.
    pub span: Span,
    /// The fragment's name.
    pub name: Name<'a>,
    /// Directives on the spread.
    pub directives: &'a [Directive<'a>],
}

/// A fragment without a name (section 2.8.2).
#[derive(Clone, Copy, Debug)]
pub struct InlineFragment<'a> {
    /// The whole selection.
    pub span: Span,
    /// The type that it applies to; the enclosing type where it says none.
    pub type_condition: Option<Name<'a>>,
    /// Directives on the fragment.
    pub directives: &'a [Directive<'a>],
    /// What it selects.
    pub selection_set: SelectionSet<'a>,
}

/// A value given for an argument (section 2.6).
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    /// Name and value.
    pub span: Span,
    /// The name.
    pub name: Name<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// A directive where it is applied (section 2.12).
#[derive(Clone, Copy, Debug)]
pub struct Directive<'a> {
    /// From `@` to the last argument.
    pub span: Span,
    /// The name without `@`; its span includes the `@`.
    pub name: Name<'a>,
    /// In the order of the text.
    pub arguments: &'a [Argument<'a>],
}

/// A value in the text (section 2.9).
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The whole value.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind<'a>,
}

/// The kinds of value (section 2.9). Numbers keep their text: the specification sets no limit to it.
#[derive(Clone, Copy, Debug)]
pub enum ValueKind<'a> {
    /// `$name`, here without `$`.
    Variable(&'a str),
    /// A whole number.
    Int(&'a str),
    /// A number with a fraction or an exponent.
    Float(&'a str),
    /// A string, quoted or block.
    String(StringValue<'a>),
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
    /// A name that is none of the above.
    Enum(&'a str),
    /// `[ … ]`
    List(&'a [Value<'a>]),
    /// `{ … }`
    Object(&'a [ObjectField<'a>]),
    /// Not known.
    Hole,
}

/// A key and its value in an input object (section 2.9.8).
#[derive(Clone, Copy, Debug)]
pub struct ObjectField<'a> {
    /// Key and value.
    pub span: Span,
    /// The key.
    pub name: Name<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// A string as it stands in the text (section 2.9.4).
#[derive(Clone, Copy, Debug)]
pub struct StringValue<'a> {
    /// The whole literal with its quotes.
    pub span: Span,
    /// The text between the quotes.
    pub raw: &'a str,
    /// Whether it stands in three quotes.
    pub block: bool,
}

impl<'a> StringValue<'a> {
    /// The value: escapes resolved, or the indentation of a block removed.
    pub fn value(&self) -> Cow<'a, str> {
        if self.block {
            lexer::block_string_value(self.raw)
        } else if memchr::memchr(b'\\', self.raw.as_bytes()).is_some() {
            Cow::Owned(lexer::string_value(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// The text as it is written where nothing in it is escaped, else its value: the same but for blanks.
    fn unescaped(self) -> Cow<'a, str> {
        if memchr::memchr(b'\\', self.raw.as_bytes()).is_some() {
            self.value()
        } else {
            Cow::Borrowed(self.raw)
        }
    }
}

impl StringValue<'_> {
    /// Whether it has no words.
    pub fn is_blank(self) -> bool {
        self.raw.trim().is_empty()
    }

    /// Whether two strings have the same words in order: some printers wrap lines, and indent them otherwise.
    pub fn has_words_of(self, other: Self) -> bool {
        let (own, other) = (self.unescaped(), other.unescaped());
        // Descriptions that differ often end alike. Where letters differ and all behind them is the same, words differ.
        let mut bytes = own.bytes().rev().zip(other.bytes().rev());
        match bytes.find(|(own, other)| own != other) {
            Some((own, other)) if own.is_ascii_graphic() && other.is_ascii_graphic() => false,
            _ => own.split_whitespace().eq(other.split_whitespace()),
        }
    }
}

/// The list and non-null wrappers around a named type (section 3.4.1), outermost first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Wrappers {
    /// How many lists surround the named type.
    pub list_depth: u8,
    /// Bit *i* says that the *i*-th level is non-null: 0 the outermost, `list_depth` the named type itself.
    pub non_null: u32,
}

impl Wrappers {
    /// A type may stand in at most this many lists.
    pub const MAX_LIST_DEPTH: u8 = 31;

    /// Whether the outermost level is non-null.
    #[inline]
    pub fn is_non_null(self) -> bool {
        self.non_null & 1 == 1
    }

    /// Whether the outermost level is a list.
    #[inline]
    pub fn is_list(self) -> bool {
        self.list_depth > 0
    }

    /// Whether level `level` is non-null; 0 is the outermost.
    pub fn is_non_null_at(self, level: u8) -> bool {
        self.non_null >> level & 1 == 1
    }

    /// The same with a nullable outermost level.
    #[must_use]
    pub fn nullable(self) -> Self {
        Wrappers { non_null: self.non_null & !1, ..self }
    }

    /// The same with a non-null outermost level.
    #[must_use]
    pub fn required(self) -> Self {
        Wrappers { non_null: self.non_null | 1, ..self }
    }

    /// What the outermost list holds. The outermost level must be a list.
    #[must_use]
    pub fn item(self) -> Self {
        Wrappers { list_depth: self.list_depth - 1, non_null: self.non_null >> 1 }
    }

    /// The type in the notation of the specification, around a named type.
    pub fn write(self, named: &str) -> String {
        let depth = self.list_depth;
        let mut text = String::with_capacity(named.len() + 3 * depth as usize + 1);
        text.extend(std::iter::repeat_n('[', depth as usize));
        text.push_str(named);
        for level in (0..=depth).rev() {
            if level < depth {
                text.push(']');
            }
            if self.is_non_null_at(level) {
                text.push('!');
            }
        }
        text
    }
}

/// A type as the text names it (section 2.11).
#[derive(Clone, Copy, Debug)]
pub struct TypeReference<'a> {
    /// The whole reference.
    pub span: Span,
    /// The named type.
    pub name: Name<'a>,
    /// What surrounds it.
    pub wrappers: Wrappers,
}

/// `schema { … }` or `extend schema` (section 3.3).
#[derive(Clone, Copy, Debug)]
pub struct SchemaDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Whether it extends.
    pub extend: bool,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// Directives on the schema.
    pub directives: &'a [Directive<'a>],
    /// The root operation types.
    pub operation_types: &'a [OperationTypeDefinition<'a>],
}

/// `query: Type` in a schema definition (section 3.3.1).
#[derive(Clone, Copy, Debug)]
pub struct OperationTypeDefinition<'a> {
    /// The whole entry.
    pub span: Span,
    /// Which operation.
    pub kind: OperationKind,
    /// The root type's name.
    pub ty: Name<'a>,
}

/// The six kinds of named type (section 3.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TypeKind {
    /// A leaf whose values the service defines.
    Scalar,
    /// Fields.
    Object,
    /// Fields that several types share.
    Interface,
    /// One of several object types.
    Union,
    /// A leaf with a fixed set of values.
    Enum,
    /// Input fields.
    InputObject,
}

impl TypeKind {
    /// How a message names the kind.
    pub fn name(self) -> &'static str {
        match self {
            TypeKind::Scalar => "scalar",
            TypeKind::Object => "object",
            TypeKind::Interface => "interface",
            TypeKind::Union => "union",
            TypeKind::Enum => "enum",
            TypeKind::InputObject => "input object",
        }
    }

    /// The keyword of its definition.
    pub fn keyword(self) -> &'static str {
        match self {
            TypeKind::Scalar => "scalar",
            TypeKind::Object => "type",
            TypeKind::Interface => "interface",
            TypeKind::Union => "union",
            TypeKind::Enum => "enum",
            TypeKind::InputObject => "input",
        }
    }

    /// The kind that a keyword begins.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "scalar" => TypeKind::Scalar,
            "type" => TypeKind::Object,
            "interface" => TypeKind::Interface,
            "union" => TypeKind::Union,
            "enum" => TypeKind::Enum,
            "input" => TypeKind::InputObject,
            _ => return None,
        })
    }

    /// Whether values of the kind can be given to the service (section 3.4.2).
    #[inline]
    pub fn is_input(self) -> bool {
        matches!(self, TypeKind::Scalar | TypeKind::Enum | TypeKind::InputObject)
    }

    /// Whether the service can answer with the kind (section 3.4.2).
    #[inline]
    pub fn is_output(self) -> bool {
        self != TypeKind::InputObject
    }

    /// Whether a selection set may stand below it.
    #[inline]
    pub fn is_composite(self) -> bool {
        matches!(self, TypeKind::Object | TypeKind::Interface | TypeKind::Union)
    }

    /// Whether it stands at the end of a selection.
    #[inline]
    pub fn is_leaf(self) -> bool {
        matches!(self, TypeKind::Scalar | TypeKind::Enum)
    }

    /// Whether several object types stand behind it.
    #[inline]
    pub fn is_abstract(self) -> bool {
        matches!(self, TypeKind::Interface | TypeKind::Union)
    }
}

/// The definition or extension of a named type (sections 3.5 to 3.10). Of the lists, those that the kind does not
/// have are empty.
#[derive(Clone, Copy, Debug)]
pub struct TypeDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// The text of the whole definition.
    pub text: &'a str,
    /// Whether it extends.
    pub extend: bool,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// Which kind.
    pub kind: TypeKind,
    /// The name.
    pub name: Name<'a>,
    /// `implements …`
    pub interfaces: &'a [Name<'a>],
    /// Directives on the type.
    pub directives: &'a [Directive<'a>],
    /// Whether the type, or anything in it, has directives.
    pub directives_within: bool,
    /// Fields of an object or interface.
    pub fields: &'a [FieldDefinition<'a>],
    /// Fields of an input object.
    pub input_fields: &'a [InputValueDefinition<'a>],
    /// Values of an enum.
    pub values: &'a [EnumValueDefinition<'a>],
    /// Members of a union.
    pub members: &'a [Name<'a>],
}

/// A field of an object or interface (section 3.6).
#[derive(Clone, Copy, Debug)]
pub struct FieldDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// The name.
    pub name: Name<'a>,
    /// Its arguments.
    pub arguments: &'a [InputValueDefinition<'a>],
    /// The type of its value.
    pub ty: TypeReference<'a>,
    /// Directives on the field.
    pub directives: &'a [Directive<'a>],
}

/// An argument or a field of an input object (sections 3.6.1 and 3.10).
#[derive(Clone, Copy, Debug)]
pub struct InputValueDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// The name.
    pub name: Name<'a>,
    /// The type of its value.
    pub ty: TypeReference<'a>,
    /// The value where none is given.
    pub default: Option<&'a Value<'a>>,
    /// Directives on it.
    pub directives: &'a [Directive<'a>],
}

/// A value of an enum (section 3.9).
#[derive(Clone, Copy, Debug)]
pub struct EnumValueDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// The name.
    pub name: Name<'a>,
    /// Directives on it.
    pub directives: &'a [Directive<'a>],
}

/// The definition of a directive (section 3.13).
#[derive(Clone, Copy, Debug)]
pub struct DirectiveDefinition<'a> {
    /// The whole definition, its description included.
    pub span: Span,
    /// Its description.
    pub description: Option<StringValue<'a>>,
    /// The name without `@`; its span includes the `@`.
    pub name: Name<'a>,
    /// Its arguments.
    pub arguments: &'a [InputValueDefinition<'a>],
    /// Whether it may stand several times at one place.
    pub repeatable: bool,
    /// Where it may stand.
    pub locations: &'a [DirectiveLocation],
}

macro_rules! directive_locations {
    ($($variant:ident $name:literal $executable:literal,)*) => {
        /// Where a directive may stand (section 3.13).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[expect(missing_docs, reason = "each is the location of the specification that it is named after")]
        pub enum DirectiveLocation { $($variant,)* }

        impl DirectiveLocation {
            /// The name in the notation of the specification.
            pub fn name(self) -> &'static str {
                match self { $(DirectiveLocation::$variant => $name,)* }
            }

            /// The location with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(DirectiveLocation::$variant),)* _ => None }
            }

            /// Whether operations have it; the others belong to schemas.
            pub fn is_executable(self) -> bool {
                match self { $(DirectiveLocation::$variant => $executable,)* }
            }
        }
    };
}

directive_locations! {
    Query "QUERY" true,
    Mutation "MUTATION" true,
    Subscription "SUBSCRIPTION" true,
    Field "FIELD" true,
    FragmentDefinition "FRAGMENT_DEFINITION" true,
    FragmentSpread "FRAGMENT_SPREAD" true,
    InlineFragment "INLINE_FRAGMENT" true,
    VariableDefinition "VARIABLE_DEFINITION" true,
    Schema "SCHEMA" false,
    Scalar "SCALAR" false,
    Object "OBJECT" false,
    FieldDefinition "FIELD_DEFINITION" false,
    ArgumentDefinition "ARGUMENT_DEFINITION" false,
    Interface "INTERFACE" false,
    Union "UNION" false,
    Enum "ENUM" false,
    EnumValue "ENUM_VALUE" false,
    InputObject "INPUT_OBJECT" false,
    InputFieldDefinition "INPUT_FIELD_DEFINITION" false,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_same_words_where_their_values_have() {
        let texts = [
            "",
            " ",
            "a",
            " a\n",
            "a b",
            "a  b",
            "a\tb\n",
            "ab",
            "a bc",
            "c b",
            "a b.",
            "the end",
            "\u{3000}a b",
            "a \u{a0}b",
            "a \u{e9}b",
            "a \u{e8}b",
            r"a\u0020b",
            r"a\nb",
            r"\u0061 b",
            r#"a\"""b"#,
        ];
        let strings = || {
            let both = texts.iter().flat_map(|&raw| {
                [true, false].map(|block| StringValue { span: Span::default(), raw, block })
            });
            both.filter(|string| string.block || !string.raw.contains(['"', '\n']))
        };
        for one in strings() {
            for other in strings() {
                let (of_one, of_other) = (one.value(), other.value());
                let same = of_one.split_whitespace().eq(of_other.split_whitespace());
                assert_eq!(one.has_words_of(other), same, "{one:?} {other:?}");
            }
        }
    }
}
