"""The tiny service as a process of its own, that may be killed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

import shared
from liandong.local.ports import free_port
from shared.tests.world import World, until


class TinyProcess:
    """One process of a world's node; what it writes goes to ``log``."""

    def __init__(self, world: World, folder: Path, **more: str) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.log = folder / f"tiny-{port}.log"
        settings = world.settings
        self._env = {
            **os.environ,
            "NODE": settings.node,
            "PORT": str(port),
            "DATABASE_URL": settings.database_url,
            "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
            "AUTH_KEYS_DIR": str(settings.auth_keys_dir),
            "CANARY_SECONDS": "0.5",
            **more,
        }
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Until it says that it is ready."""
        command = [sys.executable, "-m", "shared.tests.tiny"]
        with self.log.open("ab") as log:
            self._process = await asyncio.to_thread(
                subprocess.Popen,
                command,
                env=self._env,
                stdout=log,
                stderr=log,
                cwd=Path(shared.__file__).parents[1],
            )
        await until(self._ready, 40)

    async def _ready(self) -> bool:
        assert self._process is not None and self._process.poll() is None, self.log.read_text()[-2000:]
        try:
            async with httpx.AsyncClient(trust_env=False) as http:
                return (await http.get(f"{self.url}/health/ready")).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """An orderly end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            process, self._process = self._process, None
            process.wait(20)
