import asyncio

import ariadne
from asked import CONTEXT, DOCUMENT
from recorder import record_operation

query = ariadne.QueryType()


@query.field("hello")
def hello(root, info, name):
    return f"Hello {name}"


schema = ariadne.make_executable_schema("type Query { hello(name: String!): String! }", query)
asked = {"query": DOCUMENT, "operationName": "Greeting", "variables": {"name": "bob"}}
_, answer = asyncio.run(ariadne.graphql(schema, asked, context_value=CONTEXT, query_parser=record_operation))
assert answer["data"] == {"hello": "Hello bob"}, answer
