"""接报要素: what an incident is and where, and setting right what was reported first. Only its origin does."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import get_args

from contracts.events.incident import IncidentAmended, Particular
from contracts.plan import Plan
from contracts.privacy import mask
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import advance
from contracts.values import Location
from services.incident.domain import grading
from services.incident.domain.facts import Statement
from services.incident.domain.incident import TRANSITIONS, Decision, Incident

PARTICULARS: tuple[Particular, ...] = get_args(Particular)


class NotReportedHere(Refusal):
    """Another node took the report: its particulars are amended there (属地管理)."""

    STATUS = 409
    KEY = "particulars.not_reported_here"


class NothingAmended(RuleViolated):
    """The particulars stand like that already."""

    KEY = "particulars.nothing_amended"


@dataclass(frozen=True)
class Particulars:
    """All of them as they are to stand; ``jurisdiction_unsure`` follows from location and ``lies_in``."""

    sector: str
    event_type: str
    title: str
    location: Location
    place: str | None
    hazard_source_id: str | None
    lies_in: str | None
    jurisdiction_unsure: bool


def particulars_of(told: Incident | IncidentAmended) -> Particulars:
    """The particulars of an incident, or those that an amendment tells."""
    return Particulars(**{one.name: getattr(told, one.name) for one in fields(Particulars)})


def without_numbers(wanted: Particulars) -> Particulars:
    """As they may be shown and published: without phone and identity numbers."""
    location = wanted.location.model_copy(update={"address": mask(wanted.location.address)})
    return replace(wanted, title=mask(wanted.title), location=location)


def amend(
    incident: Incident,
    wanted: Particulars,
    statements: tuple[Statement, ...],
    plan: Plan,
    node: str,
    by: str,
    now: datetime,
) -> Decision:
    """The incident is graded again by its new sector, and handed upward if it comes to that.

    Raises NotReportedHere, RefusedTransition of a false report, NothingAmended.
    """
    if incident.origin != node:
        raise NotReportedHere(origin=plan.place_name(incident.origin))
    advance(TRANSITIONS, incident.status, "update")
    changed = tuple(name for name in PARTICULARS if _differs(name, incident, wanted))
    if not changed:
        raise NothingAmended("", "nothing_amended")
    moved = with_particulars(incident, wanted, incident.amendments + 1, plan)
    reclassified = bool({"sector", "event_type"} & set(changed))
    moved, events = grading.regrade(moved, statements, plan, node, reclassified)
    event = IncidentAmended(
        incident_id=incident.incident_id,
        jurisdiction=node,
        **vars(wanted),
        grade=moved.grading.grade,
        changed=changed,
        by=by,
        amended_at=now,
        amendments=moved.amendments,
    )
    return moved, [event, *events]


def _differs(name: Particular, incident: Incident, wanted: Particulars) -> bool:
    """Whether a particular changes; which jurisdiction a place lies in changes with the place."""
    names = (name, "lies_in") if name == "location" else (name,)
    return any(getattr(incident, one) != getattr(wanted, one) for one in names)


def with_particulars(incident: Incident, particulars: Particulars, amendments: int, plan: Plan) -> Incident:
    """With other particulars; an alarm level of another scale does not count any more."""
    same_scale = plan.alarm_scale(incident.sector) is plan.alarm_scale(particulars.sector)
    alarm = incident.alarm if same_scale else None
    return replace(incident, **vars(particulars), alarm=alarm, amendments=amendments)


def with_amendment(incident: Incident, event: IncidentAmended, plan: Plan) -> Incident:
    """What the origin amended, unless a later amendment is known here."""
    if event.amendments <= incident.amendments:
        return incident
    return with_particulars(incident, particulars_of(event), event.amendments, plan)
