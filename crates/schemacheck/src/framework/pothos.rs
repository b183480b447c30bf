//! Pothos (code first): fields that are added to the types of the builder, and options for arguments and input fields.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::directives;
use super::facts::{
    AddedField, InputFacts, NamedType, PatchedServer, PatchedType, ReturnedType, TypeReference,
};
use super::javascript::{
    Code, PUT_BACK, call_as, current, declared, indented, input_arguments, is_subscription, kept_objects,
    literal, moved, push, string,
};
use super::{Capabilities, DEFINED, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Pothos",
    language: "typescript",
    packages: &[Package { ecosystem: Ecosystem::Npm, name: "@pothos/core" }],
    executed_with: "@pothos/core 4.15.1, graphql-yoga 5.24.1, graphql 16.15.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[TypeKind::Object, TypeKind::Interface],
        enum_alias: EnumAlias::AnswersLast,
        schema_first: false,
    },
    emit,
};

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let mut code = Code::default();
    let snippets = &mut code.snippets;
    let mut added = returned_types(snippets, &server.returned);
    for ty in types {
        kept_name(snippets, ty);
        for field in &ty.fields {
            added += &added_field(ty, field);
        }
        added += &again(ty.in_code, "addInterfaces", ty.interfaces.iter().map(|interface| interface.ty));
        added += &again(ty.in_code, "addTypes", ty.members.iter().map(|member| member.ty));
        if ty.loses_one_of() {
            let place = format!("in the options of {}, in place of isOneOf", ty.in_code);
            push(snippets, place, "isOneOf: false,\n".to_owned());
        }
        for value in &ty.enum_values {
            let (name, internal) = (value.name, value.target.as_deref().unwrap_or(value.name));
            let options = format!("value: {}{}", string(internal), reason(value.deprecation.as_deref()));
            let place = match &value.target {
                Some(target) => {
                    format!("in the values of {}, above {target}, whose value it has", ty.in_code)
                }
                None => format!("in the values of {}", ty.in_code),
            };
            snippets.push(Snippet { place, code: format!("{name}: {{ {options} }},\n") });
        }
        let mut new_fields = String::new();
        for (input, replaces) in declared(&ty.input_fields) {
            let code = format!("{}: t.field({{ {} }}),\n", input.name, input_options(input));
            if replaces {
                let place = format!("in the fields of {}, in place of {}", ty.in_code, input.name);
                snippets.push(Snippet { place, code });
            } else {
                new_fields += &code;
            }
        }
        push(snippets, format!("in the fields of {}", ty.in_code), new_fields);
        for field in &ty.non_null {
            let place = format!("in the options of {} of {}, in place of nullable", field.name, ty.in_code);
            snippets.push(Snippet { place, code: format!("nullable: {},\n", nullable(&field.ty)) });
        }
        for field in &ty.arguments {
            let of = format!("{} of {}", field.field, ty.in_code);
            let mut new_arguments = String::new();
            for (argument, replaces) in declared(&field.patches) {
                let code = format!("{}: t.arg({{ {} }}),\n", argument.name, input_options(argument));
                if replaces {
                    let place = format!("in the arguments of {of}, in place of {}", argument.name);
                    snippets.push(Snippet { place, code });
                } else {
                    new_arguments += &code;
                }
            }
            push(snippets, format!("in the arguments of {of}"), new_arguments);
            if is_subscription(ty.operation) {
                push(snippets, format!("first in the subscribe of {of}"), moved("args", &field.patches));
            }
            push(snippets, format!("first in the resolver of {of}"), moved("args", &field.patches));
        }
    }
    for ((ty, field), positions) in input_arguments(types) {
        let place = format!("first in the resolver of {field} of {ty}");
        let code: String = positions
            .iter()
            .map(|position| current(&format!("args.{}", position.name), &position.ty))
            .collect();
        push(snippets, place, code);
    }
    if types.iter().flat_map(|ty| &ty.enum_values).any(|value| value.target.is_some()) {
        let code = "// Sorted, the last name of a value, which graphql-js answers, is the last one in the alphabet.\nsortSchema: \
                    false,\n";
        push(snippets, "in the options of builder.toSchema".to_owned(), code.to_owned());
    }
    push(snippets, "below the types, before the schema is built".to_owned(), added);
    if let Some(call) = kept_objects(types) {
        push(snippets, "below the schema".to_owned(), format!("{call};\n"));
    }
    let list = "in the directives of builder.toSchema";
    code.modules.extend(directives::definitions(&server.directives, list, snippets));
    code.with_helpers(types)
}

