//! Juniper (Rust, code first). Its attributes leave methods as they are, so the method of an old name calls that of the new one as
//! any other code would, and takes what that one answers.

use schemacheck_graphql::ast::{OperationKind, Value, ValueKind};

use super::facts::{AddedField, PatchedType, TypeReference};
use super::python::indented;
use super::rust::{Current, Emitter, Spelling, call, emit, name, snippet, together};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Juniper",
    language: "rust",
    packages: &[Package { ecosystem: Ecosystem::Cargo, name: "juniper" }],
    executed_with: "juniper 0.18.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: false,
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
fn added_field(emitter: &Emitter<'_>, ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let is_stream = ty.operation == Some(OperationKind::Subscription);
    let value = emitter.spelling.type_text(&field.ty);
    let (head, answer) = if is_stream { ("async fn", format!("Events<{value}>")) } else { ("fn", value) };
    let (note, body) = match &field.target {
        Some(target) => {
            let target = name(target);
            let arguments = emitter.passed(field);
            if is_stream {
                let stream = call(&format!("self.{target}"), &arguments, ".await");
                (
                    format!("// Where {target} takes a context, write it here as well.\n"),
                    call("events_of", &[stream], ""),
                )
            } else {
                (
                    format!("// Where {target} is async or takes a context, write that here as well.\n"),
                    call(&format!("self.{target}"), &arguments, ".answer()"),
                )
            }
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
    let signature = signature(emitter, head, ty, field, &format!(" -> juniper::FieldResult<{answer}> {{"));
    format!("{note}{}{signature}\n{}}}\n", emitter.field_attribute(field), indented(&body))
}

fn signature(
    emitter: &Emitter<'_>,
    head: &str,
    ty: &PatchedType<'_>,
    field: &AddedField<'_>,
    end: &str,
) -> String {
    let mut parameters = vec!["&self".to_owned()];
    parameters.extend(emitter.parameters(ty, field));
    call(&format!("{head} {}", name(field.name)), &parameters, end)
}

/// The fields of an interface that come back, and its arguments that change. What answers them are methods of the objects.
fn interface(emitter: &Emitter<'_>, ty: &PatchedType<'_>) -> Vec<Snippet> {
    let fields = ty.fields.iter().map(|field| {
        let end = format!(" -> {};", emitter.spelling.type_text(&field.ty));
        format!("{}{}\n", emitter.field_attribute(field), signature(emitter, "fn", ty, field, &end))
    });
    let code: String = fields.collect();
    let mut snippets = Vec::new();
    if !code.is_empty() {
        snippets.push(snippet(&format!("in the trait {}", ty.in_code), &indented(&code)));
    }
    snippets.extend(ty.arguments.iter().flat_map(|field| emitter.arguments(ty, field).0));
    snippets
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
