"""Due work: reporting duties that are running out, or ran out; personal data whose time is up."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from services.incident.context import Context
from services.incident.domain.due_report import DueReport, wake
from services.incident.publishing import publish
from services.incident.store import drafts, due_reports, parked_calls, reports
from shared.database import UnitOfWork
from shared.ticks import Tick

RETENTION_SECONDS = 60.0
"""How often it is looked for what has been kept long enough."""


def reporting_deadlines(context: Context) -> Tick[DueReport]:
    """Remind at the plan's shares of the time, then publish the breach: each exactly once, and when noticed."""

    async def deal(unit: UnitOfWork, due_report: DueReport) -> None:
        woken, events = wake(due_report, context.node, unit.now)
        await due_reports.save_all(unit, [woken])
        await publish(unit, context, events, actor="clock")

    return Tick(due_reports.take_due, due_reports.key_of, deal)


def caller_retention(context: Context) -> Tick[str]:
    """Remove who reported after the plan's days, once the incident is over; never while the city has not decided."""
    days = context.plan.privacy.callers.days

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> Sequence[str]:
        if days is None:
            return []
        return await reports.take_expired(unit, unit.now - timedelta(days=days), limit, left_out)

    return Tick(take, str, reports.remove_personal, RETENTION_SECONDS)


def call_retention(context: Context) -> Tick[str]:
    """Remove from where calls came that were no report, after the same days; not while somebody has to look into it."""
    days = context.plan.privacy.callers.days

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> Sequence[str]:
        if days is None:
            return []
        return await parked_calls.take_expired(unit, unit.now - timedelta(days=days), limit, left_out)

    return Tick(take, str, parked_calls.remove_personal, RETENTION_SECONDS)


def draft_retention() -> Tick[str]:
    """Remove drafts of calls that nobody has touched for long."""

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> Sequence[str]:
        return await drafts.take_forgotten(unit, unit.now, limit, left_out)

    return Tick(take, str, drafts.drop, RETENTION_SECONDS)
