"""The incident: its life-cycle as data, and every decision about it.

``node`` is the place that decides. The same incident stands at its origin and, as a mirror, at the
levels above; each node keeps a status of its own part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from contracts.events import Event
from contracts.events.incident import (
    CommandAssumed,
    IncidentClosed,
    IncidentControlled,
    IncidentEscalated,
    IncidentGraded,
    IncidentReported,
    IncidentSnapshot,
    IncidentUpdated,
)
from contracts.plan import Plan
from contracts.refusals import Refusal, StaleVersion
from contracts.state_machine import Transitions, advance
from contracts.values import Grade, Location
from services.incident.domain import report as reports
from services.incident.domain.facts import Known, Statement, learn
from services.incident.domain.report import Report
from services.incident.policy.grading import GradeResult, assess, by_person

Outcome = Literal["ended", "false_report"]


class IncidentStatus(StrEnum):
    """How far a node is with its part of an incident."""

    REPORTED = "reported"
    RESPONDING = "responding"
    CONTROLLED = "controlled"
    CLOSED = "closed"
    FALSE_REPORT = "false_report"


TRANSITIONS: Transitions[IncidentStatus] = {
    (IncidentStatus.REPORTED, "update"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "assume_command"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "convene"): IncidentStatus.REPORTED,
    (IncidentStatus.REPORTED, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.REPORTED, "control"): IncidentStatus.CONTROLLED,
    (IncidentStatus.REPORTED, "dismiss"): IncidentStatus.FALSE_REPORT,
    (IncidentStatus.RESPONDING, "update"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "assume_command"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "convene"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.RESPONDING, "control"): IncidentStatus.CONTROLLED,
    (IncidentStatus.RESPONDING, "dismiss"): IncidentStatus.FALSE_REPORT,
    (IncidentStatus.CONTROLLED, "update"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "assume_command"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "convene"): IncidentStatus.CONTROLLED,
    (IncidentStatus.CONTROLLED, "respond"): IncidentStatus.RESPONDING,
    (IncidentStatus.CONTROLLED, "close"): IncidentStatus.CLOSED,
    (IncidentStatus.CLOSED, "update"): IncidentStatus.CLOSED,
}
"""Casualties are still counted after the end (art. 13), so a closed incident takes updates."""

COMMANDS = ("update", "assume_command", "convene", "respond", "control", "close", "dismiss")


class NotInCommand(Refusal):
    """Another node commands this incident."""

    STATUS = 409
    KEY = "incident.not_in_command"


class NotAbove(Refusal):
    """Only a level above the incident's origin can assume command of it."""

    STATUS = 409
    KEY = "incident.not_above"


class GradedByTable(Refusal):
    """The plan has a grading table for this incident, so its facts grade it."""

    STATUS = 409
    KEY = "incident.graded_by_table"


@dataclass(frozen=True)
class GradeByPerson:
    """What a person grades, and why."""

    grade: Grade
    reason: str
    person: str


@dataclass(frozen=True)
class Command:
    """Which node commands, and who there; nobody named means the origin's duty officer."""

    jurisdiction: str
    commander: str | None = None
    since: datetime | None = None


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
    command: Command
    status: IncidentStatus = IncidentStatus.REPORTED
    escalated_to: str | None = None
    description: str = ""
    jurisdiction_unsure: bool = False
    hazard_source_id: str | None = None
    place: str | None = None
    version: int = 1
    changed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        assert self.version >= 1

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
        )


Decision = tuple[Incident, list[Event]]


def open_incident(report: Report, incident_id: str, unsure: bool, plan: Plan, node: str) -> Decision:
    """A new incident of this node, graded at once and handed upward if the grade asks for it."""
    result = assess(plan, node, report.sector, report.event_type, report.facts)
    first = Statement(report.facts, report.channel, report.reported_at, report.description)
    incident = Incident(
        incident_id=incident_id,
        origin=node,
        sector=report.sector,
        event_type=report.event_type,
        title=report.title,
        description=report.description,
        location=report.location,
        jurisdiction_unsure=unsure,
        occurred_at=report.occurred_at,
        reported_at=report.reported_at,
        hazard_source_id=report.hazard_source_id,
        place=report.place,
        known=learn(Known(), first),
        grading=result,
        command=Command(node),
    )
    opened = reports.reported(report, incident_id, node, unsure, result.grade)
    incident, escalated = escalate(incident, plan, node)
    return incident, [opened, _graded(incident, None, node), *escalated]


def escalate(incident: Incident, plan: Plan, node: str) -> Decision:
    """Hand the lead to the level above, the first time the grade asks for it (art. 18 突发事件应对法)."""
    target, reached = plan.parent(node), incident.grading.grade
    handed_on = incident.escalated_to not in {None, node}
    if target is None or handed_on or not plan.lead_is_above(reached, node):
        return incident, []
    incident = replace(incident, escalated_to=target)
    named = plan.grades[reached]
    event = IncidentEscalated(
        incident_id=incident.incident_id,
        jurisdiction=node,
        target=target,
        grade=reached,
        reason=f"{named.name}（{_why(incident.grading)}）"[:200],
        article=named.lead_article,
        snapshot=incident.snapshot,
    )
    return incident, [event]


