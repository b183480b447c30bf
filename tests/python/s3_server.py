"""An S3 server for tests: prints its port and ends with its standard input.

It answers one request after the other, so that a conditional write is one step, as it is in S3. With the argument
"unconditional" it is a store that does not know conditional writes.
"""

import os
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


application = DomainDispatcherApplication(create_backend_app)


def unconditional(environ, start_response):
    environ.pop("HTTP_IF_NONE_MATCH", None)
    return application(environ, start_response)


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
served = unconditional if sys.argv[1:] == ["unconditional"] else application
server = make_server("127.0.0.1", 0, served, threaded=False, request_handler=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
