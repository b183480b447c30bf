"""A GraphQL server on Strawberry; prints its address."""

import socket
from enum import Enum
from typing import Annotated

import strawberry
import uvicorn
from strawberry.asgi import GraphQL


@strawberry.enum
class Order(Enum):
    NEWEST = "newest"
    OLDEST = strawberry.enum_value("oldest", deprecation_reason="Use NEWEST.")


@strawberry.input
class Filter:
    text: str | None = None
    words: str | None = strawberry.field(default=None, deprecation_reason="Use text.")


@strawberry.input(one_of=True)
class Key:
    id: strawberry.Maybe[strawberry.ID]
    slug: strawberry.Maybe[str]


@strawberry.type(description="A thread of messages")
class Thread:
    id: strawberry.ID
    title: str
    subject: str = strawberry.field(deprecation_reason="Use title.")


@strawberry.type
class Query:
    @strawberry.field
    def threads(
        self,
        where: Filter | None = None,
        first: int = 10,
        limit: Annotated[int | None, strawberry.argument(deprecation_reason="Use first.")] = None,
        order: Order = Order.NEWEST,
    ) -> list[Thread]:
        return []

    @strawberry.field
    def thread(self, by: Key) -> Thread | None:
        return None


schema = strawberry.Schema(Query)

if __name__ == "__main__":
    import sys

    if sys.argv[1:] == ["--sdl"]:
        print(schema.as_str())
        sys.exit()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    config = uvicorn.Config(GraphQL(schema), log_level="error", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])
