//! async-graphql (Rust, code first). A field's old name is a method that calls the new one. Rust has no way to change the
//! arguments of a method from outside, so a renamed argument is replaced, and a line at the start of the method brings both
//! names together.

use std::collections::BTreeSet;

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};

use super::facts::{
    AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedServer, PatchedType,
    TypeReference,
};
use super::python::indented;
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "async-graphql",
    language: "rust",
    packages: &[Package { ecosystem: Ecosystem::Cargo, name: "async-graphql" }],
    executed_with: "async-graphql 7.2.1",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[],
        enum_alias: EnumAlias::Distinct,
        schema_first: false,
    },
    emit,
};

const AT_MOST_ONE: &str = r#"/// The value that is given under either name. Undefined is not null.
fn at_most_one<T>(
    [new_name, old_name]: [&str; 2],
    new: MaybeUndefined<T>,
    old: MaybeUndefined<T>,
) -> Result<MaybeUndefined<T>> {
    match (new, old) {
        (MaybeUndefined::Undefined, given) | (given, MaybeUndefined::Undefined) => Ok(given),
        _ => Err(format!("Give either {new_name} or {old_name}, not both.").into()),
    }
}
"#;

const EXACTLY_ONE: &str = r#"/// The value that is given under either name, and has to be.
fn exactly_one<T>(names: [&str; 2], new: MaybeUndefined<T>, old: MaybeUndefined<T>) -> Result<T> {
    match at_most_one(names, new, old)? {
        MaybeUndefined::Value(value) => Ok(value),
        MaybeUndefined::Null => Err(format!("{} must not be null.", names[0]).into()),
        MaybeUndefined::Undefined => Err(format!("{} is required.", names[0]).into()),
    }
}
"#;

const NOT_NULL_UNLESS_DEFAULT: &str = r#"/// The value of the old name where it is given, which is not null; else that of the new one.
fn not_null_unless_default<T: PartialEq>(
    names: [&str; 2],
    new: T,
    default: T,
    old: MaybeUndefined<T>,
) -> Result<T> {
    match unless_default(names, Some(new), Some(default), old)? {
        Some(value) => Ok(value),
        None => Err(format!("{} must not be null.", names[0]).into()),
    }
}
"#;

const UNLESS_DEFAULT: &str = r#"/// The value of the old name where it is given; else that of the new one, which has a default.
fn unless_default<T: PartialEq>(
    [new_name, old_name]: [&str; 2],
    new: Option<T>,
    default: Option<T>,
    old: MaybeUndefined<T>,
) -> Result<Option<T>> {
    match old {
        MaybeUndefined::Undefined => Ok(new),
        _ if new != default => Err(format!("Give either {new_name} or {old_name}, not both.").into()),
        old => Ok(old.take()),
    }
}
"#;

const CURRENT: &str = r"/// What clients send under an old name becomes what the new name means.
trait Current {
    fn update(&mut self);
}

impl<T: Current> Current for Option<T> {
    fn update(&mut self) {
        self.iter_mut().for_each(T::update);
    }
}

impl<T: Current> Current for Vec<T> {
    fn update(&mut self) {
        self.iter_mut().for_each(T::update);
    }
}

impl<T: Current> Current for MaybeUndefined<T> {
    fn update(&mut self) {
        if let MaybeUndefined::Value(value) = self {
            value.update();
        }
    }
}
";

/// Definitions that code calls: how a call is recognised, and the code. Those that others call come last.
const HELPERS: &[(&str, &str)] = &[
    ("exactly_one(", EXACTLY_ONE),
    ("at_most_one(", AT_MOST_ONE),
    ("not_null_unless_default(", NOT_NULL_UNLESS_DEFAULT),
    ("unless_default(", UNLESS_DEFAULT),
    ("Current", CURRENT),
];

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let is_renamed = |ty: &&PatchedType<'_>| ty.enum_values.iter().any(|value| value.target.is_some());
    let emitter = Emitter { enums: types.iter().filter(is_renamed).map(|ty| ty.name).collect() };
    let mut snippets: Vec<Snippet> = types.iter().flat_map(|ty| emitter.type_snippets(ty)).collect();
    for ty in types.iter().filter(is_renamed) {
        snippets.extend(enum_positions(ty, types));
    }
    if snippets.is_empty() {
        return snippets;
    }
    let mut definitions: Vec<&str> = Vec::new();
    for (call, code) in HELPERS {
        let calls = |text: &str| text.contains(call);
        if snippets.iter().any(|snippet| calls(&snippet.code)) || definitions.iter().any(|text| calls(text)) {
            definitions.push(code);
        }
    }
    definitions.insert(0, "use async_graphql::*;\n");
    snippets.insert(0, snippet("above the types", &definitions.join("\n")));
    snippets
}

