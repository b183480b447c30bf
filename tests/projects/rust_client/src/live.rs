//! What is sent, and what comes by itself.

use super::schema;

/// Has the name of another struct, in another module.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema_path = "schema.graphql", rename_all = "None")]
pub struct Message {
    pub id: cynic::Id,
    pub kind: crate::types::Kind,
}

#[derive(cynic::QueryVariables, Debug)]
pub struct Sent<'a> {
    pub thread_id: &'a cynic::Id,
    pub text: &'a str,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema_path = "schema.graphql", graphql_type = "MutationRoot", variables = "Sent")]
pub struct SendMessage {
    #[arguments(thread_id: $thread_id, text: $text)]
    #[cynic(rename = "message_send")]
    pub message: Option<Message>,
}

/// A query of the text that arrives.
#[derive(cynic::QueryVariables, Debug)]
pub struct Watched {
    pub thread: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema_path = "schema.graphql", graphql_type = "Live", variables = "Watched")]
pub struct MessageSent {
    #[arguments(thread: $thread)]
    pub message_sent: Option<Message>,
}

pub fn documents() -> (String, String) {
    let thread = cynic::Id::new("1");
    let send = {
        use cynic::MutationBuilder;
        SendMessage::build(Sent { thread_id: &thread, text: "" }).query
    };
    let watched = Watched { thread };
    let sent = cynic::StreamingOperation::<MessageSent, Watched>::subscription(watched);
    let sent = serde_json::to_value(&sent).unwrap();
    (send, sent["query"].as_str().unwrap().to_owned())
}
