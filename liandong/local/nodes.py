"""Nodes on this machine: four service processes each, with a database, a port and a log of their own."""

import asyncio
import json
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from contracts.topics import Mode
from liandong.local.ports import LOOPBACK, require_free
from liandong.local.processes import Child, inherited, stop_all
from liandong.local.servers import Servers
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer

SERVICES = ("incident", "dispatch", "resources", "notify")
FIRST_PORT = 8100
READY_SECONDS = 90.0
ADDRESSES = "nodes.json"
RESTART_SECONDS = 0.2

Ready = Callable[[str], None]
"""Told the name of each service that became ready, as ``210400.incident``."""


class NotReady(RuntimeError):
    """A service did not become ready in time; carries its name and the checks that fail."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


@dataclass(frozen=True)
class Setup:
    """What all nodes of one run share."""

    folder: Path
    servers: Servers
    mode: Mode
    jurisdictions: tuple[str, ...]
    drill_id: str = ""
    plan: Path = Path("plans/fushun")
    first_port: int = FIRST_PORT
    extra: Mapping[str, str] = field(default_factory=dict)

    def port(self, node: str, service: str) -> int:
        """Node *i* has its services at 8100+10*i* … 8103+10*i*."""
        return self.first_port + 10 * self.jurisdictions.index(node) + SERVICES.index(service)

    def url(self, node: str, service: str) -> str:
        """The root of a service's API."""
        return f"http://{LOOPBACK}:{self.port(node, service)}"

    def database(self, node: str, service: str) -> str:
        """The name of a service's database."""
        return f"liandong_{self.mode}_{node}_{service}"

    @property
    def keys(self) -> Path:
        """Where the local issuer keeps its keys."""
        return self.folder / "keys"

    def token(
        self, subject: str, name: str, roles: Iterable[Role], node: str, department: str | None = None
    ) -> str:
        """A token of the local issuer, good for a day."""
        return LocalIssuer(self.keys, self.mode).issue(subject, name, roles, node, department, hours=24)

    def environment(self, node: str, service: str) -> dict[str, str]:
        """What one service process is told."""
        return {
            **inherited(),
            "NODE": node,
            "MODE": self.mode,
            "DRILL_ID": self.drill_id,
            "HOST": LOOPBACK,
            "PORT": str(self.port(node, service)),
            "PLAN_DIR": str(self.plan.resolve()),
            "DATABASE_URL": self.servers.database_url(self.database(node, service)),
            "KAFKA_BOOTSTRAP_SERVERS": self.servers.kafka_bootstrap,
            "REDIS_URL": self.servers.redis_url,
            "AUTH_KEYS_DIR": str(self.keys),
            "FILE_CHANNEL_DIR": str(self.folder / "files" / node),
            **self.extra,
        }


def write_addresses(setup: Setup) -> None:
    """Leave ``nodes.json`` for commands that look for these nodes later."""
    services = {
        f"{node}.{service}": {
            "url": setup.url(node, service),
            "database": setup.servers.database_url(setup.database(node, service)),
        }
        for node in setup.jurisdictions
        for service in SERVICES
    }
    found = {"mode": setup.mode, "services": services}
    (setup.folder / ADDRESSES).write_text(json.dumps(found, indent=1))


class Nodes:
    """The service processes of a run; ``only`` those named, as ``210404.incident``, or all of every node."""

    def __init__(self, setup: Setup, only: Collection[str] = ()) -> None:
        self.setup, self._only = setup, only
        self.children: dict[str, Child] = {}

    def start(self) -> None:
        """Start every process; raises PortTaken."""
        setup = self.setup
        LocalIssuer(setup.keys, setup.mode).private_key()
        write_addresses(setup)
        every = [(node, service) for node in setup.jurisdictions for service in SERVICES]
        places = [one for one in every if not self._only or ".".join(one) in self._only]
        for node, service in places:
            require_free(setup.port(node, service))
        with ThreadPoolExecutor() as threads:
            list(threads.map(setup.servers.database, [setup.database(*place) for place in places]))
        for node, service in places:
            name, command = f"{node}.{service}", [sys.executable, "-m", f"services.{service}"]
            child = Child(name, command, setup.folder, setup.environment(node, service))
            self.children[name] = child
            child.start()

    async def ready(self, told: Ready, seconds: float = READY_SECONDS) -> None:
        """Wait until every service is ready; raises DiedAtStart or NotReady."""
        async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
            await asyncio.gather(*(self._ready(http, name, told, seconds) for name in self.children))

    async def _ready(self, http: httpx.AsyncClient, name: str, told: Ready, seconds: float) -> None:
        node, _, service = name.partition(".")
        reason = "no answer"
        try:
            async with asyncio.timeout(seconds):
                while reason := await self._unready(http, f"{self.setup.url(node, service)}/health/ready"):
                    self.children[name].require_alive()
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise NotReady(name, reason) from None
        told(name)

    @staticmethod
    async def _unready(http: httpx.AsyncClient, url: str) -> str:
        try:
            answer = await http.get(url)
        except httpx.TransportError as error:
            return repr(error)
        return "" if answer.status_code == 200 else answer.text

    def kill(self, name: str) -> None:
        """kill -9 of one service."""
        self.children[name].kill()

    def restart(self, name: str) -> None:
        """Start one service again."""
        self.children[name].start()

    def restart_dead(self) -> list[str]:
        """Start again what has ended; the names."""
        dead = [name for name, child in self.children.items() if not child.alive]
        for name in dead:
            self.children[name].start()
        return dead

    def stop(self) -> list[str]:
        """Stop all together; the names of those that had to be killed."""
        return stop_all(self.children.values())
