"""A statutory reporting duty with its clock: reminded, sent, confirmed by who got it; its breach a fact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from contracts.events import Event
from contracts.events.incident import ReportingDueSoon, ReportingOverdue, ReportReceived, ReportSubmitted
from contracts.plan.clock import RecipientKind
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Grade, OwedBy


class ClockStatus(StrEnum):
    """How far a duty is. Sent: in time, its receipt awaited; unconfirmed: the time is up and it still is."""

    RUNNING = "running"
    OVERDUE = "overdue"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


TRANSITIONS: Transitions[ClockStatus] = {
    (ClockStatus.RUNNING, "expire"): ClockStatus.OVERDUE,
    (ClockStatus.RUNNING, "send"): ClockStatus.SENT,
    (ClockStatus.RUNNING, "cancel"): ClockStatus.CANCELLED,
    (ClockStatus.OVERDUE, "send"): ClockStatus.UNCONFIRMED,
    (ClockStatus.OVERDUE, "cancel"): ClockStatus.CANCELLED,
    (ClockStatus.SENT, "expire"): ClockStatus.UNCONFIRMED,
    (ClockStatus.SENT, "send"): ClockStatus.SENT,
    (ClockStatus.SENT, "receive"): ClockStatus.DISCHARGED,
    (ClockStatus.SENT, "cancel"): ClockStatus.CANCELLED,
    (ClockStatus.UNCONFIRMED, "send"): ClockStatus.UNCONFIRMED,
    (ClockStatus.UNCONFIRMED, "receive"): ClockStatus.DISCHARGED,
    (ClockStatus.UNCONFIRMED, "cancel"): ClockStatus.CANCELLED,
}
"""Discharged by proof of the sending and of the receipt. A late report is still owed, and one that nobody confirms is
sent again, another way."""

COMMANDS = ("expire", "send", "receive", "cancel")
Trigger = Literal["occurred", "received", "risen"]
"""What set a clock going: that it happened, that this node learnt of it, or that the grade rose after a report."""


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
    """One reporting duty of one node about one incident, the how many-th time it is owed.

    ``recipients`` all get it; ``recipient`` says who in words, after the report who got it. ``owed_by``: the unit's
    own duty is only watched here. ``grade``: the one it was owed at, or sent at. ``at_once``: the law says 立即 or
    同时, the deadline is the city's own figure. ``reminders`` are the shares of the time at which whoever owes it is
    still to be reminded. ``submitted_at`` and ``proof`` are of the sending, ``received_*`` and ``receipt`` of its
    confirmation.
    """

    incident_id: str
    duty: str
    occurrence: int
    duty_id: str
    name: str
    article: str
    recipient: str
    recipients: tuple[Recipient, ...]
    at_once: bool
    trigger: Trigger
    owed_by: OwedBy
    grade: Grade
    started_at: datetime
    due_at: datetime
    status: ClockStatus = ClockStatus.RUNNING
    noticed_at: datetime | None = None
    submitted_at: datetime | None = None
    proof: str | None = None
    received_at: datetime | None = None
    received_by: str | None = None
    receipt: str | None = None
    owner: str = ""
    reminders: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        assert self.occurrence >= 1
        assert (self.submitted_at is None) == (self.proof is None)

    @property
    def goes_up(self) -> bool:
        """Whether the report goes to the level above, where another node may confirm it."""
        return any(one.kind == "next_level" for one in self.recipients)

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


def remind(clock: Clock, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """A share of the time has run: reminded once of the last share that passed."""
    passed = clock.passed(now)
    event = ReportingDueSoon(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        duty_id=clock.duty_id,
        owed_by=clock.owed_by,
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
    """The deadline passed without a report, or without a word that it arrived (突发事件应对法 art. 61)."""
    status = advance(TRANSITIONS, clock.status, "expire")
    event = ReportingOverdue(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        duty_id=clock.duty_id,
        owed_by=clock.owed_by,
        article=clock.article,
        recipient=clock.recipient,
        recipients=tuple(recipient.name for recipient in clock.recipients),
        owner=clock.owner,
        due_at=clock.due_at,
        noticed_at=now,
        sent_at=clock.submitted_at,
    )
    return replace(clock, status=status, noticed_at=now, reminders=()), [event]


@dataclass(frozen=True)
class Sending:
    """That a report went out: the proof, and who got it where that is not whom the plan names."""

    proof: str
    recipient: str | None = None


@dataclass(frozen=True)
class Receipt:
    """That a report arrived: who says so, and by what (回执 number, name and time of a call)."""

    received_by: str
    reference: str


def send(
    clock: Clock, sending: Sending, node: str, target: str | None, now: datetime
) -> tuple[Clock, list[Event]]:
    """The report went out; ``target`` is the node above where there is one. Its lateness is told first."""
    late = clock.status is ClockStatus.RUNNING and clock.due_at < now
    clock, breach = expire(clock, node, now) if late else (clock, list[Event]())
    status = advance(TRANSITIONS, clock.status, "send")
    sent_to = sending.recipient or clock.recipient
    event = ReportSubmitted(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        duty_id=clock.duty_id,
        target=target if clock.goes_up else None,
        recipient=sent_to,
        recipients=(sent_to,) if sending.recipient else tuple(one.name for one in clock.recipients),
        proof=sending.proof,
        submitted_at=now,
    )
    first = clock.submitted_at or now
    sent = replace(
        clock, status=status, recipient=sent_to, proof=sending.proof, submitted_at=first, reminders=()
    )
    return sent, [*breach, event]


def receive(clock: Clock, receipt: Receipt, node: str, now: datetime) -> tuple[Clock, list[Event]]:
    """Who got the report confirms it, and this node's watch writes it down: the duty is done."""
    received = follow_receipt(clock, receipt, now)
    event = ReportReceived(
        incident_id=clock.incident_id,
        jurisdiction=node,
        duty=clock.duty,
        duty_id=clock.duty_id,
        received_by=receipt.received_by,
        receipt=receipt.reference,
        received_at=now,
    )
    return received, [event]


def follow_receipt(clock: Clock, receipt: Receipt, at: datetime) -> Clock:
    """The report is confirmed, here or by the node it went to; raises RefusedTransition."""
    status = advance(TRANSITIONS, clock.status, "receive")
    by, reference = receipt.received_by, receipt.reference
    return replace(clock, status=status, received_at=at, received_by=by, receipt=reference)


def reported_by_unit(
    clocks: Sequence[Clock], report_id: str, taken_by: str, node: str, now: datetime
) -> tuple[list[Clock], list[Event]]:
    """The unit itself reported: what it owed is sent by that report, and received by who took it."""
    done, told = list[Clock](), list[Event]()
    for clock in clocks:
        if clock.owed_by == "unit" and is_open(clock):
            sent, sending = send(clock, Sending(report_id), node, None, now)
            received, receipt = receive(sent, Receipt(taken_by, report_id), node, now)
            done.append(received)
            told += [*sending, *receipt]
    return done, told


def cancel(clock: Clock) -> Clock:
    """Nothing is owed any more: the report proved false, or the grade fell."""
    return replace(clock, status=advance(TRANSITIONS, clock.status, "cancel"))


def is_open(clock: Clock) -> bool:
    """Whether the report has still to be sent."""
    return clock.status in {ClockStatus.RUNNING, ClockStatus.OVERDUE}
