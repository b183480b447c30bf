//! The answer of an introspection query to SDL (specification, section 4).
//!
//! [`to_sdl`] writes the schema as text and remembers where in the JSON each name stands. Given to
//! [`Sources::add_embedded`](crate::source::Sources::add_embedded), the text goes the way of any other, and its places
//! are told in the JSON.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::ast::{DirectiveLocation, OperationKind};
use crate::coordinate::is_name;
use crate::diagnostic::Diagnostic;
use crate::lexer::{Lexer, TokenKind};
use crate::source::Span;

/// A schema as text, with its places in the JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sdl {
    /// The text.
    pub text: String,
    /// Pairs (offset in the text, offset in the JSON), as [`Origin`](crate::source::Origin) wants them.
    pub map: Vec<(u32, u32)>,
    /// What the service did not tell.
    pub unknown: Unknown,
    /// What is newer than this program and was left out: places of directives that it does not know.
    pub left_out: Vec<String>,
}

/// What an introspection does not tell of its schema, because nobody asked for it or the service is too old to know:
/// there, the absence of a thing says nothing. Nothing is unknown of a schema that has no place for the thing.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own, and all combinations occur")]
pub struct Unknown {
    /// Which directives are applied, beside those that introspection has a key for: no service tells it.
    pub applied_directives: bool,
    /// Which arguments and input fields are deprecated: those that are may be missing altogether.
    pub deprecated_inputs: bool,
    /// Which directives there are.
    pub directives: bool,
    /// Which input objects want exactly one field (`@oneOf`).
    pub one_of: bool,
    /// Which directives may stand more than once at a place.
    pub repeatable: bool,
    /// Which scalars name their specification (`@specifiedBy`).
    pub specified_by: bool,
}

impl Unknown {
    /// What is unknown of either.
    #[must_use]
    pub fn or(self, other: Unknown) -> Unknown {
        Unknown {
            applied_directives: self.applied_directives || other.applied_directives,
            deprecated_inputs: self.deprecated_inputs || other.deprecated_inputs,
            directives: self.directives || other.directives,
            one_of: self.one_of || other.one_of,
            repeatable: self.repeatable || other.repeatable,
            specified_by: self.specified_by || other.specified_by,
        }
    }

    /// Each thing that is unknown though one can ask for it, as a warning: what is not told, and what to ask for.
    pub fn warnings(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            (
                self.deprecated_inputs,
                "the introspection does not tell which arguments and input fields are deprecated; those that are may \
                 be missing, and what is not told counts as unchanged",
                "ask with includeDeprecated: true on args and inputFields, and for their isDeprecated",
            ),
            (
                self.directives,
                "the introspection does not tell which directives there are; they count as unchanged",
                "ask for directives",
            ),
            (
                self.one_of,
                "the introspection does not tell which input objects want exactly one field (@oneOf); that counts as \
                 unchanged",
                "ask for isOneOf",
            ),
            (
                self.repeatable,
                "the introspection does not tell which directives are repeatable; that counts as unchanged",
                "ask for isRepeatable",
            ),
            (
                self.specified_by,
                "the introspection does not tell which scalars name their specification (@specifiedBy); that \
                 counts as unchanged",
                "ask for specifiedByURL",
            ),
        ]
        .into_iter()
        .filter_map(|(unknown, message, help)| unknown.then_some((message, help)))
    }
}

/// Whether something that introspection has a key for is there, and whether any of it has the key.
#[derive(Clone, Copy, Default)]
struct Asked {
    there: bool,
    told: bool,
}

impl Asked {
    fn note(&mut self, told: bool) {
        self.there = true;
        self.told |= told;
    }

    fn unknown(self) -> bool {
        self.there && !self.told
    }
}

/// Why a text is no introspection that can be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IntrospectionError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<&'static str>,
    /// Where, in bytes from the start of the JSON.
    pub offset: u32,
    /// The line of the offset, from 1.
    pub line: u32,
    /// The column of the offset in bytes, from 1.
    pub column: u32,
}

