//! A server with async-graphql, and what it is asked.

mod recorder;

use async_graphql::{Object, Request, Schema, Subscription, Variables, value};
use futures::{Stream, StreamExt, stream};
use http::HeaderMap;
use recorder::RecordOperations;

struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: String) -> String {
        format!("Hello {name}")
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn rename(&self, name: String) -> String {
        name
    }
}

struct Subscriptions;

#[Subscription(name = "Subscription")]
impl Subscriptions {
    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter([1])
    }
}

/// What karen's client sends.
fn asked(name: &str, document: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("apollographql-client-name", "karen".parse().unwrap());
    headers.insert("apollographql-client-version", "20045".parse().unwrap());
    let variables = Variables::from_value(value!({ "name": "bob" }));
    Request::new(document).operation_name(name).variables(variables).data(headers)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let schema = Schema::build(Query, Mutation, Subscriptions);
    let schema = schema.extension(RecordOperations("operations.ndjson")).finish();
    let greeting = "query Greeting($name: String!) { hello(name: $name) }";
    let answer = schema.execute(asked("Greeting", greeting)).await;
    assert_eq!(answer.into_result().unwrap().data, value!({ "hello": "Hello bob" }));
    let unknown = schema.execute(asked("Unknown", "query Unknown { unknown }")).await;
    assert!(unknown.is_err());
    let rename = "mutation Rename($name: String!) { rename(name: $name) }";
    let answer = schema.execute(asked("Rename", rename)).await;
    assert_eq!(answer.into_result().unwrap().data, value!({ "rename": "bob" }));
    let ticks = schema.execute_stream(asked("Ticks", "subscription Ticks { ticks }"));
    let events: Vec<_> = ticks.map(|event| event.into_result().unwrap().data).collect().await;
    assert_eq!(events, [value!({ "ticks": 1 })]);
}
