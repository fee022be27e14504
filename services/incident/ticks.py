"""Due work: reporting clocks that ran out."""

from services.incident.context import Context
from services.incident.domain.clock import expire
from services.incident.publishing import publish
from services.incident.store import clocks
from shared.database import UnitOfWork


async def due_reports(unit: UnitOfWork, context: Context) -> int:
    """Publish the breach of every clock whose time is up, each exactly once, saying when it was noticed."""
    taken = await clocks.take_due(unit)
    for clock in taken:
        expired, events = expire(clock, context.node, unit.now)
        await clocks.save(unit, [expired])
        await publish(unit, context, events, actor="clock")
    return len(taken)
