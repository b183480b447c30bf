//! The server of corners/new.graphql with Juniper.

use futures::stream::{self, BoxStream};
use juniper::{
    FieldResult, GraphQLEnum, GraphQLInputObject, ID, Nullable, RootNode, graphql_object,
    graphql_subscription,
};

// paste here: above the types

#[derive(Clone, Copy, PartialEq, Eq, Debug, GraphQLEnum)]
enum NoteKind {
    Short,
    Long,
    // paste here: in the enum NoteKind
}

#[derive(GraphQLInputObject)]
struct NoteInput {
    text: String,
    // paste here: in place of the field author of NoteInput
    author: String,
    // paste to here
    // paste here: in the struct NoteInput
}

// paste here: below the struct NoteInput

struct Query;

#[graphql_object]
impl Query {
    fn message_find(
        &self,
        // paste here: in place of the argument message_ids of message_find of Query
        message_ids: Vec<ID>,
        // paste to here
        // paste here: in place of the argument message_limit of message_find of Query
        #[graphql(default = 5)] message_limit: Option<i32>,
        // paste to here
    ) -> FieldResult<Vec<String>> {
        // paste here: at the start of message_find of Query, which returns a Result
        let limit = message_limit.map_or(usize::MAX, |limit| limit as usize);
        Ok(message_ids.iter().take(limit).map(|id| format!("m{}", &**id)).collect())
    }

    fn notes(
        &self,
        kind: Nullable<NoteKind>,
        // paste here: behind the arguments of notes of Query
    ) -> Vec<String> {
        kind.some().iter().map(|kind| format!("{kind:?}").to_uppercase()).collect()
    }

    fn note(
        &self,
        id: ID,
    ) -> FieldResult<
        // paste here: in place of the type of note of Query
        Option<String>,
        // paste to here
    > {
        Ok(String::from(id).into())
    }

    fn search(
        &self,
        // paste here: in place of the argument text of search of Query
        text: String,
        // paste to here
    ) -> FieldResult<Vec<String>> {
        // paste here: at the start of search of Query, which returns a Result
        Ok(vec![if text.is_empty() { "nothing".to_owned() } else { text }])
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[graphql_object]
impl Mutation {
    fn note_add(&self, input: NoteInput) -> String {
        let author = input
            // paste here: in place of .author where a NoteInput is read
            .author
            // paste to here
            .clone();
        format!("{}: {}", if author.is_empty() { "nobody" } else { &author }, input.text)
    }
}

struct Subscription;

#[graphql_subscription]
impl Subscription {
    async fn message_ticks(
        &self,
        // paste here: in place of the argument message_count of message_ticks of Subscription
        #[graphql(default = 2)] message_count: i32,
        // paste to here
    ) -> FieldResult<BoxStream<'static, i32>> {
        // paste here: at the start of message_ticks of Subscription, which returns a Result
        Ok(Box::pin(stream::iter(1..=message_count)))
    }

    // paste here: in the impl of Subscription
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, Mutation, Subscription)).await;
}
