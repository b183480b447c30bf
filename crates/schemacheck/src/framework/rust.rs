//! What the frameworks of Rust have in common. A field's old name is a method of its own. Nothing can change the arguments of a
//! method from outside, so a renamed argument is replaced, and a line at the start of the method brings both names together.

use std::collections::BTreeSet;

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};

use super::facts::{
    AddedEnumValue, AddedField, AddedFieldArgument, InputFacts, InputPatchKind, InputPosition, NamedType,
    PatchedArguments, PatchedServer, PatchedType, ReturnedType, TypeReference,
};
use super::javascript::push;
use super::python::indented;
use super::{Snippet, is_obeyed};

/// How a framework spells what both have.
pub(super) struct Spelling {
    /// What the code imports.
    pub(super) imports: &'static str,
    /// The `Result` of a method.
    pub(super) result: &'static str,
    /// The type of an input that tells null from nothing.
    pub(super) given: &'static str,
    /// Its values for nothing and around a value.
    pub(super) undefined: &'static str,
    pub(super) value: &'static str,
    /// Its method that gives an `Option`.
    pub(super) option: &'static str,
    /// The type of `ID`, and what makes one of a text.
    pub(super) id: &'static str,
    pub(super) new_id: &'static str,
    /// What the type of the values of an interface has behind its name.
    pub(super) interface_value: &'static str,
    /// The option of the attribute `graphql` that holds why something is deprecated.
    pub(super) deprecation: &'static str,
    /// Whether arguments of a subscription have that option, also where they have no default.
    pub(super) deprecates_arguments_of_subscriptions: bool,
    /// The one that holds a default.
    pub(super) default: fn(&Spelling, &Value<'_>, &TypeReference<'_>) -> String,
    /// Names of parameters that are no arguments.
    pub(super) reserved: &'static [&'static str],
    /// How an enum value under its old name becomes that of the new name.
    pub(super) current: Current,
    /// The code that says so, from the enum and its variants, each old one with its new one.
    pub(super) implementation: fn(&str, &[(String, String)]) -> String,
    /// The method for a field that comes back.
    pub(super) added_field: fn(&Emitter<'_>, Option<OperationKind>, &AddedField<'_>) -> String,
    /// What derives an enum, a union and an input object.
    pub(super) derive_enum: &'static str,
    pub(super) derive_union: &'static str,
    pub(super) derive_input: &'static str,
    /// What derives an input object of which exactly one field is to be given.
    pub(super) derive_one_of: &'static str,
    /// What says that a type has its old name.
    pub(super) kept_name: fn(&PatchedType<'_>) -> Snippet,
    /// What says that an interface has an implementer, besides the definition of one that comes back.
    pub(super) implements: fn(&Emitter<'_>, NamedType<'_>, NamedType<'_>) -> Vec<Snippet>,
    /// An object, interface or scalar that comes back.
    pub(super) returned: fn(&Emitter<'_>, &ReturnedType<'_>) -> String,
    /// What lets the schema know an interface that comes back, where that takes more than its implementers.
    pub(super) registered: Option<fn(&ReturnedType<'_>) -> Snippet>,
    /// What changes of an interface.
    pub(super) interface: fn(&Emitter<'_>, &PatchedType<'_>) -> Vec<Snippet>,
    /// Definitions that code calls: how a call is recognised, and the code. Those that others call come last.
    pub(super) helpers: &'static [(&'static str, &'static str)],
}

impl Spelling {
    /// The type of an argument or input field.
    pub(super) fn input_type(&self, facts: &InputFacts<'_>) -> String {
        match facts.default {
            None if !facts.ty.is_non_null() => self.given_type(facts),
            _ => self.type_text(&facts.ty),
        }
    }

    /// That of one that may be left out.
    pub(super) fn given_type(&self, facts: &InputFacts<'_>) -> String {
        format!("{}<{}>", self.given, self.type_text_of(facts.ty.nullable()))
    }

    /// A type in Rust; without non-null, it is an `Option`.
    pub(super) fn type_text(&self, ty: &TypeReference<'_>) -> String {
        match ty {
            TypeReference::NonNull(inner) => self.type_text_of(inner),
            nullable => format!("Option<{}>", self.type_text_of(nullable)),
        }
    }

    /// A type in Rust as if it were non-null.
    pub(super) fn type_text_of(&self, ty: &TypeReference<'_>) -> String {
        match ty {
            TypeReference::NonNull(inner) => self.type_text_of(inner),
            TypeReference::List(item) => format!("Vec<{}>", self.type_text(item)),
            TypeReference::Named(named) => match named.name {
                "Int" => "i32".to_owned(),
                "Float" => "f64".to_owned(),
                "Boolean" => "bool".to_owned(),
                "ID" => self.id.to_owned(),
                _ if named.kind == TypeKind::Interface => {
                    format!("{}{}", named.in_code, self.interface_value)
                }
                _ => named.in_code.to_owned(),
            },
        }
    }

    /// A value as an expression of its type.
    pub(super) fn expression(&self, value: &Value<'_>, ty: &TypeReference<'_>) -> String {
        if matches!(value.kind, ValueKind::Null) {
            return "None".to_owned();
        }
        let plain = match (&value.kind, ty.nullable()) {
            (ValueKind::List(values), TypeReference::List(item)) => {
                let values = values.iter().map(|value| self.expression(value, item)).collect::<Vec<_>>();
                format!("vec![{}]", values.join(", "))
            }
            // One value stands for a list of one (specification, section 3.12).
            (_, TypeReference::List(item)) => format!("vec![{}]", self.expression(value, item)),
            (
                ValueKind::Int(text) | ValueKind::Float(text),
                TypeReference::Named(NamedType { name: "Float", .. }),
            ) => format!("{text}_f64"),
            (ValueKind::Int(text), TypeReference::Named(NamedType { name: "ID", .. })) => {
                format!("{}({})", self.new_id, string(text))
            }
            (ValueKind::String(text), TypeReference::Named(NamedType { name: "ID", .. })) => {
                format!("{}({})", self.new_id, string(&text.value()))
            }
            (ValueKind::String(text), _) => format!("String::from({})", string(&text.value())),
            (ValueKind::Int(text) | ValueKind::Float(text), _) => (*text).to_owned(),
            (ValueKind::Boolean(truth), _) => truth.to_string(),
            (ValueKind::Enum(value), named) => format!("{}::{}", named.named().in_code, variant(value)),
            // A default holds no variables and no holes; which fields an object leaves out, its struct knows.
            (_, named) => format!("{}::default()", named.named().in_code),
        };
        if ty.is_non_null() { plain } else { format!("Some({plain})") }
    }

    pub(super) fn deprecation(&self, reason: Option<&str>) -> Option<String> {
        reason.map(|reason| format!("{} = {}", self.deprecation, string(reason)))
    }

    /// The name of an argument in Rust.
    pub(super) fn argument_name(&self, graphql: &str) -> String {
        let name = name(graphql);
        if self.reserved.contains(&name.as_str()) { name + "_" } else { name }
    }
}

/// Where an enum value under its old name becomes that of the new name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Current {
    /// In an option of the attribute of whatever takes it, so that no code sees the old one.
    Option(&'static str),
    /// In a call where the value is read.
    Call(&'static str),
}

/// The functions that bring the values of two names together, in the words of a framework: its `Result`, the type that tells
/// null from nothing, its three values and its method that gives an `Option`.
macro_rules! together {
    ($result:literal, $given:literal, $undefined:literal, $null:literal, $value:literal, $option:literal) => {
        [
            (
                "exactly_one(",
                concat!(
                    "/// The value that is given under either name, and has to be.\n",
                    "fn exactly_one<T>(names: [&str; 2], new: ", $given, "<T>, old: ", $given, "<T>) -> ", $result, "<T> {\n",
                    "    match at_most_one(names, new, old)? {\n",
                    "        ", $given, "::", $value, "(value) => Ok(value),\n",
                    "        ", $given, "::", $null, " => Err(format!(\"{} must not be null.\", names[0]).into()),\n",
                    "        ", $given, "::", $undefined, " => Err(format!(\"{} is required.\", names[0]).into()),\n",
                    "    }\n",
                    "}\n",
                ),
            ),
            (
                "at_most_one(",
                concat!(
                    "/// The value that is given under either name. Nothing is not null.\n",
                    "fn at_most_one<T>(\n",
                    "    [new_name, old_name]: [&str; 2],\n",
                    "    new: ", $given, "<T>,\n",
                    "    old: ", $given, "<T>,\n",
                    ") -> ", $result, "<", $given, "<T>> {\n",
                    "    match (new, old) {\n",
                    "        (", $given, "::", $undefined, ", given) | (given, ", $given, "::", $undefined, ") => Ok(given),\n",
                    "        _ => Err(format!(\"Give either {new_name} or {old_name}, not both.\").into()),\n",
                    "    }\n",
                    "}\n",
                ),
            ),
            (
                "not_null_unless_default(",
                concat!(
                    "/// The value of the old name where it is given, which is not null; else that of the new one.\n",
                    "fn not_null_unless_default<T: PartialEq>(\n",
                    "    names: [&str; 2],\n",
                    "    new: T,\n",
                    "    default: T,\n",
                    "    old: ", $given, "<T>,\n",
                    ") -> ", $result, "<T> {\n",
                    "    match unless_default(names, Some(new), Some(default), old)? {\n",
                    "        Some(value) => Ok(value),\n",
                    "        None => Err(format!(\"{} must not be null.\", names[0]).into()),\n",
                    "    }\n",
                    "}\n",
                ),
            ),
            (
                "unless_default(",
                concat!(
                    "/// The value of the old name where it is given; else that of the new one, which has a default.\n",
                    "fn unless_default<T: PartialEq>(\n",
                    "    [new_name, old_name]: [&str; 2],\n",
                    "    new: Option<T>,\n",
                    "    default: Option<T>,\n",
                    "    old: ", $given, "<T>,\n",
                    ") -> ", $result, "<Option<T>> {\n",
                    "    match old {\n",
                    "        ", $given, "::", $undefined, " => Ok(new),\n",
                    "        _ if new != default => Err(format!(\"Give either {new_name} or {old_name}, not both.\").into()),\n",
                    "        old => Ok(old.", $option, "()),\n",
                    "    }\n",
                    "}\n",
                ),
            ),
        ]
    };
}
pub(super) use together;

/// The code of a framework.
pub(super) fn emit(spelling: &Spelling, server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let is_renamed = |ty: &&PatchedType<'_>| ty.enum_values.iter().any(|value| value.target.is_some());
    let enums = types.iter().filter(is_renamed).map(|ty| ty.name).collect();
    let emitter = Emitter { spelling, server, enums };
    let mut parts: Vec<Snippet> = types.iter().flat_map(|ty| emitter.type_snippets(ty)).collect();
    for ty in types.iter().filter(is_renamed) {
        let positions = ty.positions.iter().filter(|position| position.ty.named().name == ty.name);
        parts.extend(positions.filter_map(|position| emitter.enum_position(position)));
    }
    for (interface, implementer) in emitter.implementations() {
        parts.extend((spelling.implements)(&emitter, interface, implementer));
    }
    let definitions = server.returned.iter().map(|ty| emitter.returned(ty));
    let definitions: Vec<String> = definitions.filter(|code| !code.is_empty()).collect();
    if !definitions.is_empty() {
        parts.push(snippet("below the types", &definitions.join("\n")));
    }
    if let Some(registered) = spelling.registered {
        let interfaces = server.returned.iter().filter(|ty| ty.kind == TypeKind::Interface);
        parts.extend(interfaces.map(registered));
    }
    // What goes to one place is one part.
    let mut snippets = Vec::new();
    for part in parts {
        push(&mut snippets, part.place, part.code);
    }
    if snippets.is_empty() {
        return snippets;
    }
    let mut definitions: Vec<&str> = Vec::new();
    for (call, code) in spelling.helpers {
        let calls = |text: &str| text.contains(call);
        if snippets.iter().any(|snippet| calls(&snippet.code)) || definitions.iter().any(|text| calls(text)) {
            definitions.push(code);
        }
    }
    if !spelling.imports.is_empty() {
        definitions.insert(0, spelling.imports);
    }
    if !definitions.is_empty() {
        snippets.insert(0, snippet("above the types", &definitions.join("\n")));
    }
    snippets
}

pub(super) fn snippet(place: &str, code: &str) -> Snippet {
    Snippet { place: place.to_owned(), code: code.to_owned() }
}

/// What stands in or at the start of a method.
fn parameter(place: String, code: &str) -> Snippet {
    Snippet { place, code: indented(&indented(code)) }
}

/// Writes the code of a patch.
pub(super) struct Emitter<'t> {
    pub(super) spelling: &'t Spelling,
    server: &'t PatchedServer<'t>,
    /// The enums with values that have an old name.
    enums: BTreeSet<&'t str>,
}

impl Emitter<'_> {
    fn type_snippets(&self, ty: &PatchedType<'_>) -> Vec<Snippet> {
        let in_code = ty.in_code;
        let mut snippets: Vec<Snippet> =
            ty.keeps_name().then(|| (self.spelling.kept_name)(ty)).into_iter().collect();
        match ty.kind {
            TypeKind::Interface => snippets.extend((self.spelling.interface)(self, ty)),
            TypeKind::Enum => snippets.extend(self.enum_values(ty)),
            TypeKind::InputObject => snippets.extend(self.input_fields(ty)),
            TypeKind::Union => {
                snippets.extend(ty.members.iter().map(|member| in_enum(in_code, member.ty.in_code)));
            }
            TypeKind::Object | TypeKind::Scalar => {
                let methods =
                    ty.fields.iter().map(|field| (self.spelling.added_field)(self, ty.operation, field));
                let methods: Vec<String> = methods.collect();
                if !methods.is_empty() {
                    let code = indented(&methods.join("\n"));
                    snippets.push(snippet(&format!("in the impl of {in_code}"), &code));
                }
                for field in &ty.arguments {
                    let (changes, statements) = self.arguments(ty, field);
                    snippets.extend(changes);
                    if !statements.is_empty() {
                        let method = format!("{} of {in_code}", name(field.field));
                        let place = format!("at the start of {method}, which returns a Result");
                        snippets.push(parameter(place, &statements));
                    }
                }
                for field in &ty.non_null {
                    let place = format!("in place of the type of {} of {in_code}", name(field.name));
                    snippets.push(snippet(&place, &format!("{}\n", self.spelling.type_text(&field.ty))));
                }
            }
        }
        snippets
    }

    /// Whether a type comes back whole.
    pub(super) fn comes_back(&self, ty: NamedType<'_>) -> bool {
        self.server.returned.iter().any(|returned| returned.name == ty.name)
    }

    /// The interfaces that types implement again, each with a type.
    fn implementations(&self) -> Vec<(NamedType<'_>, NamedType<'_>)> {
        let PatchedServer { types, returned, .. } = self.server;
        let again = types.iter().flat_map(|ty| {
            let implementer = NamedType { name: ty.name, in_code: ty.in_code, kind: ty.kind };
            ty.interfaces.iter().map(move |membership| (membership.ty, implementer))
        });
        let whole = returned.iter().flat_map(|ty| {
            let implementer = NamedType { name: ty.name, in_code: ty.name, kind: ty.kind };
            ty.interfaces.iter().map(move |&interface| (interface, implementer))
        });
        again.chain(whole).collect()
    }

    /// Those that implement an interface again.
    pub(super) fn implementers(&self, interface: &str) -> Vec<NamedType<'_>> {
        let implementations = self.implementations().into_iter();
        implementations
            .filter(|(known, _)| known.name == interface)
            .map(|(_, implementer)| implementer)
            .collect()
    }

    /// The definition of a type that comes back.
    fn returned(&self, ty: &ReturnedType<'_>) -> String {
        let spelling = self.spelling;
        let (head, derive, content) = match ty.kind {
            TypeKind::Enum => {
                let derive = format!("Clone, Copy, PartialEq, Eq, {}", spelling.derive_enum);
                ("enum", derive, self.variants(&ty.enum_values))
            }
            TypeKind::Union => {
                let members = ty.members.iter().map(|member| format!("{0}({0}),\n", member.in_code));
                ("enum", spelling.derive_union.to_owned(), members.collect())
            }
            TypeKind::InputObject if !ty.one_of => {
                let fields = ty.input_fields.iter();
                let fields = fields
                    .map(|field| self.input_field(field, &name(field.name), &spelling.input_type(field)));
                ("struct", spelling.derive_input.to_owned(), fields.collect::<String>())
            }
            TypeKind::InputObject => {
                let fields = ty.input_fields.iter().map(|field| self.choice(field));
                ("enum", spelling.derive_one_of.to_owned(), fields.collect())
            }
            TypeKind::Object | TypeKind::Interface | TypeKind::Scalar => {
                return (spelling.returned)(self, ty);
            }
        };
        format!(
            "{}#[derive({derive})]\n{}{head} {} {{\n{}}}\n",
            documentation(ty.description.as_deref()),
            attribute([said_type_name(ty.name)]),
            ty.name,
            indented(&content)
        )
    }

    /// An argument or input field of the server that takes an enum with an old name.
    fn enum_position(&self, position: &InputPosition<'_>) -> Option<Snippet> {
        // What the patch adds or replaces says it itself.
        let parent = self.server.types.iter().find(|known| known.name == position.parent);
        let is_added = parent.is_some_and(|parent| match position.field {
            Some(field) => {
                let patches = parent.arguments.iter().filter(|known| known.field == field);
                parent.fields.iter().any(|added| added.name == field)
                    || patches.flat_map(|known| &known.patches).any(|patch| patch.kind.names(position.name))
            }
            None => parent.input_fields.iter().any(|patch| patch.kind.names(position.name)),
        });
        if is_added || position.parent_kind == TypeKind::Interface {
            return None;
        }
        let parent = position.parent_in_code;
        let (place, code) = match (self.spelling.current, position.field) {
            (Current::Option(option), Some(field)) => {
                let argument = self.spelling.argument_name(position.name);
                let place =
                    format!("in #[graphql(...)] of the argument {argument} of {} of {parent}", name(field));
                (place, format!("{option},\n"))
            }
            (Current::Option(option), None) => (
                format!("in #[graphql(...)] of the field {} of {parent}", name(position.name)),
                format!("{option},\n"),
            ),
            (Current::Call(call), Some(field)) => {
                let argument = self.spelling.argument_name(position.name);
                let code = format!("let {argument} = {argument}{call};\n");
                (format!("at the start of {} of {parent}", name(field)), indented(&indented(&code)))
            }
            (Current::Call(call), None) => {
                let field = name(position.name);
                (format!("in place of .{field} where a {parent} is read"), format!(".{field}{call}\n"))
            }
        };
        Some(Snippet { place, code })
    }

    /// The arguments of a method that change, and the statements that give them their values.
    pub(super) fn arguments(
        &self,
        ty: &PatchedType<'_>,
        field: &PatchedArguments<'_>,
    ) -> (Vec<Snippet>, String) {
        let method = format!("{} of {}", name(field.field), ty.in_code);
        let (mut snippets, mut statements) = (Vec::new(), String::new());
        for patch in &field.patches {
            match &patch.kind {
                InputPatchKind::Renamed { old, new, required } => {
                    let [new_ident, old_ident] =
                        [new, old].map(|argument| self.spelling.argument_name(argument.name));
                    let code = self.argument(ty.operation, new, &new_ident, &self.spelling.input_type(new))
                        + &self.argument(ty.operation, old, &old_ident, &self.spelling.given_type(old));
                    snippets
                        .push(parameter(format!("in place of the argument {new_ident} of {method}"), &code));
                    let value = self.one_of(new, old, *required, &new_ident, &old_ident);
                    statements += &format!("let {new_ident} = {value}?;\n");
                }
                InputPatchKind::Restored(old) => {
                    let ident = format!("_{}", self.spelling.argument_name(old.name));
                    let code = self.argument(ty.operation, old, &ident, &self.spelling.given_type(old));
                    snippets.push(parameter(format!("behind the arguments of {method}"), &code));
                }
                InputPatchKind::Defaulted(new) => {
                    let ident = self.spelling.argument_name(new.name);
                    let place = format!("in place of the argument {ident} of {method}");
                    snippets.push(parameter(
                        place,
                        &self.argument(ty.operation, new, &ident, &self.spelling.type_text(&new.ty)),
                    ));
                }
                InputPatchKind::Relaxed(new) => {
                    let ident = self.spelling.argument_name(new.name);
                    let place = format!("in place of the argument {ident} of {method}");
                    snippets.push(parameter(
                        place,
                        &self.argument(ty.operation, new, &ident, &self.spelling.given_type(new)),
                    ));
                    statements += &format!(
                        "// The value for clients that do not give it.\nlet {ident} = \
                         {}.{}().unwrap_or_default();\n",
                        self.read(&ident, new),
                        self.spelling.option
                    );
                }
            }
        }
        (snippets, statements)
    }

    /// Input fields that come back or change, and methods that read those that have two names.
    fn input_fields(&self, ty: &PatchedType<'_>) -> Vec<Snippet> {
        let in_code = ty.in_code;
        let (mut snippets, mut methods) = (Vec::new(), Vec::new());
        let read = |new: &InputFacts<'_>, call: &str| {
            let place = format!("in place of .{} where a {in_code} is read", name(new.name));
            snippet(&place, &format!(".{call}\n"))
        };
        for patch in &ty.input_fields {
            match &patch.kind {
                InputPatchKind::Renamed { old, new, required } => {
                    let (ident, old_ident) = (name(new.name), name(old.name));
                    // Under another name in Rust, so that the compiler finds whoever reads only one of the two.
                    let given = format!("given_{}", ident.trim_start_matches("r#"));
                    let code = self.input_field(new, &given, &self.spelling.input_type(new))
                        + &self.input_field(old, &old_ident, &self.spelling.given_type(old));
                    let place = format!("in place of the field {ident} of {in_code}");
                    snippets.push(snippet(&place, &indented(&code)));
                    let value = if *required {
                        self.spelling.type_text_of(new.ty.nullable())
                    } else {
                        self.spelling.input_type(new)
                    };
                    let fields = [&given, &old_ident].map(|field| format!("self.{field}.clone()"));
                    let body = self.one_of(new, old, *required, &fields[0], &fields[1]);
                    let result = self.spelling.result;
                    methods
                        .push(format!("fn {ident}(&self) -> {result}<{value}> {{\n{}}}\n", indented(&body)));
                    snippets.push(read(new, &format!("{ident}()?")));
                }
                InputPatchKind::Restored(old) => {
                    let code = self.input_field(old, &name(old.name), &self.spelling.given_type(old));
                    snippets.push(snippet(&format!("in the struct {in_code}"), &indented(&code)));
                }
                InputPatchKind::Defaulted(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the field {ident} of {in_code}");
                    let code = self.input_field(new, &ident, &self.spelling.type_text(&new.ty));
                    snippets.push(snippet(&place, &indented(&code)));
                }
                InputPatchKind::Relaxed(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the field {ident} of {in_code}");
                    let code = self.input_field(new, &ident, &self.spelling.given_type(new));
                    snippets.push(snippet(&place, &indented(&code)));
                    methods.push(format!(
                        "/// With the value for clients that do not give it.\nfn {ident}(&self) -> {} {{\n    \
                         {}.{}().unwrap_or_default()\n}}\n",
                        self.spelling.type_text_of(new.ty.nullable()),
                        self.read(&format!("self.{ident}.clone()"), new),
                        self.spelling.option
                    ));
                    snippets.push(read(new, &format!("{ident}()")));
                }
            }
        }
        if !methods.is_empty() {
            let code = format!("impl {in_code} {{\n{}}}\n", indented(&methods.join("\n")));
            snippets.push(snippet(&format!("below the struct {in_code}"), &code));
        }
        snippets
    }

    /// The values of an enum that come back. Each is a value of its own; what comes in becomes the value of the new name.
    fn enum_values(&self, ty: &PatchedType<'_>) -> Vec<Snippet> {
        let in_code = ty.in_code;
        let mut snippets = Vec::new();
        if !ty.enum_values.is_empty() {
            let code = indented(&self.variants(&ty.enum_values));
            snippets.push(snippet(&format!("in the enum {in_code}"), &code));
        }
        let renamed = ty.enum_values.iter();
        let renamed =
            renamed.filter_map(|value| Some((variant(value.name), variant(value.target.as_deref()?))));
        let renamed: Vec<(String, String)> = renamed.collect();
        if !renamed.is_empty() {
            let code = (self.spelling.implementation)(in_code, &renamed);
            snippets.push(snippet(&format!("below the enum {in_code}"), &code));
        }
        snippets
    }

    fn variants(&self, values: &[AddedEnumValue<'_>]) -> String {
        let values = values.iter().map(|value| {
            let variant = variant(value.name);
            let is_said = screaming(&variant) == value.name;
            let said = (!is_said).then(|| format!("name = {}", string(value.name)));
            let options = [said, self.spelling.deprecation(value.deprecation.as_deref())];
            format!("{}{}{variant},\n", documentation(value.description.as_deref()), attribute(options))
        });
        values.collect()
    }

    /// The parameters of a method for a field that comes back, of which some are used.
    pub(super) fn parameters(
        &self,
        operation: Option<OperationKind>,
        field: &AddedField<'_>,
        is_used: impl Fn(&AddedFieldArgument<'_>) -> bool,
    ) -> Vec<String> {
        let parameter = |known: &AddedFieldArgument<'_>| {
            let argument = &known.argument;
            let ident = self.spelling.argument_name(argument.name);
            let ident = if is_used(known) || field.target.is_none() { ident } else { format!("_{ident}") };
            let input = self.argument(operation, argument, &ident, &self.spelling.input_type(argument));
            input.trim_end_matches(",\n").replace('\n', " ")
        };
        field.arguments.iter().map(parameter).collect()
    }

    /// What a method under its old name passes to that of the new one.
    pub(super) fn passed(&self, field: &AddedField<'_>) -> Vec<String> {
        let passed = |new: &InputFacts<'_>| {
            let given = field.arguments.iter().find(|argument| argument.target.as_deref() == Some(new.name));
            let Some(old) = given.map(|given| &given.argument) else {
                return match new.default {
                    Some(value) => self.spelling.expression(value, &new.ty),
                    None => format!("{}::{}", self.spelling.given, self.spelling.undefined),
                };
            };
            let ident = self.spelling.argument_name(old.name);
            // What cannot be said in general is left to the compiler to point at.
            match (old.ty.is_non_null(), new.ty.is_non_null(), new.default.is_some()) {
                (true, false, true) => format!("Some({ident})"),
                (true, false, false) => format!("{}::{}({ident})", self.spelling.given, self.spelling.value),
                _ => ident,
            }
        };
        field.target_arguments.iter().map(passed).collect()
    }

    /// The documentation and the attribute of a field that comes back.
    pub(super) fn field_attribute(&self, field: &AddedField<'_>) -> String {
        let options = [said_name(field.name), self.spelling.deprecation(field.deprecation.as_deref())];
        documentation(field.description.as_deref()) + &attribute(options)
    }

    /// An argument of a field, with a comma.
    fn argument(
        &self,
        operation: Option<OperationKind>,
        facts: &InputFacts<'_>,
        ident: &str,
        rust: &str,
    ) -> String {
        let of_stream = operation == Some(OperationKind::Subscription);
        if of_stream && !self.spelling.deprecates_arguments_of_subscriptions && facts.default.is_none() {
            return self.input(&InputFacts { deprecation: None, ..facts.clone() }, ident, rust);
        }
        self.input(facts, ident, rust)
    }

    /// An argument, with a comma.
    fn input(&self, facts: &InputFacts<'_>, ident: &str, ty: &str) -> String {
        let description = facts.description.as_deref().map(|text| format!("desc = {}", string(text)));
        format!("{}{ident}: {ty},\n", self.input_attribute(facts, ident, description))
    }

    /// An input field, with a comma.
    fn input_field(&self, facts: &InputFacts<'_>, ident: &str, ty: &str) -> String {
        let documentation = documentation(facts.description.as_deref());
        format!("{documentation}{}{ident}: {ty},\n", self.input_attribute(facts, ident, None))
    }

    /// A field of which exactly one is to be given, with a comma.
    fn choice(&self, facts: &InputFacts<'_>) -> String {
        let variant = variant(facts.name);
        let options = [
            Some(format!("name = {}", string(facts.name))),
            self.spelling.deprecation(facts.deprecation.as_deref()),
        ];
        let value = self.spelling.type_text_of(facts.ty.nullable());
        format!("{}{}{variant}({value}),\n", documentation(facts.description.as_deref()), attribute(options))
    }

    fn input_attribute(&self, facts: &InputFacts<'_>, ident: &str, description: Option<String>) -> String {
        let is_said = camel_case(ident.trim_start_matches("r#")) == facts.name;
        let said = (!is_said).then(|| format!("name = {}", string(facts.name)));
        let default = facts.default.map(|value| (self.spelling.default)(self.spelling, value, &facts.ty));
        let current = match self.spelling.current {
            Current::Option(option) if self.is_renamed(facts) => Some(option.to_owned()),
            _ => None,
        };
        let deprecation = self.spelling.deprecation(facts.deprecation.as_deref());
        attribute([said, description, default, current, deprecation])
    }

    /// Whether an input takes an enum with an old name.
    fn is_renamed(&self, facts: &InputFacts<'_>) -> bool {
        self.enums.contains(facts.ty.named().name)
    }

    /// The value of an input, where old names of enum values mean the new ones.
    pub(super) fn read(&self, value: &str, facts: &InputFacts<'_>) -> String {
        match self.spelling.current {
            Current::Call(call) if self.is_renamed(facts) => format!("{value}{call}"),
            _ => value.to_owned(),
        }
    }

    /// A call that brings the values of two names together.
    fn one_of(
        &self,
        new: &InputFacts<'_>,
        old: &InputFacts<'_>,
        required: bool,
        new_value: &str,
        old_value: &str,
    ) -> String {
        let names = format!("[{}, {}]", string(new.name), string(old.name));
        let mut arguments = vec![names, self.read(new_value, new)];
        arguments.extend(new.default.map(|value| self.spelling.expression(value, &new.ty)));
        arguments.push(self.read(old_value, old));
        let function = match (new.default.is_some(), new.ty.is_non_null()) {
            (true, true) => "not_null_unless_default",
            (true, false) => "unless_default",
            _ if required => "exactly_one",
            _ => "at_most_one",
        };
        call(function, &arguments, "")
    }
}

