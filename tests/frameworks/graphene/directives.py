"""The server of directives/new.graphql with Graphene, which leaves directives to the resolvers."""

import graphene
from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLDirective,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLString,
    get_argument_values,
    specified_directives,
)

# paste here: above the types

TIMES = GraphQLArgument(GraphQLNonNull(GraphQLInt), default_value=1)
SHOUT = GraphQLDirective("shout", [DirectiveLocation.FIELD], {"times": TIMES}, description="Says it loudly.")
BEHIND = GraphQLDirective(
    "behind",
    [DirectiveLocation.FIELD],
    {"text": GraphQLArgument(GraphQLNonNull(GraphQLString))},
    description="Puts a word behind.",
)
REPEAT = GraphQLDirective(
    "repeat",
    [DirectiveLocation.FIELD],
    {"times": GraphQLArgument(GraphQLNonNull(GraphQLInt))},
    description="Says it several times.",
)
PAD = GraphQLDirective(
    "pad",
    [DirectiveLocation.FIELD],
    {"width": GraphQLArgument(GraphQLNonNull(GraphQLInt))},
    description="Fills up with dots.",
)


def behind_text(node, variables):
    read = (
        # paste here: where @behind is read, in place of get_argument_values
        get_argument_values
        # paste to here
    )
    return read(BEHIND, node, variables)["text"]


def pad_width(node, variables):
    read = (
        # paste here: where @pad is read, in place of get_argument_values
        get_argument_values
        # paste to here
    )
    return read(PAD, node, variables)["width"] or 0


class Query(graphene.ObjectType):
    hello = graphene.String(required=True)

    def resolve_hello(root, info):
        value = "hello"
        for node in info.field_nodes[0].directives or ():
            name, variables = node.name.value, info.variable_values
            if name == SHOUT.name:
                value = value.upper() + "!" * get_argument_values(SHOUT, node, variables)["times"]
            elif name == BEHIND.name:
                value = f"{value} {behind_text(node, variables)}"
            elif name == REPEAT.name:
                value = " ".join([value] * get_argument_values(REPEAT, node, variables)["times"])
            elif name == PAD.name:
                value = value.ljust(pad_width(node, variables), ".")
        return value


schema = graphene.Schema(query=Query, directives=[*specified_directives, SHOUT, BEHIND, REPEAT, PAD])
# paste here: below the schema
sdl = str(schema)
