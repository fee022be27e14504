"""Statutory reporting clocks: a duty with its deadline, discharged by proof, its breach a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.events import Event
from contracts.events.incident import ReportingOverdue, ReportSubmitted
from contracts.plan.clock import Duty
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Grade


class ClockStatus(StrEnum):
    """Whether a duty still runs, ran out, or is done with."""

    RUNNING = "running"
    OVERDUE = "overdue"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


TRANSITIONS: Transitions[ClockStatus] = {
    (ClockStatus.RUNNING, "expire"): ClockStatus.OVERDUE,
    (ClockStatus.RUNNING, "discharge"): ClockStatus.DISCHARGED,
    (ClockStatus.RUNNING, "cancel"): ClockStatus.CANCELLED,
    (ClockStatus.OVERDUE, "discharge"): ClockStatus.DISCHARGED,
    (ClockStatus.OVERDUE, "cancel"): ClockStatus.CANCELLED,
}
"""A late report is still owed, so an overdue duty can be discharged; a false report cancels it."""

COMMANDS = ("expire", "discharge", "cancel")


class UnknownDuty(RuleViolated):
    """The incident has no such reporting duty at this node."""

    KEY = "clock.unknown_duty"


@dataclass(frozen=True)
class Clock:
    """One reporting duty of one node about one incident."""

    incident_id: str
    duty: str
    name: str
    article: str
    recipient: str
    started_at: datetime
    due_at: datetime
    status: ClockStatus = ClockStatus.RUNNING
    noticed_at: datetime | None = None
    submitted_at: datetime | None = None
    proof: str | None = None

    @property
    def late(self) -> timedelta | None:
        """How late the report went, None while it has not or when it was in time."""
        if self.submitted_at is None or self.submitted_at <= self.due_at:
            return None
        return self.submitted_at - self.due_at


def start(incident_id: str, duties: Mapping[str, Duty], grade: Grade, now: datetime) -> tuple[Clock, ...]:
    """The clocks of a level's duties, from the moment the level knows of the incident or of its grade."""
    return tuple(
        Clock(
            incident_id=incident_id,
            duty=slug,
            name=duty.name,
            article=duty.article,
            recipient=recipient_of(duty, grade),
            started_at=now,
            due_at=now + timedelta(minutes=duty.limit_minutes),
        )
        for slug, duty in duties.items()
    )


def recipient_of(duty: Duty, grade: Grade) -> str:
    """Who gets the report of a grade: the nearest grade below that the plan names, else its first."""
    fitting = [level for level in duty.recipient if level.rank <= grade.rank]
    if fitting:
        return duty.recipient[max(fitting, key=lambda level: level.rank)]
    return duty.recipient[min(duty.recipient, key=lambda level: level.rank)]


def expire(clock: Clock, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """The deadline passed without a report (突发事件应对法 art. 61)."""
    status = advance(TRANSITIONS, clock.status, "expire")
    event = ReportingOverdue(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        article=clock.article,
        recipient=clock.recipient,
        due_at=clock.due_at,
        noticed_at=now,
    )
    return replace(clock, status=status, noticed_at=now), [event]


def discharge(
    clock: Clock, recipient: str | None, proof: str, node: str, target: str | None, now: datetime
) -> tuple[Clock, list[Event]]:
    """The report went out; ``target`` is the node above where there is one."""
    status = advance(TRANSITIONS, clock.status, "discharge")
    sent_to = recipient or clock.recipient
    event = ReportSubmitted(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        target=target,
        recipient=sent_to,
        proof=proof,
        submitted_at=now,
    )
    return replace(clock, status=status, recipient=sent_to, proof=proof, submitted_at=now), [event]


def cancel(clock: Clock) -> Clock:
    """The report proved false: nothing is owed any more."""
    return replace(clock, status=advance(TRANSITIONS, clock.status, "cancel"))


def is_open(clock: Clock) -> bool:
    """Whether the duty is still owed."""
    return (clock.status, "discharge") in TRANSITIONS


def readdress(clock: Clock, duties: Mapping[str, Duty], grade: Grade) -> Clock:
    """The same duty after a new grade, which may ask for another recipient (art. 10)."""
    if not is_open(clock) or clock.duty not in duties:
        return clock
    return replace(clock, recipient=recipient_of(duties[clock.duty], grade))
