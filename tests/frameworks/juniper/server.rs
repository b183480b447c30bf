//! The server of new.graphql with Juniper.

use std::pin::Pin;

use futures::{Stream, stream};
use juniper::{
    FieldError, FieldResult, GraphQLEnum, GraphQLInputObject, GraphQLObject, ID, Nullable, RootNode,
    graphql_interface, graphql_object, graphql_subscription,
};

// paste here: above the types

struct Thread {
    thread_id: ID,
    title: String,
}

#[graphql_object]
impl Thread {
    fn thread_id(&self) -> &ID {
        &self.thread_id
    }

    fn title(&self) -> &str {
        &self.title
    }

    // paste here: in the impl of Thread
}

#[derive(Clone)]
struct Message {
    message_id: ID,
    message_type: String,
    text: &'static str,
}

#[graphql_object]
impl Message {
    fn message_id(&self) -> &ID {
        &self.message_id
    }

    fn message_type(&self) -> &str {
        &self.message_type
    }

    fn message_text(&self, #[graphql(default = 80)] up_to: Option<i32>) -> String {
        self.text.chars().take(up_to.map_or(usize::MAX, |up_to| up_to as usize)).collect()
    }

    // paste here: in the impl of Message
}

/// In which order messages come.
#[derive(Clone, Copy, PartialEq, Eq, GraphQLEnum)]
enum MessageOrder {
    MessageNewest,
    MsgOldest,
    // paste here: in the enum MessageOrder
}

// paste here: below the enum MessageOrder

/// Anything a persona has to finish.
#[graphql_interface]
#[graphql(for = [Task, ToolCall])]
trait WorkItem {
    fn persona_id(&self) -> &ID;

    fn message_count(&self) -> i32;

    // paste here: in the trait WorkItem
}

struct Task {
    persona_id: ID,
    title: String,
    details: Option<String>,
}

#[graphql_object]
#[graphql(impl = WorkItemValue)]
impl Task {
    fn persona_id(&self) -> &ID {
        &self.persona_id
    }

    fn message_count(&self) -> i32 {
        if self.details.is_none() && self.title == "Call back" && &*self.persona_id == "p1" { 2 } else { 0 }
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn details(&self) -> Option<&str> {
        self.details.as_deref()
    }

    // paste here: in the impl of Task
}

struct ToolCall {
    persona_id: ID,
}

#[graphql_object]
#[graphql(impl = WorkItemValue)]
impl ToolCall {
    fn persona_id(&self) -> &ID {
        &self.persona_id
    }

    fn message_count(&self) -> FieldResult<i32> {
        Ok(5)
    }

    fn tool_name(&self) -> &str {
        "search"
    }

    // paste here: in the impl of ToolCall
}

#[derive(GraphQLInputObject)]
struct TaskInput {
    persona_id: ID,
    // paste here: in place of the field message_title of TaskInput
    message_title: String,
    // paste to here
    // paste here: in place of the field message_details of TaskInput
    message_details: Nullable<String>,
    // paste to here
}

// paste here: below the struct TaskInput

fn all_messages() -> Vec<Message> {
    let message =
        |id: &str, ty: &str, text| Message { message_id: ID::new(id), message_type: ty.to_owned(), text };
    vec![message("m1", "SLACK", "hello there"), message("m2", "EMAIL", "good morning")]
}

struct Query;

#[graphql_object]
impl Query {
    fn thread_get(&self, thread_id: ID) -> Option<Thread> {
        (&*thread_id == "t1").then(|| Thread { thread_id, title: "Refunds".to_owned() })
    }

    fn work_items(&self, persona_id: ID) -> Vec<WorkItemValue> {
        let task = Task { persona_id: persona_id.clone(), title: "Call back".to_owned(), details: None };
        vec![task.into(), ToolCall { persona_id }.into()]
    }

    fn messages(
        &self,
        // paste here: in place of the argument message_types of messages of Query
        message_types: Nullable<Vec<String>>,
        // paste to here
        #[graphql(default = MessageOrder::MessageNewest)] order: MessageOrder,
        #[graphql(default = 10)] first: Option<i32>,
    ) -> FieldResult<Vec<Message>> {
        // paste here: at the start of messages of Query, which returns a Result
        // paste here: at the start of messages of Query
        let mut found = all_messages();
        if let Some(types) = message_types.some() {
            found.retain(|message| types.contains(&message.message_type));
        }
        if order == MessageOrder::MessageNewest {
            found.reverse();
        }
        found.truncate(first.map_or(usize::MAX, |first| first as usize));
        Ok(found)
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[graphql_object]
impl Mutation {
    fn messages_delete(
        &self,
        // paste here: in place of the argument message_ids of messages_delete of Mutation
        message_ids: Vec<ID>,
        // paste to here
    ) -> FieldResult<i32> {
        // paste here: at the start of messages_delete of Mutation, which returns a Result
        Ok(i32::try_from(message_ids.len())?)
    }

    async fn task_post(&self, input: TaskInput) -> FieldResult<Task> {
        let title = input
            // paste here: in place of .message_title where a TaskInput is read
            .message_title
            // paste to here
            .clone();
        let details = input
            // paste here: in place of .message_details where a TaskInput is read
            .message_details
            // paste to here
            .clone();
        let details = match details {
            Nullable::ImplicitNull => Some("none given".to_owned()),
            given => given.some(),
        };
        // Nobody has written about a task that is new.
        Ok(Task { persona_id: ID::new(format!("new {}", input.persona_id)), title, details })
    }
}

struct Subscription;

type Messages = Pin<Box<dyn Stream<Item = Result<Message, FieldError>> + Send>>;

#[graphql_subscription]
impl Subscription {
    async fn message_news(&self, #[graphql(default)] types: Vec<String>) -> Messages {
        let found = all_messages().into_iter().filter(move |message| types.contains(&message.message_type));
        Box::pin(stream::iter(found.map(Ok).collect::<Vec<_>>()))
    }

    // paste here: in the impl of Subscription
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, Mutation, Subscription)).await;
}
