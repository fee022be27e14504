"""Plays a scenario through the public APIs and judges what comes of it."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from drills.clock import ClockMaster
from drills.matching import mismatch
from drills.scenario import ExpectedEvent, Scenario, Step
from drills.template import NotSaved, fill, pick
from drills.verdict import Milestone, Verdict
from drills.watch import Seen, Watch
from drills.webhook import Webhook

POLL_SECONDS = 0.05
RECEIVED_MS = 10_000


@dataclass(frozen=True)
class Stage:
    """Where the drill is played: addresses, tokens and what watches."""

    url: Callable[[str, str], str]
    token: Callable[[str], str]
    watch: Watch
    clock: ClockMaster
    webhook: Webhook
    http: httpx.AsyncClient


@dataclass
class Runner:
    """One run of one scenario. ``told`` hears of every step before it is done, ``judged`` what came of it."""

    scenario: Scenario
    stage: Stage
    told: Callable[[Step, str], None]
    judged: Callable[[Step, str, Sequence[Milestone]], None]
    values: dict[str, Any] = field(default_factory=dict)

    async def play(self) -> Verdict:
        """Every step in order; a step that can't be done is a broken expectation and ends the drill."""
        scenario, began = self.scenario, time.perf_counter()
        self.values |= {**scenario.values, "webhook": self.stage.webhook.url}
        verdict = Verdict(scenario.id, scenario.title)
        for step in scenario.steps:
            try:
                await self._repeated(step, verdict)
            except (NotSaved, httpx.TransportError) as error:
                verdict.milestones.append(_milestone(step, "", "", repr(error), False))
                self.judged(step, "", verdict.milestones[-1:])
                break
        verdict.seconds, verdict.events = time.perf_counter() - began, len(self.stage.watch.seen)
        return verdict

    async def _repeated(self, step: Step, verdict: Verdict) -> None:
        for extra in self._each(step):
            self.values |= {**extra, "now": self.stage.clock.now().isoformat()}
            what, before = str(fill(step.post or step.get or "", self.values)), len(verdict.milestones)
            self.told(step, what)
            await self._once(step, verdict)
            self.judged(step, what, verdict.milestones[before:])

    def _each(self, step: Step) -> Iterator[Mapping[str, Any]]:
        if not step.each:
            yield {}
        for name, items in step.each.items():
            yield from ({name: item} for item in fill(items, self.values))

    async def _once(self, step: Step, verdict: Verdict) -> None:
        began = time.perf_counter()
        if step.fast_forward_minutes is not None:
            await self.stage.clock.forward(timedelta(minutes=step.fast_forward_minutes))
        elif step.received:
            verdict.milestones.append(await self._received(step, began))
        else:
            verdict.milestones += await self._request(step, began)
        for expected in step.expect.events:
            verdict.milestones.append(await self._event(step, expected, began))
        for unwanted in step.expect.no_events:
            seen = sum(one.type == unwanted for one in self.stage.watch.seen)
            verdict.milestones.append(_milestone(step, "", f"{unwanted} × 0", f"× {seen}", seen == 0))

    async def _request(self, step: Step, began: float) -> list[Milestone]:
        answer = await self._send(step)
        bad = self._judge(step, answer)
        while bad and step.within_ms and time.perf_counter() - began < step.within_ms / 1000:
            await asyncio.sleep(POLL_SECONDS)
            answer = await self._send(step)
            bad = self._judge(step, answer)
        took = (time.perf_counter() - began) * 1000
        if not bad and step.save:
            body = answer.json()
            self.values |= {name: pick(body, path) if path else body for name, path in step.save.items()}
        expected = _expected(step)
        shown = bad or str(answer.status_code)
        return [_milestone(step, step.at or "", expected, shown, not bad, took)]

    async def _send(self, step: Step) -> httpx.Response:
        assert step.at is not None
        node, _, service = step.at.partition(".")
        url = self.stage.url(node, service) + str(fill(step.get or step.post, self.values))
        headers = {"authorization": f"Bearer {self.stage.token(step.by)}"}
        if step.get is not None:
            return await self.stage.http.get(url, headers=headers)
        return await self.stage.http.post(url, json=fill(step.body or {}, self.values), headers=headers)

    def _judge(self, step: Step, answer: httpx.Response) -> str:
        """How the answer differs from what was expected, empty when it does not."""
        status = step.expect.status
        if (status is None and answer.is_error) or (status is not None and answer.status_code != status):
            return f"{answer.status_code}: {answer.text[:300]}"
        if step.expect.body is None:
            return ""
        return mismatch(fill(step.expect.body, self.values), answer.json())

    async def _event(self, step: Step, expected: ExpectedEvent, began: float) -> Milestone:
        where = fill(expected.where, self.values)

        def fits(seen: Seen) -> bool:
            here = seen.type == expected.type and seen.envelope.jurisdiction == expected.at
            return here and not mismatch(where, seen.body)

        seconds = expected.within_ms / 1000 - (time.perf_counter() - began)
        found = await self.stage.watch.wait(fits, began, max(seconds, 0.0) + 0.001)
        wanted = f"{expected.type} ≤ {expected.within_ms} ms"
        if found is None:
            return _milestone(step, expected.at, wanted, "—", False)
        took = (found.at - began) * 1000
        return _milestone(step, expected.at, wanted, expected.type, took <= expected.within_ms, took)

    async def _received(self, step: Step, began: float) -> Milestone:
        wanted, messages = fill(step.expect.body, self.values), self.stage.webhook.messages
        limit = step.within_ms or RECEIVED_MS
        while True:
            bad, took = _no_match(wanted, messages), (time.perf_counter() - began) * 1000
            if not bad or took > limit:
                break
            await asyncio.sleep(POLL_SECONDS)
        return _milestone(step, "webhook", _shortened(wanted), bad or f"{len(messages)}", not bad, took)


def _no_match(wanted: Any, messages: list[dict[str, Any]]) -> str:  # noqa: ANN401 - any JSON value
    reasons = [mismatch(wanted, message) for message in messages]
    return "" if "" in reasons else (reasons[-1] if reasons else "nothing received")


def _expected(step: Step) -> str:
    parts = [] if step.expect.status is None else [str(step.expect.status)]
    parts += [] if step.expect.body is None else [_shortened(step.expect.body)]
    return " ".join(parts) or "2xx"


def _shortened(value: Any) -> str:  # noqa: ANN401 - any JSON value
    shown = str(value)
    return shown if len(shown) <= 120 else f"{shown[:117]}…"


def _milestone(
    step: Step, where: str, expected: str, actual: str, held: bool, took: float | None = None
) -> Milestone:
    return Milestone(step.name, step.name_en, where, expected, _shortened(actual), held, took)
