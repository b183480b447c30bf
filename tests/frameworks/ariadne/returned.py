"""The server of returned/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import InterfaceType, QueryType, load_schema_from_path, make_executable_schema

# paste here: above the schema

query, named = QueryType(), InterfaceType("Named", lambda *_: "Team")


@query.field("named")
def resolve_named(root, info):
    return [{"name": "Support"}]


schema = make_executable_schema(load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query, named)

# paste here: below the schema

sdl = graphql.print_schema(schema)
