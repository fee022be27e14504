"""Due work: reporting clocks that are running out, or ran out."""

from services.incident.context import Context
from services.incident.domain.clock import Clock, wake
from services.incident.publishing import publish
from services.incident.store import clocks
from shared.database import UnitOfWork
from shared.ticks import Tick


def reporting_clocks(context: Context) -> Tick[Clock]:
    """Remind at the plan's shares of the time, then publish the breach: each exactly once, and when noticed."""

    async def deal(unit: UnitOfWork, clock: Clock) -> None:
        woken, events = wake(clock, context.node, unit.now)
        await clocks.put(unit, [woken])
        await publish(unit, context, events, actor="clock")

    return Tick(clocks.take_due, clocks.key_of, deal)
