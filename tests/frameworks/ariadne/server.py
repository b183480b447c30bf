"""The server of new.graphql with Ariadne. The schema lies beside it."""

import pathlib
from enum import Enum

import graphql
from ariadne import (
    EnumType,
    InterfaceType,
    MutationType,
    ObjectType,
    QueryType,
    SubscriptionType,
    load_schema_from_path,
    make_executable_schema,
)

# paste here: above the schema


class MessageOrder(Enum):
    NEWEST = "newest"
    OLDEST = "oldest"


MESSAGES = [
    {"message_id": "m1", "message_type": "SLACK", "text": "hello there"},
    {"message_id": "m2", "message_type": "EMAIL", "text": "good morning"},
]

query, mutation, subscription, message = QueryType(), MutationType(), SubscriptionType(), ObjectType("Message")
work_item = InterfaceType("WorkItem", lambda item, *_: "Task" if "title" in item else "ToolCall")
message_order = EnumType("MessageOrder", {"MESSAGE_NEWEST": MessageOrder.NEWEST, "MSG_OLDEST": MessageOrder.OLDEST})


@query.field("threadGet")
async def resolve_thread_get(root, info, thread_id):
    return {"thread_id": thread_id, "title": "Refunds"} if thread_id == "t1" else None


@query.field("workItems")
def resolve_work_items(root, info, persona_id):
    return [
        {"persona_id": persona_id, "message_count": 2, "title": "Call back"},
        {"persona_id": persona_id, "message_count": 5, "tool_name": "search"},
    ]


@query.field("messages")
def resolve_messages(root, info, order, first, message_types=None):
    found = [found for found in MESSAGES if not message_types or found["message_type"] in message_types]
    if order is MessageOrder.NEWEST:
        found.reverse()
    return found[:first]


@message.field("messageText")
def resolve_message_text(root, info, up_to):
    return root["text"][:up_to]


@mutation.field("messagesDelete")
def resolve_messages_delete(root, info, message_ids):
    return len(message_ids)


@mutation.field("taskPost")
def resolve_task_post(root, info, input):
    details = input.get("message_details", "none given")
    return {"persona_id": input["persona_id"], "message_count": 0, "title": input["message_title"], "details": details}


@subscription.source("messageNews")
async def message_news_source(root, info, types):
    for found in MESSAGES:
        if found["message_type"] in types:
            yield found


@subscription.field("messageNews")
def resolve_message_news(event, info, types):
    return event


schema = make_executable_schema(
    load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"),
    query,
    mutation,
    subscription,
    message,
    work_item,
    message_order,
    convert_names_case=True,
)

# paste here: below the schema

sdl = graphql.print_schema(schema)
