"""The server of words/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import QueryType, load_schema_from_path, make_executable_schema

# paste here: above the schema

query = QueryType()


@query.field("where")
def resolve_where(root, info, place):
    return place


schema = make_executable_schema(load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query)
# paste here: below the schema
sdl = graphql.print_schema(schema)
