//! The server of implementers/new.graphql with async-graphql.

use async_graphql::{EmptySubscription, InputObject, Interface, Object, Result, Schema, SimpleObject};

// paste here: above the types

#[derive(Interface)]
#[graphql(field(name = "name", ty = "&String"))]
enum Named {
    Person(Person),
    // paste here: in the enum Named
}

#[derive(SimpleObject)]
struct Person {
    name: String,
}

#[derive(InputObject)]
struct TaskInput {
    // paste here: in place of the field message_title of TaskInput
    message_title: String,
    // paste to here
}

// paste here: below the struct TaskInput

// paste here: below the types

struct Query;

#[Object]
impl Query {
    async fn named(&self) -> Vec<Named> {
        vec![Person { name: "Ada".to_owned() }.into()]
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[Object]
impl Mutation {
    async fn message_post(&self, input: TaskInput) -> Result<String> {
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
    let schema = Schema::build(Query, Mutation, EmptySubscription)
        // paste here: on the builder of the schema
        .finish();
    framework_servers::async_graphql::run(schema).await;
}
