"""Incidents: which are known, who commands them, and what ends with them."""

from contracts.events.incident import (
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentEscalated,
    IncidentMerged,
    IncidentReopened,
    IncidentReported,
    IncidentSnapshot,
    IncidentUnmerged,
)
from contracts.precedence import Lead, Part
from services.resources.context import Context
from services.resources.domain import incident as domain
from services.resources.domain.incident import Incident
from services.resources.lending import answer_by_policy
from services.resources.requesting import end_with_incident
from services.resources.store import incidents, requests
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, context: Context) -> None:
    """Material can be promised to this incident."""
    await _remember(received.event, unit, context)


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, _: Context) -> None:
    """What it is called may be something else now."""
    event = received.event
    if await inbox.is_newest(unit, received, "particulars"):
        await incidents.rename(unit, event.incident_id, event.title)


async def on_escalated(received: Received[IncidentEscalated], unit: UnitOfWork, context: Context) -> None:
    """An incident of another node that concerns this one now."""
    await _remember(received.event.snapshot, unit, context)


async def on_command_assumed(received: Received[CommandAssumed], unit: UnitOfWork, context: Context) -> None:
    """Who commands decides whose end counts."""
    event = received.event
    await _remember(event.snapshot, unit, context)
    if known := await incidents.find(unit.connection, event.incident_id):
        await incidents.save(unit, domain.with_command(known, event, context.plan))


async def on_closed(received: Received[IncidentClosed], unit: UnitOfWork, context: Context) -> None:
    """What is set aside for whom it is over is free again, requests end; what is under way still arrives."""
    event = received.event
    await incidents.gate(unit, event.incident_id)
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(ended_at=event.closed_at))
    if known := await incidents.find(unit.connection, event.incident_id):
        await incidents.save(unit, domain.handed_back(known, event, context.plan))
    await end_with_incident(unit, context, event.incident_id)


async def on_reopened(received: Received[IncidentReopened], unit: UnitOfWork, _: Context) -> None:
    """It goes on: material can be promised again."""
    event = received.event
    said = Part(reopened_at=event.reopened_at)
    await incidents.hear(unit, event.incident_id, event.jurisdiction, said)


async def on_merged(received: Received[IncidentMerged], unit: UnitOfWork, context: Context) -> None:
    """It goes on as another one, and material is promised to that."""
    event = received.event
    await incidents.gate(unit, event.incident_id)
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(ended_at=event.merged_at))
    await end_with_incident(unit, context, event.incident_id)


async def on_unmerged(received: Received[IncidentUnmerged], unit: UnitOfWork, _: Context) -> None:
    """It is an event of its own after all: material can be promised again."""
    event = received.event
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(reopened_at=event.unmerged_at))


async def _remember(told: IncidentReported | IncidentSnapshot, unit: UnitOfWork, context: Context) -> None:
    """Keep an incident that is new; requests for it that waited are answered by the plan's policy now."""
    origin = told.jurisdiction
    await incidents.gate(unit, told.incident_id)
    if not await incidents.remember(unit, Incident(told.incident_id, told.title, origin, Lead(origin))):
        return
    for request in await requests.live_of(unit, told.incident_id, context.node, "lender"):
        if request.is_waiting:
            await answer_by_policy(unit, context, request)


HANDLERS: Handlers[Context] = {
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentEscalated: on_escalated,
    CommandAssumed: on_command_assumed,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    IncidentMerged: on_merged,
    IncidentUnmerged: on_unmerged,
}
