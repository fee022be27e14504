"""What the notify service does about other services' facts: it remembers incidents, proposes warnings and asks whether they still fit."""

import structlog

from contracts.events.consultation import ConsultationConcluded, ProposedWarning
from contracts.events.incident import (
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentEscalated,
    IncidentGraded,
    IncidentMerged,
    IncidentReopened,
    IncidentReported,
    IncidentUnmerged,
)
from contracts.events.warning import WarningContent
from services.notify.adjusting import ask_about
from services.notify.context import Context
from services.notify.domain import incident as domain
from services.notify.domain.adjustment import cause_of
from services.notify.domain.authority import may_issue
from services.notify.domain.exercise import mark_as_drill
from services.notify.domain.incident import Incident
from services.notify.domain.warning import Origin, WarningRecord, propose
from services.notify.policy.drafting import by_conclusion, by_rule
from services.notify.store import adjustments, incidents, warnings
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.ids import new_id
from shared.received import Received

log = structlog.get_logger(__name__)


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, context: Context) -> None:
    """Remember the incident; at its own node propose the warning that the plan foresees."""
    incident = domain.of_event(received.event)
    await _remember(incident, unit, context)
    await _propose_by_rule(received.event, incident, unit, context)


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, context: Context) -> None:
    """It is something else, or elsewhere: drafts to come say so, and the plan may foresee another warning."""
    event = received.event
    known = await incidents.find(unit.connection, event.incident_id, lock=True)
    if known is not None and await inbox.is_newest(unit, received, "particulars"):
        incident = domain.with_particulars(known, event)
        await incidents.save(unit.connection, known, incident)
        await _propose_by_rule(event, incident, unit, context)


async def on_handed_on(
    received: Received[IncidentEscalated] | Received[CommandAssumed], unit: UnitOfWork, context: Context
) -> None:
    """An incident that another level reported: all that is needed is in the snapshot."""
    await _remember(domain.of_event(received.event.snapshot), unit, context)


async def on_concluded(received: Received[ConsultationConcluded], unit: UnitOfWork, context: Context) -> None:
    """Propose the warning that a consultation of this node asked for, or keep it until the incident is known."""
    event = received.event
    if event.warning is None or event.jurisdiction != context.node:
        return
    incident = await incidents.find_or_hold_off(unit.connection, event.incident_id)
    if incident is None:
        await incidents.keep_waiting(unit.connection, event.consultation_id, event.incident_id, event.warning)
        return
    await _propose_concluded(event.consultation_id, event.warning, incident, unit, context)


async def on_graded(received: Received[IncidentGraded], unit: UnitOfWork, context: Context) -> None:
    """Graver or lighter than it was: the duty officer is asked whether warnings in force still fit."""
    event = received.event
    known = await incidents.find(unit.connection, event.incident_id, lock=True)
    if known is None:
        return
    graded = domain.with_grade(known, event, context.plan)
    await incidents.save(unit.connection, known, graded)
    before = known.grade or event.previous_grade
    if cause := cause_of(before, graded.grade):
        await ask_about(unit, event.incident_id, cause, graded.grade, before)


async def on_closed(
    received: Received[IncidentClosed] | Received[IncidentMerged], unit: UnitOfWork, context: Context
) -> None:
    """Over here or where it happened, or the same event as another: the duty officer is asked to lift what is in force."""
    if known := await _end_of(received, unit, context):
        await ask_about(unit, known.incident_id, "ended", known.grade, None)


async def on_reopened(
    received: Received[IncidentReopened] | Received[IncidentUnmerged], unit: UnitOfWork, context: Context
) -> None:
    """It goes on after all."""
    if known := await _end_of(received, unit, context):
        await adjustments.withdraw_of(unit.connection, known.incident_id, "ended")


async def _end_of(
    received: Received[IncidentClosed]
    | Received[IncidentMerged]
    | Received[IncidentReopened]
    | Received[IncidentUnmerged],
    unit: UnitOfWork,
    context: Context,
) -> Incident | None:
    """The incident whose end, or its undoing, this is; None for a part of it elsewhere and for old news."""
    known = await incidents.find(unit.connection, received.event.incident_id, lock=True)
    counts = known is not None and received.event.jurisdiction in {context.node, known.jurisdiction}
    return known if counts and await inbox.is_newest(unit, received, "over") else None


async def _propose_by_rule(
    event: IncidentReported | IncidentAmended, incident: Incident, unit: UnitOfWork, context: Context
) -> None:
    rule = context.plan.auto_draft(event.sector, event.event_type, event.grade)
    if rule is None or event.jurisdiction != context.node:
        return
    if not may_issue(event.event_type, None, context.plan):
        return  # plan check refuses such a rule; the body it is reserved to issues it
    content = by_rule(
        context.plan, context.node, context.issuer(incident.event_type), rule, incident, unit.now
    )
    await _propose("plan_rule", f"rule:{rule.sector}:{rule.level}", content, incident, unit, context)


async def _remember(incident: Incident, unit: UnitOfWork, context: Context) -> None:
    for consultation_id, proposed in await incidents.remember(unit.connection, incident):
        await _propose_concluded(consultation_id, proposed, incident, unit, context)


async def _propose_concluded(
    consultation_id: str, proposed: ProposedWarning, incident: Incident, unit: UnitOfWork, context: Context
) -> None:
    context.plan.require_event_type(incident.sector, incident.event_type)
    if not may_issue(incident.event_type, None, context.plan):
        log.warning("reserved warning not proposed", incident=incident.incident_id)
        return
    content = by_conclusion(
        context.plan, context.node, context.issuer(incident.event_type), proposed, incident, unit.now
    )
    await _propose("consultation", f"consultation:{consultation_id}", content, incident, unit, context)


async def _propose(
    origin: Origin, key: str, content: WarningContent, incident: Incident, unit: UnitOfWork, context: Context
) -> None:
    record, fact = propose(
        WarningRecord(
            warning_id=str(new_id()),
            jurisdiction=context.node,
            origin=origin,
            content=mark_as_drill(content, context.settings.mode),
            drafted_at=unit.now,
            incident_id=incident.incident_id,
        )
    )
    if await warnings.add(unit.connection, record, key):
        unit.publish(fact)


HANDLERS: Handlers[Context] = {
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentEscalated: on_handed_on,
    CommandAssumed: on_handed_on,
    IncidentGraded: on_graded,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    IncidentMerged: on_closed,
    IncidentUnmerged: on_reopened,
    ConsultationConcluded: on_concluded,
}
