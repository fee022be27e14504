"""Incidents: who commands, what they are, whether they are over; and who should go, said by the node that commands."""

from typing import Any

from contracts.events.consultation import ConsultationConvened
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
from contracts.precedence import Part
from services.dispatch.context import Context
from services.dispatch.domain import incident as domain
from services.dispatch.domain.incident import FORCE, Incident
from services.dispatch.recommending import recommend
from services.dispatch.store import concerns, incidents
from services.dispatch.supporting import ask_or_refuse, withdraw_all
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, context: Context) -> None:
    """Remember the incident; at its own node recommend who should go."""
    incident = domain.of_event(received.event)
    if await _remember(unit, incident, context) and incident.recommends(context.node):
        await recommend(unit, context, incident, "reported")


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, context: Context) -> None:
    """It is something else, or elsewhere: that asks for another force."""
    event = received.event
    if incident := await incidents.find(unit.connection, event.incident_id, lock=True):
        amended = domain.with_particulars(incident, event)
        await incidents.save(unit, incident, amended)
        asks = amended is not incident and FORCE & set(event.changed)
        if asks and amended.recommends(context.node):
            await recommend(unit, context, amended, "amended")


async def on_graded(received: Received[IncidentGraded], unit: UnitOfWork, context: Context) -> None:
    """A new grade asks for another force, whichever node gave it."""
    incident = await incidents.find(unit.connection, received.event.incident_id, lock=True)
    if incident is None or not await inbox.is_newest(unit, received, "grade"):
        return
    graded = domain.with_grade(incident, received.event, context.plan)
    await incidents.save(unit, incident, graded)
    if graded.grade is not incident.grade and graded.recommends(context.node):
        await recommend(unit, context, graded, "graded")


async def on_escalated(received: Received[IncidentEscalated], unit: UnitOfWork, context: Context) -> None:
    """The snapshot opens the view where the report was not heard."""
    await _remember(unit, domain.of_event(received.event.snapshot), context)


async def on_command_assumed(received: Received[CommandAssumed], unit: UnitOfWork, context: Context) -> None:
    """Who commands now recommends from its own teams what those that are there do not give."""
    await _remember(unit, domain.of_event(received.event.snapshot), context)
    incident = await incidents.find(unit.connection, received.event.incident_id, lock=True)
    if incident is None or not await inbox.is_newest(unit, received, "command"):
        return
    commanded = domain.with_command(incident, received.event, context.plan)
    await incidents.save(unit, incident, commanded)
    if commanded.lead != incident.lead and commanded.recommends(context.node):
        await recommend(unit, context, commanded, "command")


async def on_closed(received: Received[IncidentClosed], unit: UnitOfWork, context: Context) -> None:
    """A node's part is over: command may go back, nothing more is lent to it; teams are released by people."""
    event = received.event
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(ended_at=event.closed_at))
    incident = await incidents.find(unit.connection, event.incident_id, lock=True)
    if incident and await inbox.is_newest(unit, received, "command"):
        await incidents.save(unit, incident, domain.handed_back(incident, event, context.plan))
    await _end(event.incident_id, unit, context)


async def on_merged(received: Received[IncidentMerged], unit: UnitOfWork, context: Context) -> None:
    """It goes on as another one: nothing more is sent or lent to it; teams are released, or redirected, by people."""
    event = received.event
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(ended_at=event.merged_at))
    await _end(event.incident_id, unit, context)


async def on_unmerged(received: Received[IncidentUnmerged], unit: UnitOfWork, _: Context) -> None:
    """It is an event of its own after all: forces can be sent again."""
    event = received.event
    await incidents.hear(unit, event.incident_id, event.jurisdiction, Part(reopened_at=event.unmerged_at))


async def on_reopened(received: Received[IncidentReopened], unit: UnitOfWork, _: Context) -> None:
    """What was over at a node goes on: forces can be sent again."""
    event = received.event
    said = Part(reopened_at=event.reopened_at)
    await incidents.hear(unit, event.incident_id, event.jurisdiction, said)


async def on_convened(received: Received[ConsultationConvened], unit: UnitOfWork, context: Context) -> None:
    """Who is consulted reads what is done about the incident."""
    if received.event.jurisdiction == context.node:
        await concerns.remember(unit, received.event.incident_id, received.event.departments)


async def _end(incident_id: str, unit: UnitOfWork, context: Context) -> None:
    """Where it is over for this node, what was asked of others is taken back."""
    incident = await incidents.find(unit.connection, incident_id, lock=True)
    if incident and incident.over(context.node):
        await withdraw_all(unit, context, incident)


async def _remember(unit: UnitOfWork, incident: Incident, context: Context) -> bool:
    """Keep an incident that is new; what a conclusion asked for before it was heard of is asked now."""
    waited = await incidents.remember(unit, incident)
    for asked, by in waited or ():
        await ask_or_refuse(unit, context, incident, asked, by)
    return waited is not None


HANDLERS: Handlers[Any] = {
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentGraded: on_graded,
    IncidentEscalated: on_escalated,
    CommandAssumed: on_command_assumed,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    IncidentMerged: on_merged,
    IncidentUnmerged: on_unmerged,
    ConsultationConvened: on_convened,
}
