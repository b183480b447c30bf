//! `NestJS` (code first): resolvers of their own for fields that come back, decorators for everything else.

use schemacheck_graphql::ast::TypeKind;

use super::decorators::{Spelling, further_options};
use super::facts::PatchedServer;
use super::javascript::{PUT_BACK, kept_objects, push};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "NestJS (code first)",
    language: "typescript",
    packages: &[Package { ecosystem: Ecosystem::Npm, name: "@nestjs/graphql" }],
    executed_with: "@nestjs/graphql 14.0.3, @nestjs/apollo 14.0.3, graphql 16.15.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[TypeKind::Object, TypeKind::Interface],
        enum_alias: EnumAlias::AnswersLast,
        schema_first: false,
    },
    emit,
};

const SPELLING: Spelling = Spelling {
    package: "@nestjs/graphql",
    argument: |name, ty, mut options| {
        options.insert(0, format!("type: {ty}"));
        format!("@Args('{name}'{})", further_options(&options))
    },
    enum_values: "valuesMap",
    field: "ResolveField",
    parent: "Parent",
    context: "Context",
    subscription: |calls| match calls {
        Some([subscribe, resolve]) => (
            vec![format!("resolve: {resolve}")],
            format!("return {subscribe}(parent, {{arguments}}, context, info);"),
        ),
        None => (Vec::new(), PUT_BACK.to_owned()),
    },
    has_streams_apart: false,
    has_one_of: true,
    has_late_interfaces: true,
    list: "in the providers of the module",
    directives: "in the directives of buildSchemaOptions",
};

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let mut code = SPELLING.code(server, |_, _| true);
    if let Some(call) = kept_objects(&server.types) {
        let option = format!("transformSchema: (schema) => {call},\n");
        push(&mut code.snippets, "in the options of GraphQLModule".to_owned(), option);
    }
    code.with_helpers(&server.types)
}
