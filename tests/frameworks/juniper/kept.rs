//! The server of kept/new.graphql with Juniper.

use juniper::{
    EmptySubscription, FieldResult, GraphQLEnum, GraphQLInputObject, GraphQLObject, GraphQLScalar,
    GraphQLUnion, ID, Nullable, RootNode, graphql_interface, graphql_object,
};

// paste here: above the types

#[graphql_interface]
#[graphql(for = [Conversation, Person])]
// paste here: below #[graphql_interface] of ConversationItem
trait ConversationItem {
    fn id(&self) -> &ID;
}

#[graphql_interface]
#[graphql(for = Team)]
// paste here: below #[graphql_interface] of Named
trait Named {
    fn name(&self) -> &str;
}

#[derive(Clone)]
struct Conversation {
    id: ID,
    title: String,
    state: ConversationState,
    changed: ConversationTime,
    owner: Person,
}

#[graphql_object]
// paste here: below #[graphql_object] of Conversation
#[graphql(impl = ConversationItemValue)]
impl Conversation {
    fn id(&self) -> &ID {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn state(&self) -> ConversationState {
        self.state
    }

    fn changed(&self) -> &ConversationTime {
        &self.changed
    }

    fn owner(&self) -> &Person {
        &self.owner
    }
}

#[derive(Clone)]
struct Person {
    id: ID,
    name: String,
    role: Role,
}

#[graphql_object]
// paste here: below #[graphql_object] of Person
#[graphql(impl = ConversationItemValue)]
impl Person {
    fn id(&self) -> &ID {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn role(&self) -> Role {
        self.role
    }
}

#[derive(GraphQLObject)]
#[graphql(impl = NamedValue)]
struct Team {
    name: String,
    people: Vec<Person>,
}

#[derive(GraphQLUnion)]
// paste here: below #[derive(GraphQLUnion)] of ConversationHit
enum ConversationHit {
    Conversation(Conversation),
    Person(Person),
    // paste here: in the enum ConversationHit
}

#[derive(Clone, Copy, PartialEq, Eq, GraphQLEnum)]
// paste here: below #[derive(GraphQLEnum)] of ConversationState
enum ConversationState {
    Open,
    Closed,
}

#[derive(Clone, Copy, PartialEq, Eq, GraphQLEnum)]
enum Role {
    Guest,
    Member,
}

#[derive(Clone, PartialEq, PartialOrd, GraphQLScalar)]
// paste here: below #[derive(GraphQLScalar)] of ConversationTime
#[graphql(transparent)]
struct ConversationTime(String);

#[derive(GraphQLInputObject)]
// paste here: below #[derive(GraphQLInputObject)] of ConversationFilter
struct ConversationFilter {
    state: ConversationState,
    // paste here: in place of the field message_text of ConversationFilter
    message_text: Nullable<String>,
    // paste to here
}

// paste here: below the struct ConversationFilter

#[derive(GraphQLInputObject)]
struct PersonInput {
    name: String,
    // paste here: in place of the field role of PersonInput
    role: Role,
    // paste to here
}

// paste here: below the types

fn ada() -> Person {
    Person { id: ID::new("p1"), name: "Ada".to_owned(), role: Role::Member }
}

fn conversations() -> Vec<Conversation> {
    let conversation = |id: &str, title: &str, state, changed: &str| Conversation {
        id: ID::new(id),
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

#[graphql_object]
impl Query {
    fn conversation_find(&self, id: ID) -> Option<Conversation> {
        conversations().into_iter().find(|known| known.id == id)
    }

    fn threads(
        &self,
        filter: ConversationFilter,
        since: Nullable<ConversationTime>,
    ) -> FieldResult<Vec<Conversation>> {
        let text = filter
            // paste here: in place of .message_text where a ConversationFilter is read
            .message_text
            // paste to here
            .some()
            .unwrap_or_default();
        let since = since.some().unwrap_or(ConversationTime(String::new()));
        let mut found = conversations();
        found.retain(|one| one.state == filter.state && one.title.contains(&text) && one.changed >= since);
        Ok(found)
    }

    fn items(&self) -> Vec<ConversationItemValue> {
        vec![conversations().remove(0).into(), ada().into()]
    }

    fn search(
        &self,
        text: String,
        // paste here: in place of the argument first of search of Query
        first: i32,
        // paste to here
    ) -> Vec<ConversationHit> {
        let found =
            [ConversationHit::Conversation(conversations().remove(0)), ConversationHit::Person(ada())];
        found.into_iter().take(if text.is_empty() { 0 } else { first as usize }).collect()
    }

    fn named(&self) -> Vec<NamedValue> {
        vec![Team { name: "Support".to_owned(), people: vec![ada()] }.into()]
    }

    // paste here: in the impl of Query
}

struct Mutation;

#[graphql_object]
impl Mutation {
    fn person_add(&self, input: PersonInput) -> Person {
        Person { id: ID::new("p2"), name: input.name, role: input.role }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    framework_servers::juniper::run(RootNode::new(Query, Mutation, EmptySubscription::new())).await;
}
