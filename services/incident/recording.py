"""Lines of the timeline for what other nodes and services say."""

from typing import Any

from services.incident.context import Context
from services.incident.domain.timeline import entries
from services.incident.store import incidents, timeline
from shared.database import UnitOfWork
from shared.received import Received


async def record(received: Received[Any], unit: UnitOfWork, context: Context) -> None:
    """A line of the timeline, for what concerns this node.

    Streams are not ordered among each other, so a line from this node or below may come before its
    incident; from above it can't.
    """
    event, envelope = received.event, received.envelope
    if getattr(event, "incident_id", None) is None:
        return
    near = context.plan.is_within(envelope.jurisdiction, context.node)
    if near or await incidents.is_known(unit.connection, event.incident_id):
        lines = entries([event], envelope.source, envelope.time, context.plan)
        await timeline.append(unit, lines)
