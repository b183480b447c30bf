//! The server of corners/new.graphql with async-graphql.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, Object, Result, Schema, Subscription};
use futures::{Stream, stream};

// paste here: above the types

#[derive(Clone, Copy, PartialEq, Eq, Debug, Enum)]
enum NoteKind {
    Short,
    Long,
    // paste here: in the enum NoteKind
}

#[derive(InputObject)]
struct NoteInput {
    text: String,
    // paste here: in place of the field author of NoteInput
    author: String,
    // paste to here
    // paste here: in the struct NoteInput
}

// paste here: below the struct NoteInput

struct Query;

#[Object]
impl Query {
    async fn message_find(
        &self,
        // paste here: in place of the argument message_ids of message_find of Query
        message_ids: Vec<ID>,
        // paste to here
        // paste here: in place of the argument message_limit of message_find of Query
        #[graphql(default = 5)] message_limit: Option<i32>,
        // paste to here
    ) -> Result<Vec<String>> {
        // paste here: at the start of message_find of Query, which returns a Result
        let limit = message_limit.map_or(usize::MAX, |limit| limit as usize);
        Ok(message_ids.iter().take(limit).map(|id| format!("m{}", id.as_str())).collect())
    }

    async fn notes(
        &self,
        kind: MaybeUndefined<NoteKind>,
        // paste here: behind the arguments of notes of Query
    ) -> Vec<String> {
        kind.take().iter().map(|kind| format!("{kind:?}").to_uppercase()).collect()
    }

    async fn note(
        &self,
        id: ID,
    ) -> Result<
        // paste here: in place of the type of note of Query
        Option<String>,
        // paste to here
    > {
        Ok(id.0.into())
    }

    async fn search(
        &self,
        // paste here: in place of the argument text of search of Query
        text: String,
        // paste to here
    ) -> Result<Vec<String>> {
        // paste here: at the start of search of Query, which returns a Result
        Ok(vec![if text.is_empty() { "nothing".to_owned() } else { text }])
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[Object]
impl Mutation {
    async fn note_add(&self, input: NoteInput) -> String {
        let author = input
            // paste here: in place of .author where a NoteInput is read
            .author
            // paste to here
            .clone();
        format!("{}: {}", if author.is_empty() { "nobody" } else { &author }, input.text)
    }
}

struct Subscription;

#[Subscription]
impl Subscription {
    async fn message_ticks(
        &self,
        // paste here: in place of the argument message_count of message_ticks of Subscription
        #[graphql(default = 2)] message_count: i32,
        // paste to here
    ) -> Result<impl Stream<Item = i32>> {
        // paste here: at the start of message_ticks of Subscription, which returns a Result
        Ok(stream::iter(1..=message_count))
    }

    // paste here: in the impl of Subscription
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::async_graphql::run(Schema::new(Query, Mutation, Subscription)).await;
}
