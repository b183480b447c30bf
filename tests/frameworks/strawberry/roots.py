"""The server of roots/new.graphql with Strawberry."""

import strawberry

# paste here: above the types


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hello"


# paste here: below the class Query


@strawberry.type
class Mutation:
    @strawberry.mutation
    def greet(self, name: str) -> str:
        return f"hello {name}"


# paste here: below the class Mutation


schema = strawberry.Schema(query=Query, mutation=Mutation)
sdl = schema.as_str()
