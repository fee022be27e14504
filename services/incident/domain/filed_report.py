"""A report as it is on file: where it went, by whom and why, from its arrival on (接报单).

The report's content is ``report.Report`` and never changes; what happens to it is here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.events import Event
from contracts.events.incident import ReportMerged, ReportParked, ReportRefused
from contracts.reasons import ReasonCode, words_of
from contracts.state_machine import Transitions, advance
from services.incident.domain.incident import Incident, IncidentStatus
from services.incident.domain.report import Report


class ReportStatus(StrEnum):
    """What became of a report."""

    NEW = "new"
    ATTACHED = "attached"
    PARKED = "parked"
    ABUSE = "abuse"
    FALSE = "false"


TRANSITIONS: Transitions[ReportStatus] = {
    (ReportStatus.NEW, "attach"): ReportStatus.ATTACHED,
    (ReportStatus.NEW, "park"): ReportStatus.PARKED,
    (ReportStatus.PARKED, "attach"): ReportStatus.ATTACHED,
    (ReportStatus.PARKED, "call_false"): ReportStatus.FALSE,
    (ReportStatus.PARKED, "call_abuse"): ReportStatus.ABUSE,
    (ReportStatus.ATTACHED, "call_false"): ReportStatus.FALSE,
    (ReportStatus.ATTACHED, "move"): ReportStatus.ATTACHED,
    (ReportStatus.FALSE, "attach"): ReportStatus.ATTACHED,
}
"""Attached: it opened an incident or joined one; it moves along when that is merged, or split. Parked: a person
decides. The end of its incident as a false report makes it false; when that is opened again it counts again."""

COMMANDS = ("attach", "park", "call_false", "call_abuse", "move")


@dataclass(frozen=True)
class Step:
    """One step of a report's lineage.

    ``reason`` is a code of the program (``report_step.<code>`` in the catalogue) or a person's words.
    """

    status: ReportStatus
    incident_id: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FiledReport:
    """A report with its status, the incident it belongs to, and how it came to that.

    Of a parked report ``incident_id`` is the ended incident that its source record belonged to. Once its personal
    data is removed, caller and original texts are gone and everything else stays.
    """

    report: Report
    incident_id: str
    taken_by: str
    status: ReportStatus = ReportStatus.NEW
    lineage: tuple[Step, ...] = ()
    personal_removed_at: datetime | None = None

    def after_command(
        self, command: str, incident_id: str, reason: str, by: str, now: datetime
    ) -> "FiledReport":
        """After a command; raises RefusedTransition."""
        status = advance(TRANSITIONS, self.status, command)
        step = Step(status, incident_id, reason, by, now)
        return replace(self, status=status, incident_id=incident_id, lineage=(*self.lineage, step))


Outcome = Literal["reopen_incident", "open_incident", "attach", "false", "abuse"]
"""What becomes of a parked report: its incident is opened again, a new one is opened, what it says is added to the
closed incident, or it is false, or abuse."""


@dataclass(frozen=True)
class Disposition:
    """A person's decision on a report, with the reason."""

    outcome: Outcome
    reason: str
    by: str


ENDED = {
    IncidentStatus.CLOSED: "incident_closed",
    IncidentStatus.FALSE_REPORT: "incident_false_report",
}
"""Why a report can't simply join: its incident is over."""


def opening_report(report: Report, incident_id: str, by: str) -> FiledReport:
    """A report that opens an incident."""
    new = FiledReport(report, incident_id, by)
    return new.after_command("attach", incident_id, "opened", by, report.reported_at)


def joining_report(report: Report, incident: Incident, by: str, because: str = "same_record") -> FiledReport:
    """A report whose incident is known: it joins, or waits for a person if that is over.

    ``because``: its source's record is known, or whoever takes it says that it is the ``same_event``.
    """
    new, reason = FiledReport(report, incident.incident_id, by), ENDED.get(incident.status)
    command = "park" if reason else "attach"
    return new.after_command(command, incident.incident_id, reason or because, by, report.reported_at)


def going_back(filed: Sequence[FiledReport], incident_id: str) -> list[FiledReport]:
    """The reports that go back to an incident that is not merged any more.

    Those that came with it, and later ones of the same records of their sources.
    """
    came = [one for one in filed if any(step.incident_id == incident_id for step in one.lineage)]
    records = {_record_of(one) for one in came if one.report.external_reference is not None}
    movable = (ReportStatus.ATTACHED, ReportStatus.FALSE)
    return [one for one in filed if one.status in movable and (one in came or _record_of(one) in records)]


def _record_of(filed: FiledReport) -> tuple[str, str, str | None]:
    report = filed.report
    return report.channel, report.source_system, report.external_reference


def merged_event(report: Report, incident_id: str, node: str) -> ReportMerged:
    """The fact that a report joined an incident."""
    key = "report.merged_reason" if report.external_reference else "report.joined_reason"
    why = ReasonCode(
        key=key, values={"channel": report.channel, "reference": report.external_reference or ""}
    )
    return ReportMerged(
        incident_id=incident_id,
        jurisdiction=node,
        report_id=report.report_id,
        channel=report.channel,
        reported_at=report.reported_at,
        reason=words_of(why),
        reason_code=why,
    )


def parked_event(filed: FiledReport, incident: Incident, node: str) -> ReportParked:
    """The fact that a report waits for a person, because its incident is over."""
    return ReportParked(
        incident_id=incident.incident_id,
        jurisdiction=node,
        report_id=filed.report.report_id,
        channel=filed.report.channel,
        source_system=filed.report.source_system,
        reported_at=filed.report.reported_at,
        incident_status="closed" if incident.status is IncidentStatus.CLOSED else "false_report",
    )


def refuse_report(
    filed: FiledReport, disposition: Disposition, node: str, now: datetime
) -> tuple[FiledReport, list[Event]]:
    """A person finds a parked report false, or abuse: it stays on file and changes nothing."""
    reason, by = disposition.reason, disposition.by
    moved = filed.after_command(f"call_{disposition.outcome}", filed.incident_id, reason, by, now)
    event = ReportRefused(
        incident_id=filed.incident_id,
        jurisdiction=node,
        report_id=filed.report.report_id,
        outcome="false" if moved.status is ReportStatus.FALSE else "abuse",
        reason=reason,
        by=by,
        refused_at=now,
    )
    return moved, [event]
