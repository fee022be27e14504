"""Who leads: handing an incident upward, taking command, giving it back (突发事件应对法 arts 16-18)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from contracts.events.incident import CommandAssumed, IncidentClosed, IncidentEscalated, IncidentGraded
from contracts.plan import Plan
from contracts.precedence import Stamp, holds_over, stamp_of
from contracts.refusals import Refusal
from contracts.state_machine import advance
from services.incident.domain.incident import TRANSITIONS, Decision, Incident, Lead, release
from services.incident.policy.grading import GradeResult


class NotInCommand(Refusal):
    """Another node commands this incident."""

    STATUS = 409
    KEY = "incident.not_in_command"


class NotAbove(Refusal):
    """Only a level above the incident's origin can assume command of it."""

    STATUS = 409
    KEY = "incident.not_above"


def escalate(incident: Incident, plan: Plan, node: str) -> Decision:
    """Hand the lead to the level above, the first time the grade asks for it (art. 18 突发事件应对法).

    Of a merged incident what it is merged into is handed on.
    """
    if incident.merged_into is not None:
        return incident, []
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


def receive_escalation(
    incident: Incident, event: IncidentEscalated, writer: str, plan: Plan, node: str
) -> Decision:
    """A level below hands the lead to this node, which hands it on if the grade is above it too."""
    stamp = stamp_of(incident.graded_at, event.snapshot.grade_revision, writer)
    if holds_over(stamp, incident.graded_at, plan):
        grading = replace(incident.grading, grade=event.grade, criterion="", decided_by=())
        incident = replace(incident, grading=grading, graded_at=stamp)
    handed_on = incident.escalated_to not in {None, node}
    received = replace(incident, escalated_to=incident.escalated_to if handed_on else node)
    return escalate(received, plan, node)


def follow_grade(incident: Incident, event: IncidentGraded, plan: Plan, node: str) -> Decision:
    """Another node's grade, unless the one that stands holds over it.

    The origin, or a node that the incident was handed to, hands it on if the grade is above it.
    """
    stamp = stamp_of(incident.graded_at, event.revision, event.jurisdiction, event.basis == "person")
    if holds_over(incident.graded_at, stamp, plan):
        return incident, []
    grading = GradeResult(
        event.grade,
        event.criterion,
        event.article,
        basis=event.basis,
        graded_by=event.graded_by,
        reason=event.reason,
        computed=event.computed,
        decided_by=event.decided_by,
    )
    graded = replace(incident, grading=grading, graded_at=stamp)
    hands_on = node in {incident.origin, incident.escalated_to}
    return escalate(graded, plan, node) if hands_on else (graded, [])


def follow_command(incident: Incident, event: CommandAssumed, plan: Plan) -> Incident:
    """Another node has taken command, unless another change of the lead holds over it."""
    stamp = stamp_of(incident.lead.stamp, event.revision, event.jurisdiction)
    if not holds_over(stamp, incident.lead.stamp, plan):
        return incident
    return replace(incident, lead=Lead(event.jurisdiction, event.commander, event.assumed_at, stamp))


def follow_release(incident: Incident, event: IncidentClosed, plan: Plan) -> Incident:
    """The node that commanded is done: command goes back to the origin."""
    if event.lead_revision is None:
        return release(incident, event.jurisdiction)
    stamp = Stamp(event.lead_revision, event.jurisdiction)
    if not holds_over(stamp, incident.lead.stamp, plan):
        return incident
    return replace(incident, lead=Lead(incident.origin, stamp=stamp))


def assume_command(incident: Incident, commander: str, plan: Plan, node: str, now: datetime) -> Decision:
    """The level above takes command; addressed to the level below on the way to the origin.

    Raises NotAbove at the origin itself, NotInCommand while a level above this node commands.
    """
    target = _below(plan, node, incident.origin)
    if target is None:
        raise NotAbove(origin=incident.origin, ours=node)
    if plan.is_within(node, incident.lead.jurisdiction) and node != incident.lead.jurisdiction:
        raise NotInCommand(theirs=incident.lead.jurisdiction, ours=node)
    status = advance(TRANSITIONS, incident.status, "assume_command")
    stamp = incident.lead.stamp.following(node)
    incident = replace(incident, status=status, lead=Lead(node, commander, now, stamp))
    event = CommandAssumed(
        incident_id=incident.incident_id,
        jurisdiction=node,
        target=target,
        commander=commander,
        assumed_at=now,
        snapshot=incident.snapshot,
        revision=stamp.revision,
    )
    return incident, [event]


def require_command(incident: Incident, node: str) -> None:
    """Raise NotInCommand unless this node commands (the origin does while nobody else does)."""
    if incident.lead.jurisdiction != node:
        raise NotInCommand(theirs=incident.lead.jurisdiction, ours=node)


def _below(plan: Plan, node: str, origin: str) -> str | None:
    """The place one level below ``node`` that holds ``origin``; None when there is none."""
    below: Sequence[str] = [code for code in plan.children(node) if plan.is_within(origin, code)]
    return below[0] if below else None


def _why(grading: GradeResult) -> str:
    return grading.reason or grading.criterion or grading.article
