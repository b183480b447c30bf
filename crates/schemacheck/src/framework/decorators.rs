//! What the frameworks have in common that say a schema with decorators on classes: `NestJS` and `TypeGraphQL`.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::facts::{
    AddedEnumValue, AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedServer,
    PatchedType, ReturnedType, TypeReference,
};
use super::javascript::{
    Code, Module, PUT_BACK, call_as, current, declared, identifier, import, indented, input_arguments,
    is_subscription, literal, moved, property, push, string,
};
use super::{DEFINED, Snippet, directives};

/// The module with the resolvers of fields that come back.
const FIELDS: &str = "oldFields";

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
    /// Whether it knows input objects of which exactly one field has to be given.
    pub(super) has_one_of: bool,
    /// Whether a class may name an interface that is defined after it.
    pub(super) has_late_interfaces: bool,
    /// Where the server lists its classes of resolvers.
    pub(super) list: &'static str,
    /// Where it lists its directives.
    pub(super) directives: &'static str,
}

impl Spelling {
    /// All code of a server; a field that comes back gets a resolver of its own where `own` says so.
    pub(super) fn code(
        &self,
        server: &PatchedServer<'_>,
        own: impl Fn(&PatchedType<'_>, &AddedField<'_>) -> bool,
    ) -> Code {
        let types = &server.types;
        let mut code = Code { snippets: self.changes(types), ..Code::default() };
        for ty in types {
            Self::kept_name(&mut code.of_types, ty);
            self.memberships(&mut code.of_types, ty);
        }
        self.returned_types(&mut code, &server.returned);
        code.modules.extend(self.added_fields(server, own));
        if let Some(classes) = code.modules.iter().find(|module| module.name == FIELDS) {
            push(&mut code.snippets, self.list.to_owned(), classes.names.join(",\n") + ",\n");
        }
        code.modules.extend(directives::definitions(&server.directives, self.directives, &mut code.snippets));
        code
    }

