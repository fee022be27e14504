"""A report that is due by a statutory reporting duty: reminded of, sent, confirmed by who got it; its breach a fact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.events import Event
from contracts.events.incident import ReportingDueSoon, ReportingOverdue, ReportReceived, ReportSubmitted
from contracts.plan.reporting import RecipientKind
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Grade, OwedBy


class DueReportStatus(StrEnum):
    """How far a duty is. Sent: in time, its receipt awaited; unconfirmed: the time is up and it still is."""

    RUNNING = "running"
    OVERDUE = "overdue"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


TRANSITIONS: Transitions[DueReportStatus] = {
    (DueReportStatus.RUNNING, "expire"): DueReportStatus.OVERDUE,
    (DueReportStatus.RUNNING, "send"): DueReportStatus.SENT,
    (DueReportStatus.RUNNING, "cancel"): DueReportStatus.CANCELLED,
    (DueReportStatus.OVERDUE, "send"): DueReportStatus.UNCONFIRMED,
    (DueReportStatus.OVERDUE, "cancel"): DueReportStatus.CANCELLED,
    (DueReportStatus.SENT, "expire"): DueReportStatus.UNCONFIRMED,
    (DueReportStatus.SENT, "send"): DueReportStatus.SENT,
    (DueReportStatus.SENT, "receive"): DueReportStatus.DISCHARGED,
    (DueReportStatus.SENT, "cancel"): DueReportStatus.CANCELLED,
    (DueReportStatus.UNCONFIRMED, "send"): DueReportStatus.UNCONFIRMED,
    (DueReportStatus.UNCONFIRMED, "receive"): DueReportStatus.DISCHARGED,
    (DueReportStatus.UNCONFIRMED, "cancel"): DueReportStatus.CANCELLED,
}
"""Discharged by proof of the sending and of the receipt. A late report is still owed, and one that nobody confirms is
sent again, another way."""

COMMANDS = ("expire", "send", "receive", "cancel")
Trigger = Literal["occurred", "received", "risen"]
"""What set its term going: that it happened, that this node learnt of it, or that the grade rose after a report."""


class UnknownDuty(RuleViolated):
    """The incident has no such reporting duty at this node."""

    KEY = "due_report.unknown_duty"


@dataclass(frozen=True)
class Recipient:
    """One of those who get the report."""

    kind: RecipientKind
    name: str


@dataclass(frozen=True)
class DueReport:
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
    status: DueReportStatus = DueReportStatus.RUNNING
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

    def shares_passed(self, now: datetime) -> tuple[float, ...]:
        """The shares still to be reminded of whose moment has come."""
        return tuple(share for share in self.reminders if self._moment(share) <= now)

    def _moment(self, share: float) -> datetime:
        return self.started_at + (self.due_at - self.started_at) * share

    @property
    def late_seconds(self) -> float | None:
        """How late the report went, None while it has not or when it was in time."""
        if self.submitted_at is None or self.submitted_at <= self.due_at:
            return None
        return (self.submitted_at - self.due_at).total_seconds()


def remind(due_report: DueReport, node: str, now: datetime) -> tuple[DueReport, list[Event]]:
    """A share of the time has run: reminded once of the last share that passed."""
    passed = due_report.shares_passed(now)
    event = ReportingDueSoon(
        incident_id=due_report.incident_id,
        jurisdiction=node,
        duty=due_report.duty,
        duty_id=due_report.duty_id,
        owed_by=due_report.owed_by,
        article=due_report.article,
        owner=due_report.owner,
        recipient=due_report.recipient,
        recipients=tuple(recipient.name for recipient in due_report.recipients),
        elapsed=max(passed),
        due_at=due_report.due_at,
        noticed_at=now,
    )
    left = tuple(share for share in due_report.reminders if share not in passed)
    return replace(due_report, reminders=left), [event]


def wake(due_report: DueReport, node: str, now: datetime) -> tuple[DueReport, list[Event]]:
    """What is due with a running one: its breach, or else a reminder."""
    return expire(due_report, node, now) if due_report.due_at <= now else remind(due_report, node, now)


def expire(due_report: DueReport, node: str, now: datetime) -> tuple[DueReport, list[Event]]:
    """The deadline passed without a report, or without a word that it arrived (突发事件应对法 art. 61)."""
    status = advance(TRANSITIONS, due_report.status, "expire")
    event = ReportingOverdue(
        incident_id=due_report.incident_id,
        jurisdiction=node,
        duty=due_report.duty,
        duty_id=due_report.duty_id,
        owed_by=due_report.owed_by,
        article=due_report.article,
        recipient=due_report.recipient,
        recipients=tuple(recipient.name for recipient in due_report.recipients),
        owner=due_report.owner,
        due_at=due_report.due_at,
        noticed_at=now,
        sent_at=due_report.submitted_at,
    )
    return replace(due_report, status=status, noticed_at=now, reminders=()), [event]


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
    due_report: DueReport, sending: Sending, node: str, target: str | None, now: datetime
) -> tuple[DueReport, list[Event]]:
    """The report went out; ``target`` is the node above where there is one. Its lateness is told first."""
    late = due_report.status is DueReportStatus.RUNNING and due_report.due_at < now
    due_report, breach = expire(due_report, node, now) if late else (due_report, list[Event]())
    status = advance(TRANSITIONS, due_report.status, "send")
    sent_to = sending.recipient or due_report.recipient
    event = ReportSubmitted(
        incident_id=due_report.incident_id,
        jurisdiction=node,
        duty=due_report.duty,
        duty_id=due_report.duty_id,
        target=target if due_report.goes_up else None,
        recipient=sent_to,
        recipients=(sent_to,) if sending.recipient else tuple(one.name for one in due_report.recipients),
        proof=sending.proof,
        submitted_at=now,
    )
    first = due_report.submitted_at or now
    sent = replace(
        due_report, status=status, recipient=sent_to, proof=sending.proof, submitted_at=first, reminders=()
    )
    return sent, [*breach, event]


def receive(
    due_report: DueReport, receipt: Receipt, node: str, now: datetime
) -> tuple[DueReport, list[Event]]:
    """Who got the report confirms it, and this node's watch writes it down: the duty is done."""
    received = follow_receipt(due_report, receipt, now)
    event = ReportReceived(
        incident_id=due_report.incident_id,
        jurisdiction=node,
        duty=due_report.duty,
        duty_id=due_report.duty_id,
        received_by=receipt.received_by,
        receipt=receipt.reference,
        received_at=now,
    )
    return received, [event]


