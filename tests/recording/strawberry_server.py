import asyncio
from collections.abc import AsyncGenerator

import strawberry
from asked import CONTEXT, DOCUMENT, SUBSCRIPTION
from recorder import RecordOperations


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str) -> str:
        return f"Hello {name}"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self) -> AsyncGenerator[int, None]:
        yield 1


schema = strawberry.Schema(query=Query, subscription=Subscription, extensions=[RecordOperations])


async def main():
    asked = {"variable_values": {"name": "bob"}, "context_value": CONTEXT, "operation_name": "Greeting"}
    answer = await schema.execute(DOCUMENT, **asked)
    assert answer.data == {"hello": "Hello bob"}, answer
    await schema.execute("query Unknown { unknown }", context_value=CONTEXT)
    async for event in await schema.subscribe(SUBSCRIPTION, context_value=CONTEXT):
        assert event.data == {"ticks": 1}, event


asyncio.run(main())
