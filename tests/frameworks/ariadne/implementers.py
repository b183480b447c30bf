"""The server of implementers/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import InterfaceType, MutationType, QueryType, load_schema_from_path, make_executable_schema

# paste here: above the schema

query, mutation, named = QueryType(), MutationType(), InterfaceType("Named", lambda *_: "Person")


@query.field("named")
def resolve_named(root, info):
    return [{"name": "Ada"}]


@mutation.field("messagePost")
def resolve_message_post(root, info, input):
    return input["messageTitle"]


schema = make_executable_schema(
    load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query, mutation, named
)

# paste here: below the schema

sdl = graphql.print_schema(schema)
