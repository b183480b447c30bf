//! The server of returned/new.graphql with Juniper.

use juniper::{EmptyMutation, EmptySubscription, GraphQLObject, RootNode, graphql_interface, graphql_object};

// paste here: above the types

#[graphql_interface]
#[graphql(for = Team)]
// paste here: below #[graphql_interface] of Named
trait Named {
    fn name(&self) -> &str;
}

#[derive(GraphQLObject)]
#[graphql(impl = NamedValue)]
struct Team {
    name: String,
}

// paste here: below the types

struct Query;

#[graphql_object]
impl Query {
    fn named(&self) -> Vec<NamedValue> {
        vec![Team { name: "Support".to_owned() }.into()]
    }

    // paste here: in the impl of Query
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, EmptyMutation::new(), EmptySubscription::new()))
        .await;
}
