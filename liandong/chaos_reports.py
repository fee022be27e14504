"""A stream of reports, each repeated until it is acknowledged, and the comparison with what stands in the end.

Every acknowledged report must end as exactly one incident with one recommendation and one drafted
warning at the county, and one incident in the city's view: none lost, none repeated.
"""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from liandong.chaos_view import CITY, COUNTY, Grounds, View, headers_of
from shared.http.auth import Role

CHAIN = (
    (COUNTY, "incident"),
    (COUNTY, "dispatch"),
    (COUNTY, "resources"),
    (COUNTY, "notify"),
    (CITY, "incident"),
)
"""The services that a report's effects pass through."""
SETTLE_SECONDS = 90.0
RETRY_SECONDS = 0.2
PLACE = {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"}


@dataclass
class Verdict:
    """What came of it; sound when nothing is lost or repeated."""

    acknowledged: int = 0
    attempts: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    """How often each status came, or what kept an answer from coming."""
    killed: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    parked: int = 0
    settled_seconds: float = 0.0
    """From the last report until every effect of every report stood, or the time for it was up."""
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing repeated, nothing parked."""
        return not (self.lost or self.repeated or self.parked)

    def plain(self) -> dict[str, Any]:
        """For programs."""
        counts = {"answers": dict(self.answers), "killed": dict(self.killed)}
        return {**vars(self), **counts, "sound": self.sound}


@dataclass
class Reports:
    """One stream of ``rate`` reports a second to a county; ``name`` is told apart from other streams of the same nodes."""

    grounds: Grounds
    rate: float
    name: str
    settle_seconds: float = SETTLE_SECONDS
    verdict: Verdict = field(default_factory=Verdict)
    _acknowledged: dict[str, set[str]] = field(default_factory=dict)

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
        view = View(self.grounds, http)
        return {node: set(await view.incidents(node)) for node in (COUNTY, CITY)}

    async def compare(
        self, http: httpx.AsyncClient, besides: Mapping[str, Collection[str]] | None = None
    ) -> Verdict:
        """Let it settle, then compare what was acknowledged with what stands, ``besides`` what stood before."""
        view = View(self.grounds, http)
        await self._wait_until_settled(view)
        await self._compare(view, besides or {})
        return self.verdict

    async def _stream(self, http: httpx.AsyncClient, stopped: asyncio.Event) -> None:
        """Open-loop reports until stopped; each is repeated until it is acknowledged."""
        async with asyncio.TaskGroup() as group:
            number = 0
            while not stopped.is_set():
                group.create_task(self._report(http, f"{self.name}-{number}"))
                number += 1
                with suppress(TimeoutError):
                    async with asyncio.timeout(1 / self.rate):
                        await stopped.wait()

    async def _report(self, http: httpx.AsyncClient, reference: str) -> None:
        headers = {**headers_of(self.grounds, COUNTY, Role.CALL_TAKER), "idempotency-key": reference}
        body = {
            "channel": "119",
            "sector": "hazardous_chemicals",
            "event_type": "12D02",
            "title": f"泄漏 {reference}",
            "location": PLACE,
            "external_reference": reference,
        }
        for url in itertools.cycle(self.grounds.urls(COUNTY, "incident")):
            self.verdict.attempts += 1
            try:
                answer = await http.post(f"{url}/reports", json=body, headers=headers)
                self.verdict.answers[str(answer.status_code)] += 1
                if answer.is_success:
                    self._acknowledged.setdefault(reference, set()).add(answer.json()["incident_id"])
                    return
                if answer.status_code < 500:
                    self.verdict.lost.append(f"{reference}: {answer.status_code} {answer.text[:200]}")
                    return
            except httpx.TransportError as error:
                self.verdict.answers[type(error).__name__] += 1
            await asyncio.sleep(RETRY_SECONDS)

    async def _wait_until_settled(self, view: View) -> None:
        """Until every effect of every acknowledged report stands, or the time is up."""
        began = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.settle_seconds):
                while True:
                    if not await self._missing(view):
                        break
                    await asyncio.sleep(0.5)
        self.verdict.settled_seconds = time.monotonic() - began

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
        verdict.parked = sum([await view.count_parked(*place) for place in CHAIN])

    def _judge(self, effect: str, counts: Counter[str]) -> None:
        for incident in self._ids | set(counts):
            if counts[incident] == 0:
                self.verdict.lost.append(f"{effect}: {incident}")
            elif counts[incident] > 1 or incident not in self._ids:
                self.verdict.repeated.append(f"{effect}: {incident} × {counts[incident]}")
