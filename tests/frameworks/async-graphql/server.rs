//! The server of new.graphql with async-graphql.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::{
    ComplexObject, Context, Enum, Guard, ID, InputObject, Interface, MaybeUndefined, Object, Result, Schema,
    SimpleObject, Subscription,
};
use futures::{Stream, stream};

// paste here: above the types

#[derive(SimpleObject)]
#[graphql(complex)]
struct Thread {
    thread_id: ID,
    title: String,
}

#[ComplexObject]
impl Thread {
    #[graphql(skip)]
    async fn length(&self) -> usize {
        self.title.len()
    }

    // paste here: in the impl of Thread
}

#[derive(Clone, SimpleObject)]
#[graphql(complex)]
struct Message {
    message_id: ID,
    message_type: String,
    #[graphql(skip)]
    text: &'static str,
}

#[ComplexObject]
impl Message {
    async fn message_text(&self, #[graphql(default = 80)] up_to: Option<i32>) -> String {
        self.text.chars().take(up_to.map_or(usize::MAX, |up_to| up_to as usize)).collect()
    }

    // paste here: in the impl of Message
}

/// In which order messages come.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum MessageOrder {
    MessageNewest,
    MsgOldest,
    // paste here: in the enum MessageOrder
}

// paste here: below the enum MessageOrder

/// Anything a persona has to finish.
#[derive(Interface)]
// paste here: below #[derive(Interface)] of WorkItem
#[graphql(field(name = "persona_id", ty = "&ID"), field(name = "message_count", ty = "i32"))]
enum WorkItem {
    Task(Task),
    ToolCall(ToolCall),
}

#[derive(SimpleObject)]
#[graphql(complex)]
struct Task {
    persona_id: ID,
    title: String,
    details: Option<String>,
}

#[ComplexObject]
impl Task {
    async fn message_count(&self) -> i32 {
        if self.details.is_none() && self.title == "Call back" && self.persona_id == "p1" { 2 } else { 0 }
    }

    // paste here: in the impl of Task
}

struct ToolCall {
    persona_id: ID,
}

#[Object]
impl ToolCall {
    async fn persona_id(&self) -> &ID {
        &self.persona_id
    }

    async fn message_count(&self) -> i32 {
        5
    }

    async fn tool_name(&self) -> &str {
        "search"
    }

    // paste here: in the impl of ToolCall
}

#[derive(InputObject)]
struct TaskInput {
    persona_id: ID,
    // paste here: in place of the field message_title of TaskInput
    message_title: String,
    // paste to here
    // paste here: in place of the field message_details of TaskInput
    message_details: MaybeUndefined<String>,
    // paste to here
}

// paste here: below the struct TaskInput

fn all_messages() -> Vec<Message> {
    let message =
        |id: &str, ty: &str, text| Message { message_id: id.into(), message_type: ty.to_owned(), text };
    vec![message("m1", "SLACK", "hello there"), message("m2", "EMAIL", "good morning")]
}

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Lets everybody pass whom it has seen.
struct Counted;

impl Guard for Counted {
    async fn check(&self, _: &Context<'_>) -> Result<()> {
        COUNT.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

struct Query;

#[Object]
impl Query {
    #[graphql(guard = "Counted")]
    async fn thread_get(&self, thread_id: ID) -> Option<Thread> {
        // Who goes around the guard gets nothing.
        let is_counted = COUNT.swap(0, Ordering::SeqCst) == 1;
        (is_counted && thread_id == "t1").then(|| Thread { thread_id, title: "Refunds".to_owned() })
    }

    async fn work_items(&self, persona_id: ID) -> Vec<WorkItem> {
        let task = Task { persona_id: persona_id.clone(), title: "Call back".to_owned(), details: None };
        vec![task.into(), ToolCall { persona_id }.into()]
    }

    async fn messages(
        &self,
        // paste here: in place of the argument message_types of messages of Query
        message_types: MaybeUndefined<Vec<String>>,
        // paste to here
        #[graphql(
            default_with = "MessageOrder::MessageNewest",
            // paste here: in #[graphql(...)] of the argument order of messages of Query
        )]
        order: MessageOrder,
        #[graphql(default = 10)] first: Option<i32>,
    ) -> Result<Vec<Message>> {
        // paste here: at the start of messages of Query, which returns a Result
        let mut found = all_messages();
        if let Some(types) = message_types.take() {
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

#[Object]
impl Mutation {
    async fn messages_delete(
        &self,
        // paste here: in place of the argument message_ids of messages_delete of Mutation
        message_ids: Vec<ID>,
        // paste to here
    ) -> Result<usize> {
        // paste here: at the start of messages_delete of Mutation, which returns a Result
        Ok(message_ids.len())
    }

    async fn task_post(&self, input: TaskInput) -> Result<Task> {
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
            MaybeUndefined::Undefined => Some("none given".to_owned()),
            given => given.take(),
        };
        // Nobody has written about a task that is new.
        Ok(Task { persona_id: format!("new {}", input.persona_id.as_str()).into(), title, details })
    }
}

struct Subscription;

#[Subscription]
impl Subscription {
    async fn message_news(&self, #[graphql(default)] types: Vec<String>) -> impl Stream<Item = Message> {
        let found = all_messages().into_iter().filter(move |message| types.contains(&message.message_type));
        stream::iter(found.collect::<Vec<_>>())
    }

    // paste here: in the impl of Subscription
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::async_graphql::run(Schema::new(Query, Mutation, Subscription)).await;
}
