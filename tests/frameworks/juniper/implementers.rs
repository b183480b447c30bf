//! The server of implementers/new.graphql with Juniper.

use juniper::{
    EmptySubscription, FieldResult, GraphQLInputObject, GraphQLObject, RootNode, graphql_interface,
    graphql_object,
};

// paste here: above the types

#[graphql_interface]
#[graphql(for = Person)]
// paste here: below #[graphql_interface] of Named
trait Named {
    fn name(&self) -> &str;
}

#[derive(GraphQLObject)]
#[graphql(impl = NamedValue)]
struct Person {
    name: String,
}

#[derive(GraphQLInputObject)]
struct TaskInput {
    // paste here: in place of the field message_title of TaskInput
    message_title: String,
    // paste to here
}

// paste here: below the struct TaskInput

// paste here: below the types

struct Query;

#[graphql_object]
impl Query {
    fn named(&self) -> Vec<NamedValue> {
        vec![Person { name: "Ada".to_owned() }.into()]
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[graphql_object]
impl Mutation {
    fn message_post(&self, input: TaskInput) -> FieldResult<String> {
        let title = input
            // paste here: in place of .message_title where a TaskInput is read
            .message_title
            // paste to here
            .clone();
        Ok(title)
    }

    // paste here: in the impl of Mutation
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, Mutation, EmptySubscription::new())).await;
}
