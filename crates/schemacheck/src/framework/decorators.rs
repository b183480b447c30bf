//! What the frameworks have in common that say a schema with decorators on classes: `NestJS` and `TypeGraphQL`.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::Snippet;
use super::facts::{
    AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedType, TypeReference,
};
use super::javascript::{
    AddedFields, PUT_BACK, call_as, current, declared, identifier, import, indented, input_arguments,
    is_subscription, literal, moved, property, string,
};

/// How a framework spells what both have.
pub(super) struct Spelling {
    /// The package that has the decorators.
    pub(super) package: &'static str,
    /// The decorator of an argument, from its name, its type and its options.
    pub(super) argument: fn(&str, &str, Vec<String>) -> String,
    /// The option of `registerEnumType` that holds what is said of each value.
    pub(super) enum_values: &'static str,
    /// The decorator of a field of an object type in a class of resolvers, without its `@`, as the following ones.
    pub(super) field: &'static str,
    /// Those of the parameters that get the parent and the context.
    pub(super) parent: &'static str,
    pub(super) context: &'static str,
    /// The options and the body of a subscription, from the calls that give the stream and the payload of another one;
    /// nothing where the field was removed.
    #[allow(clippy::type_complexity, reason = "two texts in, two texts out")]
    pub(super) subscription: fn(Option<[&str; 2]>) -> (Vec<String>, String),
    /// Whether the source stream of a subscription is an option of its decorator, which gets the arguments too.
    pub(super) has_streams_apart: bool,
    /// Where the server lists its classes of resolvers.
    pub(super) list: &'static str,
}

impl Spelling {
    /// The code for all that changes in classes, parameters and enums that the server has.
    pub(super) fn changes(&self, types: &[PatchedType<'_>]) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        for ty in types {
            enum_values(&mut snippets, ty, self.enum_values);
            input_fields(&mut snippets, ty);
            for field in &ty.non_null {
                let place = format!("in the options of {} of {}, in place of nullable", field.name, ty.name);
                let option = nullability(&field.ty).unwrap_or_else(|| "nullable: false".to_owned());
                push(&mut snippets, place, format!("{option},\n"));
            }
            for field in &ty.arguments {
                self.parameters(&mut snippets, ty.name, field);
                if self.has_streams_apart && is_subscription(ty) {
                    let place = format!("first in the subscribe of {} of {}", field.field, ty.name);
                    push(&mut snippets, place, moved("args", &field.patches));
                }
            }
        }
        for ((ty, field), positions) in input_arguments(types) {
            let statement = |name: &str, ty: &TypeReference<'_>| current(&identifier(name), ty);
            let code = positions.iter().map(|position| statement(position.name, &position.ty)).collect();
            push(&mut snippets, format!("first in the body of {field} of {ty}"), code);
        }
        snippets
    }

    /// The parameters of arguments, and what brings them together.
    fn parameters(&self, snippets: &mut Vec<Snippet>, ty: &str, field: &PatchedArguments<'_>) {
        let of = format!("{} of {ty}", field.field);
        let mut new = String::new();
        for (argument, replaces) in declared(&field.patches) {
            let decorator = self.argument(argument);
            if replaces {
                let place =
                    format!("in the parameters of {of}, in place of the decorator of {}", argument.name);
                push(snippets, place, format!("{decorator}\n"));
            } else {
                new += &format!("{decorator} {}: {},\n", identifier(argument.name), typescript(&argument.ty));
            }
        }
        push(snippets, format!("in the parameters of {of}"), new);
        let mut names = Vec::new();
        let mut taken = Vec::new();
        for patch in &field.patches {
            if let InputPatchKind::Renamed { old, new, .. } = &patch.kind {
                names.extend([property(new.name), property(old.name)]);
                taken.push(property(new.name));
            }
        }
        let mut body = String::new();
        if !names.is_empty() {
            body += &format!("const given = {{ {} }};\n", names.join(", "));
        }
        body += &moved("given", &field.patches);
        if !taken.is_empty() {
            body += &format!("({{ {} }} = given);\n", taken.join(", "));
        }
        push(snippets, format!("first in the body of {of}"), body);
    }

    fn argument(&self, argument: &InputFacts<'_>) -> String {
        (self.argument)(argument.name, &type_function(&argument.ty), input_options(argument))
    }

