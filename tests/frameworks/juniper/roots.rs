//! The server of roots/new.graphql with Juniper.

use juniper::{EmptySubscription, RootNode, graphql_object};

struct Query;

#[graphql_object]
// paste here: below #[graphql_object] of Query
impl Query {
    fn hello(&self) -> &str {
        "hello"
    }
}

struct Mutation;

#[graphql_object]
// paste here: below #[graphql_object] of Mutation
impl Mutation {
    fn greet(&self, name: String) -> String {
        format!("hello {name}")
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, Mutation, EmptySubscription::new())).await;
}
