"""Due work: reporting clocks that are running out, or ran out; personal data whose time is up."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from services.incident.context import Context
from services.incident.domain.clock import Clock, wake
from services.incident.publishing import publish
from services.incident.store import clocks, drafts, reports
from shared.database import UnitOfWork
from shared.ticks import Tick


def reporting_clocks(context: Context) -> Tick[Clock]:
    """Remind at the plan's shares of the time, then publish the breach: each exactly once, and when noticed."""

    async def deal(unit: UnitOfWork, clock: Clock) -> None:
        woken, events = wake(clock, context.node, unit.now)
        await clocks.put(unit, [woken])
        await publish(unit, context, events, actor="clock")

    return Tick(clocks.take_due, clocks.key_of, deal)


def caller_retention(context: Context) -> Tick[str]:
    """Remove who reported after the plan's days, once the incident is over; never while the city has not decided."""
    days = context.plan.privacy.callers.days

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> Sequence[str]:
        if days is None:
            return []
        return await reports.take_expired(unit, unit.now - timedelta(days=days), limit, left_out)

    return Tick(take, str, reports.remove_personal)


def draft_retention() -> Tick[str]:
    """Remove drafts of calls that nobody has touched for long."""

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> Sequence[str]:
        return await drafts.take_forgotten(unit, unit.now, limit, left_out)

    return Tick(take, str, drafts.drop)
