"""A subscriber's web server for drills: takes messages, gives receipts, keeps what came."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from drills.log import ReceivedMessage


class Webhook:
    """Listens while the block runs: on a free loopback port, or where it is told, under the name that others know."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, known_as: str = "127.0.0.1") -> None:
        self.messages: list[ReceivedMessage] = []
        self._known_as = known_as
        self._server = ThreadingHTTPServer((host, port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where to send messages."""
        return f"http://{self._known_as}:{self._server.server_port}/warnings"

    def __enter__(self) -> "Webhook":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        messages = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                messages.append(ReceivedMessage(f"W-{len(messages) + 1}", time.time(), _decode(body)))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"receipt_id": f"W-{len(messages)}"}).encode())

            def log_message(self, *_: object) -> None:
                return

        return Handler


def _decode(body: bytes) -> object:
    """The message; as text where it is no JSON."""
    try:
        told: object = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
    return told
