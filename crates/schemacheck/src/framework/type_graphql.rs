//! `TypeGraphQL`: an old name is one more decorator on the method or property that has the new one, so that resolver,
//! authorisation and middleware are the same.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::decorators::{Spelling, decorator_of_field, further_options, nullability};
use super::facts::{AddedField, PatchedServer, PatchedType};
use super::javascript::{PUT_BACK, call_as, indented, is_subscription, kept_objects, push, string};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "TypeGraphQL",
    language: "typescript",
    packages: &[Package { ecosystem: Ecosystem::Npm, name: "type-graphql" }],
    executed_with: "type-graphql 2.0.0-rc.4, graphql 16.15.0",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[TypeKind::Object, TypeKind::Interface],
        enum_alias: EnumAlias::AnswersLast,
        schema_first: false,
    },
    emit,
};

const SPELLING: Spelling = Spelling {
    package: "type-graphql",
    argument: |name, ty, options| format!("@Arg('{name}', {ty}{})", further_options(&options)),
    enum_values: "valuesConfig",
    field: "FieldResolver",
    parent: "Root",
    context: "Ctx",
    subscription: |calls| match calls {
        Some([subscribe, resolve]) => {
            (vec![stream(subscribe)], format!("return {resolve}(parent, {{arguments}}, context, info);"))
        }
        None => (
            vec![format!(
                "subscribe: async function* ({{ source, args, context, info }}) {{\n{}}}",
                indented(PUT_BACK)
            )],
            "return parent;".to_owned(),
        ),
    },
    has_streams_apart: true,
    has_one_of: false,
    has_late_interfaces: false,
    list: "in the resolvers of buildSchema",
    directives: "in the directives of buildSchema",
};

/// The option that says where the events of a subscription come from.
fn stream(subscribe: &str) -> String {
    format!("subscribe: ({{ source, args, context, info }}) => {subscribe}(source, args, context, info)")
}

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let mut code = SPELLING.code(server, |ty, field| target_with_same_arguments(ty, field).is_none());
    for ty in types {
        for field in &ty.fields {
            if let Some(target) = target_with_same_arguments(ty, field) {
                let (decorator, place) = match ty.operation {
                    None if field.arguments.is_empty() => {
                        ("Field", "@Field (@FieldResolver, where it has one)")
                    }
                    None => ("FieldResolver", "@FieldResolver (@Field, where it has one)"),
                    Some(OperationKind::Query) => ("Query", "@Query"),
                    Some(OperationKind::Mutation) => ("Mutation", "@Mutation"),
                    Some(OperationKind::Subscription) => ("Subscription", "@Subscription"),
                };
                let mut options = vec![format!("name: {}", string(field.name))];
                options.extend(nullability(&field.ty));
                options.extend(
                    field.deprecation.iter().map(|reason| format!("deprecationReason: {}", string(reason))),
                );
                if is_subscription(ty.operation) {
                    options.push(stream(&call_as("subscribeAs", field, target)));
                }
                let place = format!("above {target} of {}, beside its {place}", ty.in_code);
                push(&mut code.snippets, place, decorator_of_field(decorator, &field.ty, &options));
            }
        }
    }
    if let Some(call) = kept_objects(types) {
        push(&mut code.snippets, "below the schema".to_owned(), format!("{call};\n"));
    }
    code.with_helpers(types)
}

/// The field that does the work of one that comes back, where it has the same arguments with the patch too.
fn target_with_same_arguments<'f>(ty: &PatchedType<'_>, field: &'f AddedField<'_>) -> Option<&'f String> {
    let target = field.target.as_ref().filter(|_| field.same_arguments)?;
    ty.arguments.iter().all(|patched| patched.field != target).then_some(target)
}
