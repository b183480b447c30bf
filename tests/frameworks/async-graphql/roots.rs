//! The server of roots/new.graphql with async-graphql.

use async_graphql::{EmptySubscription, Object, Schema};

struct Query;

#[Object(
    // paste here: in #[Object(...)] of Query
)]
impl Query {
    async fn hello(&self) -> &str {
        "hello"
    }
}

struct Mutation;

#[Object(
    // paste here: in #[Object(...)] of Mutation
)]
impl Mutation {
    async fn greet(&self, name: String) -> String {
        format!("hello {name}")
    }
}

// paste here: above the types

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::async_graphql::run(Schema::new(Query, Mutation, EmptySubscription)).await;
}
