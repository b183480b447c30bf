"""The server of kept/new.graphql with Strawberry."""

from enum import Enum
from typing import Annotated, NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

# paste here: above the types

ConversationTime = NewType("ConversationTime", str)


@strawberry.enum
class ConversationState(Enum):
    OPEN = "open"
    CLOSED = "closed"


# paste here: below the class ConversationState


@strawberry.enum
class Role(Enum):
    GUEST = "guest"
    MEMBER = "member"


@strawberry.interface
class ConversationItem:
    id: strawberry.ID


# paste here: below the class ConversationItem


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Person(
    # paste here: first in the bases of the class Person
    ConversationItem,
):
    name: str
    role: Role


@strawberry.type
class Conversation(
    # paste here: first in the bases of the class Conversation
    ConversationItem,
):
    title: str
    state: ConversationState
    changed: ConversationTime
    owner: Person


# paste here: below the class Conversation


@strawberry.type
class Team(Named):
    people: list[Person]


ConversationHit = Annotated[
    Conversation
    | Person
    # paste here: behind the members of the union ConversationHit
    ,
    strawberry.union("ConversationHit"),
]

# paste here: below the union ConversationHit


@strawberry.input
class ConversationFilter:
    state: ConversationState
    message_text: str | None = strawberry.UNSET
    # paste here: in the class ConversationFilter, below its fields


# paste here: below the class ConversationFilter


@strawberry.input
class PersonInput:
    name: str
    role: Role
    # paste here: in the class PersonInput, below its fields


ADA = Person(id="p1", name="Ada", role=Role.MEMBER)
CONVERSATIONS = [
    Conversation(id="t1", title="Refunds", state=ConversationState.OPEN, changed="2026-03-01", owner=ADA),
    Conversation(id="t2", title="Invoices", state=ConversationState.CLOSED, changed="2026-02-01", owner=ADA),
]


@strawberry.type
class Query:
    @strawberry.field
    def conversation_find(self, id: strawberry.ID) -> Conversation | None:
        return next((found for found in CONVERSATIONS if found.id == id), None)

    @strawberry.field
    def threads(
        self, filter: ConversationFilter, since: ConversationTime | None = strawberry.UNSET
    ) -> list[Conversation]:
        return [
            found
            for found in CONVERSATIONS
            if found.state is filter.state
            and (filter.message_text or "") in found.title
            and found.changed >= (since or "")
        ]

    @strawberry.field
    def items(self) -> list[ConversationItem]:
        return [CONVERSATIONS[0], ADA]

    @strawberry.field
    def search(self, text: str, first: int) -> list[ConversationHit]:
        return [CONVERSATIONS[0], ADA][:first]

    @strawberry.field
    def named(self) -> list[Named]:
        return [Team(name="Support", people=[ADA])]

    # paste here: in the class Query, below its fields


# paste here: below the class Query


@strawberry.type
class Mutation:
    @strawberry.mutation
    def person_add(self, input: PersonInput) -> Person:
        return Person(id="p2", name=input.name, role=input.role)


# paste here: above the schema


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[Team],
    config=StrawberryConfig(
        scalar_map={
            ConversationTime: strawberry.scalar(
                # paste here: in the strawberry.scalar of ConversationTime, in place of its name
                name="ConversationTime",
                # paste to here
            ),
            # paste here: in the scalar_map of the StrawberryConfig of the schema
        }
    ),
)
sdl = schema.as_str()