/// A type under the name that it keeps.
fn kept_name(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
    if !ty.keeps_name() {
        return;
    }
    let (in_code, name) = (ty.in_code, string(ty.name));
    if let Some(operation) = ty.operation {
        let place = format!("in the options of builder.{}Type, in place of name", operation.name());
        push(snippets, place, format!("name: {name},\n"));
        return;
    }
    push(
        snippets,
        format!("in place of the name of the {} {in_code}", ty.kind.keyword()),
        format!("{name},\n"),
    );
    if ty.kind == TypeKind::Scalar {
        let place = format!("in the Scalars of the builder, in place of the name {in_code}");
        push(snippets, place, format!("{}:\n", ty.name));
    }
}

/// Adds interfaces to a type, or members to a union.
fn again<'s>(name: &str, method: &str, others: impl Iterator<Item = NamedType<'s>>) -> String {
    let others: Vec<&str> = others.map(|other| other.in_code).collect();
    if others.is_empty() { String::new() } else { format!("{name}.{method}([{}]);\n", others.join(", ")) }
}

/// The definitions of types that come back. Fields name their types late; what is named at once stands above.
fn returned_types(snippets: &mut Vec<Snippet>, returned: &[ReturnedType<'_>]) -> String {
    let mut definitions = String::new();
    for ty in DEFINED.into_iter().flat_map(|kind| returned.iter().filter(move |ty| ty.kind == kind)) {
        definitions += &returned_type(ty);
        if ty.kind == TypeKind::Scalar {
            let code = format!("{}: {{ Input: unknown; Output: unknown }};\n", ty.name);
            push(snippets, "in the Scalars of the builder".to_owned(), code);
        }
    }
    for ty in returned {
        definitions += &again(ty.name, "addInterfaces", ty.interfaces.iter().copied());
    }
    definitions
}

fn returned_type(ty: &ReturnedType<'_>) -> String {
    let name = ty.name;
    let mut options = directives::described(ty.description.as_deref());
    let resolve_type = format!("resolveType: (value: any): any => {{\n{}}},\n", indented(PUT_BACK));
    let resolve_type = if ty.answered { resolve_type } else { String::new() };
    let made_by = match ty.kind {
        TypeKind::Scalar => {
            if let Some(url) = &ty.specified_by {
                options += &format!("specifiedByURL: {},\n", string(url));
            }
            options += "serialize: (value) => value,\n";
            format!("builder.scalarType({}, ", string(name))
        }
        TypeKind::Enum => {
            let values = ty.enum_values.iter().map(|value| {
                let said = described_inline(value.description.as_deref());
                let said =
                    format!("value: {}{said}{}", string(value.name), reason(value.deprecation.as_deref()));
                format!("{}: {{ {said} }},\n", value.name)
            });
            options += &format!("values: {{\n{}}} as const,\n", indented(&values.collect::<String>()));
            format!("builder.enumType({}, ", string(name))
        }
        TypeKind::InputObject => {
            if ty.one_of {
                options += "isOneOf: true,\n";
            }
            let fields = ty.input_fields.iter();
            let fields =
                fields.map(|field| format!("{}: t.field({{ {} }}),\n", field.name, input_options(field)));
            options += &fields_of(fields);
            format!("builder.inputType({}, ", string(name))
        }
        TypeKind::Union => {
            let members: Vec<&str> = ty.members.iter().map(|member| member.in_code).collect();
            options += &format!("types: [{}],\n{resolve_type}", members.join(", "));
            format!("builder.unionType({}, ", string(name))
        }
        TypeKind::Interface | TypeKind::Object => {
            options += &fields_of(ty.fields.iter().map(|field| {
                let resolve = (field.arguments.is_empty())
                    .then(|| format!("resolve: (parent: any) => parent.{},\n", field.name));
                format!("{}: {},\n", field.name, said_field(None, field, resolve))
            }));
            if ty.kind == TypeKind::Interface {
                options += &resolve_type;
                format!("builder.interfaceRef<object>({}).implement(", string(name))
            } else {
                format!("builder.objectRef<Record<string, any>>({}).implement(", string(name))
            }
        }
    };
    format!("const {name} = {made_by}{{\n{}}});\n", indented(&options))
}

fn fields_of(fields: impl Iterator<Item = String>) -> String {
    format!("fields: (t) => ({{\n{}}}),\n", indented(&fields.collect::<String>()))
}

fn added_field(ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let (of, name) = (ty.in_code, string(field.name));
    let open = match (ty.operation, ty.kind) {
        (Some(operation), _) => format!("builder.{}Field({name}, (t) =>", operation.name()),
        (None, TypeKind::Interface) => format!("builder.interfaceField({of}, {name}, (t) =>"),
        (None, _) => format!("builder.objectField({of}, {name}, (t) =>"),
    };
    let field = said_field(ty.operation, field, None) + ",\n";
    format!("{open}\n{});\n", indented(&field))
}

/// A field in the words of the builder; `resolve` says how it is resolved where nothing else does.
fn said_field(operation: Option<OperationKind>, field: &AddedField<'_>, resolve: Option<String>) -> String {
    let mut options = format!("type: {},\nnullable: {},\n", type_of(&field.ty), nullable(&field.ty));
    options += &directives::described(field.description.as_deref());
    if let Some(reason) = &field.deprecation {
        options += &format!("deprecationReason: {},\n", string(reason));
    }
    if !field.arguments.is_empty() {
        let arguments = field.arguments.iter().map(|argument| {
            format!("{}: t.arg({{ {} }}),\n", argument.argument.name, input_options(&argument.argument))
        });
        let arguments: String = arguments.collect();
        options += &format!("args: {{\n{}}},\n", indented(&arguments));
    }
    match (&field.target, resolve) {
        (Some(target), _) => {
            if is_subscription(operation) {
                options += &format!("subscribe: {},\n", call_as("subscribeAs", field, target));
            }
            options += &format!("resolve: {},\n", call_as("resolveAs", field, target));
        }
        (None, Some(resolve)) => options += &resolve,
        (None, None) if is_subscription(operation) => {
            options += &format!(
                "subscribe: async function* (parent: any, args, context, info) {{\n{}}},\n",
                indented(PUT_BACK)
            );
            options += "resolve: (event: any) => event,\n";
        }
        (None, None) => {
            options +=
                &format!("resolve: (parent: any, args, context, info) => {{\n{}}},\n", indented(PUT_BACK));
        }
    }
    format!("t.field({{\n{}}})", indented(&options))
}

fn described_inline(description: Option<&str>) -> String {
    description.map(|text| format!(", description: {}", string(text))).unwrap_or_default()
}

fn reason(deprecation: Option<&str>) -> String {
    deprecation.map(|reason| format!(", deprecationReason: {}", string(reason))).unwrap_or_default()
}

/// The options of an argument or input field.
fn input_options(input: &InputFacts<'_>) -> String {
    let default = input.default.map(|value| format!(", defaultValue: {}", literal(value, &string)));
    format!(
        "type: {}, required: {}{}{}{}",
        type_of(&input.ty),
        wrapped(&input.ty, is_required),
        default.unwrap_or_default(),
        described_inline(input.description.as_deref()),
        reason(input.deprecation.as_deref())
    )
}

/// A type: the names of scalars are strings, everything else is a reference that the server has under its name.
fn type_of(ty: &TypeReference<'_>) -> String {
    match ty.nullable() {
        TypeReference::List(item) => format!("[{}]", type_of(item)),
        other => match other.named() {
            NamedType { name, kind: TypeKind::Scalar, .. } => string(name),
            NamedType { in_code, .. } => in_code.to_owned(),
        },
    }
}

fn nullable(ty: &TypeReference<'_>) -> String {
    wrapped(ty, |ty| !ty.is_non_null())
}

/// Whether null is no value of a type.
fn is_required(ty: &TypeReference<'_>) -> bool {
    ty.is_non_null()
}

/// What holds of a type, and of the items of a list where it is one.
fn wrapped(ty: &TypeReference<'_>, holds: fn(&TypeReference<'_>) -> bool) -> String {
    match ty.nullable() {
        TypeReference::List(item) => format!("{{ list: {}, items: {} }}", holds(ty), holds(item)),
        _ => holds(ty).to_string(),
    }
}
