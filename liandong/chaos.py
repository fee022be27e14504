"""Kills and freezes at random during a stream of reports, see ``liandong.chaos_reports`` for what is compared."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

import httpx

from liandong import chaos_reports
from liandong.chaos_reports import Reports, Verdict
from liandong.local.kafka import LocalKafka
from liandong.local.nodes import Nodes, Place

CHAIN = tuple(Place(node, service).name for node, service in chaos_reports.CHAIN)
"""The names of the services that a report's effects pass through."""
BACK_SECONDS = 60.0
BROKER_SHARE = DATABASE_SHARE = 0.12
"""How often the broker, or the database server, is the victim where it may be one."""
FREEZE_SHARE, FREEZE_SECONDS = 0.5, (1.0, 6.0)
"""How often the database server is frozen instead of killed, and for how long."""
POSTGRES = "postgres"

Told = Callable[[str], None]
"""Told the name of each process that was killed."""


@dataclass(frozen=True)
class Assault:
    """How many kills, how many reports a second, whether the broker and the database are victims too."""

    kills: int
    rate: float = 5.0
    broker: bool = False
    database: bool = False
    seed: int = 1


@dataclass
class Chaos:
    """One run against running nodes of a city and a county."""

    nodes: Nodes
    assault: Assault
    told: Told = lambda _: None
    _down: set[str] = field(default_factory=set)

    async def run(self) -> Verdict:
        """Stream, kill, let it settle, compare."""
        began = time.monotonic()
        reports = Reports(self.nodes.setup, self.assault.rate, f"chaos-{self.assault.seed}")
        # no limit: reports that wait for what is down must not keep us from seeing what is back
        unlimited = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(trust_env=False, timeout=6, limits=unlimited) as http:
            async with reports.streaming(http):
                await self._kill_at_random(http, reports.verdict)
            await reports.compare(http)
        reports.verdict.seconds = time.monotonic() - began
        return reports.verdict

    async def _kill_at_random(self, http: httpx.AsyncClient, verdict: Verdict) -> None:
        """Victims are chosen among what is up, so several may be on their way back at the same time."""
        chance = random.Random(self.assault.seed)  # noqa: S311 - repeatable, not secret
        async with asyncio.TaskGroup() as group:
            for _ in range(self.assault.kills):
                await asyncio.sleep(chance.uniform(0.1, 0.8))
                victim = await self._victim(chance)
                self._down.add(victim)
                freezes = victim == POSTGRES and chance.random() < FREEZE_SHARE
                struck = f"{victim} (SIGSTOP)" if freezes else victim
                verdict.killed[struck] += 1
                self.told(struck)
                strike = self._freeze(chance) if freezes else self._kill(http, victim, chance)
                group.create_task(self._until_back(victim, strike))

    async def _victim(self, chance: random.Random) -> str:
        while True:
            draw, servers = chance.random(), self.nodes.setup.servers
            if self.assault.broker and servers.kafka is not None and draw < BROKER_SHARE:
                up = set(self._brokers) - self._down
            elif self.assault.database and servers.postgres is not None and draw > 1 - DATABASE_SHARE:
                up = {POSTGRES} - self._down
            else:
                up = set(self.nodes.children) - self._down
            if up:
                return chance.choice(sorted(up))
            await asyncio.sleep(0.1)

    @property
    def _brokers(self) -> dict[str, LocalKafka]:
        kafka = self.nodes.setup.servers.kafka
        return {broker.name: broker for broker in kafka.brokers} if kafka is not None else {}

    async def _until_back(self, victim: str, strike: Coroutine[None, None, None]) -> None:
        await strike
        self._down.discard(victim)

    async def _kill(self, http: httpx.AsyncClient, victim: str, chance: random.Random) -> None:
        pause = chance.uniform(0, 0.5)
        if victim == POSTGRES or victim in self._brokers:
            await self._restart_server(victim, pause)
        else:
            self.nodes.kill(victim)
            await asyncio.sleep(pause)
            self.nodes.restart(victim)
            await _live(http, self.nodes.url(victim))

    async def _freeze(self, chance: random.Random) -> None:
        postgres = self.nodes.setup.servers.postgres
        assert postgres is not None
        postgres.freeze()
        try:
            await asyncio.sleep(chance.uniform(*FREEZE_SECONDS))
        finally:
            postgres.thaw()

    async def _restart_server(self, victim: str, pause: float) -> None:
        server = self._brokers.get(victim) or self.nodes.setup.servers.postgres
        assert server is not None
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(pause)
        await asyncio.to_thread(server.start)


async def _live(http: httpx.AsyncClient, url: str) -> None:
    async with asyncio.timeout(BACK_SECONDS):
        while True:
            try:
                if (await http.get(f"{url}/health/live")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
