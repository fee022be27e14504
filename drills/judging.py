"""The verdict: a pure function of the script and the log of what happened.

An event or message counts for one expectation only, and only for a step that had begun, by the drill's clock, when it
happened. Its time runs from the step's begin until Kafka had it. Earlier steps choose first; within a step the arrivals are
assigned so that as many expectations hold as can. Arrivals that are forbidden, or too many, are judged when the drill is over.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

import numpy
from scipy.optimize import linear_sum_assignment

from contracts.messages import text
from drills.log import Answer, Log, PerformedStep, ReceivedMessage, SeenEvent, Values
from drills.matching import mismatch
from drills.scenario import ExpectedEvent, ExpectedMessage, Scenario, Step, Unwanted
from drills.template import NotSaved, fill
from drills.verdict import Milestone, shorten

Arrival = TypeVar("Arrival", SeenEvent, ReceivedMessage)
UNFIT = 1e9
SUBSCRIBER = "webhook"


@dataclass(frozen=True)
class _Slot(Generic[Arrival]):
    """Room for one arrival that an expectation asks for."""

    fits: Callable[[Arrival], bool]
    within_ms: int


@dataclass
class Judge:
    """Judges step after step; ``used_ids`` are the arrivals that count for an expectation already."""

    scenario: Scenario
    log: Log
    used_ids: set[str] = field(default_factory=set)

    def all_milestones(self) -> list[list[Milestone]]:
        """Those of every step that was performed, and in a last list those of the whole drill; for a log that is complete."""
        by_step = [self.milestones_of(performed) for performed in self.log.steps]
        for milestones, performed in zip(by_step, self.log.steps, strict=True):
            milestones.extend(self._forbidden(performed))
        return [*by_step, list(self._never())]

    def milestones_of(self, performed: PerformedStep, keep: bool = True) -> list[Milestone]:
        """What a step's expectations came to until now; with ``keep`` the arrivals that count for it count for no other."""
        step = self.scenario.steps[performed.step]
        answer = answer_milestone(step, performed)
        if not answer.held:
            return [answer, *_not_awaited(step)]
        try:
            return [answer, *self._events(step, performed, keep), *self._messages(step, performed, keep)]
        except NotSaved as error:
            return [answer, _milestone_unfilled(step, error)]

    def _events(self, step: Step, performed: PerformedStep, keep: bool) -> Iterator[Milestone]:
        slots = [
            _Slot(_event_filter(expected, performed), expected.within_ms)
            for expected in step.expect.events
            for _ in range(expected.count or 1)
        ]
        arrivals = self._assign(performed, slots, self.log.events, keep)
        for expected in step.expect.events:
            count = expected.count or 1
            own, arrivals = arrivals[:count], arrivals[count:]
            yield _arrival_milestone(step, performed, expected.at, _expectation_text(expected), own)

    def _messages(self, step: Step, performed: PerformedStep, keep: bool) -> Iterator[Milestone]:
        expected = step.expect.messages
        slots = [_Slot(_message_filter(one, performed), one.within_ms) for one in expected]
        arrivals = self._assign(performed, slots, self.log.messages, keep)
        for one, arrival in zip(expected, arrivals, strict=True):
            yield _arrival_milestone(step, performed, SUBSCRIBER, _expectation_text(one), [arrival])

    def _assign(
        self,
        performed: PerformedStep,
        slots: Sequence[_Slot[Arrival]],
        arrivals: Sequence[Arrival],
        keep: bool,
    ) -> list[Arrival | None]:
        """An arrival for each slot, None where there is none: as many as can be, of those the earliest."""
        longest = max((slot.within_ms for slot in slots), default=0)
        unused = [one for one in _since(performed, arrivals, longest) if one.id not in self.used_ids]
        assigned: list[Arrival | None] = [None] * len(slots)
        if not slots or not unused:
            return assigned
        costs = numpy.array([[_cost(slot, one, performed) for one in unused] for slot in slots])
        for row, column in zip(*linear_sum_assignment(costs), strict=True):
            if costs[row, column] < UNFIT:
                assigned[row] = unused[column]
        if keep:
            self.used_ids |= {one.id for one in assigned if one is not None}
        return assigned

    def _forbidden(self, performed: PerformedStep) -> Iterator[Milestone]:
        """What came too often after a step, and what should not have come at all."""
        step = self.scenario.steps[performed.step]
        if not answer_milestone(step, performed).held:
            return
        try:
            for expected in step.expect.events:
                if expected.count is not None:
                    events = self._fitting(expected, performed, expected.within_ms)
                    extra = sum(one.id not in self.used_ids for one in events)
                    words, actual = f"{expected.type} × {expected.count}", f"× {expected.count + extra}"
                    yield milestone(step, expected.at, words, actual, extra == 0)
            for unwanted in step.expect.no_events:
                count = len(self._fitting(unwanted, performed, unwanted.within_ms))
                place, words = unwanted.at or "", f"{unwanted.type} × 0"
                yield milestone(step, place, words, f"× {count}", count == 0)
        except NotSaved as error:
            yield _milestone_unfilled(step, error)

    def _fitting(
        self, expected: ExpectedEvent | Unwanted, performed: PerformedStep, within_ms: int
    ) -> list[SeenEvent]:
        fits = _event_filter(expected, performed)
        return [event for event in _since(performed, self.log.events, within_ms) if fits(event)]

    def _never(self) -> Iterator[Milestone]:
        """What should not have come in the whole drill."""
        for unwanted in self.scenario.never:
            where = fill(unwanted.where, self.scenario.values)
            count = sum(_fits(unwanted, where, event) for event in self.log.events)
            words, name, name_en = f"{unwanted.type} × 0", self.scenario.title, self.scenario.title_en
            yield Milestone(name, name_en, unwanted.at or "", words, f"× {count}", count == 0)