fn snippet(place: &str, code: &str) -> Snippet {
    Snippet { place: place.to_owned(), code: code.to_owned() }
}

/// What stands in or at the start of a method.
fn parameter(place: String, code: &str) -> Snippet {
    Snippet { place, code: indented(&indented(code)) }
}

/// Arguments and input fields of the server that take an enum with an old name.
fn enum_positions(ty: &PatchedType<'_>, types: &[PatchedType<'_>]) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    for position in ty.positions.iter().filter(|position| position.ty.named().name == ty.name) {
        // What the patch adds or replaces says it itself.
        let parent = types.iter().find(|known| known.name == position.parent);
        let kind = parent.map(|parent| parent.kind);
        let is_added = parent.is_some_and(|parent| match position.field {
            Some(field) => {
                let patches = parent.arguments.iter().filter(|known| known.field == field);
                parent.fields.iter().any(|added| added.name == field)
                    || patches.flat_map(|known| &known.patches).any(|patch| patch.kind.names(position.name))
            }
            None => parent.input_fields.iter().any(|patch| patch.kind.names(position.name)),
        });
        if is_added || kind == Some(TypeKind::Interface) {
            continue;
        }
        let (name, parent) = (name(position.name), position.parent);
        let place = match position.field {
            Some(field) => format!("the argument {name} of {} of {parent}", self::name(field)),
            None => format!("the field {name} of {parent}"),
        };
        let place = format!("in #[graphql(...)] of {place}");
        snippets.push(snippet(&place, "process_with = \"Current::update\",\n"));
    }
    snippets
}

struct Emitter<'t> {
    /// The enums with values that have an old name.
    enums: BTreeSet<&'t str>,
}