impl IntrospectionError {
    /// The same as a finding in a text of a run; `base` is the offset of that text.
    pub fn diagnostic(&self, base: u32) -> Diagnostic {
        let start = base + self.offset;
        let diagnostic =
            Diagnostic::error(crate::rule_id!(), Span { start, end: start }, self.message.clone());
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for IntrospectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for IntrospectionError {}

/// Whether a text looks like JSON rather than GraphQL: it begins with a brace, and what follows begins no selection.
pub fn is_introspection(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let Some(inside) = text.strip_prefix('{') else { return false };
    inside.trim_start_matches([' ', '\t', '\r', '\n']).starts_with(['"', '}'])
}

/// Writes the schema of an introspection result, with or without its `data` envelope, as SDL.
pub fn to_sdl(json: &str) -> Result<Sdl, IntrospectionError> {
    let mut writer = Writer {
        json,
        text: String::with_capacity(json.len() / 3),
        map: Vec::new(),
        input_deprecations: Asked::default(),
        one_of: Asked::default(),
        repeatable: Asked::default(),
        specified_by: Asked::default(),
        left_out: Vec::new(),
    };
    let schema = writer.schema_of_response()?;
    writer.schema(&schema)?;
    let unknown = Unknown {
        applied_directives: true,
        deprecated_inputs: writer.input_deprecations.unknown(),
        directives: schema.directives.is_none(),
        one_of: writer.one_of.unknown(),
        repeatable: writer.repeatable.unknown(),
        specified_by: writer.specified_by.unknown(),
    };
    Ok(Sdl { text: writer.text, map: writer.map, unknown, left_out: writer.left_out })
}

// What an introspection holds (section 4.2). Texts stay raw: a name to know its offset, a description because an escape
// of JSON is one of GraphQL too.

#[derive(Deserialize)]
struct Envelope<'j> {
    #[serde(borrow)]
    data: Option<&'j RawValue>,
    #[serde(borrow)]
    errors: Option<&'j RawValue>,
    #[serde(borrow, rename = "__schema")]
    schema: Option<&'j RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SchemaJson<'j> {
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    #[serde(borrow)]
    query_type: Option<NamedJson<'j>>,
    #[serde(borrow)]
    mutation_type: Option<NamedJson<'j>>,
    #[serde(borrow)]
    subscription_type: Option<NamedJson<'j>>,
    #[serde(borrow)]
    types: Vec<TypeJson<'j>>,
    #[serde(borrow)]
    directives: Option<Vec<DirectiveJson<'j>>>,
}

#[derive(Deserialize)]
struct NamedJson<'j> {
    #[serde(borrow)]
    name: &'j RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypeJson<'j> {
    #[serde(borrow)]
    kind: Cow<'j, str>,
    #[serde(borrow)]
    name: &'j RawValue,
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    /// Nothing where the key is missing, and `null` where it is null.
    #[serde(
        borrow,
        default,
        rename = "specifiedByURL",
        alias = "specifiedByUrl",
        deserialize_with = "present"
    )]
    specified_by_url: Option<&'j RawValue>,
    #[serde(borrow)]
    fields: Option<Vec<FieldJson<'j>>>,
    #[serde(borrow)]
    interfaces: Option<Vec<NamedJson<'j>>>,
    #[serde(borrow)]
    possible_types: Option<Vec<NamedJson<'j>>>,
    #[serde(borrow)]
    enum_values: Option<Vec<EnumValueJson<'j>>>,
    #[serde(borrow)]
    input_fields: Option<Vec<InputValueJson<'j>>>,
    is_one_of: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FieldJson<'j> {
    #[serde(borrow)]
    name: &'j RawValue,
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    #[serde(borrow)]
    args: Option<Vec<InputValueJson<'j>>>,
    #[serde(borrow, rename = "type")]
    ty: TypeRefJson<'j>,
    is_deprecated: Option<bool>,
    #[serde(borrow)]
    deprecation_reason: Option<&'j RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InputValueJson<'j> {
    #[serde(borrow)]
    name: &'j RawValue,
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    #[serde(borrow, rename = "type")]
    ty: TypeRefJson<'j>,
    #[serde(borrow)]
    default_value: Option<&'j RawValue>,
    is_deprecated: Option<bool>,
    #[serde(borrow)]
    deprecation_reason: Option<&'j RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnumValueJson<'j> {
    #[serde(borrow)]
    name: &'j RawValue,
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    is_deprecated: Option<bool>,
    #[serde(borrow)]
    deprecation_reason: Option<&'j RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypeRefJson<'j> {
    #[serde(borrow)]
    kind: Cow<'j, str>,
    #[serde(borrow)]
    name: Option<&'j RawValue>,
    #[serde(borrow)]
    of_type: Option<Box<TypeRefJson<'j>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DirectiveJson<'j> {
    #[serde(borrow)]
    name: &'j RawValue,
    #[serde(borrow)]
    description: Option<&'j RawValue>,
    is_repeatable: Option<bool>,
    #[serde(borrow)]
    locations: Vec<Cow<'j, str>>,
    #[serde(borrow)]
    args: Option<Vec<InputValueJson<'j>>>,
}

/// The value of a key that is there, be it null.
fn present<'j, D: serde::Deserializer<'j>>(value: D) -> Result<Option<&'j RawValue>, D::Error> {
    <&'j RawValue>::deserialize(value).map(Some)
}

type Written = Result<(), IntrospectionError>;

struct Writer<'j> {
    json: &'j str,
    text: String,
    map: Vec<(u32, u32)>,
    /// Arguments and input fields, and whether they are deprecated.
    input_deprecations: Asked,
    /// Input objects.
    one_of: Asked,
    /// Directives that are not the specification's own.
    repeatable: Asked,
    /// Scalars that are not the specification's own.
    specified_by: Asked,
    left_out: Vec<String>,
}

impl<'j> Writer<'j> {
    // The JSON and places in it.

    fn schema_of_response(&mut self) -> Result<SchemaJson<'j>, IntrospectionError> {
        let json = self.json;
        let (start, first) = json
            .char_indices()
            .find(|(_, char)| !char.is_whitespace() && *char != '\u{FEFF}')
            .unwrap_or((0, ' '));
        if first == '<' {
            let help = "is the address right, and does it want a header for authorization?";
            return Err(self.error(
                start,
                "this is an HTML or XML page, no introspection result",
                Some(help),
            ));
        }
        if u32::try_from(json.len()).is_err() {
            return Err(self.error(start, "the introspection result has more than 4 GiB", None));
        }
        // A byte order mark is no JSON.
        let body = &json[start..];
        let envelope: Envelope<'j> = self.read(body)?;
        let wrapped: Option<Envelope<'j>> = match envelope.data {
            Some(data) if data.get() != "null" => Some(self.read(data.get())?),
            _ => None,
        };
        if let Some(errors) = envelope.errors.filter(|errors| !matches!(errors.get(), "null" | "[]")) {
            let message = match first_message(errors.get()) {
                Some(message) => format!("the service answered with an error: {message}"),
                None => "the service answered with errors".to_owned(),
            };
            let help = "the schema may be incomplete; ask again when the service answers without errors";
            return Err(self.error(self.offset(errors.get()), message, Some(help)));
        }
        let schema = wrapped.and_then(|data| data.schema).or(envelope.schema);
        let Some(schema) = schema.filter(|schema| schema.get() != "null") else {
            let found = match envelope.data {
                Some(data) => format!("data holds {}", keys(data.get())),
                None => format!("it holds {}", keys(body)),
            };
            let help = "give the whole answer to an introspection query";
            return Err(self.error(
                start,
                format!("no introspection result: no __schema, {found}"),
                Some(help),
            ));
        };
        self.map.push((0, self.offset(schema.get()) as u32));
        self.read(schema.get())
    }

