"""The server of corners/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import MutationType, QueryType, SubscriptionType, load_schema_from_path, make_executable_schema

# paste here: above the schema

query, mutation, subscription = QueryType(), MutationType(), SubscriptionType()


@query.field("messageFind")
def resolve_message_find(root, info, messageIds, messageLimit):
    return [f"m{message_id}" for message_id in messageIds[:messageLimit]]


@query.field("notes")
def resolve_notes(root, info, kind=None):
    return [kind]


@query.field("note")
def resolve_note(root, info, id):
    return id


@query.field("search")
def resolve_search(root, info, text):
    return [text or "nothing"]


@mutation.field("noteAdd")
def resolve_note_add(root, info, input):
    return f"{input.get('author', 'nobody')}: {input['text']}"


@subscription.source("messageTicks")
async def message_ticks_source(root, info, messageCount):
    for tick in range(messageCount):
        yield {"messageTicks": tick + 1}


schema = make_executable_schema(
    load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query, mutation, subscription
)

# paste here: below the schema

sdl = graphql.print_schema(schema)
