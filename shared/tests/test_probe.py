"""The health check of a container says what the service's readiness says, and never hangs."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from shared.probe import unready


@contextmanager
def service(status: int, body: dict) -> Iterator[int]:
    """A service whose readiness is given; its port."""

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health/ready" else 404)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_ready_service_is_healthy():
    with service(200, {"ready": True}) as port:
        assert unready(port) == ""


def test_a_service_that_is_not_ready_is_unhealthy_and_says_why():
    with service(503, {"ready": False, "checks": ["canary"]}) as port:
        assert "canary" in unready(port)


def test_a_service_that_is_not_there_is_unhealthy():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "refused" in unready(free.getsockname()[1])


def test_a_service_that_hangs_is_unhealthy_in_time():
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        assert "timed out" in unready(hanging.getsockname()[1], seconds=0.1)


def probed(port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "shared.probe"]
    return subprocess.run(
        command, env={"PORT": str(port)}, capture_output=True, text=True, timeout=30, check=False
    )


def test_its_exit_code_is_what_docker_asks_for():
    with service(200, {}) as port:
        assert probed(port).returncode == 0
    with service(503, {}) as port:
        assert probed(port).returncode == 1


def test_it_imports_nothing_heavy_because_it_runs_every_few_seconds():
    with service(200, {}) as port:
        imported = probed(port).stderr
    assert "http.client" in imported
    assert not [name for name in ("pydantic", "fastapi", "sqlalchemy", "httpx") if name in imported]
