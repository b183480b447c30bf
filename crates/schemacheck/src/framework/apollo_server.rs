//! Apollo Server, and every other server of graphql-js that is written as SDL with a map of resolvers: a second map beside
//! the server's own. The resolvers of the server stay as they are.

use std::collections::BTreeMap;

use super::facts::{AddedField, PatchedServer, PatchedType};
use super::javascript::{
    PUT_BACK, call_as, current, helpers, import, indented, input_arguments, is_subscription, moved, string,
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

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    // The entries of the map, by type and field.
    let mut map: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for ty in types {
        for field in ty.fields.iter().filter(|_| ty.kind != schemacheck_graphql::ast::TypeKind::Interface) {
            map.entry(ty.name).or_default().insert(field.name, added_field(ty, field));
        }
        for value in &ty.enum_values {
            // A value without a resolver is its own name.
            if let Some(target) = &value.target {
                let code =
                    format!("{}: resolvers.{}?.{target} ?? {},\n", value.name, ty.name, string(target));
                map.entry(ty.name).or_default().insert(value.name, code);
            }
        }
    }
    for ((ty, field), statements) in statements(types) {
        let subscription = types.iter().any(|known| known.name == ty && is_subscription(known));
        let own = format!("resolvers.{ty}?.{field}");
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
    if map.is_empty() {
        return Vec::new();
    }
    let entries = map.iter().map(|(ty, fields)| {
        let fields: String = fields.values().map(String::as_str).collect();
        format!("{ty}: {{\n{}}},\n", indented(&fields))
    });
    let entries: String = entries.collect();
    let code = format!(
        "/** The resolvers of the deprecated names. The server gets them behind its own, which they call. */\nexport const \
         oldNames = (resolvers: any): any => ({{\n{}}});\n",
        indented(&entries)
    );
    let map = Snippet { place: "a module of its own, oldNames.ts".to_owned(), code };
    let helpers =
        helpers(types, &[&map.code]).map(|(module, _)| module.replace("\nexport function", "\nfunction"));
    let code = match helpers {
        Some(helpers) => format!("{helpers}\n{}", map.code),
        None => map.code,
    };
    vec![
        Snippet { place: map.place, code },
        Snippet {
            place: "the imports of the server".to_owned(),
            code: import(&["oldNames"], "./oldNames.js"),
        },
        Snippet {
            place: "in the list of resolvers, behind those of the server".to_owned(),
            code: "oldNames(resolvers),\n".to_owned(),
        },
    ]
}

/// What has to be done with the arguments of fields before they are resolved.
fn statements<'s>(types: &[PatchedType<'s>]) -> BTreeMap<(&'s str, &'s str), String> {
    let mut statements: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for ty in types {
        for field in &ty.arguments {
            statements.entry((ty.name, field.field)).or_default().push_str(&moved("args", &field.patches));
        }
    }
    for ((ty, field), positions) in input_arguments(types) {
        for position in positions {
            let statement = current(&format!("args.{}", position.name), &position.ty);
            statements
                .entry((ty, field))
                .or_default()
                .push_str(&statement.replace("((item) =>", "((item: any) =>"));
        }
    }
    statements.retain(|_, statements| !statements.is_empty());
    statements
}

fn added_field(ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let name = field.name;
    match &field.target {
        Some(target) if is_subscription(ty) => {
            let subscribe = call_as("subscribeAs", field, target);
            let resolve = call_as("resolveAs", field, target);
            format!("{name}: {{ subscribe: {subscribe}, resolve: {resolve} }},\n")
        }
        Some(target) => format!("{name}: {},\n", call_as("resolveAs", field, target)),
        None if is_subscription(ty) => {
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
