import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import recorder  # noqa: F401
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        answer = b'{"data": {"hello": "Hello bob"}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = Client(transport=AIOHTTPTransport(f"http://127.0.0.1:{server.server_port}/"))
question = gql("query Greeting($name: String!) { hello(name: $name) }")
question.variable_values, question.operation_name = {"name": "bob"}, "Greeting"
assert client.execute(question) == {"hello": "Hello bob"}