impl Emitter<'_> {
    fn type_snippets(&self, ty: &PatchedType<'_>) -> Vec<Snippet> {
        let in_code = ty.in_code;
        match ty.kind {
            TypeKind::Interface => Self::interface(ty),
            TypeKind::Enum => enum_values(ty),
            TypeKind::InputObject => self.input_fields(ty),
            _ => {
                let methods = ty.fields.iter().map(|field| self.added_field(ty, field));
                let methods: Vec<String> = methods.collect();
                let mut snippets = Vec::new();
                if !methods.is_empty() {
                    let code = indented(&methods.join("\n"));
                    snippets.push(snippet(&format!("in the impl of {in_code}"), &code));
                }
                for field in &ty.arguments {
                    snippets.extend(self.arguments(ty, field));
                }
                for field in &ty.non_null {
                    let place = format!("in place of the type of {} of {in_code}", name(field.name));
                    snippets.push(snippet(&place, &format!("{}\n", type_text(&field.ty))));
                }
                snippets
            }
        }
    }

    /// A method for a field that comes back.
    fn added_field(&self, ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
        let mut parameters = vec!["&self".to_owned(), "ctx: &Context<'_>".to_owned()];
        for argument in &field.arguments {
            let ident = match (&field.target, &argument.target) {
                (Some(_), None) => format!("_{}", name(argument.argument.name)),
                _ => name(argument.argument.name),
            };
            let input = self.input(&argument.argument, &ident, &input_type(&argument.argument));
            parameters.push(input.trim_end_matches(",\n").replace('\n', " "));
        }
        let is_stream = ty.operation == Some(OperationKind::Subscription);
        let value = type_text(&field.ty);
        let answer = if is_stream { format!("impl Stream<Item = {value}>") } else { value.clone() };
        let (note, body) = match &field.target {
            Some(target) => {
                let target = name(target);
                let arguments = field.target_arguments.iter().map(|known| {
                    let given = field
                        .arguments
                        .iter()
                        .find(|argument| argument.target.as_deref() == Some(known.name));
                    given.map_or_else(|| absent(known), |given| passed(&given.argument, known))
                });
                // The method that `SimpleObject` makes of a field gives a reference.
                let may_be_field = ty.operation.is_none() && field.target_arguments.is_empty();
                let end = if may_be_field { ".await?.to_owned())" } else { ".await?)" };
                let arguments: Vec<String> = std::iter::once("ctx".to_owned()).chain(arguments).collect();
                (
                    format!("// A guard of {target} goes here as well.\n"),
                    call(&format!("Ok(self.{target}"), &arguments, end),
                )
            }
            None if is_stream => (
                String::new(),
                format!(
                    "Err::<async_graphql::futures_util::stream::Empty<{value}>, _>(\"put the resolver back\".into())"
                ),
            ),
            None => (String::new(), "Err(\"put the resolver back\".into())".to_owned()),
        };
        let options = [said_name(field.name), deprecation(field.deprecation.as_deref())];
        let head = format!("async fn {}", name(field.name));
        let signature = call(&head, &parameters, &format!(" -> Result<{answer}> {{"));
        format!("{note}{}{signature}\n{}}}\n", attribute(options), indented(&body))
    }

    /// What changes of the arguments of a method.
    fn arguments(&self, ty: &PatchedType<'_>, field: &PatchedArguments<'_>) -> Vec<Snippet> {
        let method = format!("{} of {}", name(field.field), ty.in_code);
        let (mut snippets, mut statements) = (Vec::new(), String::new());
        for patch in &field.patches {
            match &patch.kind {
                InputPatchKind::Renamed { old, new, required } => {
                    let (new_ident, old_ident) = (name(new.name), name(old.name));
                    let code = self.input(new, &new_ident, &input_type(new))
                        + &self.input(old, &old_ident, &given_type(old));
                    snippets
                        .push(parameter(format!("in place of the argument {new_ident} of {method}"), &code));
                    let value = one_of(new, old, *required, &new_ident, &old_ident);
                    statements += &format!("let {new_ident} = {value}?;\n");
                }
                InputPatchKind::Restored(old) => {
                    let code = self.input(old, &format!("_{}", name(old.name)), &given_type(old));
                    snippets.push(parameter(format!("behind the arguments of {method}"), &code));
                }
                InputPatchKind::Defaulted(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the argument {ident} of {method}");
                    snippets.push(parameter(place, &self.input(new, &ident, &type_text(&new.ty))));
                }
                InputPatchKind::Relaxed(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the argument {ident} of {method}");
                    snippets.push(parameter(place, &self.input(new, &ident, &given_type(new))));
                    statements += &format!(
                        "// The value for clients that do not give it.\nlet {ident} = \
                         {ident}.take().unwrap_or_default();\n"
                    );
                }
            }
        }
        if !statements.is_empty() {
            snippets
                .push(parameter(format!("at the start of {method}, which returns a Result"), &statements));
        }
        snippets
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
                    let code = self.input(new, &given, &input_type(new))
                        + &self.input(old, &old_ident, &given_type(old));
                    let place = format!("in place of the field {ident} of {in_code}");
                    snippets.push(snippet(&place, &indented(&code)));
                    let value = if *required { type_text_of(new.ty.nullable()) } else { input_type(new) };
                    let fields = [&given, &old_ident].map(|field| format!("self.{field}.clone()"));
                    let body = one_of(new, old, *required, &fields[0], &fields[1]);
                    methods.push(format!("fn {ident}(&self) -> Result<{value}> {{\n{}}}\n", indented(&body)));
                    snippets.push(read(new, &format!("{ident}()?")));
                }
                InputPatchKind::Restored(old) => {
                    let code = self.input(old, &name(old.name), &given_type(old));
                    snippets.push(snippet(&format!("in the struct {in_code}"), &indented(&code)));
                }
                InputPatchKind::Defaulted(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the field {ident} of {in_code}");
                    snippets.push(snippet(&place, &indented(&self.input(new, &ident, &type_text(&new.ty)))));
                }
                InputPatchKind::Relaxed(new) => {
                    let ident = name(new.name);
                    let place = format!("in place of the field {ident} of {in_code}");
                    snippets.push(snippet(&place, &indented(&self.input(new, &ident, &given_type(new)))));
                    methods.push(format!(
                        "/// With the value for clients that do not give it.\nfn {ident}(&self) -> {} {{\n    \
                         self.{ident}.clone().take().unwrap_or_default()\n}}\n",
                        type_text_of(new.ty.nullable())
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

    /// The fields of an interface that come back. What answers them are methods of the objects.
    fn interface(ty: &PatchedType<'_>) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        let fields = ty.fields.iter().map(|field| {
            let ident = name(field.name);
            let mut options = match said_name(field.name) {
                Some(said) => vec![said, format!("method = {}", string(&ident))],
                None => vec![format!("name = {}", string(&ident))],
            };
            options.push(format!("ty = {}", string(&type_text(&field.ty))));
            options.extend(deprecation(field.deprecation.as_deref()));
            format!("#[graphql(field({}))]\n", options.join(", "))
        });
        let (plain, with_arguments): (Vec<_>, Vec<_>) =
            ty.fields.iter().zip(fields).partition(|(field, _)| field.arguments.is_empty());
        let code: String = plain.into_iter().map(|(_, code)| code).collect();
        if !code.is_empty() {
            snippets.push(snippet(&format!("below #[derive(Interface)] of {}", ty.in_code), &code));
        }
        let by_hand = with_arguments.iter().map(|(field, _)| field.name);
        for field in by_hand.chain(ty.arguments.iter().map(|field| field.field)) {
            let code =
                format!("// {}.{field}: in the interface, the arguments that the objects have.\n", ty.name);
            snippets.push(snippet("by hand", &code));
        }
        snippets
    }

    /// An argument or input field, with a comma.
    fn input(&self, facts: &InputFacts<'_>, ident: &str, ty: &str) -> String {
        let makes = ident.trim_start_matches("r#").to_owned();
        let said = if camel_case(&makes) == facts.name {
            None
        } else {
            Some(format!("name = {}", string(facts.name)))
        };
        let process = self
            .enums
            .contains(facts.ty.named().name)
            .then(|| "process_with = \"Current::update\"".to_owned());
        let default = facts.default.map(|value| default(value, &facts.ty));
        let options = [said, default, process, deprecation(facts.deprecation.as_deref())];
        format!("{}{ident}: {ty},\n", attribute(options))
    }
}

