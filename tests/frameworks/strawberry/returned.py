"""The server of returned/new.graphql with Strawberry."""

import strawberry

# paste here: above the types


@strawberry.interface
class Named:
    name: str


# paste here: below the class Named


@strawberry.type
class Team(Named):
    pass


@strawberry.type
class Query:
    @strawberry.field
    def named(self) -> list[Named]:
        return [Team(name="Support")]

    # paste here: in the class Query, below its fields


schema = strawberry.Schema(
    query=Query,
    types=[
        Team,
        # paste here: in the types of the schema
    ],
)
sdl = schema.as_str()
