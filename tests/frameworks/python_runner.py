"""Asks a server of Python. Arguments: the server's file, requests.json, the folder of the documents."""

import asyncio
import importlib.util
import inspect
import json
import pathlib
import sys

import graphql


def load(path):
    spec = importlib.util.spec_from_file_location("server", path)
    server = importlib.util.module_from_spec(spec)
    sys.modules["server"] = server
    spec.loader.exec_module(server)
    return server


def as_json(result):
    answer = {"data": result.data}
    if result.errors:
        answer["errors"] = [{"message": error.message} for error in result.errors]
    return answer


async def answer(schema, own, text, request):
    document = graphql.parse(text)
    errors = graphql.validate(schema, document)
    if errors:
        return {"errors": [{"message": error.message} for error in errors]}
    arguments = {
        "variable_values": request.get("variables"),
        "operation_name": request["operation"],
        "context_value": {"asked": 0},
    }
    if "events" not in request:
        result = own(text, **arguments) if own else graphql.execute(schema, document, **arguments)
        return as_json(await result if inspect.isawaitable(result) else result)
    stream = graphql.subscribe(schema, document, **arguments)
    stream = await stream if inspect.isawaitable(stream) else stream
    if not hasattr(stream, "__aiter__"):
        return [as_json(stream)]
    events = []
    async for event in stream:
        events.append(as_json(event))
        if len(events) == len(request["events"]):
            break
    return events


async def main(server_file, requests_file, documents):
    server = load(server_file)
    schema = getattr(server.schema, "graphql_schema", None) or getattr(server.schema, "_schema", server.schema)
    # Strawberry calls the functions of directives in an execution of its own.
    own = server.schema.execute if hasattr(server.schema, "schema_converter") else None
    texts = {path.stem: path.read_text() for path in pathlib.Path(documents).glob("*.graphql")}
    requests = json.loads(pathlib.Path(requests_file).read_text())
    answers = [await answer(schema, own, texts[request["document"]], request) for request in requests]
    json.dump({"sdl": server.sdl, "answers": answers}, sys.stdout)


asyncio.run(main(*sys.argv[1:]))
