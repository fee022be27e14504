"""What another node's facts make of an incident here: mirrors of the levels below, and following them."""

from dataclasses import replace

from contracts.events.incident import (
    IncidentMerged,
    IncidentReported,
    IncidentSnapshot,
    IncidentUnmerged,
    IncidentUpdated,
)
from contracts.precedence import follows_ending
from services.incident.domain.facts import Answer, Known, Statement, learn
from services.incident.domain.incident import TRANSITIONS, Alarm, Incident, IncidentStatus, Lead
from services.incident.policy.grading import GradeResult

_ENDINGS = frozenset({"close", "dismiss", "reopen", "merge", "unmerge"})


def mirror(reported: IncidentReported) -> Incident:
    """The view of a level above, from the report of a level below."""
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
        lies_in=reported.lies_in,
        known=learn(Known(), first_statement(reported)),
        grading=GradeResult(reported.grade, "", ""),
        lead=Lead(reported.jurisdiction),
    )


def first_statement(reported: IncidentReported) -> Statement:
    """What the report that opened an incident said of the facts."""
    return Statement(
        reported.facts,
        reported.channel,
        reported.reported_at,
        reported.description,
        report_id=reported.report_id,
        answers=_answers_of(reported),
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
        alarm=Alarm(snapshot.alarm_least, snapshot.alarm_least) if snapshot.alarm_least else None,
        amendments=snapshot.amendments,
        lead=Lead(snapshot.jurisdiction),
    )


def follow(incident: Incident, command: str, writer: str, node: str) -> Incident:
    """What another node did, as far as it moves this node's own status.

    The scene is one: whoever commands it, or started with it, says when forces respond and when it is
    under control. An end, and its undoing, is followed only by a mirror that has not taken command of its
    own.
    """
    if not _follows(incident, command, writer, node):
        return incident
    return replace(incident, status=TRANSITIONS[incident.status, command])


def _follows(incident: Incident, command: str, writer: str, node: str) -> bool:
    """Whether what ``writer`` did moves this node's own status."""
    leading = writer in {incident.origin, incident.lead.jurisdiction}
    if command in _ENDINGS:
        leading = follows_ending(writer, incident.origin, incident.lead.jurisdiction, node)
    return leading and TRANSITIONS.get((incident.status, command), incident.status) is not incident.status


def follow_merge(incident: Incident, event: IncidentMerged, node: str) -> Incident:
    """The origin found it to be the same event as another one."""
    if not _follows(incident, "merge", event.jurisdiction, node):
        return incident
    return replace(incident, status=IncidentStatus.MERGED, merged_into=event.into)


def follow_unmerge(incident: Incident, event: IncidentUnmerged, node: str) -> Incident:
    """The origin found it to be an event of its own after all."""
    if not _follows(incident, "unmerge", event.jurisdiction, node):
        return incident
    status = IncidentStatus.RESPONDING if event.responding else IncidentStatus.REPORTED
    return replace(incident, status=status, merged_into=None)


def follow_update(incident: Incident, event: IncidentUpdated) -> Incident:
    """Another node's new facts."""
    return replace(incident, known=learn(incident.known, statement_of(event)))


def statement_of(event: IncidentUpdated) -> Statement:
    """The statement that another node took in."""
    return Statement(
        event.facts,
        event.source,
        event.stated_at,
        event.statement,
        event.entered_at,
        event.report_id,
        event.from_incident,
        _answers_of(event),
    )


def _answers_of(event: IncidentReported | IncidentUpdated) -> dict[str, Answer]:
    return {one.question: one.answer for one in event.answers}
