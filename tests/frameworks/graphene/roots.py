"""The server of roots/new.graphql with Graphene."""

import graphene

# paste here: above the types


class Query(graphene.ObjectType):
    hello = graphene.String(required=True)

    def resolve_hello(root, info):
        return "hello"


class Mutation(graphene.ObjectType):
    greet = graphene.String(required=True, name=graphene.Argument(graphene.String, required=True))

    def resolve_greet(root, info, name):
        return f"hello {name}"


# paste here: above the schema


schema = graphene.Schema(query=Query, mutation=Mutation)
sdl = str(schema)
