"""The server of returned/new.graphql with Graphene."""

import graphene

# paste here: above the types


class Named(graphene.Interface):
    name = graphene.String(required=True)


# paste here: below the class Named


class Team(graphene.ObjectType):
    class Meta:
        interfaces = (Named,)


class Query(graphene.ObjectType):
    named = graphene.List(graphene.NonNull(Named), required=True)

    def resolve_named(root, info):
        return [Team(name="Support")]

    # paste here: in the class Query, below its fields


schema = graphene.Schema(
    query=Query,
    types=[
        Team,
        # paste here: in the types of the schema
    ],
)
# paste here: below the schema
sdl = str(schema)
