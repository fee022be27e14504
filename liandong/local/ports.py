"""Free ports of the loopback interface."""

import secrets
import socket
from contextlib import suppress

LOOPBACK = "127.0.0.1"


class PortTaken(RuntimeError):
    """Somebody else listens where we must."""

    def __init__(self, port: int) -> None:
        super().__init__(f"{LOOPBACK}:{port} is taken")
        self.port = port


LASTING = range(20_000, 32_000)
"""Below the ports that systems give to outgoing connections, one of which could take a server's while it is down."""


def free_port() -> int:
    """A port nobody listens on now, and that no connection is given while its server starts anew."""
    while True:
        port = secrets.choice(LASTING)
        with suppress(PortTaken):
            require_free(port)
            return port


def require_free(port: int) -> None:
    """Raise PortTaken unless a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise PortTaken(port) from None


def answers(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0
