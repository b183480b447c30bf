"""The server of kept/new.graphql with Ariadne. The schema lies beside it."""

import pathlib
from enum import Enum

import graphql
from ariadne import (
    EnumType,
    InputType,
    InterfaceType,
    MutationType,
    ObjectType,
    QueryType,
    ScalarType,
    UnionType,
    load_schema_from_path,
    make_executable_schema,
)

# paste here: above the schema


class ConversationState(Enum):
    OPEN = "open"
    CLOSED = "closed"


ADA = {"id": "p1", "name": "Ada", "role": "MEMBER"}
CONVERSATIONS = [
    {"id": "t1", "title": "Refunds", "state": ConversationState.OPEN, "changed": "2026-03-01", "owner": ADA},
    {"id": "t2", "title": "Invoices", "state": ConversationState.CLOSED, "changed": "2026-02-01", "owner": ADA},
]


def type_of(value, info, abstract_type):
    if "title" in value:
        return "Conversation"
    return "Person" if "role" in value else "Team"


query, mutation, conversation = QueryType(), MutationType(), ObjectType("Conversation")
item, named = InterfaceType("ConversationItem", type_of), InterfaceType("Named", type_of)
hit = UnionType("ConversationHit", type_of)
time = ScalarType("ConversationTime", value_parser=lambda value: value + "T00:00")
filters = InputType("ConversationFilter", out_names={"messageText": "message_text"})


@conversation.field("changed")
def resolve_changed(root, info):
    return root["changed"]


@query.field("conversationFind")
def resolve_conversation_find(root, info, id):
    return next((found for found in CONVERSATIONS if found["id"] == id), None)


@query.field("threads")
def resolve_threads(root, info, filter, since="0"):
    return [
        found
        for found in CONVERSATIONS
        if found["state"] is filter["state"]
        and filter.get("message_text", "") in found["title"]
        and found["changed"] + "T00:00" >= since
    ]


@query.field("items")
def resolve_items(root, info):
    return [CONVERSATIONS[0], ADA]


@query.field("search")
def resolve_search(root, info, text, first):
    return [CONVERSATIONS[0], ADA][:first]


@query.field("named")
def resolve_named(root, info):
    return [{"name": "Support", "people": [ADA]}]


@mutation.field("personAdd")
def resolve_person_add(root, info, input):
    return {"id": "p2", **input}


schema = make_executable_schema(
    load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"),
    # paste here: first among the bindables of make_executable_schema
    query,
    mutation,
    conversation,
    item,
    named,
    hit,
    time,
    filters,
    EnumType("ConversationState", ConversationState),
)

# paste here: below the schema

sdl = graphql.print_schema(schema)
