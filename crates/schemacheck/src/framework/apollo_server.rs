//! Apollo Server, and every other server of graphql-js that is written as SDL with a map of resolvers: a second map beside
//! the server's own. The resolvers of the server stay as they are.

use std::collections::BTreeMap;

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::directives;
use super::facts::{AddedField, PatchedServer, PatchedType};
use super::javascript::{
    PUT_BACK, call_as, current, helpers, import, indented, input_arguments, is_subscription, kept_names,
    moved, push, string,
};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Apollo Server, GraphQL Yoga, graphql-js (SDL and resolvers)",
    language: "typescript",
    packages: &[
        Package { ecosystem: Ecosystem::Npm, name: "@apollo/server" },
        Package { ecosystem: Ecosystem::Npm, name: "@graphql-tools/schema" },
        Package { ecosystem: Ecosystem::Npm, name: "apollo-server" },
        Package { ecosystem: Ecosystem::Npm, name: "graphql-yoga" },
        Package { ecosystem: Ecosystem::Npm, name: "mercurius" },
    ],
    executed_with: "@apollo/server 5.5.1, @graphql-tools/schema 10.1.5, graphql 16.15.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[],
        enum_alias: EnumAlias::AnswersLast,
        schema_first: true,
    },
    emit,
};

/// The entries of the map of resolvers, by type and field.
type Entries<'s> = BTreeMap<&'s str, BTreeMap<&'s str, String>>;

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let mut readers = Vec::new();
    directives::readers(&server.directives, &mut readers);
    let (mut definitions, mut lists) = (Vec::new(), Vec::new());
    if let Some(names) = kept_names(&server.types) {
        definitions.push(format!(
            "/** The names that types keep in the schema, by their names in code. */\nconst typeNames: Record<string, string> \
             = {names};\n"
        ));
        definitions.push(
            "/** The resolvers of the server, those of a type under the name that it keeps. */\nexport const keptNames = \
             (resolvers: any): any => underKeptNames(typeNames, resolvers);\n"
                .to_owned(),
        );
        lists.push(("keptNames", "in place of those of the server"));
    }
    let entries = entries(server);
    if !entries.is_empty() {
        let entries = entries.iter().map(|(ty, fields)| {
            let fields: String = fields.values().map(String::as_str).collect();
            format!("{ty}: {{\n{}}},\n", indented(&fields))
        });
        definitions.push(format!(
            "/** The resolvers of the deprecated names. The server gets them behind its own, which they call. */\nexport const \
             oldNames = (resolvers: any): any => ({{\n{}}});\n",
            indented(&entries.collect::<String>())
        ));
        lists.push(("oldNames", "behind those of the server"));
    }
    let definitions = definitions.join("\n");
    let read: Vec<&str> = readers.iter().map(|reader| reader.code.as_str()).collect();
    let called_by = |codes: &[&str]| helpers(&server.types, codes).unwrap_or_default();
    let (_, called) = called_by(&read);
    let (helpers, _) = called_by(&[&read[..], &[definitions.as_str()]].concat());
    let texts = [only_exported(&helpers, &called), definitions];
    let code = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let mut snippets = Vec::new();
    push(&mut snippets, "a module of its own, oldNames.ts".to_owned(), code);
    let imported: Vec<&str> =
        lists.iter().map(|(name, _)| *name).chain(called.iter().map(String::as_str)).collect();
    if !imported.is_empty() {
        push(&mut snippets, "the imports of the server".to_owned(), import(&imported, "./oldNames.js"));
    }
    for (name, place) in lists {
        let place = format!("in the list of resolvers, {place}");
        push(&mut snippets, place, format!("{name}(resolvers),\n"));
    }
    snippets.extend(readers);
    snippets
}

/// A module that exports only what others call.
fn only_exported(module: &str, called: &[String]) -> String {
    let mut module = module.replace("\nexport function ", "\nfunction ");
    for (name, open) in called.iter().flat_map(|name| [(name, "("), (name, "<")]) {
        let function = format!("function {name}{open}");
        module = module.replace(&format!("\n{function}"), &format!("\nexport {function}"));
    }
    module
}

