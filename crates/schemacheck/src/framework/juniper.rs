//! Juniper (Rust, code first). Its attributes leave methods as they are, so the method of an old name calls that of the new one as
//! any other code would, and takes what that one answers.

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};

use super::facts::{AddedField, NamedType, PatchedType, ReturnedType, TypeReference};
use super::python::indented;
use super::rust::{
    Current, Emitter, Spelling, attribute, call, documentation, emit, name, said_type_name, snippet, string,
    together,
};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Juniper",
    language: "rust",
    packages: &[Package { ecosystem: Ecosystem::Cargo, name: "juniper" }],
    executed_with: "juniper 0.18.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[],
        enum_alias: EnumAlias::Distinct,
        schema_first: false,
    },
    emit: |server| emit(&SPELLING, server),
};

static SPELLING: Spelling = Spelling {
    imports: "",
    result: "juniper::FieldResult",
    given: "juniper::Nullable",
    undefined: "ImplicitNull",
    value: "Some",
    option: "some",
    id: "juniper::ID",
    new_id: "juniper::ID::new",
    interface_value: "Value",
    deprecation: "deprecated",
    deprecates_arguments_of_subscriptions: false,
    default,
    reserved: &["context", "ctx", "executor"],
    current: Current::Call(".current()"),
    implementation,
    added_field,
    derive_enum: "juniper::GraphQLEnum",
    derive_union: "juniper::GraphQLUnion",
    derive_input: "juniper::GraphQLInputObject",
    derive_one_of: "juniper::GraphQLInputObject",
    kept_name,
    implements,
    returned,
    registered: None,
    interface,
    helpers: &[
        TOGETHER[0],
        TOGETHER[1],
        TOGETHER[2],
        TOGETHER[3],
        ("Current for", CURRENT),
        ("events_of(", EVENTS_OF),
        ("Events<", EVENTS),
        (".answer()", ANSWER),
    ],
};

const TOGETHER: [(&str, &str); 4] =
    together!("juniper::FieldResult", "juniper::Nullable", "ImplicitNull", "ExplicitNull", "Some", "some");

const CURRENT: &str = r"/// What clients send under an old name becomes what the new name means.
trait Current {
    fn current(self) -> Self;
}

impl<T: Current> Current for Option<T> {
    fn current(self) -> Self {
        self.map(T::current)
    }
}

impl<T: Current> Current for Vec<T> {
    fn current(self) -> Self {
        self.into_iter().map(T::current).collect()
    }
}

impl<T: Current> Current for juniper::Nullable<T> {
    fn current(self) -> Self {
        self.map(T::current)
    }
}
";

const EVENTS_OF: &str = r"/// The events of another subscription, be they and their stream a `Result` or not.
fn events_of<S, T>(
    stream: impl juniper::IntoFieldResult<S, juniper::DefaultScalarValue>,
) -> juniper::FieldResult<Events<T>>
where
    S: futures::Stream + Send + 'static,
    S::Item: Answer<T>,
    T: 'static,
{
    use futures::StreamExt as _;
    Ok(stream.into_result()?.map(|event| event.answer()).boxed())
}
";

const EVENTS: &str = r"/// The events of a subscription.
type Events<T> = futures::stream::BoxStream<'static, juniper::FieldResult<T>>;
";

const ANSWER: &str = r"/// What another method answers, be it a `Result`, a reference or the value itself.
trait Answer<T> {
    fn answer(self) -> juniper::FieldResult<T>;
}

impl<T> Answer<T> for T {
    fn answer(self) -> juniper::FieldResult<T> {
        Ok(self)
    }
}

impl<T, E: juniper::IntoFieldError> Answer<T> for Result<T, E> {
    fn answer(self) -> juniper::FieldResult<T> {
        self.map_err(E::into_field_error)
    }
}

impl<T: Clone> Answer<T> for &T {
    fn answer(self) -> juniper::FieldResult<T> {
        Ok(self.clone())
    }
}

impl Answer<String> for &str {
    fn answer(self) -> juniper::FieldResult<String> {
        Ok(self.to_owned())
    }
}
";

fn implementation(ty: &str, variants: &[(String, String)]) -> String {
    let arm = |(old, new): &(String, String)| format!("            Self::{old} => Self::{new},\n");
    let arms: String = variants.iter().map(arm).collect();
    format!(
        "impl Current for {ty} {{\n    fn current(self) -> Self {{\n        match self {{\n{arms}            \
         current => current,\n        }}\n    }}\n}}\n"
    )
}

/// A method for a field that comes back.
fn added_field(emitter: &Emitter<'_>, operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let is_stream = operation == Some(OperationKind::Subscription);
    let value = emitter.spelling.type_text(&field.ty);
    let (head, answer) = if is_stream { ("async fn", format!("Events<{value}>")) } else { ("fn", value) };
    let (note, body) = match field.target.as_deref().map(name) {
        Some(target) if is_stream => {
            let stream = call(&format!("self.{target}"), &emitter.passed(field), ".await");
            let note = format!("// Where {target} takes a context, write it here as well.\n");
            (note, call("events_of", &[stream], ""))
        }
        Some(target) => {
            let note = format!("// Where {target} is async or takes a context, write that here as well.\n");
            (note, call(&format!("self.{target}"), &emitter.passed(field), ".answer()"))
        }
        None => {
            let arguments = field.arguments.iter().map(|argument| &argument.argument);
            let current = arguments.filter_map(|argument| {
                let ident = emitter.spelling.argument_name(argument.name);
                let value = emitter.read(&ident, argument);
                (value != ident).then(|| format!("let {ident} = {value};\n"))
            });
            (String::new(), current.collect::<String>() + "Err(\"put the resolver back\".into())")
        }
    };
    let end = format!(" -> juniper::FieldResult<{answer}> {{");
    let signature = signature(emitter, head, operation, field, &end);
    format!("{note}{}{signature}\n{}}}\n", emitter.field_attribute(field), indented(&body))
}

