"""The server of roots/new.graphql with Ariadne. The schema lies beside it."""

import pathlib

import graphql
from ariadne import MutationType, QueryType, load_schema_from_path, make_executable_schema

# paste here: above the schema

query, mutation = QueryType(), MutationType()


@query.field("hello")
def resolve_hello(root, info):
    return "hello"


@mutation.field("greet")
def resolve_greet(root, info, name):
    return f"hello {name}"


schema = make_executable_schema(
    load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"),
    # paste here: first among the bindables of make_executable_schema
    query,
    mutation,
)

# paste here: below the schema

sdl = graphql.print_schema(schema)