    /// The classes with the resolvers of those fields that come back and that `own` says need one.
    pub(super) fn added_fields(
        &self,
        types: &[PatchedType<'_>],
        own: impl Fn(&PatchedType<'_>, &AddedField<'_>) -> bool,
    ) -> Option<AddedFields> {
        let mut code = String::new();
        let mut names = Vec::new();
        for ty in types {
            let fields = ty.fields.iter().filter(|field| own(ty, field));
            let methods: Vec<String> = fields.map(|field| indented(&self.method(ty, field))).collect();
            if methods.is_empty() {
                continue;
            }
            let of = if ty.operation.is_some() { String::new() } else { format!("() => {}", ty.name) };
            let name = format!("Old{}Names", ty.name);
            code += &format!("\n@Resolver({of})\nexport class {name} {{\n{}}}\n", methods.join("\n"));
            names.push(name);
        }
        let decorators =
            ["Resolver", "Query", "Mutation", "Subscription", self.field, self.parent, self.context, "Info"];
        let mut imports: Vec<&str> =
            decorators.into_iter().filter(|name| code.contains(&format!("@{name}("))).collect();
        imports.extend(["Arg", "Args"].into_iter().filter(|name| code.contains(&format!("@{name}('"))));
        // Those scalars that are classes of the framework; the others are of the language.
        let scalar = |name: &&str| {
            let ends = [",", ")", "]", " "];
            ["() => ", "["]
                .iter()
                .any(|start| ends.iter().any(|end| code.contains(&format!("{start}{name}{end}"))))
        };
        imports.extend(["Float", "ID", "Int"].into_iter().filter(scalar));
        let imports = import(&imports, self.package) + &import(&["type GraphQLResolveInfo"], "graphql");
        (!names.is_empty()).then_some(AddedFields { imports, code, names, list: self.list })
    }

    fn method(&self, ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
        let subscription = is_subscription(ty);
        let calls = field
            .target
            .as_ref()
            .map(|target| ["subscribeAs", "resolveAs"].map(|helper| call_as(helper, field, target)));
        let calls = calls.as_ref().map(|calls| calls.each_ref().map(String::as_str));
        let arguments: Vec<String> =
            field.arguments.iter().map(|argument| property(argument.argument.name)).collect();
        let arguments =
            if arguments.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", arguments.join(", ")) };
        let mut options: Vec<String> = nullability(&field.ty).into_iter().collect();
        options
            .extend(field.deprecation.iter().map(|reason| format!("deprecationReason: {}", string(reason))));
        let body = if subscription {
            let (more, body) = (self.subscription)(calls);
            options.extend(more);
            body.replace("{arguments}", &arguments)
        } else {
            calls.map_or(PUT_BACK.to_owned(), |[_, resolve]| {
                format!("return {resolve}(parent, {arguments}, context, info);")
            })
        };
        let decorator = match ty.operation {
            Some(OperationKind::Query) => "Query",
            Some(OperationKind::Mutation) => "Mutation",
            Some(OperationKind::Subscription) => "Subscription",
            None => self.field,
        };
        let mut parameters = vec![format!("@{}() parent: any,\n", self.parent)];
        parameters.extend(field.arguments.iter().map(|argument| {
            let argument = &argument.argument;
            format!(
                "{} {}: {},\n",
                self.argument(argument),
                identifier(argument.name),
                typescript(&argument.ty)
            )
        }));
        parameters
            .push(format!("@{}() context: unknown,\n@Info() info: GraphQLResolveInfo,\n", self.context));
        let generator =
            if subscription && field.target.is_none() && !self.has_streams_apart { "async *" } else { "" };
        format!(
            "{}{generator}{}(\n{}): any {{\n{}}}\n",
            decorator_of_field(decorator, &field.ty, &options),
            field.name,
            indented(&parameters.concat()),
            indented(&body)
        )
    }
}

/// Adds code at a place, behind what is already there.
pub(super) fn push(snippets: &mut Vec<Snippet>, place: String, code: String) {
    if code.is_empty() {
        return;
    }
    match snippets.iter_mut().find(|snippet| snippet.place == place) {
        Some(snippet) => snippet.code += &code,
        None => snippets.push(Snippet { place, code }),
    }
}

/// graphql-js answers the last of several names of a value, so the old one stands above the new one.
fn enum_values(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>, option: &str) {
    for value in &ty.enum_values {
        let place = match &value.target {
            Some(target) => format!("in the enum {}, above {target}, whose value it has", ty.name),
            None => format!("in the enum {}", ty.name),
        };
        let internal = string(value.target.as_deref().unwrap_or(value.name));
        push(snippets, place, format!("{} = {internal},\n", value.name));
        let reason = value.deprecation.as_deref().unwrap_or_default();
        let code = format!("{}: {{ deprecationReason: {} }},\n", value.name, string(reason));
        push(snippets, format!("in registerEnumType of {}, in its {option}", ty.name), code);
    }
}

fn input_fields(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
    for (input, replaces) in declared(&ty.input_fields) {
        let decorator = decorator_of_field("Field", &input.ty, &input_options(input));
        if replaces {
            let place = format!("in the class {}, in place of the decorator of {}", ty.name, input.name);
            push(snippets, place, decorator);
        } else {
            let code =
                format!("\n{decorator}{}?: {};\n", input.name, typescript(input.ty.nullable()) + " | null");
            push(snippets, format!("in the class {}", ty.name), code);
        }
    }
}

fn input_options(input: &InputFacts<'_>) -> Vec<String> {
    let mut options: Vec<String> = nullability(&input.ty).into_iter().collect();
    if let Some(value) = input.default {
        let NamedType { in_code, kind, .. } = input.ty.named();
        let enum_value =
            |value: &str| if kind == TypeKind::Enum { format!("{in_code}.{value}") } else { string(value) };
        options.push(format!("defaultValue: {}", literal(value, &enum_value)));
    }
    options.extend(input.deprecation.iter().map(|reason| format!("deprecationReason: {}", string(reason))));
    options
}

/// Options as an object literal behind a comma; nothing where there are none.
pub(super) fn further_options(options: &[String]) -> String {
    if options.is_empty() { String::new() } else { format!(", {{ {} }}", options.join(", ")) }
}

/// The decorator that makes a member a field, on a line of its own or on several where one is too long.
pub(super) fn decorator_of_field(name: &str, ty: &TypeReference<'_>, options: &[String]) -> String {
    let ty = type_function(ty);
    let line = format!("@{name}({ty}{})\n", further_options(options));
    if line.len() <= 120 && line.lines().count() == 1 {
        return line;
    }
    let options = options.join(",\n") + ",\n";
    format!("@{name}({ty}, {{\n{}}})\n", indented(&options))
}

/// The option `nullable`; nothing where a type is non-null throughout.
pub(super) fn nullability(ty: &TypeReference<'_>) -> Option<String> {
    let items = match ty.nullable() {
        TypeReference::List(item) => !item.is_non_null(),
        _ => false,
    };
    match (!ty.is_non_null(), items) {
        (true, false) => Some("nullable: true".to_owned()),
        (true, true) => Some("nullable: 'itemsAndList'".to_owned()),
        (false, true) => Some("nullable: 'items'".to_owned()),
        (false, false) => None,
    }
}

/// A type as both frameworks take it: the classes of the built-in scalars, everything else by its name.
fn type_function(ty: &TypeReference<'_>) -> String {
    fn class(ty: &TypeReference<'_>) -> String {
        match ty.nullable() {
            TypeReference::List(item) => format!("[{}]", class(item)),
            other => other.named().in_code.to_owned(),
        }
    }
    format!("() => {}", class(ty))
}

/// The type of a value in TypeScript. A value that may be null may be absent.
fn typescript(ty: &TypeReference<'_>) -> String {
    let inner = match ty.nullable() {
        TypeReference::List(item) if item.is_non_null() => format!("{}[]", typescript(item)),
        TypeReference::List(item) => format!("({} | null)[]", typescript_named(item)),
        other => typescript_named(other),
    };
    if ty.is_non_null() { inner } else { format!("{inner} | null | undefined") }
}

fn typescript_named(ty: &TypeReference<'_>) -> String {
    match ty.nullable() {
        TypeReference::List(_) => "unknown[]".to_owned(),
        other => match other.named() {
            NamedType { name: "ID" | "String", .. } => "string".to_owned(),
            NamedType { name: "Int" | "Float", .. } => "number".to_owned(),
            NamedType { name: "Boolean", .. } => "boolean".to_owned(),
            NamedType { kind: TypeKind::Scalar, .. } => "unknown".to_owned(),
            NamedType { in_code, .. } => in_code.to_owned(),
        },
    }
}
