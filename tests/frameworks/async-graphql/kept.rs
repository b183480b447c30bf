//! The server of kept/new.graphql with async-graphql.

use async_graphql::{
    EmptySubscription, Enum, ID, InputObject, InputValueResult, Interface, MaybeUndefined, Object, Result,
    Scalar, ScalarType, Schema, SimpleObject, Union, Value,
};

// paste here: above the types

#[derive(Interface)]
// paste here: below #[derive(Interface)] of ConversationItem
#[graphql(field(name = "id", ty = "&ID"))]
enum ConversationItem {
    Conversation(Conversation),
    Person(Person),
    // paste here: in the enum ConversationItem
}

#[derive(Interface)]
#[graphql(field(name = "name", ty = "&String"))]
enum Named {
    Team(Team),
    // paste here: in the enum Named
}

#[derive(Clone, SimpleObject)]
// paste here: below #[derive(SimpleObject)] of Conversation (in #[Object(...)], where it has that)
struct Conversation {
    id: ID,
    title: String,
    state: ConversationState,
    changed: ConversationTime,
    owner: Person,
}

#[derive(Clone, SimpleObject)]
struct Person {
    id: ID,
    name: String,
    role: Role,
}

#[derive(SimpleObject)]
struct Team {
    name: String,
    people: Vec<Person>,
}

#[derive(Union)]
// paste here: below #[derive(Union)] of ConversationHit
enum ConversationHit {
    Conversation(Conversation),
    Person(Person),
    // paste here: in the enum ConversationHit
}

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
// paste here: below #[derive(Enum)] of ConversationState
enum ConversationState {
    Open,
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum Role {
    Guest,
    Member,
}

#[derive(Clone, PartialEq, PartialOrd)]
struct ConversationTime(String);

#[Scalar(
    // paste here: in #[Scalar(...)] of ConversationTime
)]
impl ScalarType for ConversationTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            _ => Err("A time is a text.".into()),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[derive(InputObject)]
// paste here: below #[derive(InputObject)] of ConversationFilter
struct ConversationFilter {
    state: ConversationState,
    // paste here: in place of the field message_text of ConversationFilter
    message_text: MaybeUndefined<String>,
    // paste to here
}

// paste here: below the struct ConversationFilter

#[derive(InputObject)]
struct PersonInput {
    name: String,
    // paste here: in place of the field role of PersonInput
    role: Role,
    // paste to here
}

// paste here: below the types

fn ada() -> Person {
    Person { id: "p1".into(), name: "Ada".to_owned(), role: Role::Member }
}

fn conversations() -> Vec<Conversation> {
    let conversation = |id: &str, title: &str, state, changed: &str| Conversation {
        id: id.into(),
        title: title.to_owned(),
        state,
        changed: ConversationTime(changed.to_owned()),
        owner: ada(),
    };
    vec![
        conversation("t1", "Refunds", ConversationState::Open, "2026-03-01"),
        conversation("t2", "Invoices", ConversationState::Closed, "2026-02-01"),
    ]
}

struct Query;

#[Object]
impl Query {
    async fn conversation_find(&self, id: ID) -> Option<Conversation> {
        conversations().into_iter().find(|known| known.id == id)
    }

    async fn threads(
        &self,
        filter: ConversationFilter,
        since: MaybeUndefined<ConversationTime>,
    ) -> Result<Vec<Conversation>> {
        let text = filter
            // paste here: in place of .message_text where a ConversationFilter is read
            .message_text
            // paste to here
            .take()
            .unwrap_or_default();
        let since = since.take().unwrap_or(ConversationTime(String::new()));
        let mut found = conversations();
        found.retain(|one| one.state == filter.state && one.title.contains(&text) && one.changed >= since);
        Ok(found)
    }

    async fn items(&self) -> Vec<ConversationItem> {
        vec![conversations().remove(0).into(), ada().into()]
    }

    async fn search(
        &self,
        text: String,
        // paste here: in place of the argument first of search of Query
        first: i32,
        // paste to here
    ) -> Vec<ConversationHit> {
        let found: [ConversationHit; 2] = [conversations().remove(0).into(), ada().into()];
        found.into_iter().take(if text.is_empty() { 0 } else { first as usize }).collect()
    }

    async fn named(&self) -> Vec<Named> {
        vec![Team { name: "Support".to_owned(), people: vec![ada()] }.into()]
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[Object]
impl Mutation {
    async fn person_add(&self, input: PersonInput) -> Person {
        Person { id: "p2".into(), name: input.name, role: input.role }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let schema = Schema::build(Query, Mutation, EmptySubscription)
        // paste here: on the builder of the schema
        .finish();
    framework_servers::async_graphql::run(schema).await;
}