    /// Reads a part of the JSON.
    fn read<T: Deserialize<'j>>(&self, part: &'j str) -> Result<T, IntrospectionError> {
        serde_json::from_str(part).map_err(|error| {
            let line =
                part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let local = (line + error.column().saturating_sub(1)).min(part.len());
            let full = error.to_string();
            let message = full.split(" at line ").next().unwrap_or(&full);
            self.error(self.offset(part) + local, format!("no introspection result: {message}"), None)
        })
    }

    /// Where a part of the JSON begins.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.json.as_ptr() as usize).min(self.json.len())
    }

    #[cold]
    fn error(
        &self,
        offset: usize,
        message: impl Into<String>,
        help: Option<&'static str>,
    ) -> IntrospectionError {
        let before = &self.json.as_bytes()[..offset];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        IntrospectionError {
            message: message.into(),
            help,
            offset: offset as u32,
            line: line as u32,
            column: (offset - start) as u32 + 1,
        }
    }

    /// The text of a JSON string.
    fn string(&self, raw: &'j RawValue, what: &str) -> Result<Cow<'j, str>, IntrospectionError> {
        let text = raw.get();
        match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
            _ => serde_json::from_str(text)
                .map(Cow::Owned)
                .map_err(|_| self.error(self.offset(text), format!("the {what} is no text"), None)),
        }
    }

    fn name_of(&self, raw: &'j RawValue) -> Result<Cow<'j, str>, IntrospectionError> {
        let name = self.string(raw, "name")?;
        // What is no name could smuggle anything into the text.
        if is_name(&name) {
            return Ok(name);
        }
        Err(self.error(self.offset(raw.get()), format!("{:?} is no name", name.as_ref()), None))
    }

    // The text.

    /// From here on the text belongs to this name.
    fn begin(&mut self, raw: &RawValue) {
        let place = (self.text.len() as u32, self.offset(raw.get()) as u32 + 1);
        self.map.push(place);
    }

    fn name(&mut self, raw: &'j RawValue) -> Written {
        let name = self.name_of(raw)?;
        self.begin(raw);
        self.text.push_str(&name);
        Ok(())
    }

    fn description(&mut self, raw: Option<&'j RawValue>, indent: &str) -> Written {
        if let Some(raw) = raw.filter(|raw| raw.get() != "null") {
            self.string(raw, "description")?;
            self.text.push_str(raw.get());
            self.text.push('\n');
            self.text.push_str(indent);
        }
        Ok(())
    }

    fn schema(&mut self, schema: &SchemaJson<'j>) -> Written {
        self.schema_definition(schema)?;
        for ty in &schema.types {
            let name = self.name_of(ty.name)?;
            if !is_built_in_type(&name) {
                self.type_definition(ty, &name)?;
            }
        }
        for directive in schema.directives.iter().flatten() {
            if !self.is_specified(directive)? {
                self.directive(directive)?;
            }
        }
        Ok(())
    }

    /// Writes `schema { … }` where the default names (section 3.3.1) would not say the same.
    fn schema_definition(&mut self, schema: &SchemaJson<'j>) -> Written {
        let Some(query) = &schema.query_type else {
            return Err(self.error(
                self.map[0].1 as usize,
                "the introspection names no query root type",
                None,
            ));
        };
        let roots = [Some(query), schema.mutation_type.as_ref(), schema.subscription_type.as_ref()];
        let mut usual = schema.description.is_none_or(|description| description.get() == "null");
        for (kind, root) in OperationKind::ALL.into_iter().zip(roots) {
            let default = kind.default_type_name();
            usual &= match root {
                Some(root) => self.name_of(root.name)? == default,
                None => !schema.types.iter().any(|ty| ty.name.get().trim_matches('"') == default),
            };
        }
        if usual {
            return Ok(());
        }
        self.description(schema.description, "")?;
        self.text.push_str("schema {\n");
        for (kind, root) in OperationKind::ALL.into_iter().zip(roots) {
            if let Some(root) = root {
                self.begin(root.name);
                self.text.push_str("  ");
                self.text.push_str(kind.name());
                self.text.push_str(": ");
                self.name(root.name)?;
                self.text.push('\n');
            }
        }
        self.text.push_str("}\n\n");
        Ok(())
    }

    fn type_definition(&mut self, ty: &TypeJson<'j>, name: &str) -> Written {
        self.begin(ty.name);
        self.description(ty.description, "")?;
        let missing = |what: &str| format!("the introspection does not list the {what} of {name}");
        let place = self.offset(ty.name.get());
        match ty.kind.as_ref() {
            "SCALAR" => {
                self.text.push_str("scalar ");
                self.name(ty.name)?;
                self.specified_by.note(ty.specified_by_url.is_some());
                if let Some(url) = ty.specified_by_url.filter(|url| url.get() != "null") {
                    self.string(url, "specifiedByURL")?;
                    self.text.push_str(" @specifiedBy(url: ");
                    self.text.push_str(url.get());
                    self.text.push(')');
                }
            }
            kind @ ("OBJECT" | "INTERFACE") => {
                self.text.push_str(if kind == "OBJECT" { "type " } else { "interface " });
                self.name(ty.name)?;
                self.names(ty.interfaces.as_deref().unwrap_or_default(), " implements ", " & ")?;
                let fields = ty.fields.as_ref().ok_or_else(|| self.error(place, missing("fields"), None))?;
                self.block(fields, Self::field)?;
            }
            "UNION" => {
                self.text.push_str("union ");
                self.name(ty.name)?;
                let members =
                    ty.possible_types.as_ref().ok_or_else(|| self.error(place, missing("members"), None))?;
                self.names(members, " = ", " | ")?;
            }
            "ENUM" => {
                self.text.push_str("enum ");
                self.name(ty.name)?;
                let values =
                    ty.enum_values.as_ref().ok_or_else(|| self.error(place, missing("values"), None))?;
                self.block(values, Self::enum_value)?;
            }
            "INPUT_OBJECT" => {
                self.text.push_str("input ");
                self.name(ty.name)?;
                self.one_of.note(ty.is_one_of.is_some());
                if ty.is_one_of == Some(true) {
                    self.text.push_str(" @oneOf");
                }
                let fields =
                    ty.input_fields.as_ref().ok_or_else(|| self.error(place, missing("fields"), None))?;
                self.block(fields, |writer, field| writer.input_value(field, "  "))?;
            }
            kind => return Err(self.error(place, format!("{name} has the unknown kind {kind:?}"), None)),
        }
        self.text.push_str("\n\n");
        Ok(())
    }

    fn names(&mut self, names: &[NamedJson<'j>], before: &str, between: &str) -> Written {
        for (index, name) in names.iter().enumerate() {
            self.text.push_str(if index == 0 { before } else { between });
            self.name(name.name)?;
        }
        Ok(())
    }

    fn block<T>(&mut self, entries: &[T], mut entry: impl FnMut(&mut Self, &T) -> Written) -> Written {
        if entries.is_empty() {
            return Ok(());
        }
        self.text.push_str(" {\n");
        for each in entries {
            self.text.push_str("  ");
            entry(self, each)?;
            self.text.push('\n');
        }
        self.text.push('}');
        Ok(())
    }

    fn field(&mut self, field: &FieldJson<'j>) -> Written {
        self.begin(field.name);
        self.description(field.description, "  ")?;
        self.name(field.name)?;
        self.arguments(field.args.as_deref().unwrap_or_default())?;
        self.text.push_str(": ");
        self.type_reference(&field.ty, field.name)?;
        self.deprecated(field.is_deprecated, field.deprecation_reason)
    }

    fn enum_value(&mut self, value: &EnumValueJson<'j>) -> Written {
        self.begin(value.name);
        self.description(value.description, "  ")?;
        self.name(value.name)?;
        self.deprecated(value.is_deprecated, value.deprecation_reason)
    }

    fn arguments(&mut self, arguments: &[InputValueJson<'j>]) -> Written {
        for (index, argument) in arguments.iter().enumerate() {
            self.text.push_str(if index == 0 { "(" } else { ", " });
            self.input_value(argument, "    ")?;
        }
        if !arguments.is_empty() {
            self.text.push(')');
        }
        Ok(())
    }

    fn input_value(&mut self, value: &InputValueJson<'j>, indent: &str) -> Written {
        self.input_deprecations.note(value.is_deprecated.is_some());
        self.begin(value.name);
        self.description(value.description, indent)?;
        self.name(value.name)?;
        self.text.push_str(": ");
        self.type_reference(&value.ty, value.name)?;
        if let Some(raw) = value.default_value.filter(|raw| raw.get() != "null") {
            let default = self.string(raw, "default value")?;
            if !is_one_value(&default) {
                let message =
                    format!("{:?} is no default value in the notation of GraphQL", default.as_ref());
                return Err(self.error(self.offset(raw.get()), message, None));
            }
            self.text.push_str(" = ");
            self.begin(raw);
            self.text.push_str(&default);
            // A comment at its end would take in what follows.
            self.text.push('\n');
        }
        self.deprecated(value.is_deprecated, value.deprecation_reason)
    }

    fn deprecated(&mut self, is_deprecated: Option<bool>, reason: Option<&'j RawValue>) -> Written {
        let reason = reason.filter(|reason| reason.get() != "null");
        if !is_deprecated.unwrap_or(reason.is_some()) {
            return Ok(());
        }
        self.text.push_str(" @deprecated");
        if let Some(reason) = reason {
            self.string(reason, "deprecation reason")?;
            self.text.push_str("(reason: ");
            self.text.push_str(reason.get());
            self.text.push(')');
        }
        Ok(())
    }

    /// The depth is that of the JSON, which its parser bounds.
    fn type_reference(&mut self, ty: &TypeRefJson<'j>, owner: &'j RawValue) -> Written {
        let place = self.offset(owner.get());
        match (ty.kind.as_ref(), &ty.of_type, ty.name) {
            ("LIST", Some(item), _) => {
                self.text.push('[');
                self.type_reference(item, owner)?;
                self.text.push(']');
            }
            ("NON_NULL", Some(nullable), _) if nullable.kind != "NON_NULL" => {
                self.type_reference(nullable, owner)?;
                self.text.push('!');
            }
            ("LIST" | "NON_NULL", None, _) => {
                let name = self.name_of(owner)?;
                let help = "ask for more levels of ofType";
                return Err(self.error(place, format!("the type of {name} is cut off"), Some(help)));
            }
            ("NON_NULL", ..) => {
                let name = self.name_of(owner)?;
                return Err(self.error(place, format!("the type of {name} is non-null twice"), None));
            }
            (_, _, Some(name)) => self.name(name)?,
            (..) => {
                let name = self.name_of(owner)?;
                return Err(self.error(place, format!("the type of {name} has no name"), None));
            }
        }
        Ok(())
    }

    fn directive(&mut self, directive: &DirectiveJson<'j>) -> Written {
        let mut locations = Vec::new();
        for location in &directive.locations {
            if let Some(location) = DirectiveLocation::from_name(location) {
                locations.push(location);
            } else {
                let name = self.name_of(directive.name)?;
                self.left_out.push(format!("the place {location} of @{name}"));
            }
        }
        if locations.is_empty() {
            return Ok(());
        }
        self.begin(directive.name);
        self.description(directive.description, "")?;
        self.text.push_str("directive ");
        // The name of a directive begins at its @.
        self.begin(directive.name);
        self.text.push('@');
        self.name(directive.name)?;
        self.arguments(directive.args.as_deref().unwrap_or_default())?;
        self.repeatable.note(directive.is_repeatable.is_some());
        if directive.is_repeatable == Some(true) {
            self.text.push_str(" repeatable");
        }
        let mut before = " on ";
        for location in locations {
            self.text.push_str(before);
            self.text.push_str(location.name());
            before = " | ";
        }
        self.text.push_str("\n\n");
        Ok(())
    }

    /// Whether a directive is the specification's own. Older services have some in an older form, which no operation
    /// can tell from the one of today.
    fn is_specified(&self, directive: &DirectiveJson<'j>) -> Result<bool, IntrospectionError> {
        let name = self.name_of(directive.name)?;
        Ok(match name.as_ref() {
            "deprecated" | "specifiedBy" | "oneOf" => {
                let location = |name: &Cow<'_, str>| DirectiveLocation::from_name(name);
                !directive.locations.iter().filter_map(location).any(DirectiveLocation::is_executable)
            }
            "include" | "skip" => {
                let mut locations: Vec<&str> = directive.locations.iter().map(AsRef::as_ref).collect();
                locations.sort_unstable();
                locations == ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]
                    && directive.is_repeatable != Some(true)
                    && match directive.args.as_deref() {
                        Some([argument]) => {
                            let named = argument.ty.of_type.as_ref().and_then(|ty| ty.name);
                            self.name_of(argument.name)? == "if"
                                && argument.ty.kind == "NON_NULL"
                                && named.is_some_and(|name| name.get() == "\"Boolean\"")
                        }
                        _ => false,
                    }
            }
            _ => false,
        })
    }
}

fn is_built_in_type(name: &str) -> bool {
    matches!(
        name,
        "Int"
            | "Float"
            | "String"
            | "Boolean"
            | "ID"
            | "__Schema"
            | "__Type"
            | "__TypeKind"
            | "__Field"
            | "__InputValue"
            | "__EnumValue"
            | "__Directive"
            | "__DirectiveLocation"
    )
}

/// Whether a text is one value and nothing more, so that it can stand in the text without a change to what is around it.
/// Whether the inside of its brackets is right the parser says.
fn is_one_value(text: &str) -> bool {
    let mut lexer = Lexer::new(text, 0);
    let mut open = Vec::new();
    let mut values = 0;
    loop {
        let kind = lexer.next_token().kind;
        let outside = open.is_empty();
        match kind {
            TokenKind::EndOfFile => return outside && values == 1,
            TokenKind::BraceOpen => open.push(TokenKind::BraceClose),
            TokenKind::BracketOpen => open.push(TokenKind::BracketClose),
            TokenKind::BraceClose | TokenKind::BracketClose => {
                if open.pop() != Some(kind) {
                    return false;
                }
                continue;
            }
            TokenKind::Colon if !outside => continue,
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::String
            | TokenKind::BlockString => {}
            _ => return false,
        }
        values += u32::from(outside);
    }
}

/// The first message of a list of GraphQL errors.
fn first_message(errors: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Error {
        message: String,
    }
    let errors: Vec<Error> = serde_json::from_str(errors).ok()?;
    Some(errors.into_iter().next()?.message)
}

/// The keys of a JSON object, for a message.
fn keys(json: &str) -> String {
    let object: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(json).ok();
    match object {
        Some(object) if object.is_empty() => "nothing".to_owned(),
        Some(object) => object.keys().take(5).map(|key| format!("{key:?}")).collect::<Vec<_>>().join(", "),
        None => "no object".to_owned(),
    }
}
