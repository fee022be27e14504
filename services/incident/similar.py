"""What a call or a report may be about, looked up in the store and weighed by the policy."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.plan import Plan
from services.incident.domain.report import Report
from services.incident.policy.duplicates import Match, Told, candidates, within
from services.incident.store.similar import Near, known_near
from shared import deadlines
from shared.unavailable import DatabaseUnavailable


class Turns:
    """Reports that join what is like them go one by one where they may be about one event, each seeing what the last made.

    Where they lie far apart they do not wait for each other. Between replicas the database's own locks keep the order
    (``store.similar.take_turn``); in a process they wait here, where they hold no connection that others need.
    """

    def __init__(self) -> None:
        self._locks: dict[int, asyncio.Lock] = {}
        self._wanted = Counter[int]()

    @asynccontextmanager
    async def taken(self, cells: Sequence[int]) -> AsyncIterator[None]:
        """One's turn in these cells, which are in order; raises DatabaseUnavailable when it does not come in time."""
        async with AsyncExitStack() as turn:
            self._wanted.update(cells)
            turn.callback(self._leave, cells)
            try:
                async with asyncio.timeout_at(deadlines.current()):
                    for cell in cells:
                        await turn.enter_async_context(self._locks.setdefault(cell, asyncio.Lock()))
            except TimeoutError as error:
                raise DatabaseUnavailable("too many reports before this one") from error
            yield

    def _leave(self, cells: Sequence[int]) -> None:
        """Forget the locks that nobody wants any more."""
        self._wanted.subtract(cells)
        for cell in cells:
            if not self._wanted[cell]:
                del self._wanted[cell]
                del self._locks[cell]


async def similar(connection: AsyncConnection, told: Told, plan: Plan) -> list[Match]:
    """The open incidents that it may be about, the likeliest first."""
    return await _likely(connection, told, plan, plan.intake.same_event.proposed_from)


async def same_as(connection: AsyncConnection, told: Told, plan: Plan) -> Match | None:
    """The incident that it joins without a person, if there is one."""
    from_ = plan.intake.same_event.joins_from
    return None if from_ is None else surest(await _likely(connection, told, plan, from_), plan)


def surest(matches: list[Match], plan: Plan) -> Match | None:
    """The likeliest, where the plan lets so likely a one be joined."""
    from_ = plan.intake.same_event.joins_from
    return matches[0] if from_ is not None and matches and matches[0].score >= from_ else None


async def _likely(connection: AsyncConnection, told: Told, plan: Plan, likelihood: float) -> list[Match]:
    """As ``similar``; what can't be so likely is not even looked up."""
    rule, of_source = plan.intake.same_event, told.hazard_source_id is not None
    near = Near(
        told.lon,
        told.lat,
        within(rule, likelihood, told.approximate, of_source),
        within(rule, likelihood, True, of_source),
        next(iter(told.phones), ""),
    )
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