/// A type as a variant of an interface or a union.
pub(super) fn in_enum(of: &str, ty: &str) -> Snippet {
    snippet(&format!("in the enum {of}"), &format!("    {ty}({ty}),\n"))
}

/// A call, on one line where that is short.
pub(super) fn call(function: &str, arguments: &[String], end: &str) -> String {
    let line = format!("{function}({}){end}", arguments.join(", "));
    if line.len() <= 90 {
        return line;
    }
    let lines = arguments.iter().map(|argument| format!("{argument},\n"));
    let arguments: String = lines.collect();
    format!("{function}(\n{}){end}", indented(&arguments))
}

/// The attribute with these options, on a line of its own; nothing without options.
pub(super) fn attribute(options: impl IntoIterator<Item = Option<String>>) -> String {
    let options: Vec<String> = options.into_iter().flatten().collect();
    if options.is_empty() { String::new() } else { format!("#[graphql({})]\n", options.join(", ")) }
}

/// `name = "v2Name"` where the Rust name does not make the GraphQL name.
pub(super) fn said_name(graphql: &str) -> Option<String> {
    let makes = name(graphql);
    (camel_case(makes.trim_start_matches("r#")) != graphql).then(|| format!("name = {}", string(graphql)))
}

/// The same of a type.
pub(super) fn said_type_name(graphql: &str) -> Option<String> {
    let is_made = variant(graphql) == graphql && !screaming(graphql).is_empty();
    (!is_made).then(|| format!("name = {}", string(graphql)))
}

