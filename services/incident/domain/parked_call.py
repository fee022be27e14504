"""来电 that is no report: silent, a wrong number, abuse or about nothing; kept with its reason, so that it can be traced.

A silent call may be somebody who cannot speak: it waits until somebody has called back, and may become a report.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.events.incident import ReportChannel
from contracts.state_machine import Transitions, advance

Reason = Literal["silent", "wrong_number", "abuse", "no_event"]
"""无声电话, 误拨, 骚扰, 无警情 (询问、投诉……)."""


class CallStatus(StrEnum):
    """What became of a call that was no report."""

    PARKED = "parked"
    SETTLED = "settled"
    REPORTED = "reported"


TRANSITIONS: Transitions[CallStatus] = {
    (CallStatus.PARKED, "note_down"): CallStatus.PARKED,
    (CallStatus.PARKED, "clear"): CallStatus.SETTLED,
    (CallStatus.PARKED, "report"): CallStatus.REPORTED,
    (CallStatus.SETTLED, "report"): CallStatus.REPORTED,
}
"""Parked: nobody has found out yet. Settled: nothing to do. Also a settled one may turn out to be real."""

COMMANDS = ("note_down", "clear", "report")


@dataclass(frozen=True)
class CallStep:
    """One step of a call: who found or did what, in words."""

    status: CallStatus
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ParkedCall:
    """One call; ``report_id``: the report that it became. Who called is kept apart and goes after its time."""

    call_id: str
    channel: ReportChannel
    reason: Reason
    taken_by: str
    called_at: datetime
    status: CallStatus = CallStatus.PARKED
    report_id: str | None = None
    lineage: tuple[CallStep, ...] = ()
    personal_removed_at: datetime | None = None

    def after_command(self, command: str, note: str, by: str, now: datetime) -> "ParkedCall":
        """After a command; raises RefusedTransition."""
        status = advance(TRANSITIONS, self.status, command)
        return replace(self, status=status, lineage=(*self.lineage, CallStep(status, note, by, now)))


def park(
    call_id: str, channel: ReportChannel, reason: Reason, note: str, by: tuple[str, str], now: datetime
) -> ParkedCall:
    """A call is parked; ``by``: the account and the name of whoever took it."""
    account, name = by
    step = CallStep(CallStatus.PARKED, note, name, now)
    settled = reason != "silent"
    call = ParkedCall(call_id, channel, reason, account, now, lineage=(step,))
    return call.after_command("clear", "", name, now) if settled else call


def became_report(call: ParkedCall, report_id: str, by: str, now: datetime) -> ParkedCall:
    """The call was real after all; raises RefusedTransition where it is a report already."""
    return replace(call.after_command("report", "", by, now), report_id=report_id)
