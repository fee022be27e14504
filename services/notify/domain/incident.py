"""What a warning needs to know of an incident, as its events told it."""

from dataclasses import dataclass, replace

from contracts.events.incident import IncidentAmended, IncidentGraded, IncidentReported, IncidentSnapshot
from contracts.plan import Plan
from contracts.precedence import UNSTAMPED, Stamp, holds_over, stamp_of
from contracts.values import Grade


@dataclass(frozen=True)
class Incident:
    """Enough to name it in a warning, and how grave it is; ``grade`` is None where an older program noted none."""

    incident_id: str
    jurisdiction: str
    sector: str
    event_type: str
    title: str
    address: str
    grade: Grade | None = None
    graded_at: Stamp = UNSTAMPED


def of_event(told: IncidentReported | IncidentSnapshot) -> Incident:
    """An incident as an event tells of it."""
    revision = told.grade_revision if isinstance(told, IncidentSnapshot) else 0
    return Incident(
        told.incident_id,
        told.jurisdiction,
        told.sector,
        told.event_type,
        told.title,
        told.location.address,
        told.grade,
        Stamp(revision, told.jurisdiction) if revision else UNSTAMPED,
    )


def with_particulars(incident: Incident, event: IncidentAmended) -> Incident:
    """Other particulars."""
    return replace(
        incident,
        sector=event.sector,
        event_type=event.event_type,
        title=event.title,
        address=event.location.address,
    )


def with_grade(incident: Incident, event: IncidentGraded, plan: Plan) -> Incident:
    """Another grade, unless the one that stands holds over it."""
    stamp = stamp_of(incident.graded_at, event.revision, event.jurisdiction, event.basis == "person")
    if holds_over(incident.graded_at, stamp, plan):
        return incident
    return replace(incident, grade=event.grade, graded_at=stamp)