fn entries<'s>(server: &PatchedServer<'s>) -> Entries<'s> {
    let types = &server.types;
    let mut map = Entries::new();
    for ty in types {
        for field in ty.fields.iter().filter(|_| ty.kind != TypeKind::Interface) {
            map.entry(ty.name).or_default().insert(field.name, added_field(ty.operation, field));
        }
        for value in &ty.enum_values {
            // A value without a resolver is its own name.
            if let Some(target) = &value.target {
                let own = format!("resolvers.{}?.{target}", ty.in_code);
                let code = format!("{}: {own} ?? {},\n", value.name, string(target));
                map.entry(ty.name).or_default().insert(value.name, code);
            }
        }
    }
    for ((ty, field), (in_code, statements)) in statements(types) {
        let subscription = types.iter().any(|known| known.name == ty && is_subscription(known.operation));
        let own = format!("resolvers.{in_code}?.{field}");
        let with = |own: &str| format!("withArguments({own}, (args) => {{\n{}}})", indented(&statements));
        let code = if subscription {
            let (subscribe, resolve) = (with(&format!("{own}?.subscribe")), with(&format!("{own}?.resolve")));
            let entries = format!("subscribe: {subscribe},\nresolve: {resolve},\n");
            format!("{field}: {{\n{}}},\n", indented(&entries))
        } else {
            format!("{field}: {},\n", with(&own))
        };
        map.entry(ty).or_default().insert(field, code);
    }
    types_of_values(server, &mut map);
    map
}

/// What becomes of `__resolveType`, and the resolvers of types that come back.
fn types_of_values<'s>(server: &PatchedServer<'s>, map: &mut Entries<'s>) {
    let kept = server.types.iter().filter(|ty| ty.kind == TypeKind::Object && ty.keeps_name());
    for of in kept.flat_map(|ty| ty.all_interfaces.iter().chain(&ty.all_unions)) {
        let own = format!("resolvers.{}?.__resolveType", of.in_code);
        let code = format!("__resolveType: withKeptNames(typeNames, {own}),\n");
        map.entry(of.name).or_default().insert("__resolveType", code);
    }
    for ty in &server.returned {
        // A field without arguments is a property of the value.
        for field in ty.fields.iter().filter(|field| !field.arguments.is_empty()) {
            if ty.kind == TypeKind::Object {
                map.entry(ty.name).or_default().insert(field.name, added_field(None, field));
            }
        }
        if ty.answered && matches!(ty.kind, TypeKind::Interface | TypeKind::Union) {
            let of = map.entry(ty.name).or_default();
            let function = format!("(value: any, context: any, info: any) => {{\n{}}}", indented(PUT_BACK));
            let code = match of.contains_key("__resolveType") {
                true => format!("__resolveType: withKeptNames(typeNames, {function}),\n"),
                false => format!("__resolveType: {function},\n"),
            };
            of.insert("__resolveType", code);
        }
    }
}

/// What has to be done with the arguments of fields before they are resolved, by type and field, with the name of the type
/// in code.
fn statements<'s>(types: &[PatchedType<'s>]) -> BTreeMap<(&'s str, &'s str), (&'s str, String)> {
    let mut statements: BTreeMap<(&str, &str), (&str, String)> = BTreeMap::new();
    for ty in types {
        for field in &ty.arguments {
            let of = statements.entry((ty.name, field.field)).or_insert((ty.in_code, String::new()));
            of.1 += &moved("args", &field.patches);
        }
    }
    for position in input_arguments(types).into_values().flatten() {
        let Some(field) = position.field else { continue };
        let statement = current(&format!("args.{}", position.name), &position.ty);
        let of =
            statements.entry((position.parent, field)).or_insert((position.parent_in_code, String::new()));
        of.1 += &statement.replace("((item) =>", "((item: any) =>");
    }
    statements.retain(|_, (_, statements)| !statements.is_empty());
    statements
}

fn added_field(operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let name = field.name;
    match &field.target {
        Some(target) if is_subscription(operation) => {
            let subscribe = call_as("subscribeAs", field, target);
            let resolve = call_as("resolveAs", field, target);
            format!("{name}: {{ subscribe: {subscribe}, resolve: {resolve} }},\n")
        }
        Some(target) => format!("{name}: {},\n", call_as("resolveAs", field, target)),
        None if is_subscription(operation) => {
            let stream = format!(
                "async *subscribe(parent: any, args: any, context: any, info: any) {{\n{}}},\n",
                indented(PUT_BACK)
            );
            format!("{name}: {{\n{}}},\n", indented(&stream))
        }
        None => format!(
            "{name}: (parent: any, args: any, context: any, info: any) => {{\n{}}},\n",
            indented(PUT_BACK)
        ),
    }
}