    /// The code for all that changes in classes, parameters and enums that the server has.
    fn changes(&self, types: &[PatchedType<'_>]) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        for ty in types {
            enum_values(&mut snippets, ty, self.enum_values);
            input_fields(&mut snippets, ty);
            if ty.loses_one_of() && self.has_one_of {
                let place = format!("in the options of the class {}, in place of isOneOf", ty.in_code);
                push(&mut snippets, place, "isOneOf: false,\n".to_owned());
            }
            for field in &ty.non_null {
                let place =
                    format!("in the options of {} of {}, in place of nullable", field.name, ty.in_code);
                let option = nullability(&field.ty).unwrap_or_else(|| "nullable: false".to_owned());
                push(&mut snippets, place, format!("{option},\n"));
            }
            for field in &ty.arguments {
                self.parameters(&mut snippets, ty.in_code, field);
                if self.has_streams_apart && is_subscription(ty.operation) {
                    let place = format!("first in the subscribe of {} of {}", field.field, ty.in_code);
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

    /// A type under the name that it keeps. The root types have no names of their own here.
    fn kept_name(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
        if !ty.keeps_name() || ty.operation.is_some() {
            return;
        }
        let place = match ty.kind {
            TypeKind::Object | TypeKind::Interface | TypeKind::InputObject => {
                format!("first in the decorator of the class {}, in place of its name", ty.in_code)
            }
            kind => format!("in place of the name of the {} {}", kind.keyword(), ty.in_code),
        };
        push(snippets, place, format!("{},\n", string(ty.name)));
    }

    /// Interfaces that a type implements again, and members that a union gets again.
    fn memberships(&self, snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
        if !ty.interfaces.is_empty() {
            let place = format!("in the options of the class {}, in place of implements", ty.in_code);
            push(snippets, place, format!("{},\n", self.implements(&ty.all_interfaces)));
        }
        let members = ty.members.iter().map(|member| format!("{},\n", member.ty.in_code));
        push(snippets, format!("in the types of the union {}", ty.in_code), members.collect());
    }

    fn implements(&self, interfaces: &[NamedType<'_>]) -> String {
        let names: Vec<&str> = interfaces.iter().map(|interface| interface.in_code).collect();
        let late = if self.has_late_interfaces { "() => " } else { "" };
        format!("implements: {late}[{}]", names.join(", "))
    }

    /// Types that come back, in a module of their own. A class that names interfaces of the server as it is defined stands
    /// below those.
    fn returned_types(&self, code: &mut Code, returned: &[ReturnedType<'_>]) {
        let (mut definitions, mut names) = (String::new(), Vec::new());
        let can_say = |ty: &&ReturnedType<'_>| self.has_one_of || !ty.one_of;
        let returned_of = |kind| returned.iter().filter(can_say).filter(move |ty| ty.kind == kind);
        for ty in DEFINED.into_iter().flat_map(returned_of) {
            let definition = self.returned_type(ty);
            let of_server =
                |interface: &&NamedType<'_>| returned.iter().all(|known| known.name != interface.name);
            let interfaces = ty.interfaces.iter().filter(of_server).map(|interface| interface.in_code);
            let interfaces: Vec<&str> = interfaces.collect();
            if interfaces.is_empty() || self.has_late_interfaces {
                definitions += &definition;
                names.push(ty.name.to_owned());
            } else {
                let place = format!("below the class {}", interfaces.join(" and the class "));
                push(&mut code.of_types, place, definition);
            }
        }
        if !names.is_empty() {
            let imports = self.imports(&definitions);
            code.modules.push(Module {
                name: "oldTypes",
                imports,
                code: definitions,
                names,
                names_types: true,
            });
        }
    }

    fn returned_type(&self, ty: &ReturnedType<'_>) -> String {
        let name = ty.name;
        let mut options: Vec<String> = description(ty.description.as_deref()).into_iter().collect();
        let resolve_type = format!("resolveType: (value: any): any => {{\n{}}}", indented(PUT_BACK));
        let resolve_type = ty.answered.then_some(resolve_type);
        match ty.kind {
            TypeKind::Scalar => {
                options.insert(0, format!("name: {}", string(name)));
                options.extend(ty.specified_by.iter().map(|url| format!("specifiedByURL: {}", string(url))));
                format!("\nexport const {name} = new GraphQLScalarType({{\n{}}});\n", listed(&options))
            }
            TypeKind::Enum => {
                let values =
                    ty.enum_values.iter().map(|value| format!("{} = {},\n", value.name, string(value.name)));
                let values = indented(&values.collect::<String>());
                options.insert(0, format!("name: {}", string(name)));
                let said: String = ty.enum_values.iter().filter_map(said_of_value).collect();
                if !said.is_empty() {
                    options.push(format!("{}: {{\n{}}}", self.enum_values, indented(&said)));
                }
                let options = listed(&options);
                format!("\nexport enum {name} {{\n{values}}}\n\nregisterEnumType({name}, {{\n{options}}});\n")
            }
            TypeKind::Union => {
                let members: Vec<&str> = ty.members.iter().map(|member| member.in_code).collect();
                options.insert(0, format!("name: {}", string(name)));
                options.push(format!("types: () => [{}] as const", members.join(", ")));
                options.extend(resolve_type);
                format!("\nexport const {name} = createUnionType({{\n{}}});\n", listed(&options))
            }
            TypeKind::InputObject => {
                options.extend(ty.one_of.then(|| "isOneOf: true".to_owned()));
                let fields = ty.input_fields.iter().map(|field| {
                    let decorator = decorator_of_field("Field", &field.ty, &input_options(field));
                    format!("{decorator}{}!: {};\n", field.name, property_type(&field.ty))
                });
                class("InputType", &options, name, fields)
            }
            TypeKind::Interface | TypeKind::Object => {
                if !ty.interfaces.is_empty() {
                    options.push(self.implements(&ty.interfaces));
                }
                let without_arguments = ty.fields.iter().filter(|field| field.arguments.is_empty());
                let fields = without_arguments.map(|field| {
                    let decorator = decorator_of_field("Field", &field.ty, &field_options(field));
                    format!("{decorator}{}!: {};\n", field.name, property_type(&field.ty))
                });
                if ty.kind == TypeKind::Object {
                    return class("ObjectType", &options, name, fields);
                }
                options.extend(resolve_type);
                class("InterfaceType", &options, name, fields)
                    .replace("export class", "export abstract class")
            }
        }
    }

    /// The classes with the resolvers of those fields that come back and that `own` says need one.
    fn added_fields(
        &self,
        server: &PatchedServer<'_>,
        own: impl Fn(&PatchedType<'_>, &AddedField<'_>) -> bool,
    ) -> Option<Module> {
        let mut code = String::new();
        let mut names = Vec::new();
        let patched = server.types.iter().map(|ty| {
            let fields: Vec<&AddedField<'_>> = ty.fields.iter().filter(|field| own(ty, field)).collect();
            (ty.in_code, ty.operation, fields)
        });
        // A field with arguments needs a resolver; without, it is a property of the value.
        let returned = server.returned.iter().map(|ty| {
            let fields = ty.fields.iter().filter(|field| !field.arguments.is_empty());
            (ty.name, None, fields.collect())
        });
        for (ty, operation, fields) in patched.chain(returned) {
            let methods: Vec<String> =
                fields.into_iter().map(|field| indented(&self.method(operation, field))).collect();
            if methods.is_empty() {
                continue;
            }
            let of = if operation.is_some() { String::new() } else { format!("() => {ty}") };
            let name = format!("Old{ty}Names");
            code += &format!("\n@Resolver({of})\nexport class {name} {{\n{}}}\n", methods.join("\n"));
            names.push(name);
        }
        let imports = self.imports(&code) + &import(&["type GraphQLResolveInfo"], "graphql");
        (!names.is_empty()).then_some(Module { name: FIELDS, imports, code, names, names_types: true })
    }

    /// What code imports from the framework, and from graphql-js for types.
    fn imports(&self, code: &str) -> String {
        let decorators = [
            "Resolver",
            "Query",
            "Mutation",
            "Subscription",
            self.field,
            self.parent,
            self.context,
            "Info",
            "Field",
            "InputType",
            "InterfaceType",
            "ObjectType",
        ];
        let mut imports: Vec<&str> =
            decorators.into_iter().filter(|name| code.contains(&format!("@{name}("))).collect();
        imports.extend(["Arg", "Args"].into_iter().filter(|name| code.contains(&format!("@{name}('"))));
        let functions = ["createUnionType", "registerEnumType"];
        imports.extend(functions.into_iter().filter(|name| code.contains(&format!("{name}("))));
        // Those scalars that are classes of the framework; the others are of the language.
        let scalar = |name: &&str| {
            let ends = [",", ")", "]", " "];
            ["() => ", "["]
                .iter()
                .any(|start| ends.iter().any(|end| code.contains(&format!("{start}{name}{end}"))))
        };
        imports.extend(["Float", "ID", "Int"].into_iter().filter(scalar));
        let of_framework = if imports.is_empty() { String::new() } else { import(&imports, self.package) };
        let scalars = code.contains("new GraphQLScalarType(");
        of_framework + &if scalars { import(&["GraphQLScalarType"], "graphql") } else { String::new() }
    }

    fn method(&self, operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
        let subscription = is_subscription(operation);
        let calls = field
            .target
            .as_ref()
            .map(|target| ["subscribeAs", "resolveAs"].map(|helper| call_as(helper, field, target)));
        let calls = calls.as_ref().map(|calls| calls.each_ref().map(String::as_str));
        let arguments: Vec<String> =
            field.arguments.iter().map(|argument| property(argument.argument.name)).collect();
        let arguments =
            if arguments.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", arguments.join(", ")) };
        let mut options = field_options(field);
        let body = if subscription {
            let (more, body) = (self.subscription)(calls);
            options.extend(more);
            body.replace("{arguments}", &arguments)
        } else {
            calls.map_or(PUT_BACK.to_owned(), |[_, resolve]| {
                format!("return {resolve}(parent, {arguments}, context, info);")
            })
        };
        let decorator = match operation {
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

/// graphql-js answers the last of several names of a value, so the old one stands above the new one.
fn enum_values(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>, option: &str) {
    for value in &ty.enum_values {
        let place = match &value.target {
            Some(target) => format!("in the enum {}, above {target}, whose value it has", ty.in_code),
            None => format!("in the enum {}", ty.in_code),
        };
        let internal = string(value.target.as_deref().unwrap_or(value.name));
        push(snippets, place, format!("{} = {internal},\n", value.name));
        let code = said_of_value(value).unwrap_or_default();
        push(snippets, format!("in registerEnumType of {}, in its {option}", ty.in_code), code);
    }
}

fn input_fields(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
    for (input, replaces) in declared(&ty.input_fields) {
        let decorator = decorator_of_field("Field", &input.ty, &input_options(input));
        if replaces {
            let place = format!("in the class {}, in place of the decorator of {}", ty.in_code, input.name);
            push(snippets, place, decorator);
        } else {
            let code = format!("\n{decorator}{}?: {};\n", input.name, typescript(input.ty.nullable()));
            push(snippets, format!("in the class {}", ty.in_code), code);
        }
    }
}

/// What is said of an enum value beside its name.
fn said_of_value(value: &AddedEnumValue<'_>) -> Option<String> {
    let reason = value.deprecation.as_ref();
    let mut options: Vec<String> = description(value.description.as_deref()).into_iter().collect();
    options.extend(reason.map(|reason| format!("deprecationReason: {}", string(reason))));
    (!options.is_empty()).then(|| format!("{}: {{ {} }},\n", value.name, options.join(", ")))
}

/// A class with a decorator.
fn class(decorator: &str, options: &[String], name: &str, fields: impl Iterator<Item = String>) -> String {
    let options = if options.is_empty() { String::new() } else { format!("{{\n{}}}", listed(options)) };
    let fields: Vec<String> = fields.map(|field| indented(&field)).collect();
    format!("\n@{decorator}({options})\nexport class {name} {{\n{}}}\n", fields.join("\n"))
}

/// The type of a property. What is no built-in scalar may not be defined yet when the decorators look at the property.
fn property_type(ty: &TypeReference<'_>) -> String {
    match ty.named().name {
        "ID" | "String" | "Int" | "Float" | "Boolean" => typescript(ty),
        _ => "any".to_owned(),
    }
}

fn description(text: Option<&str>) -> Option<String> {
    text.map(|text| format!("description: {}", string(text)))
}

/// Options, each on lines of its own.
fn listed(options: &[String]) -> String {
    indented(&(options.join(",\n") + ",\n"))
}

fn field_options(field: &AddedField<'_>) -> Vec<String> {
    let mut options: Vec<String> = nullability(&field.ty).into_iter().collect();
    options.extend(description(field.description.as_deref()));
    options.extend(field.deprecation.iter().map(|reason| format!("deprecationReason: {}", string(reason))));
    options
}

fn input_options(input: &InputFacts<'_>) -> Vec<String> {
    let mut options: Vec<String> = nullability(&input.ty).into_iter().collect();
    options.extend(description(input.description.as_deref()));
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
    format!("@{name}({ty}, {{\n{}}})\n", listed(options))
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
