"""The server of one-of/new.graphql with Strawberry."""

import strawberry

# paste here: above the types


@strawberry.input(one_of=True)
class FindBy:
    id: strawberry.ID | None = strawberry.UNSET
    name: str | None = strawberry.UNSET


# paste here: below the class FindBy


@strawberry.type
class Query:
    @strawberry.field
    def find(self, by: FindBy) -> str:
        if by.id:
            return f"thread {by.id}"
        return f"person {by.name}" if by.name else "nothing"


schema = strawberry.Schema(query=Query)
sdl = schema.as_str()