fn signature(
    emitter: &Emitter<'_>,
    head: &str,
    operation: Option<OperationKind>,
    field: &AddedField<'_>,
    end: &str,
) -> String {
    let mut parameters = vec!["&self".to_owned()];
    parameters.extend(emitter.parameters(operation, field, |argument| argument.target.is_some()));
    call(&format!("{head} {}", name(field.name)), &parameters, end)
}

fn kept_name(ty: &PatchedType<'_>) -> Snippet {
    attribute_of(ty.kind, ty.operation, ty.in_code, format!("name = {}", string(ty.name)))
}

/// An option of a type of the server, as an attribute of its own.
fn attribute_of(kind: TypeKind, operation: Option<OperationKind>, ty: &str, option: String) -> Snippet {
    let first = match kind {
        TypeKind::Object if operation == Some(OperationKind::Subscription) => "graphql_subscription",
        TypeKind::Object => "graphql_object",
        TypeKind::Interface => "graphql_interface",
        TypeKind::Union => "derive(GraphQLUnion)",
        TypeKind::Enum => "derive(GraphQLEnum)",
        TypeKind::InputObject => "derive(GraphQLInputObject)",
        TypeKind::Scalar => "derive(GraphQLScalar)",
    };
    snippet(&format!("below #[{first}] of {ty}"), &attribute([Some(option)]))
}

/// The interface and its implementer name each other.
fn implements(emitter: &Emitter<'_>, interface: NamedType<'_>, implementer: NamedType<'_>) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    if !emitter.comes_back(interface) {
        let option = format!("for = {}", value(implementer));
        snippets.push(attribute_of(interface.kind, None, interface.in_code, option));
    }
    if !emitter.comes_back(implementer) {
        let option = format!("impl = {}", value(interface));
        snippets.push(attribute_of(implementer.kind, None, implementer.in_code, option));
    }
    snippets
}

/// The Rust type of the values of an object or interface.
fn value(ty: NamedType<'_>) -> String {
    let end = if ty.kind == TypeKind::Interface { SPELLING.interface_value } else { "" };
    format!("{}{end}", ty.in_code)
}

/// An object, interface or scalar that comes back.
fn returned(emitter: &Emitter<'_>, ty: &ReturnedType<'_>) -> String {
    let documentation = documentation(ty.description.as_deref());
    let (name, said) = (ty.name, said_type_name(ty.name));
    let list = |option: &str, types: &[NamedType<'_>]| {
        let types: Vec<String> = types.iter().map(|&ty| value(ty)).collect();
        (!types.is_empty()).then(|| format!("{option} = [{}]", types.join(", ")))
    };
    let implements = list("impl", &ty.interfaces);
    match ty.kind {
        TypeKind::Interface => {
            let attribute = attribute([said, list("for", &emitter.implementers(name)), implements]);
            let methods = indented(&methods(emitter, &ty.fields));
            format!("{documentation}#[juniper::graphql_interface]\n{attribute}trait {name} {{\n{methods}}}\n")
        }
        TypeKind::Scalar => {
            let specified =
                ty.specified_by.as_deref().map(|url| format!("specified_by_url = {}", string(url)));
            let attribute = attribute([Some("transparent".to_owned()), said, specified]);
            format!(
                "{documentation}#[derive(Clone, juniper::GraphQLScalar)]\n{attribute}struct {name}(String);\n"
            )
        }
        _ => {
            let (mut data, mut methods) = (String::new(), Vec::new());
            for field in &ty.fields {
                if !field.arguments.is_empty() {
                    methods.push(added_field(emitter, None, field));
                    continue;
                }
                let (ident, value) = (self::name(field.name), emitter.spelling.type_text(&field.ty));
                data += &format!("    {ident}: {value},\n");
                methods.push(format!(
                    "{}fn {ident}(&self) -> &{value} {{\n    &self.{ident}\n}}\n",
                    emitter.field_attribute(field)
                ));
            }
            let attribute = attribute([said, implements]);
            let methods = indented(&methods.join("\n"));
            format!(
                "struct {name} {{\n{data}}}\n\n{documentation}#[juniper::graphql_object]\n{attribute}impl {name} {{\n{methods}}}\n"
            )
        }
    }
}

/// The fields of an interface that come back, and its arguments that change. What answers them are methods of the objects.
fn interface(emitter: &Emitter<'_>, ty: &PatchedType<'_>) -> Vec<Snippet> {
    let methods = indented(&methods(emitter, &ty.fields));
    let mut snippets = vec![snippet(&format!("in the trait {}", ty.in_code), &methods)];
    snippets.extend(ty.arguments.iter().flat_map(|field| emitter.arguments(ty, field).0));
    snippets
}

fn methods(emitter: &Emitter<'_>, fields: &[AddedField<'_>]) -> String {
    let methods = fields.iter().map(|field| {
        let end = format!(" -> {};", emitter.spelling.type_text(&field.ty));
        format!("{}{}\n", emitter.field_attribute(field), signature(emitter, "fn", None, field, &end))
    });
    methods.collect()
}

/// A default as an option of the attribute.
fn default(spelling: &Spelling, value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    match (&value.kind, ty.is_non_null()) {
        (ValueKind::Int(text), _) if ty.named().name == "Int" => format!("default = {text}"),
        (ValueKind::List([]), true) => "default".to_owned(),
        // Without items, a list says nothing of its type.
        (ValueKind::List([]), false) => {
            format!("default = {}::new()", spelling.type_text_of(ty).replace('<', "::<"))
        }
        _ => format!("default = {}", spelling.expression(value, ty)),
    }
}
