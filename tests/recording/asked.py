"""What the servers of these tests are asked, and by whom."""

from starlette.requests import Request

DOCUMENT = "query Greeting($name: String!) { hello(name: $name) }"
SUBSCRIPTION = "subscription Ticks { ticks }"
CONTEXT = {
    "request": Request(
        {
            "type": "http",
            "headers": [(b"apollographql-client-name", b"karen"), (b"apollographql-client-version", b"20045")],
        }
    )
}
