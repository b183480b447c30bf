//! What the board shows.

#[cynic::schema_for_derives(file = "schema.graphql", module = "schema")]
pub mod queries {
    use super::super::schema;
    use crate::types::{Filter, Kind, Timestamp};

    #[derive(cynic::QueryVariables, Debug)]
    pub struct ThreadsVariables {
        pub with_kind: bool,
        pub filter: Option<Filter>,
        #[cynic(rename = "first")]
        pub first_of: Option<i32>,
        pub kinds: Vec<Kind>,
        pub unused: Option<String>,
    }

    /// The query of the board.
    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "QueryRoot", variables = "ThreadsVariables")]
    pub struct ThreadsQuery {
        #[arguments(filter: $filter, first: $first_of)]
        pub threads: Vec<Thread>,
        #[arguments(filter: {title: "not a name", kinds: [PLAIN, HTML]}, tag = "board")]
        #[cynic(rename = "threads", alias)]
        pub plain_threads: Vec<ThreadTitle>,
        #[arguments(first: 1)]
        #[cynic(rename = "threads")]
        pub one: Vec<ThreadTitle>,
        #[cynic(feature = "versions")]
        pub version: Option<String>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(variables = "ThreadsVariables")]
    pub struct Thread {
        pub id: cynic::Id,
        #[cynic(rename = "created_at")]
        pub created: Timestamp,
        #[cynic(spread)]
        pub title: ThreadTitle,
        #[cynic(spread)]
        pub more: ThreadMore,
        #[cynic(recurse = "2")]
        pub parent: Option<Box<Thread>>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Thread")]
    pub struct ThreadTitle {
        pub title: Option<String>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Thread", variables = "ThreadsVariables")]
    pub struct ThreadMore {
        pub last_message: Option<Message>,
        #[arguments(first: 3, kinds: $kinds)]
        #[cynic(flatten)]
        pub messages: Vec<Message>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(variables = "ThreadsVariables")]
    pub struct Message {
        #[arguments(upTo: 80)]
        pub text: String,
        #[directives(include(if: $with_kind))]
        pub kind: Option<Kind>,
        pub persona: Option<super::Persona>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "QueryRoot")]
    pub struct FoundQuery {
        pub found: Vec<Found>,
        #[arguments(ids: ["a:1", "a:2"])]
        pub items: Vec<Item>,
    }

    #[derive(cynic::InlineFragments, Debug)]
    pub enum Found {
        Thread(ThreadTitle),
        Message(MessageId),
        #[cynic(fallback)]
        Other(String),
    }

    #[derive(cynic::InlineFragments, Debug)]
    pub enum Item {
        Thread(ThreadTitle),
        #[cynic(fallback)]
        Other(ItemId),
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Message")]
    pub struct MessageId {
        pub id: cynic::Id,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Item")]
    pub struct ItemId {
        pub id: cynic::Id,
    }
}

use super::schema;

#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema_path = "schema.graphql")]
pub struct Persona {
    pub name: String,
}
