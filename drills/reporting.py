"""Tells the console of every node in the drill how it goes, behind it: no step waits for that, none fails by it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx

from drills.scenario import Scenario, Step
from drills.verdict import Milestone, Note, Verdict
from shared.ids import new_id

SHOWN = ("where", "expected", "actual", "held", "milliseconds")
LONGEST = 2_000
EVERY_SECONDS = 0.3
"""What happens meanwhile goes in one message."""


@dataclass
class Reporter:
    """One run, told to its nodes in order; ``lost`` counts what did not get through."""

    scenario: Scenario
    http: httpx.AsyncClient
    url: Callable[[str, str], str]
    token: Callable[[str], str]
    """A token of a machine at a node."""
    run_id: str = field(default_factory=lambda: str(new_id()))
    lost: int = 0
    _number: int = 0
    _waiting: dict[int, dict[str, Any]] = field(default_factory=dict)
    _verdict: dict[str, int] = field(default_factory=dict)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> "Reporter":
        self._telling = asyncio.create_task(self._tell_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        await self._telling

    def begins(self, step: Step, what: str) -> None:
        """A step begins."""
        self._number += 1
        self._waiting[self._number] = self._about(step, what)

    def tell_verdict(self, number: int, step: Step, what: str, milestones: Sequence[Milestone]) -> None:
        """What came of a step, by its number from 1 on; told again where it comes out otherwise at the end."""
        shown = [{name: value for name, value in asdict(one).items() if name in SHOWN} for one in milestones]
        about = {**self._about(step, what), "number": number}
        self._waiting[number] = {**about, "judged": True, "milestones": shown}

    def ends(self, verdict: Verdict) -> None:
        """The verdict."""
        self._verdict = {"expectations": len(verdict.milestones), "broken": len(verdict.broken)}

    def _about(self, step: Step, what: str) -> dict[str, Any]:
        names = {"name": step.name, "name_en": step.name_en}
        return {"number": self._number, **names, "what": what[:LONGEST]}

    async def _tell_all(self) -> None:
        one = self.scenario
        titles = {"title": one.title, "title_en": one.title_en}
        await self._tell("", {"run_id": self.run_id, "scenario": one.id, **titles, "planned": len(one.steps)})
        while not self._over.is_set() or self._waiting:
            steps, self._waiting = list(self._waiting.values()), {}
            if steps:
                await self._tell(f"/{self.run_id}/steps", {"steps": steps})
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), EVERY_SECONDS)
        if self._verdict:
            await self._tell(f"/{self.run_id}/end", self._verdict)

    async def _tell(self, path: str, body: dict[str, Any]) -> None:
        done = await asyncio.gather(*(self._post(node, path, body) for node in self.scenario.jurisdictions))
        self.lost += done.count(False)

    async def _post(self, node: str, path: str, body: dict[str, Any]) -> bool:
        headers = {"authorization": f"Bearer {self.token(node)}"}
        with suppress(httpx.HTTPError):
            url = f"{self.url(node, 'incident')}/drill-runs{path}"
            return (await self.http.post(url, json=body, headers=headers)).is_success
        return False


async def notes_of(
    run_id: str,
    nodes: Sequence[str],
    http: httpx.AsyncClient,
    url: Callable[[str, str], str],
    token: Callable[[str], str],
) -> list[Note]:
    """What observers noted of a run at these nodes, in the order of the wall's clock; raises httpx.HTTPError."""
    found = []
    for node in nodes:
        headers = {"authorization": f"Bearer {token(node)}"}
        answer = await http.get(f"{url(node, 'incident')}/drill-runs/{run_id}", headers=headers)
        told = answer.raise_for_status().json()
        found += [
            Note(node, one["by"], one["note"], one["noted_at"], one["wall_at"]) for one in told["notes"]
        ]
    return sorted(found, key=lambda note: note.wall_at)
