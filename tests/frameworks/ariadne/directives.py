"""The server of directives/new.graphql with Ariadne, which leaves directives to the resolvers. The schema lies beside it."""

import pathlib

import graphql
from ariadne import QueryType, load_schema_from_path, make_executable_schema
from graphql import get_argument_values

# paste here: above the schema

query = QueryType()


def behind_text(directive, node, variables):
    read = (
        # paste here: where @behind is read, in place of get_argument_values
        get_argument_values
        # paste to here
    )
    return read(directive, node, variables)["text"]


def pad_width(directive, node, variables):
    read = (
        # paste here: where @pad is read, in place of get_argument_values
        get_argument_values
        # paste to here
    )
    return read(directive, node, variables)["width"] or 0


@query.field("hello")
def resolve_hello(root, info):
    shout = info.schema.get_directive(
        # paste here: in place of "shout" where the directive is looked up
        "shout"
        # paste to here
    )
    value = "hello"
    for node in info.field_nodes[0].directives or ():
        directive, variables = info.schema.get_directive(node.name.value), info.variable_values
        if directive is shout:
            value = value.upper() + "!" * get_argument_values(directive, node, variables)["times"]
        elif directive.name == "behind":
            value = f"{value} {behind_text(directive, node, variables)}"
        elif directive.name == "repeat":
            value = " ".join([value] * get_argument_values(directive, node, variables)["times"])
        elif directive.name == "pad":
            value = value.ljust(pad_width(directive, node, variables), ".")
    return value


schema = make_executable_schema(load_schema_from_path(pathlib.Path(__file__).parent / "schema.graphql"), query)
sdl = graphql.print_schema(schema)
