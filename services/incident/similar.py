"""What a call or a report may be about, looked up in the store and weighed by the policy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.plan import Plan
from services.incident.domain.report import Report
from services.incident.policy.duplicates import Match, Told, candidates, within
from services.incident.store.similar import Near, known_near
from shared import deadlines
from shared.unavailable import DatabaseUnavailable


class Turns:
    """Reports that join what is like them go one by one, each seeing what the last one made.

    Between replicas the database's own lock keeps the order (``store.similar.take_turn``); in a process they wait here,
    where they hold no connection that others need.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """One's turn; raises DatabaseUnavailable when it does not come in time."""
        try:
            async with asyncio.timeout_at(deadlines.current()):
                await self._lock.acquire()
        except TimeoutError as error:
            raise DatabaseUnavailable("too many reports before this one") from error
        try:
            yield
        finally:
            self._lock.release()


async def similar(connection: AsyncConnection, told: Told, plan: Plan) -> list[Match]:
    """The open incidents that it may be about, the likeliest first."""
    rule = plan.intake.same_event
    near = Near(told.lon, told.lat, within(rule), next(iter(told.phones), ""))
    return candidates(told, await known_near(connection, near), plan.intake)


def told_by(report: Report, phone: str | None) -> Told:
    """What a report says of where, when and what."""
    return Told(
        report.location.lon,
        report.location.lat,
        report.reported_at,
        report.sector,
        report.event_type,
        f"{report.title} {report.description}",
        report.location.address or "",
        report.approximate,
        report.hazard_source_id,
        frozenset([phone.strip()] if phone and phone.strip() else []),
    )


def surest(matches: list[Match], plan: Plan) -> Match | None:
    """The incident that a report joins without a person: the likeliest, where the plan lets so likely a one be joined."""
    from_ = plan.intake.same_event.joins_from
    return matches[0] if from_ is not None and matches and matches[0].score >= from_ else None
