"""An incident as far as sending teams goes: what it is, who commands it, whether it is over at this node."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from contracts.events.incident import (
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentGraded,
    IncidentReported,
    IncidentSnapshot,
)
from contracts.plan import Plan
from contracts.precedence import UNSTAMPED, Lead, Part, Stamp, holds_over, is_over, stamp_of
from contracts.refusals import Refusal
from contracts.values import Grade, Location

FORCE = {"sector", "event_type", "location"}
"""The particulars that ask for another force when they are amended."""


class IncidentOver(Refusal):
    """No new order goes to an incident that has ended."""

    STATUS = 409
    KEY = "dispatch.incident_over"


@dataclass(frozen=True)
class Incident:
    """An incident; ``lead`` is the node that commands, ``parts`` what each node said of its own end.

    ``amendments``: how often its origin has set right what it is and where.
    """

    incident_id: str
    origin: str
    sector: str
    event_type: str
    title: str
    place: Location
    grade: Grade
    lead: str
    graded_at: Stamp = UNSTAMPED
    lead_since: Stamp = UNSTAMPED
    amendments: int = 0
    parts: Mapping[str, Part] = field(default_factory=dict)

    def over(self, node: str) -> bool:
        """Whether it takes no new orders of ``node``."""
        return is_over(self.parts, self.origin, self.lead, node)

    def require_open(self, node: str) -> None:
        """Raise IncidentOver unless ``node`` may send forces."""
        if self.over(node):
            raise IncidentOver("incident_id", incident=self.incident_id)

    def recommends(self, node: str) -> bool:
        """Whether ``node`` says unasked who should go: it commands, and its part is not over."""
        return self.lead == node and not self.over(node)


def of_event(told: IncidentReported | IncidentSnapshot) -> Incident:
    """An incident as an event tells of it; its origin commands until somebody else is heard to."""
    snapshot = told if isinstance(told, IncidentSnapshot) else None
    return Incident(
        told.incident_id,
        told.jurisdiction,
        told.sector,
        told.event_type,
        told.title,
        told.location,
        told.grade,
        lead=told.jurisdiction,
        graded_at=Stamp(snapshot.grade_revision, told.jurisdiction) if snapshot else UNSTAMPED,
        amendments=snapshot.amendments if snapshot else 0,
    )


def with_particulars(incident: Incident, event: IncidentAmended) -> Incident:
    """Other particulars, unless a later amendment is known; the grade with them while the origin commands."""
    if event.amendments <= incident.amendments:
        return incident
    told = replace(
        incident,
        sector=event.sector,
        event_type=event.event_type,
        title=event.title,
        place=event.location,
        amendments=event.amendments,
    )
    return replace(told, grade=event.grade) if incident.lead == incident.origin else told


def with_grade(incident: Incident, event: IncidentGraded, plan: Plan) -> Incident:
    """Another grade, unless the one that stands holds over it."""
    stamp = stamp_of(incident.graded_at, event.revision, event.jurisdiction, event.basis == "person")
    if holds_over(incident.graded_at, stamp, plan):
        return incident
    return replace(incident, grade=event.grade, graded_at=stamp)


def with_command(incident: Incident, event: CommandAssumed, plan: Plan) -> Incident:
    """A node commands now, unless another change of the lead holds over it."""
    return _with_lead(incident, _lead(incident).assumed_by(event.jurisdiction, event.revision, plan))


def handed_back(incident: Incident, event: IncidentClosed, plan: Plan) -> Incident:
    """The node that commanded has closed its part: command goes back to the origin."""
    lead = _lead(incident).handed_back(event.jurisdiction, event.lead_revision, incident.origin, plan)
    return _with_lead(incident, lead)


def _lead(incident: Incident) -> Lead:
    return Lead(incident.lead, incident.lead_since)


def _with_lead(incident: Incident, lead: Lead) -> Incident:
    return replace(incident, lead=lead.node, lead_since=lead.since)
