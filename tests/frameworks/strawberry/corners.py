"""The server of corners/new.graphql with Strawberry."""

from collections.abc import AsyncGenerator
from enum import Enum

import strawberry

# paste here: above the types


@strawberry.enum
class NoteKind(Enum):
    SHORT = "short"
    LONG = "long"
    # paste here: in the class NoteKind, below its fields


@strawberry.input
class NoteInput:
    text: str
    author: str
    # paste here: in the class NoteInput, below its fields


@strawberry.type
class Query:
    @strawberry.field
    def message_find(self, message_ids: list[strawberry.ID], message_limit: int | None = 5) -> list[str]:
        return [f"m{message_id}" for message_id in message_ids[:message_limit]]

    @strawberry.field
    def notes(self, kind: NoteKind | None = strawberry.UNSET) -> list[str]:
        return [kind.name]

    @strawberry.field
    def note(self, id: strawberry.ID) -> str | None:
        return id

    @strawberry.field
    def search(self, text: str) -> list[str]:
        return [text or "nothing"]

    # paste here: in the class Query, below its fields


# paste here: below the class Query


@strawberry.type
class Mutation:
    @strawberry.mutation
    def note_add(self, input: NoteInput) -> str:
        return f"{input.author or 'nobody'}: {input.text}"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def message_ticks(self, message_count: int = 2) -> AsyncGenerator[int, None]:
        for tick in range(message_count):
            yield tick + 1

    # paste here: in the class Subscription, below its fields


# paste here: below the class Subscription


schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
sdl = schema.as_str()
