"""Statutory reporting clocks: a duty with its deadline, discharged by proof, its breach a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.events import Event
from contracts.events.incident import ReportingDueSoon, ReportingOverdue, ReportSubmitted
from contracts.plan import Plan
from contracts.plan.clock import Duty, RecipientKind
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from services.incident.domain.incident import Incident


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
LINE = 200
"""The longest line an event takes."""


class UnknownDuty(RuleViolated):
    """The incident has no such reporting duty at this node."""

    KEY = "clock.unknown_duty"


@dataclass(frozen=True)
class Recipient:
    """One of those who get the report."""

    kind: RecipientKind
    name: str


@dataclass(frozen=True)
class Clock:
    """One reporting duty of one node about one incident.

    ``recipients`` all get it; ``recipient`` says who in words, after the report who got it.
    ``at_once``: the law says 立即 or 同时, the deadline is the city's own figure. ``reminders`` are the
    shares of the time at which whoever owes it is still to be reminded.
    """

    incident_id: str
    duty: str
    name: str
    article: str
    recipient: str
    recipients: tuple[Recipient, ...]
    at_once: bool
    started_at: datetime
    due_at: datetime
    status: ClockStatus = ClockStatus.RUNNING
    noticed_at: datetime | None = None
    submitted_at: datetime | None = None
    proof: str | None = None
    owner: str = ""
    reminders: tuple[float, ...] = ()

    @property
    def wakes_at(self) -> datetime:
        """When it has next to be looked at: to remind, or because its time is up."""
        return self._moment(min(self.reminders)) if self.reminders else self.due_at

    def passed(self, now: datetime) -> tuple[float, ...]:
        """The shares still to be reminded of whose moment has come."""
        return tuple(share for share in self.reminders if self._moment(share) <= now)

    def _moment(self, share: float) -> datetime:
        return self.started_at + (self.due_at - self.started_at) * share

    @property
    def late(self) -> timedelta | None:
        """How late the report went, None while it has not or when it was in time."""
        if self.submitted_at is None or self.submitted_at <= self.due_at:
            return None
        return self.submitted_at - self.due_at


def _started(incident: Incident, slug: str, duty: Duty, plan: Plan, now: datetime) -> Clock:
    started_at = incident.occurred_at if duty.starts_at == "occurred" else now
    recipients = recipients_of(duty, incident, plan)
    return Clock(
        incident_id=incident.incident_id,
        duty=slug,
        name=duty.name,
        article=duty.article,
        recipient=_in_words(recipients),
        recipients=recipients,
        at_once=duty.limit.at_once,
        started_at=started_at,
        due_at=started_at + timedelta(minutes=duty.limit.minutes),
        owner=duty.owner,
        reminders=tuple(sorted(duty.warn_at)),
    )


def recipients_of(duty: Duty, incident: Incident, plan: Plan) -> tuple[Recipient, ...]:
    """Who gets the report about an incident of this sector and grade."""
    departments, grade = plan.competent_departments(incident.sector), incident.grading.grade
    return tuple(Recipient(one.kind, one.name(grade, departments)) for one in duty.recipients)


def _in_words(recipients: Sequence[Recipient]) -> str:
    return "、".join(recipient.name for recipient in recipients)[:LINE]


def remind(clock: Clock, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """A share of the time has run: reminded once of the last share that passed."""
    passed = clock.passed(now)
    event = ReportingDueSoon(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        article=clock.article,
        owner=clock.owner,
        recipient=clock.recipient,
        recipients=tuple(recipient.name for recipient in clock.recipients),
        elapsed=max(passed),
        due_at=clock.due_at,
        noticed_at=now,
    )
    left = tuple(share for share in clock.reminders if share not in passed)
    return replace(clock, reminders=left), [event]


def wake(clock: Clock, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """What is due with a running clock: its breach, or else a reminder."""
    return expire(clock, node, now) if clock.due_at <= now else remind(clock, node, now)


def expire(clock: Clock, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """The deadline passed without a report (突发事件应对法 art. 61)."""
    status = advance(TRANSITIONS, clock.status, "expire")
    event = ReportingOverdue(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        article=clock.article,
        recipient=clock.recipient,
        recipients=tuple(recipient.name for recipient in clock.recipients),
        owner=clock.owner,
        due_at=clock.due_at,
        noticed_at=now,
    )
    return replace(clock, status=status, noticed_at=now, reminders=()), [event]


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
        recipients=(sent_to,) if recipient else tuple(one.name for one in clock.recipients),
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


def settled(
    standing: Sequence[Clock], incident: Incident, duties: Mapping[str, Duty], plan: Plan, now: datetime
) -> list[Clock]:
    """The clocks that differ from how they stand, once they follow the incident as it is now.

    A duty that is owed and has no clock, or one that was cancelled, starts. An open one gets the recipients
    of the grade (art. 10). One that is no longer owed is cancelled: the grade fell, or the report was false.
    """
    known = {clock.duty: clock for clock in standing}
    wanted = [_as_owed(known.get(slug), incident, slug, duty, plan, now) for slug, duty in duties.items()]
    dropped = [cancel(clock) for clock in standing if clock.duty not in duties and is_open(clock)]
    return [clock for clock in (*wanted, *dropped) if clock != known.get(clock.duty)]


def _as_owed(
    clock: Clock | None, incident: Incident, slug: str, duty: Duty, plan: Plan, now: datetime
) -> Clock:
    if clock is None or clock.status is ClockStatus.CANCELLED:
        return _started(incident, slug, duty, plan, now)
    if not is_open(clock):
        return clock
    recipients = recipients_of(duty, incident, plan)
    return replace(clock, recipients=recipients, recipient=_in_words(recipients))