/// A description as a comment that documents what follows; as an attribute where it holds what must not stand in a comment.
pub(super) fn documentation(description: Option<&str>) -> String {
    let Some(text) = description else { return String::new() };
    let line = |line: &str| {
        let is_plain = string(line).trim_matches('"').replace("\\\"", "\"") == line;
        if is_plain {
            format!("/// {line}").trim_end().to_owned() + "\n"
        } else {
            format!("#[doc = {}]\n", string(line))
        }
    };
    text.lines().map(line).collect()
}

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The Rust name of a GraphQL name by convention: `threadGet` is `thread_get`, `type` is `r#type`.
pub(super) fn name(graphql: &str) -> String {
    let snake = super::python::name(graphql);
    let plain = if graphql.ends_with('_') { &*snake } else { snake.trim_end_matches('_') };
    match plain {
        "self" | "super" | "crate" | "_" => format!("{plain}_"),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
        plain => plain.to_owned(),
    }
}

/// The name that the frameworks make of a Rust name; nothing that is a name where digits or more underscores would make that
/// a question of which one, and of its version.
pub(super) fn camel_case(rust: &str) -> String {
    if rust.starts_with('_')
        || rust.ends_with('_')
        || rust.contains("__")
        || rust.contains(|char: char| char.is_ascii_digit())
    {
        return String::new();
    }
    let mut words = rust.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
}

