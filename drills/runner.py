"""Plays a scenario through the public APIs and keeps the log of what happened, by which it is judged."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from contracts.messages import text
from contracts.rights import SERVICES
from drills.clock import ClockMaster
from drills.judging import Judge, difference, longest_expected_ms, longest_forbidden_ms
from drills.log import Answer, Log, PerformedStep, Values
from drills.scenario import Scenario, Step
from drills.template import NotSaved, fill, pick
from drills.verdict import Milestone, Verdict
from drills.watch import Watch
from drills.webhook import Webhook

POLL_SECONDS = 0.05
READING_DELAY_SECONDS = 1.0
"""How much later than Kafka had it an event may be read here: what was in time counts."""
CLOCK_SECONDS = 15.0
"""How long the services may take to follow a jump of the drill's clock."""

StepBegins = Callable[[Step, str], None]
StepJudged = Callable[[int, Step, str, Sequence[Milestone]], None]


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
    """One run of one scenario.

    ``on_begin`` hears of each step before it is done, with what is asked; ``on_judged`` of its milestones, with its number
    from 1 on. Milestones that come out otherwise when everything has been heard are told again.
    """

    scenario: Scenario
    stage: Stage
    on_begin: StepBegins
    on_judged: StepJudged
    values: dict[str, Any] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    _milestones: list[list[Milestone]] = field(default_factory=list)

    async def play(self) -> Verdict:
        """Every step in order, whatever became of the one before; then the verdict on the whole log."""
        scenario, began = self.scenario, time.perf_counter()
        self.log.events, self.log.messages = self.stage.watch.events, self.stage.webhook.messages
        self.values |= {**scenario.values, "webhook": self.stage.webhook.url}
        judge = Judge(scenario, self.log)
        for number, step in enumerate(scenario.steps):
            for item in self._items_of(step):
                await self._play_step(judge, number, step, item)
        await self._wait_for_closing()
        milestones = self._final_milestones()
        seconds, events = time.perf_counter() - began, len(self.log.events)
        return Verdict(scenario.id, scenario.title, milestones, seconds, events, log=self.log)

    def _items_of(self, step: Step) -> list[Mapping[str, Any] | None]:
        """What a step is done with, time after time; None where its list holds nothing."""
        for name, template in step.each.items():
            with suppress(NotSaved):
                items = fill(template, self.values)
                if isinstance(items, list) and items:
                    return [{name: item} for item in items]
            return [None]
        return [{}]

    async def _play_step(self, judge: Judge, number: int, step: Step, item: Mapping[str, Any] | None) -> None:
        clock, began, start = self.stage.clock, time.time(), time.perf_counter()
        values = {**self.values, **(item or {}), "now": clock.now().isoformat()}
        asked = _filled_path(step, values)
        self.on_begin(step, asked)
        performed = PerformedStep(number, began, clock.now(), 0.0, values, Answer(), asked)
        if item is None:
            answer, saved = Answer(error=text("drill.nothing_in_list")), dict[str, Any]()
        else:
            answer, saved = await self._perform(step, values, began)
        self.values |= saved
        milliseconds = (time.perf_counter() - start) * 1000
        performed = replace(performed, milliseconds=milliseconds, answer=answer, values={**values, **saved})
        self.log.steps.append(performed)
        await self._wait_for_arrivals(judge, performed)
        self._milestones.append(judge.milestones_of(performed))
        self.on_judged(len(self._milestones), step, asked, self._milestones[-1])

    async def _perform(self, step: Step, values: Values, began: float) -> tuple[Answer, dict[str, Any]]:
        """The answer, and what the step saves of it."""
        if step.fast_forward_minutes is not None:
            return Answer(error=await self._forward_clock(step.fast_forward_minutes)), {}
        try:
            answer = await self._request(step, values)
            bad = difference(step, answer, values)
            while bad and step.within_ms and time.time() - began < step.within_ms / 1000:
                await asyncio.sleep(POLL_SECONDS)
                answer = await self._request(step, values)
                bad = difference(step, answer, values)
            if bad:
                return answer, {}
            saved = {
                name: pick(answer.body, path) if path else answer.body for name, path in step.save.items()
            }
        except NotSaved as error:
            return Answer(error=text("drill.not_saved", name=error)), {}
        return answer, saved

    async def _request(self, step: Step, values: Values) -> Answer:
        assert step.at is not None
        node, _, service = step.at.partition(".")
        url = self.stage.url(node, service) + str(fill(step.get or step.post, values))
        headers = {"authorization": f"Bearer {self.stage.token(step.by)}"}
        try:
            if step.get is not None:
                return _answer_of(await self.stage.http.get(url, headers=headers))
            body = fill(step.body or {}, values)
            return _answer_of(await self.stage.http.post(url, json=body, headers=headers))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Answer(error=text("drill.no_answer", reason=repr(error)))

    async def _forward_clock(self, minutes: float) -> str:
        """Move the drill's clock and wait until every service has followed; who has not, empty when all have."""
        await self.stage.clock.forward(timedelta(minutes=minutes))
        target = self.stage.clock.now()
        places = [(node, service) for node in self.scenario.jurisdictions for service in SERVICES]
        follow = await asyncio.gather(*(self._follows_clock(*place, target) for place in places))
        behind = [
            f"{node}.{service}"
            for (node, service), follows in zip(places, follow, strict=True)
            if not follows
        ]
        return text("drill.clock_behind", who=", ".join(behind)) if behind else ""

    async def _follows_clock(self, node: str, service: str, target: datetime) -> bool:
        url = f"{self.stage.url(node, service)}/health/ready"
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOCK_SECONDS):
                while True:
                    with suppress(httpx.HTTPError, ValueError, KeyError, TypeError):
                        answer = await self.stage.http.get(url)
                        if datetime.fromisoformat(answer.json()["now"]) >= target:
                            return True
                    await asyncio.sleep(POLL_SECONDS)
        return False

    async def _wait_for_arrivals(self, judge: Judge, performed: PerformedStep) -> None:
        """Until all that is expected of a step has come, or can't come in time any more."""
        step = self.scenario.steps[performed.step]
        deadline = performed.began + longest_expected_ms(step) / 1000 + READING_DELAY_SECONDS
        while True:
            answer, *arrivals = judge.milestones_of(performed, keep=False)
            left = deadline - time.time()
            if not answer.held or all(one.held for one in arrivals) or left <= 0:
                return
            await self.stage.watch.wait_for_events(min(left, POLL_SECONDS))

    async def _wait_for_closing(self) -> None:
        """Until nothing can arrive any more that would change the verdict."""
        steps = self.scenario.steps
        ends = [one.began + longest_forbidden_ms(steps[one.step]) / 1000 for one in self.log.steps]
        ends.append(time.time() + self.scenario.closing_ms / 1000)
        await asyncio.sleep(max(0.0, max(ends) + READING_DELAY_SECONDS - time.time()))

    def _final_milestones(self) -> list[Milestone]:
        """The verdict on the whole log; of which step it differs from what was told is told again."""
        *by_step, of_whole = Judge(self.scenario, self.log).all_milestones()
        by_step[-1] += of_whole
        for number, performed in enumerate(self.log.steps, 1):
            final = by_step[number - 1]
            if final != self._milestones[number - 1]:
                self.on_judged(number, self.scenario.steps[performed.step], performed.asked, final)
        return [milestone for milestones in by_step for milestone in milestones]


def _filled_path(step: Step, values: Values) -> str:
    """What is asked, as far as it can be filled in."""
    path = step.post or step.get or ""
    try:
        return str(fill(path, values))
    except NotSaved:
        return path


def _answer_of(response: httpx.Response) -> Answer:
    if not response.content:
        return Answer(response.status_code)
    try:
        return Answer(response.status_code, response.json())
    except ValueError:
        return Answer(response.status_code, error=text("drill.not_json", begin=response.text[:100]))
