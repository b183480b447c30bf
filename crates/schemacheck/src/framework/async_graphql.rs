//! async-graphql (Rust, code first). A guard belongs to a field, not to its method, so an old name does not call the method of
//! the new one: it lets the object resolve that field. The stream of a subscription cannot be had in that way.

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};
use schemacheck_graphql::value;

use super::facts::{AddedField, AddedFieldArgument, NamedType, PatchedType, ReturnedType, TypeReference};
use super::python::indented;
use super::rust::{
    Current, Emitter, Spelling, attribute, call, camel_case, documentation, emit, in_enum, name, said_name,
    said_type_name, snippet, string, together,
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
        inherits_interface_fields: &[],
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
    derive_enum: "Enum",
    derive_union: "Union",
    derive_input: "InputObject",
    derive_one_of: "OneofObject",
    kept_name,
    implements,
    returned,
    registered: Some(registered),
    interface,
    helpers: &[
        TOGETHER[0],
        TOGETHER[1],
        TOGETHER[2],
        TOGETHER[3],
        ("Current", CURRENT),
        ("resolved(", RESOLVED),
    ],
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

const RESOLVED: &str = r"/// What a field answers under its new name, with its guards and all else that is around it. `renamed` are old names of
/// arguments with their new ones, `values` those of arguments that had another default.
fn resolved<'a, T>(
    parent: &'a impl ContainerType,
    ctx: &'a Context<'_>,
    field: &str,
    renamed: &[(&str, &str)],
    values: &[(&str, Value)],
) -> std::pin::Pin<Box<dyn Future<Output = Result<Resolved<T>>> + Send + 'a>> {
    let mut item = ctx.item.clone();
    item.node.name.node = Name::new(field);
    let arguments = &mut item.node.arguments;
    for (name, _) in arguments.iter_mut() {
        if let Some((_, new)) = renamed.iter().find(|(old, _)| name.node == *old) {
            name.node = Name::new(new);
        }
    }
    for (name, value) in values {
        arguments.retain(|(known, _)| known.node != *name);
        let name = Positioned::new(Name::new(name), item.pos);
        arguments.push((name, Positioned::new(value.clone().into_value(), item.pos)));
    }
    Box::pin(async move {
        let mut ctx = ctx.clone();
        ctx.item = &item;
        match parent.resolve_field(&ctx).await {
            Ok(value) => Ok(Resolved(value.unwrap_or_default(), std::marker::PhantomData)),
            Err(ServerError { message, source, extensions, .. }) => Err(Error { message, source, extensions }),
        }
    })
}

/// What stands for a `T` that is resolved.
struct Resolved<T>(Value, std::marker::PhantomData<fn() -> T>);

impl<T: OutputType> OutputType for Resolved<T> {
    fn type_name() -> std::borrow::Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut registry::Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<parser::types::Field>,
    ) -> ServerResult<Value> {
        Ok(self.0.clone())
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
fn added_field(emitter: &Emitter<'_>, operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let value = emitter.spelling.type_text(&field.ty);
    let is_stream = operation == Some(OperationKind::Subscription);
    let is_passed = |argument: &AddedFieldArgument<'_>| {
        if is_stream { argument.target.is_some() } else { other_default(field, argument).is_some() }
    };
    let mut parameters = vec!["&self".to_owned(), "ctx: &Context<'_>".to_owned()];
    parameters.extend(emitter.parameters(operation, field, is_passed));
    let (note, answer, body) = match (&field.target, is_stream) {
        (Some(target), true) => {
            let target = name(target);
            let mut arguments = vec!["ctx".to_owned()];
            arguments.extend(emitter.passed(field));
            let body = call(&format!("Ok(self.{target}"), &arguments, ".await?)");
            (
                format!("// A guard of {target} goes here as well.\n"),
                format!("impl Stream<Item = {value}>"),
                body,
            )
        }
        (Some(target), false) => (String::new(), format!("Resolved<{value}>"), resolved(field, target)),
        (None, true) => (
            String::new(),
            format!("impl Stream<Item = {value}>"),
            format!(
                "Err::<async_graphql::futures_util::stream::Empty<{value}>, _>(\"put the resolver back\".into())"
            ),
        ),
        (None, false) => (String::new(), value, "Err(\"put the resolver back\".into())".to_owned()),
    };
    let head = format!("async fn {}", name(field.name));
    let signature = call(&head, &parameters, &format!(" -> Result<{answer}> {{"));
    format!("{note}{}{signature}\n{}}}\n", emitter.field_attribute(field), indented(&body))
}

