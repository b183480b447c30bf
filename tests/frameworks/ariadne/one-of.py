"""The server of one-of/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import QueryType, load_schema_from_path, make_executable_schema

query = QueryType()


@query.field("find")
def resolve_find(root, info, by):
    if "id" in by:
        return f"thread {by['id']}"
    return f"person {by['name']}" if "name" in by else "nothing"


schema = make_executable_schema(load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query)
sdl = graphql.print_schema(schema)
