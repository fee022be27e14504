"""Free ports of the loopback interface."""

import socket

LOOPBACK = "127.0.0.1"


class PortTaken(RuntimeError):
    """Somebody else listens where we must."""

    def __init__(self, port: int) -> None:
        super().__init__(f"{LOOPBACK}:{port} is taken")
        self.port = port


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


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
