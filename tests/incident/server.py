"""The platform of schemas/incident, with Strawberry, over HTTP and WebSocket. Argument: the port, 0 for any.

This is the server after the rename; the test makes the one before it by putting the old word back."""

import json
import socket
import sys
from collections.abc import AsyncGenerator
from enum import Enum
from typing import Annotated, NewType

import strawberry
import uvicorn
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

# paste here: above the types


JSON = NewType("JSON", object)


@strawberry.enum
class FNewsAction(Enum):
    INITIAL = "initial"
    UPDATE = "update"
    DELETE = "delete"


@strawberry.enum
class FWorkState(Enum):
    INBOX = "inbox"
    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    FAILED = "failed"


@strawberry.type
class FPersonaOutput:
    ws_id: str
    persona_id: str
    persona_name: str
    marketable_name: str
    marketable_version: int
    persona_setup: JSON | None
    persona_preferred_model: str

    @strawberry.field(deprecation_reason="Use `persona_preferred_model`.")
    def persona_model(self) -> str | None:
        return self.persona_preferred_model


@strawberry.type
class FHumanOutput:
    ws_id: str
    human_id: str
    human_name: str


FMessageAuthor = Annotated[FHumanOutput | FPersonaOutput, strawberry.union("FMessageAuthor")]


@strawberry.type
class FThreadOutput:
    ws_id: str
    thread_id: str
    thread_title: str
    thread_persona_id: str
    thread_error: JSON | None
    thread_coins_spent: int
    thread_coins_budget: int
    thread_updated_ts: float


@strawberry.type
class FThreadMessageOutput:
    thread_id: str
    message_num: int
    message_content: JSON | None
    message_author: FMessageAuthor | None
    message_created_ts: float


@strawberry.type
class FExternalMessageOutput:
    ws_id: str
    emsg_id: str
    emsg_persona_id: str
    emsg_type: str
    emsg_from: str
    emsg_to: str
    emsg_external_id: str
    emsg_payload: JSON | None
    emsg_created_ts: float


# paste here: below the class FExternalMessageOutput


@strawberry.interface
class FWorkItem:
    ws_id: str
    persona_id: str
    thread_id: str | None
    work_state: FWorkState
    updated_ts: float


@strawberry.type
class FToolCallOutput(FWorkItem):
    call_id: str
    call_name: str
    call_arguments: JSON
    confirmed_by_human: bool | None


@strawberry.type
class FKanbanTaskOutput(FWorkItem):
    task_id: str
    task_title: str
    task_details: JSON | None
    blocked_by: "FKanbanTaskOutput | None"
    resolution_summary: str | None


@strawberry.type
class FBotNewsOutput:
    news_action: FNewsAction
    news_about: str
    news_id: str
    news_payload_persona: FPersonaOutput | None = None
    news_payload_thread: FThreadOutput | None = None
    news_payload_message: FThreadMessageOutput | None = None
    news_payload_tool_call: FToolCallOutput | None = None
    news_payload_task: FKanbanTaskOutput | None = None
    news_payload_emessage: FExternalMessageOutput | None = None


@strawberry.input
class FToolResultInput:
    call_id: str
    content: JSON
    as_placeholder: bool | None = False


@strawberry.input
class FKanbanTaskInput:
    persona_id: str
    task_title: str
    task_details: JSON | None = strawberry.UNSET
    work_state: FWorkState = FWorkState.INBOX
    blocked_by_task_id: str | None = strawberry.UNSET


KAREN = FPersonaOutput(
    ws_id="ws1",
    persona_id="p1",
    persona_name="Karen 5",
    marketable_name="karen",
    marketable_version=20045,
    persona_setup={"language": "en"},
    persona_preferred_model="large",
)

# What came from outside and waits for the bot.
WAITING = {
    "e1": FExternalMessageOutput(
        ws_id="ws1",
        emsg_id="e1",
        emsg_persona_id="p1",
        emsg_type="SLACK",
        emsg_from="alice",
        emsg_to="karen",
        emsg_external_id="slack-1",
        emsg_payload={"text": "Where is my order?"},
        emsg_created_ts=1769796000.5,
    )
}