def follow_receipt(due_report: DueReport, receipt: Receipt, at: datetime) -> DueReport:
    """The report is confirmed, here or by the node it went to; raises RefusedTransition."""
    status = advance(TRANSITIONS, due_report.status, "receive")
    by, reference = receipt.received_by, receipt.reference
    return replace(due_report, status=status, received_at=at, received_by=by, receipt=reference)


def reported_by_unit(
    due_reports: Sequence[DueReport], report_id: str, taken_by: str, node: str, now: datetime
) -> tuple[list[DueReport], list[Event]]:
    """The unit itself reported: what it owed is sent by that report, and received by who took it."""
    done, told = list[DueReport](), list[Event]()
    for due_report in due_reports:
        if due_report.owed_by == "unit" and is_open(due_report):
            sent, sending = send(due_report, Sending(report_id), node, None, now)
            received, receipt = receive(sent, Receipt(taken_by, report_id), node, now)
            done.append(received)
            told += [*sending, *receipt]
    return done, told


def cancel(due_report: DueReport) -> DueReport:
    """Nothing is owed any more: the report proved false, or the grade fell."""
    return replace(due_report, status=advance(TRANSITIONS, due_report.status, "cancel"))


def is_open(due_report: DueReport) -> bool:
    """Whether the report has still to be sent."""
    return due_report.status in {DueReportStatus.RUNNING, DueReportStatus.OVERDUE}
