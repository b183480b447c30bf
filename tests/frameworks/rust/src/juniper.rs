//! Servers of Juniper.

use futures::StreamExt;
use graphql_parser::schema::{Definition, InputValue as Input, Type, TypeDefinition, Value, parse_schema};
use juniper::http::{GraphQLRequest, GraphQLResponse, resolve_into_stream};
use juniper::{DefaultScalarValue, GraphQLSubscriptionType, GraphQLTypeAsync, InputValue, RootNode};
use juniper_subscriptions::Connection;
use serde_json::json;

use crate::Asked;

pub async fn run<Q, M, S>(schema: RootNode<Q, M, S>)
where
    Q: GraphQLTypeAsync<Context = (), TypeInfo = ()> + Send,
    M: GraphQLTypeAsync<Context = (), TypeInfo = ()> + Send,
    S: GraphQLSubscriptionType<Context = (), TypeInfo = ()> + Send,
{
    let answer = async |Asked { document, operation, variables, events }: Asked| {
        let variables: InputValue = serde_json::from_value(variables).expect("variables");
        let asked = GraphQLRequest::new(document, Some(operation), Some(variables));
        match events {
            Some(events) => match resolve_into_stream(&asked, &schema, &()).await {
                Ok((stream, errors)) => {
                    let answers = Connection::from_stream(stream, errors).take(events);
                    let answers =
                        answers.map(|event| GraphQLResponse::from_result(Ok((event.data, event.errors))));
                    json!(answers.collect::<Vec<_>>().await)
                }
                // There is no stream.
                Err(error) => json!(GraphQLResponse::<DefaultScalarValue>::from_result(Err(error))),
            },
            None => json!(asked.execute(&schema, &()).await),
        }
    };
    crate::ask(sdl(&schema.as_sdl()), answer).await;
}

/// The exported schema. Juniper writes an enum value that is a default as a string, which no reader takes for one.
fn sdl(exported: &str) -> String {
    let mut document = parse_schema::<String>(exported).expect("a schema").into_static();
    let mut types: Vec<_> = Vec::new();
    for definition in &mut document.definitions {
        if let Definition::TypeDefinition(ty) = definition {
            types.push(ty);
        }
    }
    let name_of_enum = |ty: &&mut TypeDefinition<'static, String>| match ty {
        TypeDefinition::Enum(ty) => Some(ty.name.clone()),
        _ => None,
    };
    let enums: Vec<String> = types.iter().filter_map(name_of_enum).collect();
    let with_enum_value = |input: &mut Input<'static, String>| {
        if enums.contains(innermost(&input.value_type)) {
            input.default_value.iter_mut().for_each(as_enum_value);
        }
    };
    for ty in types {
        match ty {
            TypeDefinition::Object(ty) => {
                ty.fields.iter_mut().flat_map(|field| &mut field.arguments).for_each(with_enum_value);
            }
            TypeDefinition::Interface(ty) => {
                ty.fields.iter_mut().flat_map(|field| &mut field.arguments).for_each(with_enum_value);
            }
            TypeDefinition::InputObject(ty) => ty.fields.iter_mut().for_each(with_enum_value),
            _ => {}
        }
    }
    document.to_string()
}

fn innermost<'t>(ty: &'t Type<'static, String>) -> &'t String {
    match ty {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => innermost(inner),
    }
}

fn as_enum_value(value: &mut Value<'static, String>) {
    match value {
        Value::String(name) => *value = Value::Enum(std::mem::take(name)),
        Value::List(values) => values.iter_mut().for_each(as_enum_value),
        _ => {}
    }
}