/// The call that answers as the field under its new name.
fn resolved(field: &AddedField<'_>, target: &str) -> String {
    let (mut renamed, mut values) = (Vec::new(), Vec::new());
    for argument in &field.arguments {
        let Some(new) = argument.target.as_deref() else { continue };
        let old = argument.argument.name;
        if old != new {
            renamed.push(format!("({}, {})", string(old), string(new)));
        }
        if let Some(ident) = other_default(field, argument) {
            values.push(format!("({}, {ident}.to_value())", string(new)));
        }
    }
    let lists = [renamed, values].map(|list| format!("&[{}]", list.join(", ")));
    let mut arguments = vec!["self".to_owned(), "ctx".to_owned(), string(target)];
    arguments.extend(lists);
    call("resolved", &arguments, ".await")
}

/// The name in Rust of an argument that has another default than the new one: its value has to be passed.
fn other_default(field: &AddedField<'_>, argument: &AddedFieldArgument<'_>) -> Option<String> {
    let old = argument.argument.default.map(value::write)?;
    let new = field.target_arguments.iter().find(|known| argument.target.as_deref() == Some(known.name))?;
    (new.default.map(value::write) != Some(old)).then(|| SPELLING.argument_name(argument.argument.name))
}

fn kept_name(ty: &PatchedType<'_>) -> Snippet {
    let option = format!("name = {}", string(ty.name));
    let attribute = match ty.kind {
        TypeKind::Object if ty.operation == Some(OperationKind::Subscription) => Err("Subscription"),
        TypeKind::Object if ty.operation.is_some() => Err("Object"),
        TypeKind::Scalar => Err("Scalar"),
        TypeKind::Object => Ok("SimpleObject"),
        TypeKind::Interface => Ok("Interface"),
        TypeKind::Union => Ok("Union"),
        TypeKind::Enum => Ok("Enum"),
        TypeKind::InputObject => Ok("InputObject"),
    };
    match attribute {
        Ok("SimpleObject") => snippet(
            &format!(
                "below #[derive(SimpleObject)] of {} (in #[Object(...)], where it has that)",
                ty.in_code
            ),
            &attribute_line(option),
        ),
        Ok(derive) => {
            snippet(&format!("below #[derive({derive})] of {}", ty.in_code), &attribute_line(option))
        }
        Err(attribute) => {
            snippet(&format!("in #[{attribute}(...)] of {}", ty.in_code), &format!("{option},\n"))
        }
    }
}

fn attribute_line(option: String) -> String {
    attribute([Some(option)])
}

/// An interface is an enum of its implementers.
fn implements(emitter: &Emitter<'_>, interface: NamedType<'_>, implementer: NamedType<'_>) -> Vec<Snippet> {
    if emitter.comes_back(interface) {
        Vec::new()
    } else {
        vec![in_enum(interface.in_code, implementer.in_code)]
    }
}

/// An interface that comes back: no field may answer it.
fn registered(interface: &ReturnedType<'_>) -> Snippet {
    snippet("on the builder of the schema", &format!(".register_output_type::<{}>()\n", interface.name))
}

