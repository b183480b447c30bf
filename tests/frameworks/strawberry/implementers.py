"""The server of implementers/new.graphql with Strawberry."""

import strawberry

# paste here: above the types


@strawberry.interface
class Named:
    name: str


# paste here: below the class Named


@strawberry.type
class Person(Named):
    pass


@strawberry.input
class TaskInput:
    message_title: str
    # paste here: in the class TaskInput, below its fields


@strawberry.type
class Query:
    @strawberry.field
    def named(self) -> list[Named]:
        return [Person(name="Ada")]

    # paste here: in the class Query, below its fields


@strawberry.type
class Mutation:
    @strawberry.mutation
    def message_post(self, input: TaskInput) -> str:
        return input.message_title


# paste here: below the class Mutation


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[
        Person,
        # paste here: in the types of the schema
    ],
)
sdl = schema.as_str()