def check_version(incident: Incident, given: int | None) -> None:
    """Raise StaleVersion when the operator looked at an older version."""
    if given is not None and given != incident.version:
        raise StaleVersion(given, incident.version)


def update(incident: Incident, statement: Statement, plan: Plan, node: str) -> Decision:
    """续报: take in new facts, grade again within the window, hand upward if it comes to that.

    Source: 生产安全事故报告和调查处理条例 art. 13 (windows of 30 and 7 days are the plan's).
    """
    advance(TRANSITIONS, incident.status, "update")
    event = IncidentUpdated(
        incident_id=incident.incident_id,
        jurisdiction=node,
        facts=statement.facts,
        statement=statement.text,
        source=statement.source,
        stated_at=statement.stated_at,
    )
    learnt = replace(changed(incident), known=learn(incident.known, statement))
    learnt, regraded = _regrade(learnt, statement.stated_at, plan, node)
    learnt, escalated = escalate(learnt, plan, node)
    return learnt, [event, *regraded, *escalated]


def merge(incident: Incident, report: Report, plan: Plan, node: str) -> Decision:
    """A report of a source record already known: kept, and what it newly says is an update."""
    event = reports.merged(report, incident.incident_id, node)
    statement = Statement(report.facts, report.channel, report.reported_at, report.description)
    news = learn(incident.known, statement).facts != incident.known.facts
    if not news or (incident.status, "update") not in TRANSITIONS:
        return changed(incident), [event]
    incident, events = update(incident, statement, plan, node)
    return incident, [event, *events]


def may_regrade(incident: Incident, at: datetime, plan: Plan) -> bool:
    """Whether a fact stated then re-grades: by a table, up to and including the last day of its window."""
    table = plan.grading_table(incident.sector, incident.known.facts)
    return table is not None and at <= incident.occurred_at + timedelta(days=table.window_days)


def _regrade(incident: Incident, at: datetime, plan: Plan, node: str) -> Decision:
    if not may_regrade(incident, at, plan):
        return incident, []
    previous = incident.grading
    result = assess(plan, node, incident.sector, incident.event_type, incident.known.facts)
    if result.grade is previous.grade and result.basis == previous.basis:
        return (incident if not result.criterion else replace(incident, grading=result)), []
    incident = replace(incident, grading=result)
    return incident, [_graded(incident, previous.grade, node)]


def grade_by_person(incident: Incident, given: GradeByPerson, plan: Plan, node: str) -> Decision:
    """人工定级: a person grades what no table grades, and it is handed upward if it comes to that.

    Raises GradedByTable where the plan has a table, NotInCommand where another node commands.
    """
    if table := plan.grading_table(incident.sector, incident.known.facts):
        raise GradedByTable("grade", table=table.name)
    require_command(incident, node)
    advance(TRANSITIONS, incident.status, "update")
    previous = incident.grading.grade
    grading = by_person(plan, given.grade, given.person, given.reason)
    graded = replace(changed(incident), grading=grading)
    graded, escalated = escalate(graded, plan, node)
    return graded, [_graded(graded, previous, node), *escalated]


def assume_command(incident: Incident, commander: str, plan: Plan, node: str, now: datetime) -> Decision:
    """The level above takes command; addressed to the level below on the way to the origin.

    Raises NotAbove at the origin itself.
    """
    target = _below(plan, node, incident.origin)
    if target is None:
        raise NotAbove(origin=incident.origin, ours=node)
    status = advance(TRANSITIONS, incident.status, "assume_command")
    incident = replace(changed(incident), status=status, command=Command(node, commander, now))
    event = CommandAssumed(
        incident_id=incident.incident_id,
        jurisdiction=node,
        target=target,
        commander=commander,
        assumed_at=now,
        snapshot=incident.snapshot,
    )
    return incident, [event]


def require_command(incident: Incident, node: str) -> None:
    """Raise NotInCommand unless this node commands (the origin does while nobody else does)."""
    if incident.command.jurisdiction != node:
        raise NotInCommand(theirs=incident.command.jurisdiction, ours=node)


def control(incident: Incident, statement: str, node: str, now: datetime) -> Decision:
    """现场得到控制."""
    status = advance(TRANSITIONS, incident.status, "control")
    event = IncidentControlled(
        incident_id=incident.incident_id, jurisdiction=node, statement=statement, controlled_at=now
    )
    return replace(changed(incident), status=status), [event]


def close(incident: Incident, outcome: Outcome, statement: str, node: str, now: datetime) -> Decision:
    """This node's part is over, or the report proved false; command goes back to the origin."""
    status = advance(TRANSITIONS, incident.status, "close" if outcome == "ended" else "dismiss")
    event = IncidentClosed(
        incident_id=incident.incident_id,
        jurisdiction=node,
        outcome=outcome,
        statement=statement,
        facts=incident.known.facts,
        closed_at=now,
    )
    return replace(changed(release(incident, node)), status=status), [event]


