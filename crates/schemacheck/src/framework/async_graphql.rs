//! async-graphql (Rust, code first). Its attributes make each method one that takes the context and answers a `Result`, so any
//! method of a new name can be called alike.

use schemacheck_graphql::ast::{OperationKind, Value, ValueKind};

use super::facts::{AddedField, PatchedType, TypeReference};
use super::python::indented;
use super::rust::{
    Current, Emitter, Spelling, attribute, call, emit, name, said_name, snippet, string, together,
};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "async-graphql",
    language: "rust",
    packages: &[Package { ecosystem: Ecosystem::Cargo, name: "async-graphql" }],
    executed_with: "async-graphql 7.2.1",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: false,
        enum_alias: EnumAlias::Distinct,
        schema_first: false,
    },
    emit: |server| emit(&SPELLING, server),
};

static SPELLING: Spelling = Spelling {
    imports: "use async_graphql::*;\n",
    result: "Result",
    given: "MaybeUndefined",
    undefined: "Undefined",
    value: "Value",
    option: "take",
    id: "ID",
    new_id: "ID::from",
    interface_value: "",
    deprecation: "deprecation",
    deprecates_arguments_of_subscriptions: true,
    default,
    reserved: &["ctx"],
    current: Current::Option("process_with = \"Current::update\""),
    implementation,
    added_field,
    interface,
    helpers: &[TOGETHER[0], TOGETHER[1], TOGETHER[2], TOGETHER[3], ("Current", CURRENT)],
};

const TOGETHER: [(&str, &str); 4] =
    together!("Result", "MaybeUndefined", "Undefined", "Null", "Value", "take");

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

fn implementation(ty: &str, variants: &[(String, String)]) -> String {
    let statement = |(old, new): &(String, String)| {
        format!("        if *self == Self::{old} {{\n            *self = Self::{new};\n        }}\n")
    };
    let statements: String = variants.iter().map(statement).collect();
    format!("impl Current for {ty} {{\n    fn update(&mut self) {{\n{statements}    }}\n}}\n")
}

/// A method for a field that comes back.
fn added_field(emitter: &Emitter<'_>, ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let mut parameters = vec!["&self".to_owned(), "ctx: &Context<'_>".to_owned()];
    parameters.extend(emitter.parameters(ty, field));
    let is_stream = ty.operation == Some(OperationKind::Subscription);
    let value = emitter.spelling.type_text(&field.ty);
    let answer = if is_stream { format!("impl Stream<Item = {value}>") } else { value.clone() };
    let (note, body) = match &field.target {
        Some(target) => {
            let target = name(target);
            // The method that `SimpleObject` makes of a field gives a reference.
            let may_be_field = ty.operation.is_none() && field.target_arguments.is_empty();
            let end = if may_be_field { ".await?.to_owned())" } else { ".await?)" };
            let mut arguments = vec!["ctx".to_owned()];
            arguments.extend(emitter.passed(field));
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
    let head = format!("async fn {}", name(field.name));
    let signature = call(&head, &parameters, &format!(" -> Result<{answer}> {{"));
    format!("{note}{}{signature}\n{}}}\n", emitter.field_attribute(field), indented(&body))
}

/// The fields of an interface that come back. What answers them are methods of the objects.
fn interface(emitter: &Emitter<'_>, ty: &PatchedType<'_>) -> Vec<Snippet> {
    let spelling = emitter.spelling;
    let mut snippets = Vec::new();
    let fields = ty.fields.iter().map(|field| {
        let ident = name(field.name);
        let mut options = match said_name(field.name) {
            Some(said) => vec![said, format!("method = {}", string(&ident))],
            None => vec![format!("name = {}", string(&ident))],
        };
        options.push(format!("ty = {}", string(&spelling.type_text(&field.ty))));
        options.extend(spelling.deprecation(field.deprecation.as_deref()));
        attribute([Some(format!("field({})", options.join(", ")))])
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

/// A default as an option of the attribute.
fn default(spelling: &Spelling, value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    match (&value.kind, ty.is_non_null()) {
        (ValueKind::Int(text), _) if !text.starts_with('-') && ty.named().name == "Int" => {
            format!("default = {text}")
        }
        (ValueKind::List([]), true) => "default".to_owned(),
        _ => format!("default_with = {}", string(&spelling.expression(value, ty))),
    }
}
