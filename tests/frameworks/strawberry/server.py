"""The server of new.graphql with Strawberry."""

from collections.abc import AsyncGenerator
from enum import Enum

import strawberry
from strawberry.permission import BasePermission

# paste here: above the types


class IsKnown(BasePermission):
    """Everybody is, and is asked: an alias has to ask as well."""

    message = "Who are you?"

    def has_permission(self, source, info: strawberry.Info, **kwargs) -> bool:
        info.context["asked"] += 1
        return True


@strawberry.type
class Thread:
    thread_id: strawberry.ID
    title: str
    # paste here: in the class Thread, below its fields


@strawberry.type
class Message:
    message_id: strawberry.ID
    message_type: str
    text: strawberry.Private[str]

    @strawberry.field
    def message_text(self, up_to: int | None = 80) -> str:
        return self.text[:up_to]


# paste here: below the class Message


@strawberry.enum(description="In which order messages come.")
class MessageOrder(Enum):
    MESSAGE_NEWEST = "newest"
    MSG_OLDEST = "oldest"


# paste here: below the class MessageOrder


@strawberry.interface(description="Anything a persona has to finish.")
class WorkItem:
    persona_id: strawberry.ID
    message_count: int

# paste here: below the class WorkItem


@strawberry.type
class Task(WorkItem):
    title: str
    details: str | None


@strawberry.type
class ToolCall(WorkItem):
    tool_name: str


@strawberry.input
class TaskInput:
    persona_id: strawberry.ID
    message_title: str
    message_details: str | None = strawberry.UNSET
    # paste here: in the class TaskInput, below its fields


MESSAGES = [
    Message(message_id="m1", message_type="SLACK", text="hello there"),
    Message(message_id="m2", message_type="EMAIL", text="good morning"),
]


@strawberry.type
class Query:
    @strawberry.field(permission_classes=[IsKnown])
    async def thread_get(self, info: strawberry.Info, thread_id: strawberry.ID) -> Thread | None:
        assert info.context["asked"], "an alias asks for permission too"
        return Thread(thread_id=thread_id, title="Refunds") if thread_id == "t1" else None

    @strawberry.field
    def work_items(self, persona_id: strawberry.ID) -> list[WorkItem]:
        return [
            Task(persona_id=persona_id, message_count=2, title="Call back", details=None),
            ToolCall(persona_id=persona_id, message_count=5, tool_name="search"),
        ]

    @strawberry.field
    def messages(
        self,
        message_types: list[str] | None = strawberry.UNSET,
        order: MessageOrder = MessageOrder.MESSAGE_NEWEST,
        first: int | None = 10,
    ) -> list[Message]:
        found = [message for message in MESSAGES if not message_types or message.message_type in message_types]
        if order is MessageOrder.MESSAGE_NEWEST:
            found.reverse()
        return found[:first]


# paste here: below the class Query


@strawberry.type
class Mutation:
    @strawberry.mutation
    def messages_delete(self, message_ids: list[strawberry.ID]) -> int:
        return len(message_ids)

    @strawberry.mutation
    def task_post(self, input: TaskInput) -> Task:
        details = "none given" if input.message_details is strawberry.UNSET else input.message_details
        return Task(persona_id=input.persona_id, message_count=0, title=input.message_title, details=details)


# paste here: below the class Mutation


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def message_news(self, types: list[str] = []) -> AsyncGenerator[Message, None]:
        for message in MESSAGES:
            if message.message_type in types:
                yield message


# paste here: below the class Subscription


schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription, types=[Task, ToolCall])
sdl = schema.as_str()