def verdict_of(scenario: Scenario, log: Log) -> list[Milestone]:
    """Every milestone of a complete log, in the order of the steps."""
    return [milestone for milestones in Judge(scenario, log).all_milestones() for milestone in milestones]


def answer_milestone(step: Step, performed: PerformedStep) -> Milestone:
    """What the service answered, or whether the clocks followed."""
    try:
        bad = difference(step, performed.answer, performed.values)
    except NotSaved as error:
        bad = text("drill.not_saved", name=error)
    if not bad and step.within_ms is not None and performed.milliseconds > step.within_ms:
        bad = text("drill.too_late", milliseconds=f"{performed.milliseconds:.0f}")
    actual = bad or (str(performed.answer.status) if performed.answer.status else "✓")
    return milestone(step, step.at or "", _expected_answer(step), actual, not bad, performed.milliseconds)


def difference(step: Step, answer: Answer, values: Values) -> str:
    """How an answer differs from what was expected, empty when it does not; raises NotSaved."""
    if answer.error:
        return answer.error
    status = step.expect.status
    if (status is None and answer.status >= 400) or (status is not None and answer.status != status):
        return f"{answer.status}: {answer.body}"
    if step.expect.body is None:
        return ""
    return mismatch(fill(step.expect.body, values), answer.body)


def longest_expected_ms(step: Step) -> int:
    """How long after its begin an arrival may still count for a step."""
    events = [expected.within_ms for expected in step.expect.events]
    messages = [expected.within_ms for expected in step.expect.messages]
    return max(events + messages, default=0)


def longest_forbidden_ms(step: Step) -> int:
    """How long after its begin an event may still be one too many for a step."""
    counted = [expected.within_ms for expected in step.expect.events if expected.count is not None]
    unwanted = [unwanted.within_ms for unwanted in step.expect.no_events]
    return max(counted + unwanted, default=0)


def milestone(
    step: Step, place: str, expected: str, actual: str, held: bool, milliseconds: float | None = None
) -> Milestone:
    """One expectation of a step, and what became of it."""
    return Milestone(step.name, step.name_en, place, expected, shorten(actual), held, milliseconds)


def _milestone_unfilled(step: Step, error: NotSaved) -> Milestone:
    return milestone(step, "", "", text("drill.not_saved", name=error), False)


def _not_awaited(step: Step) -> Iterator[Milestone]:
    """The expectations of a step that failed: none of them holds."""
    for expected in step.expect.events:
        yield milestone(step, expected.at, _expectation_text(expected), "—", False)
    for message in step.expect.messages:
        yield milestone(step, SUBSCRIBER, _expectation_text(message), "—", False)
    for unwanted in step.expect.no_events:
        yield milestone(step, unwanted.at or "", f"{unwanted.type} × 0", "—", False)


def _expected_answer(step: Step) -> str:
    if step.fast_forward_minutes is not None:
        return f"+ {step.fast_forward_minutes:g} min"
    parts = [] if step.expect.status is None else [str(step.expect.status)]
    parts += [] if step.expect.body is None else [shorten(step.expect.body)]
    return " ".join(parts) or "2xx"


def _expectation_text(expected: ExpectedEvent | ExpectedMessage) -> str:
    limit = f"≤ {expected.within_ms} ms"
    if isinstance(expected, ExpectedMessage):
        return f"{shorten(expected.where)} {limit}"
    return (
        f"{expected.type} {limit}"
        if expected.count is None
        else f"{expected.type} × {expected.count} {limit}"
    )


def _since(performed: PerformedStep, arrivals: Sequence[Arrival], within_ms: int) -> Iterator[Arrival]:
    """The arrivals that happened after a step began, and were there within the time."""
    for arrival in arrivals:
        if isinstance(arrival, SeenEvent):
            is_later = arrival.time >= performed.time
        else:
            is_later = arrival.at >= performed.began
        if is_later and arrival.at <= performed.began + within_ms / 1000:
            yield arrival


def _fits(expected: ExpectedEvent | Unwanted, where: Any, event: SeenEvent) -> bool:  # noqa: ANN401 - any JSON value
    same = event.type == expected.type and expected.at in {None, event.node}
    return same and not mismatch(where, event.body)


def _event_filter(
    expected: ExpectedEvent | Unwanted, performed: PerformedStep
) -> Callable[[SeenEvent], bool]:
    return partial(_fits, expected, fill(expected.where, performed.values))


def _message_filter(expected: ExpectedMessage, performed: PerformedStep) -> Callable[[ReceivedMessage], bool]:
    where = fill(expected.where, performed.values)
    return lambda message: not mismatch(where, message.body)


def _cost(slot: _Slot[Arrival], arrival: Arrival, performed: PerformedStep) -> float:
    """Seconds from the step's begin, or UNFIT."""
    in_time = arrival.at <= performed.began + slot.within_ms / 1000
    return arrival.at - performed.began if in_time and slot.fits(arrival) else UNFIT


def _arrival_milestone(
    step: Step,
    performed: PerformedStep,
    place: str,
    words: str,
    arrivals: Sequence[SeenEvent | ReceivedMessage | None],
) -> Milestone:
    times = [max(0.0, one.at - performed.began) * 1000 for one in arrivals if one is not None]
    actual = f"× {len(times)}" if times else "—"
    held = len(times) == len(arrivals)
    return milestone(step, place, words, actual, held, max(times, default=None))
