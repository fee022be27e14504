"""Due work: reporting clocks that ran out."""

from services.incident.context import Context
from services.incident.domain.clock import Clock, expire
from services.incident.publishing import publish
from services.incident.store import clocks
from shared.database import UnitOfWork
from shared.ticks import Tick


def reporting_clocks(context: Context) -> Tick[Clock]:
    """Publish the breach of every clock whose time is up, each exactly once, saying when it was noticed."""

    async def breach(unit: UnitOfWork, clock: Clock) -> None:
        expired, events = expire(clock, context.node, unit.now)
        await clocks.put(unit, [expired])
        await publish(unit, context, events, actor="clock")

    return Tick(clocks.take_due, clocks.key_of, breach)