/// The values of an enum that come back. Each is a value of its own; what comes in becomes the value of the new name.
fn enum_values(ty: &PatchedType<'_>) -> Vec<Snippet> {
    let in_code = ty.in_code;
    let values = ty.enum_values.iter().map(|value| {
        let variant = variant(value.name);
        let makes = variant.trim_start_matches("r#");
        let said = if screaming(makes) == value.name {
            None
        } else {
            Some(format!("name = {}", string(value.name)))
        };
        format!("{}{variant},\n", attribute([said, deprecation(value.deprecation.as_deref())]))
    });
    let code: String = values.collect();
    let mut snippets = vec![snippet(&format!("in the enum {in_code}"), &indented(&code))];
    let renamed = ty
        .enum_values
        .iter()
        .filter_map(|value| Some((variant(value.name), variant(value.target.as_deref()?))));
    let statements = renamed.map(|(old, new)| {
        format!("        if *self == Self::{old} {{\n            *self = Self::{new};\n        }}\n")
    });
    let statements: String = statements.collect();
    if !statements.is_empty() {
        let code =
            format!("impl Current for {in_code} {{\n    fn update(&mut self) {{\n{statements}    }}\n}}\n");
        snippets.push(snippet(&format!("below the enum {in_code}"), &code));
    }
    snippets
}

/// A call that brings the values of two names together.
fn one_of(
    new: &InputFacts<'_>,
    old: &InputFacts<'_>,
    required: bool,
    new_value: &str,
    old_value: &str,
) -> String {
    let mut arguments = vec![format!("[{}, {}]", string(new.name), string(old.name)), new_value.to_owned()];
    arguments.extend(new.default.map(|value| expression(value, &new.ty)));
    arguments.push(old_value.to_owned());
    let function = match (new.default.is_some(), new.ty.is_non_null()) {
        (true, true) => "not_null_unless_default",
        (true, false) => "unless_default",
        _ if required => "exactly_one",
        _ => "at_most_one",
    };
    call(function, &arguments, "")
}

/// A call, on one line where that is short.
fn call(function: &str, arguments: &[String], end: &str) -> String {
    let line = format!("{function}({}){end}", arguments.join(", "));
    if line.len() <= 90 {
        return line;
    }
    let lines = arguments.iter().map(|argument| format!("{argument},\n"));
    let arguments: String = lines.collect();
    format!("{function}(\n{}){end}", indented(&arguments))
}

/// The value of an argument of the new field where the old one has none.
fn absent(argument: &InputFacts<'_>) -> String {
    match argument.default {
        Some(value) => expression(value, &argument.ty),
        None => "MaybeUndefined::Undefined".to_owned(),
    }
}

/// The value of an argument of the old field as the new one takes it. What cannot be said in general is left to the
/// compiler to point at.
fn passed(old: &InputFacts<'_>, new: &InputFacts<'_>) -> String {
    let ident = name(old.name);
    match (old.ty.is_non_null(), new.ty.is_non_null(), new.default.is_some()) {
        (true, false, true) => format!("Some({ident})"),
        (true, false, false) => format!("MaybeUndefined::Value({ident})"),
        _ => ident,
    }
}

/// The type of an argument or input field. Only `MaybeUndefined` tells null from nothing.
fn input_type(facts: &InputFacts<'_>) -> String {
    match facts.default {
        None if !facts.ty.is_non_null() => given_type(facts),
        _ => type_text(&facts.ty),
    }
}