/// The variant of an enum value by convention: `MSG_NEWEST` is `MsgNewest`.
pub(super) fn variant(graphql: &str) -> String {
    let words = graphql.split('_').filter(|word| !word.is_empty());
    let pascal: String = words
        .map(|word| {
            let rest = &word[1..];
            let is_shouted = !rest.contains(|char: char| char.is_ascii_lowercase());
            let rest = if is_shouted { rest.to_ascii_lowercase() } else { rest.to_owned() };
            word[..1].to_ascii_uppercase() + &rest
        })
        .collect();
    if pascal == "Self" || pascal.is_empty() || pascal.starts_with(|char: char| char.is_ascii_digit()) {
        return format!("V{pascal}");
    }
    pascal
}

/// The name that the frameworks make of a variant; nothing where digits or a word of one letter would make that a question of
/// which one.
fn screaming(variant: &str) -> String {
    let is_shouted = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
    if variant.contains(|char: char| char.is_ascii_digit()) || variant.as_bytes().windows(2).any(is_shouted) {
        return String::new();
    }
    let letters = variant.char_indices().map(|(at, letter)| {
        let gap = if at > 0 && letter.is_ascii_uppercase() { "_" } else { "" };
        format!("{gap}{}", letter.to_ascii_uppercase())
    });
    letters.collect()
}

