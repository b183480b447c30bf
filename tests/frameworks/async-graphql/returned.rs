//! The server of returned/new.graphql with async-graphql.

use async_graphql::{EmptyMutation, EmptySubscription, Interface, Object, Schema, SimpleObject};

// paste here: above the types

#[derive(Interface)]
#[graphql(field(name = "name", ty = "&String"))]
enum Named {
    Team(Team),
    // paste here: in the enum Named
}

#[derive(SimpleObject)]
struct Team {
    name: String,
}

// paste here: below the types

struct Query;

#[Object]
impl Query {
    async fn named(&self) -> Vec<Named> {
        vec![Team { name: "Support".to_owned() }.into()]
    }

    // paste here: in the impl of Query
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription)
        // paste here: on the builder of the schema
        .finish();
    framework_servers::async_graphql::run(schema).await;
}