fn given_type(facts: &InputFacts<'_>) -> String {
    format!("MaybeUndefined<{}>", type_text_of(facts.ty.nullable()))
}

/// A type in Rust; without non-null, it is an `Option`.
fn type_text(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => type_text_of(inner),
        nullable => format!("Option<{}>", type_text_of(nullable)),
    }
}

/// A type in Rust as if it were non-null.
fn type_text_of(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => type_text_of(inner),
        TypeReference::List(item) => format!("Vec<{}>", type_text(item)),
        TypeReference::Named(named) => match named.in_code {
            "Int" => "i32",
            "Float" => "f64",
            "Boolean" => "bool",
            other => other,
        }
        .to_owned(),
    }
}

/// The attribute with these options, on a line of its own; nothing without options.
fn attribute(options: impl IntoIterator<Item = Option<String>>) -> String {
    let options: Vec<String> = options.into_iter().flatten().collect();
    if options.is_empty() { String::new() } else { format!("#[graphql({})]\n", options.join(", ")) }
}

fn deprecation(reason: Option<&str>) -> Option<String> {
    reason.map(|reason| format!("deprecation = {}", string(reason)))
}

/// `name = "v2Name"` where the Rust name does not make the GraphQL name.
fn said_name(graphql: &str) -> Option<String> {
    let makes = name(graphql);
    (camel_case(makes.trim_start_matches("r#")) != graphql).then(|| format!("name = {}", string(graphql)))
}

/// A default as an option of the attribute.
fn default(value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    match (&value.kind, ty.is_non_null()) {
        (ValueKind::Int(text), _) if !text.starts_with('-') && ty.named().name == "Int" => {
            format!("default = {text}")
        }
        (ValueKind::List([]), true) => "default".to_owned(),
        _ => format!("default_with = {}", string(&expression(value, ty))),
    }
}

/// A value as an expression of its type.
fn expression(value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    if matches!(value.kind, ValueKind::Null) {
        return "None".to_owned();
    }
    let plain = match (&value.kind, ty.nullable()) {
        (ValueKind::List(values), TypeReference::List(item)) => {
            let values = values.iter().map(|value| expression(value, item)).collect::<Vec<_>>();
            format!("vec![{}]", values.join(", "))
        }
        // One value stands for a list of one (specification, section 3.12).
        (_, TypeReference::List(item)) => format!("vec![{}]", expression(value, item)),
        (
            ValueKind::Int(text) | ValueKind::Float(text),
            TypeReference::Named(NamedType { name: "Float", .. }),
        ) => format!("{text}_f64"),
        (ValueKind::Int(text), TypeReference::Named(NamedType { name: "ID", .. })) => {
            format!("ID::from({})", string(text))
        }
        (ValueKind::String(text), TypeReference::Named(NamedType { name: "ID", .. })) => {
            format!("ID::from({})", string(&text.value()))
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

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The Rust name of a GraphQL name by convention: `threadGet` is `thread_get`, `type` is `r#type`.
fn name(graphql: &str) -> String {
    let snake = super::python::name(graphql);
    let plain = if graphql.ends_with('_') { &*snake } else { snake.trim_end_matches('_') };
    match plain {
        "self" | "super" | "crate" | "_" => format!("{plain}_"),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
        plain => plain.to_owned(),
    }
}

/// The name that async-graphql makes of a Rust name; nothing that is a name where digits or more underscores would make
/// that a question of its version.
fn camel_case(rust: &str) -> String {
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
fn variant(graphql: &str) -> String {
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

/// The name that async-graphql makes of a variant; nothing where digits would make that a question of its version.
fn screaming(variant: &str) -> String {
    if variant.contains(|char: char| char.is_ascii_digit()) {
        return String::new();
    }
    let letters = variant.char_indices().map(|(at, letter)| {
        let gap = if at > 0 && letter.is_ascii_uppercase() { "_" } else { "" };
        format!("{gap}{}", letter.to_ascii_uppercase())
    });
    letters.collect()
}

/// A string literal. What a terminal or an editor would obey is escaped.
fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' | '\n' | '\r' | '\t' => literal.extend(char.escape_default()),
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => literal.extend(char.escape_unicode()),
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
        assert_eq!(["MsgNewest", "A1"].map(screaming), ["MSG_NEWEST", ""]);
    }

    #[test]
    fn no_text_ends_its_literal() {
        assert_eq!(string("a \"b\" \\ \n c"), r#""a \"b\" \\ \n c""#);
        assert_eq!(string("a\u{9b}2J\u{202e}b\u{1b}c é"), r#""a\u{9b}2J\u{202e}b\u{1b}c é""#);
    }
}
