"""What every accepted decision does with its events: into the outbox and onto the timeline."""

from collections.abc import Sequence
from dataclasses import replace

from contracts.events import Event
from services.incident.context import Context
from services.incident.domain.timeline import entries
from services.incident.store import timeline
from shared.database import UnitOfWork


async def publish(
    unit: UnitOfWork, context: Context, events: Sequence[Event], actor: str, corrects: int | None = None
) -> None:
    """Make events known; ``actor`` where an event itself doesn't say who, ``corrects`` a line they set right."""
    unit.publish(*events)
    lines = entries(events, actor, unit.now, context.plan)
    await timeline.append(unit, [replace(line, corrects=corrects) for line in lines])
