"""The server of directives/new.graphql with Strawberry."""

import strawberry
from strawberry.directive import DirectiveLocation, DirectiveValue

# paste here: above the types


@strawberry.directive(locations=[DirectiveLocation.FIELD], description="Says it loudly.")
def shout(value: DirectiveValue[str], times: int = 1):
    return value.upper() + "!" * times


# paste here: below the directive shout


@strawberry.directive(locations=[DirectiveLocation.FIELD], description="Puts a word behind.")
def behind(value: DirectiveValue[str], text: str):
    return f"{value} {text}"


# paste here: below the directive behind


@strawberry.directive(locations=[DirectiveLocation.FIELD], description="Says it several times.")
def repeat(value: DirectiveValue[str], times: int):
    return " ".join([value] * times)


# paste here: below the directive repeat


@strawberry.directive(locations=[DirectiveLocation.FIELD], description="Fills up with dots.")
def pad(value: DirectiveValue[str], width: int):
    return value.ljust(width or 0, ".")


# paste here: below the directive pad


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hello"


# paste here: above the schema


schema = strawberry.Schema(
    query=Query,
    directives=[
        shout,
        behind,
        repeat,
        pad,
        # paste here: in the directives of the schema
    ],
)
# paste here: below the schema
sdl = schema.as_str()