def respond(incident: Incident) -> Incident:
    """Forces or a response are under way; raises RefusedTransition after the end."""
    return replace(changed(incident), status=advance(TRANSITIONS, incident.status, "respond"))


def release(incident: Incident, node: str) -> Incident:
    """Command goes back to the origin when the node that had assumed it is done."""
    if incident.command.jurisdiction != node or node == incident.origin:
        return incident
    return replace(changed(incident), command=Command(incident.origin))


def mirror(reported: IncidentReported) -> Incident:
    """The view of a level above, from the report of a level below."""
    first = Statement(reported.facts, reported.channel, reported.reported_at, reported.description)
    return Incident(
        incident_id=reported.incident_id,
        origin=reported.jurisdiction,
        sector=reported.sector,
        event_type=reported.event_type,
        title=reported.title,
        description=reported.description,
        location=reported.location,
        jurisdiction_unsure=reported.jurisdiction_unsure,
        occurred_at=reported.occurred_at,
        reported_at=reported.reported_at,
        hazard_source_id=reported.hazard_source_id,
        place=reported.place,
        known=learn(Known(), first),
        grading=GradeResult(reported.grade, "", ""),
        command=Command(reported.jurisdiction),
    )


def from_snapshot(snapshot: IncidentSnapshot) -> Incident:
    """The view of a node that hears of an incident by an escalation or a taking of command only."""
    return Incident(
        incident_id=snapshot.incident_id,
        origin=snapshot.jurisdiction,
        sector=snapshot.sector,
        event_type=snapshot.event_type,
        title=snapshot.title,
        location=snapshot.location,
        occurred_at=snapshot.occurred_at,
        reported_at=snapshot.reported_at,
        known=learn(Known(), Statement(snapshot.facts, snapshot.jurisdiction, snapshot.reported_at)),
        grading=GradeResult(snapshot.grade, "", ""),
        place=snapshot.place,
        command=Command(snapshot.jurisdiction),
    )


def follow(incident: Incident, command: str, writer: str, node: str) -> Incident:
    """What another node did, as far as it moves this node's own status.

    The scene is one: whoever commands it, or started with it, says when forces respond and when it is
    under control. An end is followed only by a mirror that has not taken command of its own.
    """
    leading = writer in {incident.origin, incident.command.jurisdiction}
    if command in {"close", "dismiss"}:
        leading = writer == incident.origin and incident.command.jurisdiction != node
    status = TRANSITIONS.get((incident.status, command))
    if not leading or status is None or status is incident.status:
        return incident
    return replace(changed(incident), status=status)


def receive_escalation(incident: Incident, grade: Grade, plan: Plan, node: str) -> Decision:
    """A level below hands the lead to this node, which hands it on if the grade is above it too."""
    grading = replace(incident.grading, grade=grade)
    handed_on = incident.escalated_to not in {None, node}
    received = replace(
        changed(incident), grading=grading, escalated_to=incident.escalated_to if handed_on else node
    )
    return escalate(received, plan, node)


def follow_update(incident: Incident, event: IncidentUpdated) -> Incident:
    """Another node's new facts; who states them also grades them."""
    return replace(
        changed(incident), known=learn(incident.known, Statement(event.facts, event.source, event.stated_at))
    )


def follow_grade(incident: Incident, event: IncidentGraded) -> Incident:
    """Another node's grade of the same incident."""
    grading = GradeResult(
        event.grade,
        event.criterion,
        event.article,
        basis=event.basis,
        graded_by=event.graded_by,
        reason=event.reason,
    )
    return replace(changed(incident), grading=grading)


def follow_command(incident: Incident, event: CommandAssumed) -> Incident:
    """Another node has taken command."""
    command = Command(event.jurisdiction, event.commander, event.assumed_at)
    return replace(changed(incident), command=command)


def changed(incident: Incident) -> Incident:
    """The next version; several changes within one decision make one version."""
    return incident if incident.changed else replace(incident, version=incident.version + 1, changed=True)


def _graded(incident: Incident, previous: Grade | None, node: str) -> IncidentGraded:
    return IncidentGraded(
        incident_id=incident.incident_id,
        jurisdiction=node,
        grade=incident.grading.grade,
        previous_grade=previous,
        criterion=incident.grading.criterion,
        article=incident.grading.article,
        facts=incident.known.facts,
        basis=incident.grading.basis,
        graded_by=incident.grading.graded_by,
        reason=incident.grading.reason,
    )


def _why(grading: GradeResult) -> str:
    return grading.reason or grading.criterion or grading.article


def _below(plan: Plan, node: str, origin: str) -> str | None:
    """The place one level below ``node`` that holds ``origin``; None when there is none."""
    below: Sequence[str] = [code for code in plan.children(node) if plan.is_within(origin, code)]
    return below[0] if below else None
