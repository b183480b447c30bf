//! Pothos (code first): fields that are added to the types of the builder, and options for arguments and input fields.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::facts::{AddedField, InputFacts, NamedType, PatchedServer, PatchedType, TypeReference};
use super::javascript::{
    PUT_BACK, call_as, current, declared, indented, input_arguments, is_subscription, literal, moved, string,
    with_helpers,
};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

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
    let mut snippets = Vec::new();
    let mut added = String::new();
    for ty in types {
        for field in &ty.fields {
            added += &added_field(ty, field);
        }
        for value in &ty.enum_values {
            let (name, internal) = (value.name, value.target.as_deref().unwrap_or(value.name));
            let options = format!("value: {}{}", string(internal), reason(value.deprecation.as_deref()));
            let place = match &value.target {
                Some(target) => format!("in the values of {}, above {target}, whose value it has", ty.name),
                None => format!("in the values of {}", ty.name),
            };
            snippets.push(Snippet { place, code: format!("{name}: {{ {options} }},\n") });
        }
        let mut new_fields = String::new();
        for (input, replaces) in declared(&ty.input_fields) {
            let code = format!("{}: t.field({{ {} }}),\n", input.name, input_options(input));
            if replaces {
                let place = format!("in the fields of {}, in place of {}", ty.name, input.name);
                snippets.push(Snippet { place, code });
            } else {
                new_fields += &code;
            }
        }
        push(&mut snippets, format!("in the fields of {}", ty.name), new_fields);
        for field in &ty.non_null {
            let place = format!("in the options of {} of {}, in place of nullable", field.name, ty.name);
            snippets.push(Snippet { place, code: format!("nullable: {},\n", nullable(&field.ty)) });
        }
        for field in &ty.arguments {
            let of = format!("{} of {}", field.field, ty.name);
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
            push(&mut snippets, format!("in the arguments of {of}"), new_arguments);
            if is_subscription(ty) {
                push(&mut snippets, format!("first in the subscribe of {of}"), moved("args", &field.patches));
            }
            push(&mut snippets, format!("first in the resolver of {of}"), moved("args", &field.patches));
        }
    }
    for ((ty, field), positions) in input_arguments(types) {
        let place = format!("first in the resolver of {field} of {ty}");
        let code: String = positions
            .iter()
            .map(|position| current(&format!("args.{}", position.name), &position.ty))
            .collect();
        match snippets.iter_mut().find(|snippet| snippet.place == place) {
            Some(snippet) => snippet.code += &code,
            None => snippets.push(Snippet { place, code }),
        }
    }
    if types.iter().flat_map(|ty| &ty.enum_values).any(|value| value.target.is_some()) {
        let code = "// Sorted, the last name of a value, which graphql-js answers, is the last one in the alphabet.\nsortSchema: \
                    false,\n";
        push(&mut snippets, "in the options of builder.toSchema".to_owned(), code.to_owned());
    }
    push(&mut snippets, "below the types, before the schema is built".to_owned(), added);
    with_helpers(types, snippets, None)
}

fn push(snippets: &mut Vec<Snippet>, place: String, code: String) {
    if !code.is_empty() {
        snippets.push(Snippet { place, code });
    }
}

fn added_field(ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let name = string(field.name);
    let (open, ending) = match (ty.operation, ty.kind) {
        (Some(OperationKind::Query), _) => (format!("builder.queryField({name}, (t) =>"), ")"),
        (Some(OperationKind::Mutation), _) => (format!("builder.mutationField({name}, (t) =>"), ")"),
        (Some(OperationKind::Subscription), _) => (format!("builder.subscriptionField({name}, (t) =>"), ")"),
        (None, TypeKind::Interface) => (format!("builder.interfaceField({}, {name}, (t) =>", ty.name), ")"),
        (None, _) => (format!("builder.objectField({}, {name}, (t) =>", ty.name), ")"),
    };
    let mut options = format!("type: {},\nnullable: {},\n", type_of(&field.ty), nullable(&field.ty));
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
    match &field.target {
        Some(target) => {
            if is_subscription(ty) {
                options += &format!("subscribe: {},\n", call_as("subscribeAs", field, target));
            }
            options += &format!("resolve: {},\n", call_as("resolveAs", field, target));
        }
        None if is_subscription(ty) => {
            options += &format!(
                "subscribe: async function* (parent: any, args, context, info) {{\n{}}},\n",
                indented(PUT_BACK)
            );
            options += "resolve: (event: any) => event,\n";
        }
        None => {
            options +=
                &format!("resolve: (parent: any, args, context, info) => {{\n{}}},\n", indented(PUT_BACK));
        }
    }
    format!("{open}\n  t.field({{\n{}  }}),\n{ending};\n", indented(&indented(&options)))
}

fn reason(deprecation: Option<&str>) -> String {
    deprecation.map(|reason| format!(", deprecationReason: {}", string(reason))).unwrap_or_default()
}

/// The options of an argument or input field.
fn input_options(input: &InputFacts<'_>) -> String {
    let default = input.default.map(|value| format!(", defaultValue: {}", literal(value, &string)));
    format!(
        "type: {}, required: {}{}{}",
        type_of(&input.ty),
        wrapped(&input.ty, is_required),
        default.unwrap_or_default(),
        reason(input.deprecation.as_deref())
    )
}

/// A type: the names of the built-in scalars are strings, everything else is a reference that the server has under its name.
fn type_of(ty: &TypeReference<'_>) -> String {
    match ty.nullable() {
        TypeReference::List(item) => format!("[{}]", type_of(item)),
        other => match other.named() {
            NamedType { in_code, kind: TypeKind::Scalar, .. } => string(in_code),
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
