"""The server of words/new.graphql with Graphene."""

import graphene

# paste here: above the types


class Place(graphene.Enum):
    class Meta:
        description = ""

    locals()["in"] = "in"
    OUTSIDE = "outside"
    # paste here: in the class Place, below its fields


class Query(graphene.ObjectType):
    where = graphene.Field(graphene.NonNull(Place), place=Place(required=True))

    def resolve_where(root, info, place):
        return place

    # paste here: in the class Query, below its fields


schema = graphene.Schema(query=Query)
# paste here: below the schema
sdl = str(schema)