@strawberry.type
class Query:
    @strawberry.field
    def platform_version(self) -> str:
        return "1"

    @strawberry.field
    def persona_list(
        self, ws_id: str, marketable_name: str | None = strawberry.UNSET, limit: int | None = 50
    ) -> list[FPersonaOutput]:
        return [KAREN]

    @strawberry.field
    def thread_get(self, thread_id: str) -> FThreadOutput | None:
        return None

    @strawberry.field
    def thread_messages(
        self, thread_id: str, after_num: int | None = 0, limit: int | None = 200
    ) -> list[FThreadMessageOutput]:
        return []

    @strawberry.field
    def work_items(
        self, persona_id: str, states: list[FWorkState] = [FWorkState.TODO, FWorkState.IN_PROGRESS]
    ) -> list[FWorkItem]:
        return []

    @strawberry.field
    def kanban_board(
        self, persona_id: str, states: list[FWorkState] | None = strawberry.UNSET
    ) -> list[FKanbanTaskOutput]:
        return []


def task(persona_id: str, title: str, state: FWorkState) -> FKanbanTaskOutput:
    return FKanbanTaskOutput(
        ws_id="ws1",
        persona_id=persona_id,
        thread_id=None,
        work_state=state,
        updated_ts=1769796000.5,
        task_id="k1",
        task_title=title,
        task_details=None,
        blocked_by=None,
        resolution_summary=None,
    )


@strawberry.type
class Mutation:
    @strawberry.mutation
    def bot_register(
        self,
        marketable_name: str,
        marketable_version: int,
        ws_id_prefix: str | None = strawberry.UNSET,
        group_id: str | None = strawberry.UNSET,
    ) -> bool:
        return True

    @strawberry.mutation
    def thread_create(
        self, persona_id: str, title: str, first_question: str, budget_coins: int | None = 1000
    ) -> FThreadOutput:
        raise NotImplementedError("threads are not part of the story")

    @strawberry.mutation
    def tool_call_result(self, input: FToolResultInput) -> FToolCallOutput:
        raise NotImplementedError("tools are not part of the story")

    @strawberry.mutation
    def kanban_task_post(self, input: FKanbanTaskInput) -> FKanbanTaskOutput:
        return task(input.persona_id, input.task_title, input.work_state)

    @strawberry.mutation
    def kanban_task_move(
        self, task_id: str, work_state: FWorkState, resolution_summary: str | None = strawberry.UNSET
    ) -> FKanbanTaskOutput:
        return task("p1", "moved", work_state)

    @strawberry.mutation
    def emessages_delete(self, emsg_ids: list[str]) -> bool:
        return all([WAITING.pop(emsg_id, None) for emsg_id in emsg_ids])


# paste here: below the class Mutation


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def bot_threads_calls_tasks(
        self,
        marketable_name: str,
        marketable_version: int,
        tool_names: list[str],
        max_threads: int | None = 100,
        want_personas: bool | None = False,
        want_threads: bool | None = False,
        want_messages: bool | None = False,
        want_tool_calls: bool | None = False,
        want_tasks: bool | None = False,
        want_emsg_types: list[str] = [],
        ws_id_prefix: str | None = strawberry.UNSET,
        group_id: str | None = strawberry.UNSET,
    ) -> AsyncGenerator[FBotNewsOutput, None]:
        if want_personas:
            yield FBotNewsOutput(
                news_action=FNewsAction.INITIAL,
                news_about="persona",
                news_id=KAREN.persona_id,
                news_payload_persona=KAREN,
            )
        for waiting in list(WAITING.values()):
            if waiting.emsg_type in want_emsg_types:
                yield FBotNewsOutput(
                    news_action=FNewsAction.INITIAL,
                    news_about="emessage",
                    news_id=waiting.emsg_id,
                    news_payload_emessage=waiting,
                )

    @strawberry.subscription
    async def kanban_task_changes(self, persona_id: str) -> AsyncGenerator[FKanbanTaskOutput, None]:
        yield task(persona_id, "Call back", FWorkState.TODO)


# paste here: below the class Subscription


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[FToolCallOutput, FKanbanTaskOutput],
    config=StrawberryConfig(
        auto_camel_case=False,
        scalar_map={
            JSON: strawberry.scalar(
                name="JSON",
                serialize=lambda value: value,
                parse_value=lambda value: value,
                specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
            )
        },
    ),
)


def main() -> None:
    # The socket is bound before anybody hears of its port.
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    print(json.dumps({"port": listener.getsockname()[1], "sdl": schema.as_str()}), flush=True)
    app = GraphQL(schema, subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    server.run(sockets=[listener])


main()
