"""The incident: its life-cycle as data, and what moves it along.

``node`` is the place that decides. The same incident stands at its origin and, as a mirror, at the
levels above; each node keeps a status of its own part. What is graded, who leads and what other nodes
said are modules of their own: ``grading``, ``lead``, ``mirror``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.events import Event
from contracts.events.incident import (
    IncidentClosed,
    IncidentControlled,
    IncidentReopened,
    IncidentSnapshot,
)
from contracts.precedence import UNSTAMPED, Stamp
from contracts.refusals import Refusal, StaleVersion
from contracts.state_machine import Transitions, advance
from contracts.values import Location
from services.incident.domain.facts import Known
from services.incident.policy.grading import GradeResult

Outcome = Literal["ended", "false_report"]


class IncidentStatus(StrEnum):
    """How far a node is with its part of an incident."""

    REPORTED = "reported"
    RESPONDING = "responding"
    CONTROLLED = "controlled"
    CLOSED = "closed"
    FALSE_REPORT = "false_report"
    MERGED = "merged"


TRANSITIONS: Transitions[IncidentStatus] = {
    (IncidentStatus.REPORTED, "update"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "assume_command"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "convene"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.REPORTED, "control"): IncidentStatus.CONTROLLED,
    (IncidentStatus.REPORTED, "dismiss"): IncidentStatus.FALSE_REPORT,
    (IncidentStatus.REPORTED, "merge"): IncidentStatus.MERGED,
    (IncidentStatus.RESPONDING, "update"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "assume_command"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "convene"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "control"): IncidentStatus.CONTROLLED,
    (IncidentStatus.RESPONDING, "dismiss"): IncidentStatus.FALSE_REPORT,
    (IncidentStatus.RESPONDING, "merge"): IncidentStatus.MERGED,
    (IncidentStatus.CONTROLLED, "update"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "assume_command"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "convene"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.CONTROLLED, "close"): IncidentStatus.CLOSED,
    (IncidentStatus.CONTROLLED, "merge"): IncidentStatus.MERGED,
    (IncidentStatus.CLOSED, "update"): IncidentStatus.CLOSED,
    (IncidentStatus.CLOSED, "reopen"): IncidentStatus.REPORTED,
    (IncidentStatus.FALSE_REPORT, "reopen"): IncidentStatus.REPORTED,
    (IncidentStatus.MERGED, "update"): IncidentStatus.MERGED,
    (IncidentStatus.MERGED, "unmerge"): IncidentStatus.REPORTED,
}
"""Casualties are still counted after the end (art. 13), so a closed incident takes updates. A report that comes
after the end opens it again, if a person finds so. What is said of a merged incident counts where it was merged into."""

COMMANDS = (
    "update",
    "assume_command",
    "convene",
    "respond",
    "control",
    "close",
    "dismiss",
    "reopen",
    "merge",
    "unmerge",
)
OPEN = frozenset({IncidentStatus.REPORTED, IncidentStatus.RESPONDING, IncidentStatus.CONTROLLED})
"""Not yet over at this node."""


class TeamsStillOut(Refusal):
    """Closing releases nobody; who closes has to know that teams are still out."""

    STATUS = 409
    KEY = "incident.teams_out"


@dataclass(frozen=True)
class Lead:
    """指挥权: which node commands, and who there; nobody named means the origin's duty officer."""

    jurisdiction: str
    commander: str | None = None
    since: datetime | None = None
    stamp: Stamp = UNSTAMPED


@dataclass(frozen=True)
class Alarm:
    """火警等级, 1 to 5; it does not fall below ``least``."""

    level: int
    least: int = 1

    def __post_init__(self) -> None:
        assert 1 <= self.least <= self.level


@dataclass(frozen=True)
class Incident:
    """An incident as one node knows it."""

    incident_id: str
    origin: str
    sector: str
    event_type: str
    title: str
    location: Location
    occurred_at: datetime
    reported_at: datetime
    known: Known
    grading: GradeResult
    lead: Lead
    status: IncidentStatus = IncidentStatus.REPORTED
    escalated_to: str | None = None
    description: str = ""
    jurisdiction_unsure: bool = False
    hazard_source_id: str | None = None
    place: str | None = None
    lies_in: str | None = None
    """The jurisdiction it lies in, as somebody found near a border."""
    graded_at: Stamp = UNSTAMPED
    alarm: Alarm | None = None
    alarm_leasts: Mapping[str, int] = field(default_factory=dict)
    """By the name of a scale what the level does not fall below by it."""
    amendments: int = 0
    merged_into: str | None = None
    version: int = 1

    def __post_init__(self) -> None:
        assert self.version >= 1
        assert (self.merged_into is not None) == (self.status is IncidentStatus.MERGED)

    @property
    def snapshot(self) -> IncidentSnapshot:
        """What another node needs to open its own view."""
        return IncidentSnapshot(
            incident_id=self.incident_id,
            jurisdiction=self.origin,
            sector=self.sector,
            event_type=self.event_type,
            title=self.title,
            location=self.location,
            occurred_at=self.occurred_at,
            reported_at=self.reported_at,
            facts=self.known.facts,
            grade=self.grading.grade,
            place=self.place,
            grade_revision=self.graded_at.revision,
            lead_revision=self.lead.stamp.revision,
            alarm_least=self.alarm.least if self.alarm else None,
            amendments=self.amendments,
        )


Decision = tuple[Incident, list[Event]]


def check_version(incident: Incident, given: int | None) -> None:
    """Raise StaleVersion when the operator looked at an older version."""
    if given is not None and given != incident.version:
        raise StaleVersion(given, incident.version)


def control(incident: Incident, statement: str, node: str, now: datetime) -> Decision:
    """现场得到控制."""
    status = advance(TRANSITIONS, incident.status, "control")
    event = IncidentControlled(
        incident_id=incident.incident_id, jurisdiction=node, statement=statement, controlled_at=now
    )
    return replace(incident, status=status), [event]


def close(incident: Incident, outcome: Outcome, statement: str, node: str, now: datetime) -> Decision:
    """This node's part is over, or the report proved false; command goes back to the origin."""
    status = advance(TRANSITIONS, incident.status, "close" if outcome == "ended" else "dismiss")
    released = release(incident, node)
    event = IncidentClosed(
        incident_id=incident.incident_id,
        jurisdiction=node,
        outcome=outcome,
        statement=statement,
        facts=incident.known.facts,
        closed_at=now,
        lead_revision=released.lead.stamp.revision if released is not incident else None,
    )
    return replace(released, status=status), [event]


def reopen(incident: Incident, report_id: str, reason: str, by: str, node: str, now: datetime) -> Decision:
    """What was over at this node goes on, because of a report that came for it."""
    status = advance(TRANSITIONS, incident.status, "reopen")
    event = IncidentReopened(
        incident_id=incident.incident_id,
        jurisdiction=node,
        report_id=report_id,
        reason=reason,
        by=by,
        reopened_at=now,
    )
    return replace(incident, status=status), [event]


def respond(incident: Incident) -> Incident:
    """Forces or a response are under way; raises RefusedTransition after the end."""
    return replace(incident, status=advance(TRANSITIONS, incident.status, "respond"))


def release(incident: Incident, node: str) -> Incident:
    """Command goes back to the origin when the node that had assumed it is done."""
    if incident.lead.jurisdiction != node or node == incident.origin:
        return incident
    return replace(incident, lead=Lead(incident.origin, stamp=incident.lead.stamp.following(node)))