/// An object, interface or scalar that comes back.
fn returned(emitter: &Emitter<'_>, ty: &ReturnedType<'_>) -> String {
    let spelling = emitter.spelling;
    let documentation = documentation(ty.description.as_deref());
    let (name, said) = (ty.name, said_type_name(ty.name));
    match ty.kind {
        TypeKind::Interface => {
            let fields = ty.fields.iter().map(|field| interface_field(spelling, field, "&"));
            let variants = emitter.implementers(name).into_iter();
            let variants: Vec<String> = variants.map(|ty| in_enum(name, ty.in_code).code).collect();
            format!(
                "{documentation}#[derive(Interface)]\n{}{}enum {name} {{\n{variants}}}\n",
                attribute([said]),
                fields.collect::<String>(),
                variants = variants.concat(),
            )
        }
        TypeKind::Scalar => {
            let specified =
                ty.specified_by.as_deref().map(|url| format!("specified_by_url = {}", string(url)));
            let options: Vec<String> = said.into_iter().chain(specified).collect();
            let options =
                if options.is_empty() { String::new() } else { format!("({})", options.join(", ")) };
            format!(
                "#[derive(Clone)]\nstruct {name}(Value);\n\n{documentation}#[Scalar{options}]\nimpl ScalarType for {name} {{\n    \
                 fn parse(value: Value) -> InputValueResult<Self> {{\n        Ok(Self(value))\n    }}\n\n    \
                 fn to_value(&self) -> Value {{\n        self.0.clone()\n    }}\n}}\n"
            )
        }
        _ => {
            let (fields, methods): (Vec<_>, Vec<_>) =
                ty.fields.iter().partition(|field| field.arguments.is_empty());
            let complex = (!methods.is_empty()).then(|| "complex".to_owned());
            let fields = fields.iter().map(|field| {
                let ident = self::name(field.name);
                format!("{}{ident}: {},\n", emitter.field_attribute(field), spelling.type_text(&field.ty))
            });
            let fields = indented(&fields.collect::<String>());
            let mut code = format!(
                "{documentation}#[derive(SimpleObject)]\n{}struct {name} {{\n{fields}}}\n",
                attribute([complex, said])
            );
            let methods: Vec<String> =
                methods.iter().map(|field| added_field(emitter, None, field)).collect();
            if !methods.is_empty() {
                code += &format!("\n#[ComplexObject]\nimpl {name} {{\n{}}}\n", indented(&methods.join("\n")));
            }
            code
        }
    }
}

/// The fields of an interface that come back. What answers them are methods of the objects.
fn interface(emitter: &Emitter<'_>, ty: &PatchedType<'_>) -> Vec<Snippet> {
    let fields = ty.fields.iter().map(|field| interface_field(emitter.spelling, field, ""));
    let code: String = fields.collect();
    let place = format!("below #[derive(Interface)] of {}", ty.in_code);
    let mut snippets = vec![snippet(&place, &code)];
    for field in &ty.arguments {
        let code = format!(
            "// {}.{}: in the interface, the arguments that the objects have.\n",
            ty.name, field.field
        );
        snippets.push(snippet("by hand", &code));
    }
    snippets
}

/// A field of an interface, whose value the methods of the objects give as such or as a reference.
fn interface_field(spelling: &Spelling, field: &AddedField<'_>, reference: &str) -> String {
    let ident = name(field.name);
    let mut options = match said_name(field.name) {
        Some(said) => vec![said, format!("method = {}", string(&ident))],
        None => vec![format!("name = {}", string(&ident))],
    };
    let ty = spelling.type_text(&field.ty);
    // The method of an alias has not the value but what the new field made of it.
    let ty = match field.target {
        Some(_) => format!("Resolved<{ty}>"),
        None if field.arguments.is_empty() => format!("{reference}{ty}"),
        None => ty,
    };
    options.push(format!("ty = {}", string(&ty)));
    options.extend(field.description.as_deref().map(|text| format!("desc = {}", string(text))));
    options.extend(spelling.deprecation(field.deprecation.as_deref()));
    for argument in field.arguments.iter().map(|known| &known.argument) {
        let ident = name(argument.name);
        if camel_case(ident.trim_start_matches("r#")) != argument.name {
            return format!("// {}: with the arguments that it has in the objects, by hand.\n", field.name);
        }
        let mut parts = vec![format!("name = {}", string(&ident))];
        parts.push(format!("ty = {}", string(&spelling.input_type(argument))));
        parts.extend(argument.description.as_deref().map(|text| format!("desc = {}", string(text))));
        parts.extend(argument.default.map(|value| (spelling.default)(spelling, value, &argument.ty)));
        parts.extend(spelling.deprecation(argument.deprecation.as_deref()));
        options.push(format!("arg({})", parts.join(", ")));
    }
    attribute([Some(format!("field({})", options.join(", ")))])
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
