"""调整预警: an incident that changed asks a duty officer whether its warnings still fit (突发事件应对法 art. 70).

The government that issued adjusts the level as things develop, and lifts at once what facts show to be over.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.events.warning import WarningAdjustmentAnswered, WarningAdjustmentAsked
from contracts.messages import Terms, text
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Grade, WarningLevel
from services.notify.domain.warning import Person, WarningRecord

Cause = Literal["raised", "lowered", "ended"]
Answer = Literal["raise", "lower", "lift", "keep"]
ASKED_TO: dict[Cause, Answer] = {"raised": "raise", "lowered": "lower", "ended": "lift"}
"""What each change suggests; the officer may answer otherwise."""
_LEVELS = tuple(WarningLevel)


class AdjustmentStatus(StrEnum):
    """Whether anybody has decided."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


S = AdjustmentStatus
TRANSITIONS: Transitions[AdjustmentStatus] = {
    (S.OPEN, "answer"): S.ANSWERED,
    (S.OPEN, "withdraw"): S.WITHDRAWN,
}
"""``withdraw``: the warning was lifted, the incident changed again, or it goes on after all."""


class WrongLevel(RuleViolated):
    """Raising needs a graver level, lowering a lighter one."""

    KEY = "warning.wrong_level"

    def __init__(self, answer: str, level: str) -> None:
        super().__init__("level", "wrong_level", answer=Terms("warning.answer", (answer,)), level=level)


@dataclass(frozen=True)
class Adjustment:
    """One question about one warning; at most one per warning is open."""

    adjustment_id: str
    warning_id: str
    incident_id: str
    jurisdiction: str
    cause: Cause
    grade: Grade | None
    previous_grade: Grade | None
    asked_at: datetime
    status: AdjustmentStatus = AdjustmentStatus.OPEN
    answer: Answer | None = None
    answered_by: str = ""
    reason: str = ""
    answered_at: datetime | None = None


def cause_of(before: Grade | None, now: Grade | None) -> Cause | None:
    """What a change of grade asks; None when nothing changed or the old one is not known."""
    if before is None or now is None or before == now:
        return None
    return "raised" if now.rank > before.rank else "lowered"


def ask(adjustment: Adjustment, record: WarningRecord) -> WarningAdjustmentAsked:
    """The fact that somebody has to decide."""
    return WarningAdjustmentAsked(
        warning_id=record.warning_id,
        incident_id=adjustment.incident_id,
        jurisdiction=adjustment.jurisdiction,
        by=text("warning.by.incident", "zh"),
        adjustment_id=adjustment.adjustment_id,
        cause=adjustment.cause,
        grade=adjustment.grade,
        previous_grade=adjustment.previous_grade,
        headline=record.content.headline,
        level=record.content.level,
        asked_at=adjustment.asked_at,
    )


def answer(
    adjustment: Adjustment, given: Answer, level: WarningLevel | None, reason: str, by: Person, now: datetime
) -> tuple[Adjustment, WarningAdjustmentAnswered]:
    """A duty officer decided. Raises RefusedTransition."""
    status = advance(TRANSITIONS, adjustment.status, "answer")
    decided = replace(
        adjustment, status=status, answer=given, answered_by=by.name, reason=reason, answered_at=now
    )
    return decided, WarningAdjustmentAnswered(
        warning_id=adjustment.warning_id,
        incident_id=adjustment.incident_id,
        jurisdiction=adjustment.jurisdiction,
        by=by.name,
        adjustment_id=adjustment.adjustment_id,
        answer=given,
        level=level,
        reason=reason,
        answered_at=now,
    )


def withdraw(adjustment: Adjustment) -> Adjustment:
    """Nobody needs to answer any more. Raises RefusedTransition."""
    return replace(adjustment, status=advance(TRANSITIONS, adjustment.status, "withdraw"))


def require_level(given: Answer, level: WarningLevel | None, standing: WarningLevel, name: str) -> None:
    """Raise WrongLevel unless the level fits the answer: ``name`` is what the standing one is called."""
    if given not in ("raise", "lower"):
        fits = level is None
    elif level is None:
        fits = False
    else:
        graver = _LEVELS.index(level) < _LEVELS.index(standing)
        fits = level != standing and graver == (given == "raise")
    if not fits:
        raise WrongLevel(given, name)
