"""Nodes on this machine: four service processes each, with a database, a port and a log of their own."""

import asyncio
import json
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from contracts.rights import SERVICES, Principal
from contracts.topics import Mode
from liandong.local.ports import LOOPBACK, require_free
from liandong.local.processes import Child, inherited_environment, stop_all
from liandong.local.servers import Servers
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from shared.kafka_access import KafkaAccess

FIRST_PORT = 8100
MOST_REPLICAS = 3
NODE_PORTS = 10
"""How far the ports of one node are from the next one's; twice that with more replicas than there is room for."""
READY_SECONDS = 90.0
ADDRESSES = "nodes.json"
RESTART_SECONDS = 0.2

Ready = Callable[[str], None]
"""Told the name of each service that became ready, as ``210400.incident``."""


@dataclass(frozen=True)
class Place:
    """One service process of one node; the first replica is named ``210400.incident``, others ``210400.incident#2``."""

    node: str
    service: str
    replica: int = 1

    @property
    def name(self) -> str:
        """What the process is called."""
        return f"{self.node}.{self.service}" + (f"#{self.replica}" if self.replica > 1 else "")

    @classmethod
    def of(cls, name: str) -> "Place":
        """The place of a name."""
        service, _, replica = name.partition("#")
        node, _, kind = service.partition(".")
        return cls(node, kind, int(replica or 1))


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
    kafka_users: Mapping[str, KafkaAccess] = field(default_factory=dict)
    """How each user gets into a Kafka that asks for names; empty where it is open."""
    replicas: int = 1
    """How many processes of each service, at most three."""

    def __post_init__(self) -> None:
        assert 1 <= self.replicas <= MOST_REPLICAS

    def port(self, node: str, service: str, replica: int = 1) -> int:
        """Node *i* has its services at 8100+10*i* … 8103+10*i*, and their other replicas behind them."""
        apart = NODE_PORTS * (1 + (len(SERVICES) * self.replicas > NODE_PORTS))
        here = self.first_port + apart * self.jurisdictions.index(node)
        return here + len(SERVICES) * (replica - 1) + SERVICES.index(service)

    def url(self, node: str, service: str, replica: int = 1) -> str:
        """The root of a service's API."""
        return f"http://{LOOPBACK}:{self.port(node, service, replica)}"

    def urls(self, node: str, service: str) -> list[str]:
        """The roots of all replicas' APIs."""
        return [self.url(node, service, replica) for replica in range(1, self.replicas + 1)]

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

    def kafka(self, principal: Principal) -> KafkaAccess:
        """How someone gets into Kafka."""
        if not self.kafka_users:
            return self.servers.kafka_access
        return self.kafka_users[principal.user(self.mode)]

    def environment(self, node: str, service: str, replica: int = 1) -> dict[str, str]:
        """What one service process is told."""
        return {
            **inherited_environment(),
            "NODE": node,
            "MODE": self.mode,
            "DRILL_ID": self.drill_id,
            "HOST": LOOPBACK,
            "PORT": str(self.port(node, service, replica)),
            "PLAN_DIR": str(self.plan.resolve()),
            "DATABASE_URL": self.servers.database_url(self.database(node, service)),
            **self.kafka(Principal(kind="service", node=node, name=service)).environment(),
            "REDIS_URL": self.servers.redis_url,
            "AUTH_KEYS_DIR": str(self.keys),
            "FILE_CHANNEL_DIR": str(self.folder / "files" / node),
            "SIBLINGS": json.dumps({name: self.url(node, name) for name in SERVICES if name != "incident"}),
            "LOCAL_LOGIN": "true",
            "LOCAL_CONSOLES": json.dumps({code: self.url(code, "incident") for code in self.jurisdictions}),
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
    plan, kafka = str(setup.plan.resolve()), setup.servers.kafka_bootstrap
    found = {
        "mode": setup.mode,
        "plan": plan,
        "kafka": kafka,
        "drill": setup.drill_id,
        "services": services,
    }
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
        places = self.places()
        for place in places:
            require_free(setup.port(place.node, place.service, place.replica))
        names = sorted({setup.database(place.node, place.service) for place in places})
        with ThreadPoolExecutor() as threads:
            list(threads.map(setup.servers.database, names))
        for place in places:
            child = self.child(place)
            self.children[place.name] = child
            child.start()

    def places(self) -> list[Place]:
        """Every process of this run."""
        return [
            Place(node, service, replica)
            for node in self.setup.jurisdictions
            for service in SERVICES
            if not self._only or f"{node}.{service}" in self._only
            for replica in range(1, self.setup.replicas + 1)
        ]

    def child(self, place: Place) -> Child:
        """The process of a place, not started."""
        command = [sys.executable, "-m", f"services.{place.service}"]
        environment = self.setup.environment(place.node, place.service, place.replica)
        return Child(place.name, command, self.setup.folder, environment)

    def url(self, name: str) -> str:
        """The root of a process's API."""
        place = Place.of(name)
        return self.setup.url(place.node, place.service, place.replica)

    async def ready(self, told: Ready, seconds: float = READY_SECONDS) -> None:
        """Wait until every service is ready; raises DiedAtStart or NotReady."""
        async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
            await asyncio.gather(*(self._ready(http, name, told, seconds) for name in self.children))

    async def _ready(self, http: httpx.AsyncClient, name: str, told: Ready, seconds: float) -> None:
        reason = "no answer"
        try:
            async with asyncio.timeout(seconds):
                while reason := await self._unready(http, f"{self.url(name)}/health/ready"):
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
