"""The server of kept/new.graphql with Graphene."""

import graphene

# paste here: above the types


class ConversationTime(graphene.Scalar):
    pass


class ConversationState(graphene.Enum):
    class Meta:
        description = ""

    OPEN = "open"
    CLOSED = "closed"


class Role(graphene.Enum):
    class Meta:
        description = ""

    GUEST = "guest"
    MEMBER = "member"


class ConversationItem(graphene.Interface):
    id = graphene.ID(required=True)


# paste here: below the class ConversationItem


class Named(graphene.Interface):
    name = graphene.String(required=True)


class Person(graphene.ObjectType):
    class Meta:
        interfaces = (ConversationItem,)

    name = graphene.String(required=True)
    role = Role(required=True)


class Conversation(graphene.ObjectType):
    class Meta:
        interfaces = (ConversationItem,)

    title = graphene.String(required=True)
    state = ConversationState(required=True)
    changed = ConversationTime(required=True)
    owner = graphene.Field(graphene.NonNull(Person))


class Team(graphene.ObjectType):
    class Meta:
        interfaces = (Named,)

    people = graphene.List(graphene.NonNull(Person), required=True)


class ConversationHit(graphene.Union):
    class Meta:
        types = (Conversation, Person)


class ConversationFilter(graphene.InputObjectType):
    state = ConversationState(required=True)
    message_text = graphene.String()
    # paste here: in the class ConversationFilter, below its fields


# paste here: below the class ConversationFilter


class PersonInput(graphene.InputObjectType):
    name = graphene.String(required=True)
    role = Role(required=True)
    # paste here: in the class PersonInput, below its fields


ADA = Person(id="p1", name="Ada", role=Role.MEMBER)
CONVERSATIONS = [
    Conversation(id="t1", title="Refunds", state=ConversationState.OPEN, changed="2026-03-01", owner=ADA),
    Conversation(id="t2", title="Invoices", state=ConversationState.CLOSED, changed="2026-02-01", owner=ADA),
]


class Query(graphene.ObjectType):
    conversation_find = graphene.Field(Conversation, id=graphene.ID(required=True))
    threads = graphene.List(
        graphene.NonNull(Conversation),
        required=True,
        filter=ConversationFilter(required=True),
        since=ConversationTime(),
    )
    items = graphene.List(graphene.NonNull(ConversationItem), required=True)
    search = graphene.List(
        graphene.NonNull(ConversationHit),
        required=True,
        text=graphene.String(required=True),
        first=graphene.Int(required=True),
    )
    named = graphene.List(graphene.NonNull(Named), required=True)

    def resolve_conversation_find(root, info, id):
        return next((found for found in CONVERSATIONS if found.id == id), None)

    def resolve_threads(root, info, filter, since=None):
        return [
            found
            for found in CONVERSATIONS
            if found.state is filter.state
            and (filter.message_text or "") in found.title
            and found.changed >= (since or "")
        ]

    def resolve_items(root, info):
        return [CONVERSATIONS[0], ADA]

    def resolve_search(root, info, text, first):
        return [CONVERSATIONS[0], ADA][:first]

    def resolve_named(root, info):
        return [Team(name="Support", people=[ADA])]

    # paste here: in the class Query, below its fields


# paste here: below the class Query


class PersonAdd(graphene.Mutation):
    class Arguments:
        input = PersonInput(required=True)

    Output = graphene.NonNull(Person)

    def mutate(root, info, input):
        return Person(id="p2", name=input.name, role=input.role)


class Mutation(graphene.ObjectType):
    person_add = PersonAdd.Field()


# paste here: above the schema


schema = graphene.Schema(query=Query, mutation=Mutation, types=[Team])
# paste here: below the schema
sdl = str(schema)
