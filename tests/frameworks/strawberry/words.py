"""The server of words/new.graphql with Strawberry."""

from enum import Enum

import strawberry

# paste here: above the types


@strawberry.enum
class Place(Enum):
    in_ = strawberry.enum_value("in", name="in")
    OUTSIDE = "outside"
    # paste here: in the class Place, below its fields


# paste here: below the class Place


@strawberry.type
class Query:
    @strawberry.field
    def where(self, place: Place) -> Place:
        return place

    # paste here: in the class Query, below its fields


schema = strawberry.Schema(query=Query)
sdl = schema.as_str()
