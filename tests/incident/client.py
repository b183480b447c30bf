"""A bot that was built before the rename. Arguments: the port, the folder of its stored operations.

It does what it has to do after a start: it registers over HTTP, opens its subscription over WebSocket
(graphql-transport-ws), reads the events that wait for it, and deletes the external messages that it has handled. It prints
what it got as JSON, and ends with 1 where it cannot work."""

import asyncio
import json
import pathlib
import sys
import urllib.request

import websockets

PORT, OPERATIONS = sys.argv[1], pathlib.Path(sys.argv[2])
BOT = {"marketable_name": "karen", "marketable_version": 20045}


def text(name: str) -> str:
    return (OPERATIONS / f"{name}.graphql").read_text()


def post(name: str, variables: dict) -> dict:
    body = json.dumps({"query": text(name), "variables": variables}).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/", body, headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


async def subscribe(name: str, variables: dict) -> dict:
    events, errors = [], []
    address = f"ws://127.0.0.1:{PORT}/"
    async with websockets.connect(address, subprotocols=["graphql-transport-ws"]) as socket:

        async def receive() -> dict:
            return json.loads(await asyncio.wait_for(socket.recv(), 20))

        await socket.send(json.dumps({"type": "connection_init"}))
        assert (await receive())["type"] == "connection_ack"
        payload = {"query": text(name), "variables": variables}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        while (message := await receive())["type"] != "complete":
            if message["type"] == "next":
                events.append(message["payload"])
            elif message["type"] == "error":
                errors = message["payload"]
                break
    return {"events": events, "errors": errors}


def main() -> int:
    said = {"register": post("bot_register", BOT)}
    wanted = {**BOT, "tool_names": [], "want_emessage_types": ["SLACK"]}
    said["threads"] = asyncio.run(subscribe("karen_threads", wanted))
    waiting = [event["data"]["bot_threads_calls_tasks"]["news_payload_emessage"] for event in said["threads"]["events"]]
    handled = [message["emessage_id"] for message in waiting if message]
    said["delete"] = post("delete_emessages", {"ids": handled})
    json.dump(said, sys.stdout)
    return 1 if said["threads"]["errors"] or "errors" in said["delete"] else 0


sys.exit(main())
