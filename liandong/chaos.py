"""Kills and freezes at random during a stream of reports, then compares what was acknowledged with what stands.

Every acknowledged report must end as exactly one incident with one recommendation and one drafted
warning at the county, and one incident in the city's view: none lost, none repeated.
"""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from liandong.chaos_view import CITY, COUNTY, View, headers_of
from liandong.local.kafka import LocalKafka
from liandong.local.nodes import Nodes
from shared.http.auth import Role

CHAIN = (
    f"{COUNTY}.incident",
    f"{COUNTY}.dispatch",
    f"{COUNTY}.resources",
    f"{COUNTY}.notify",
    f"{CITY}.incident",
)
"""The services that a report's effects pass through."""
SETTLE_SECONDS = 90.0
BACK_SECONDS = 60.0
RETRY_SECONDS = 0.2
BROKER_SHARE = DATABASE_SHARE = 0.12
"""How often the broker, or the database server, is the victim where it may be one."""
FREEZE_SHARE, FREEZE_SECONDS = 0.5, (1.0, 6.0)
"""How often the database server is frozen instead of killed, and for how long."""
POSTGRES = "postgres"
PLACE = {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"}

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
class Verdict:
    """What came of it; sound when nothing is lost or repeated."""

    acknowledged: int = 0
    attempts: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    parked: int = 0
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing repeated, nothing parked."""
        return not (self.lost or self.repeated or self.parked)

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return {**vars(self), "killed": dict(self.killed), "sound": self.sound}


@dataclass
class Chaos:
    """One run against running nodes of a city and a county."""

    nodes: Nodes
    assault: Assault
    told: Told = lambda _: None
    verdict: Verdict = field(default_factory=Verdict)
    _acknowledged: dict[str, set[str]] = field(default_factory=dict)
    _down: set[str] = field(default_factory=set)

    async def run(self) -> Verdict:
        """Stream, kill, let it settle, compare."""
        began = time.monotonic()
        # no limit: reports that wait for what is down must not keep us from seeing what is back
        unlimited = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(trust_env=False, timeout=6, limits=unlimited) as http:
            async with self.streaming(http):
                await self._kill_at_random(http)
            await self.compare(http)
        self.verdict.seconds = time.monotonic() - began
        return self.verdict

    @asynccontextmanager
    async def streaming(self, http: httpx.AsyncClient) -> AsyncIterator[None]:
        """Reports come during the block; at its end each has been acknowledged."""
        stopped = asyncio.Event()
        stream = asyncio.create_task(self._stream(http, stopped))
        try:
            yield
        except BaseException:
            stream.cancel()  # with servers down for good, nothing would be acknowledged any more
            raise
        stopped.set()
        await stream

    async def known_incidents(self, http: httpx.AsyncClient) -> dict[str, set[str]]:
        """The incidents that stand at each node."""
        view = View(self.nodes, http)
        return {node: set(await view.incidents(node)) for node in (COUNTY, CITY)}

    async def compare(
        self, http: httpx.AsyncClient, besides: Mapping[str, Collection[str]] | None = None
    ) -> Verdict:
        """Let it settle, then compare what was acknowledged with what stands, ``besides`` what stood before."""
        view = View(self.nodes, http)
        await self._wait_until_settled(view)
        await self._compare(view, besides or {})
        return self.verdict

    async def _stream(self, http: httpx.AsyncClient, stopped: asyncio.Event) -> None:
        """Open-loop reports until stopped; each is repeated until it is acknowledged."""
        async with asyncio.TaskGroup() as group:
            number = 0
            while not stopped.is_set():
                group.create_task(self._report(http, f"chaos-{self.assault.seed}-{number}"))
                number += 1
                with suppress(TimeoutError):
                    async with asyncio.timeout(1 / self.assault.rate):
                        await stopped.wait()

    async def _report(self, http: httpx.AsyncClient, reference: str) -> None:
        headers = {**headers_of(self.nodes.setup, COUNTY, Role.CALL_TAKER), "idempotency-key": reference}
        body = {
            "channel": "119",
            "sector": "hazardous_chemicals",
            "event_type": "12D02",
            "title": f"泄漏 {reference}",
            "location": PLACE,
            "external_reference": reference,
        }
        for url in itertools.cycle(self.nodes.setup.urls(COUNTY, "incident")):
            self.verdict.attempts += 1
            try:
                answer = await http.post(f"{url}/reports", json=body, headers=headers)
                if answer.is_success:
                    self._acknowledged.setdefault(reference, set()).add(answer.json()["incident_id"])
                    return
                if answer.status_code < 500:
                    self.verdict.lost.append(f"{reference}: {answer.status_code} {answer.text[:200]}")
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(RETRY_SECONDS)

    async def _kill_at_random(self, http: httpx.AsyncClient) -> None:
        """Victims are chosen among what is up, so several may be on their way back at the same time."""
        chance = random.Random(self.assault.seed)  # noqa: S311 - repeatable, not secret
        async with asyncio.TaskGroup() as group:
            for _ in range(self.assault.kills):
                await asyncio.sleep(chance.uniform(0.1, 0.8))
                victim = await self._victim(chance)
                self._down.add(victim)
                group.create_task(self._strike(http, victim, chance))

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

    async def _strike(self, http: httpx.AsyncClient, victim: str, chance: random.Random) -> None:
        pause = chance.uniform(0, 0.5)
        freezes = victim == POSTGRES and chance.random() < FREEZE_SHARE
        struck = f"{victim} (SIGSTOP)" if freezes else victim
        self.verdict.killed[struck] += 1
        self.told(struck)
        if freezes:
            await self._freeze(chance.uniform(*FREEZE_SECONDS))
        elif victim == POSTGRES or victim in self._brokers:
            await self._restart_server(victim, pause)
        else:
            self.nodes.kill(victim)
            await asyncio.sleep(pause)
            self.nodes.restart(victim)
            await _live(http, self.nodes.url(victim))
        self._down.discard(victim)

    async def _freeze(self, seconds: float) -> None:
        postgres = self.nodes.setup.servers.postgres
        assert postgres is not None
        postgres.freeze()
        try:
            await asyncio.sleep(seconds)
        finally:
            postgres.thaw()

    async def _restart_server(self, victim: str, pause: float) -> None:
        server = self._brokers.get(victim) or self.nodes.setup.servers.postgres
        assert server is not None
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(pause)
        await asyncio.to_thread(server.start)

    async def _wait_until_settled(self, view: View) -> None:
        """Until every effect of every acknowledged report stands, or the time is up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                while True:
                    if not await self._missing(view):
                        return
                    await asyncio.sleep(0.5)

    async def _missing(self, view: View) -> bool:
        try:
            found = [await view.incidents(node) for node in (COUNTY, CITY)]
            if any(not self._ids <= set(ids) for ids in found):
                return True
            effects = await view.effects(self._ids)
        except httpx.HTTPError:
            return True
        return any(count == 0 for counts in effects.values() for count in counts.values())

    @property
    def _ids(self) -> set[str]:
        return {incident for ids in self._acknowledged.values() for incident in ids}

    async def _compare(self, view: View, besides: Mapping[str, Collection[str]]) -> None:
        verdict = self.verdict
        verdict.acknowledged = len(self._acknowledged)
        verdict.repeated += [
            f"{reference}: {sorted(ids)}" for reference, ids in self._acknowledged.items() if len(ids) > 1
        ]
        for node in (COUNTY, CITY):
            standing = Counter(await view.incidents(node))
            for known in besides.get(node, ()):
                standing[known] -= 1
            self._judge(f"{node} incident", +standing)
        for effect, counts in (await view.effects(self._ids)).items():
            self._judge(effect, Counter(counts))
        verdict.parked = sum([await view.count_parked(name) for name in CHAIN])

    def _judge(self, effect: str, counts: Counter[str]) -> None:
        for incident in self._ids | set(counts):
            if counts[incident] == 0:
                self.verdict.lost.append(f"{effect}: {incident}")
            elif counts[incident] > 1 or incident not in self._ids:
                self.verdict.repeated.append(f"{effect}: {incident} × {counts[incident]}")


async def _live(http: httpx.AsyncClient, url: str) -> None:
    async with asyncio.timeout(BACK_SECONDS):
        while True:
            try:
                if (await http.get(f"{url}/health/live")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