/// A string literal. What a terminal or an editor would obey is escaped.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' | '\n' | '\r' | '\t' => literal.extend(char.escape_default()),
            char if is_obeyed(char) => literal.extend(char.escape_unicode()),
            char => literal.push(char),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_convention() {
        let names = ["threadGet", "thread_get", "userID", "v2Name", "from", "type", "self", "async"];
        let rust = ["thread_get", "thread_get", "user_id", "v2_name", "from", "r#type", "self_", "r#async"];
        assert_eq!(names.map(name), rust);
        assert_eq!(said_name("threadGet"), None);
        assert_eq!(said_name("type"), None);
        for name in ["thread_get", "userID", "v2Name", "self", "_id"] {
            assert_eq!(said_name(name), Some(format!("name = \"{name}\"")));
        }
        assert_eq!(
            ["MSG_NEWEST", "msgNewest", "Self", "A1"].map(variant),
            ["MsgNewest", "MsgNewest", "VSelf", "A1"]
        );
        assert_eq!(["MsgNewest", "A1", "PlanB", "PlanBC"].map(screaming), ["MSG_NEWEST", "", "PLAN_B", ""]);
    }

    #[test]
    fn no_text_ends_its_literal() {
        assert_eq!(string("a \"b\" \\ \n c"), r#""a \"b\" \\ \n c""#);
        assert_eq!(string("a\u{9b}2J\u{202e}b\u{1b}c é"), r#""a\u{9b}2J\u{202e}b\u{1b}c é""#);
    }
}
