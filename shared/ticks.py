"""Due work: rows whose time has come, found by looking, never by a timer that a restart would lose.

A row that can't be dealt with is put aside with its reason, so that it holds up no other; it is tried again
when the process starts anew, for example after an upgrade, or at a person's word.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import structlog
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.failures import reason_of
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

Row = TypeVar("Row")
LOOK_SECONDS = 0.5
BATCH = 100
REFRESH_SECONDS = 5.0
"""How often it is looked up which rows are put aside: another replica, or a person, may have decided."""

_PARK = text("""
INSERT INTO parked_work (tick, key, reason) VALUES (:tick, :key, :reason)
ON CONFLICT (tick, key) DO UPDATE SET reason = excluded.reason
""")
_PARKED = text("SELECT tick, key, reason, parked_at FROM parked_work ORDER BY parked_at")
_RELEASE = text("DELETE FROM parked_work")


@dataclass(frozen=True)
class Tick(Generic[Row]):
    """One kind of due work.

    ``take``: due rows with ``FOR UPDATE SKIP LOCKED``, at most so many, without those of the given keys.
    ``key``: what names a row. ``deal``: does what is due with one of them. ``every_seconds``: how often it is looked
    for, where that need not be at each look; a jump of time has it looked for at once.
    """

    take: Callable[[UnitOfWork, int, Collection[str]], Awaitable[Sequence[Row]]]
    key: Callable[[Row], str]
    deal: Callable[[UnitOfWork, Row], Awaitable[None]]
    every_seconds: float = 0.0


class ParkedWork(BaseModel):
    """Due work that could not be done, and why."""

    tick: str
    key: str
    reason: str
    parked_at: datetime


async def fire(tick: Tick[Row], unit: UnitOfWork, limit: int = BATCH, left_out: Collection[str] = ()) -> int:
    """Deal with what is due; how many rows that were."""
    taken = await tick.take(unit, limit, left_out)
    for row in taken:
        await tick.deal(unit, row)
    return len(taken)


async def parked_work(connection: AsyncConnection) -> list[ParkedWork]:
    """What is put aside, the longest first."""
    return [ParkedWork.model_validate(dict(row._mapping)) for row in await connection.execute(_PARKED)]


async def release_parked_work(connection: AsyncConnection) -> int:
    """Have everything that is put aside tried again; how many rows."""
    return (await connection.execute(_RELEASE)).rowcount


class Ticker:
    """Runs a service's ticks; each call is one unit of work, repeated at once while there is more due."""

    def __init__(self, ticks: Mapping[str, Tick[Any]], database: Database, clock: Clock) -> None:
        self._ticks, self._database, self._clock = ticks, database, clock
        self._wake = asyncio.Event()
        self._parked: dict[str, set[str]] = {}
        self._refreshed_at: float | None = None
        self._looked_at: dict[str, float] = {}
        self.fired: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()

    def wake(self) -> None:
        """Time has jumped: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Look every half second, or for everything at once when woken."""
        while True:
            jumped = self._wake.is_set()
            self._wake.clear()
            try:
                await self._refresh()
                for name, tick in self._ticks.items():
                    if jumped or self._is_to_be_looked_for(name, tick):
                        await self._exhaust(name, tick)
                        self._looked_at[name] = time.monotonic()
            except UNAVAILABLE as error:
                log.warning("due work waits for the database", error=repr(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()

    def _is_to_be_looked_for(self, name: str, tick: Tick[Any]) -> bool:
        last = self._looked_at.get(name)
        return last is None or time.monotonic() - last >= tick.every_seconds

    async def _exhaust(self, name: str, tick: Tick[Any]) -> None:
        try:
            while await self._run_once(name, tick, BATCH):
                pass
        except UNAVAILABLE:
            raise
        except Exception as error:
            self.failed[name] += 1
            log.exception("tick failed, going row by row", tick=name, error=reason_of(error))
            await self._row_by_row(name, tick)

    async def _run_once(self, name: str, tick: Tick[Any], limit: int) -> int:
        """One unit of work of one tick; how many rows it dealt with."""
        async with self._database.begin(self._clock.now(), cause=f"tick:{name}") as unit:
            dealt_with = await fire(tick, unit, limit, self._parked.get(name, ()))
        self.fired[name] += dealt_with
        return dealt_with

    async def _row_by_row(self, name: str, tick: Tick[Any]) -> None:
        """Each due row in a unit of its own; one that fails is put aside."""
        while True:
            key = ""
            try:
                async with self._database.begin(self._clock.now(), cause=f"tick:{name}") as unit:
                    taken = await tick.take(unit, 1, self._parked.get(name, ()))
                    for row in taken:
                        key = tick.key(row)
                        await tick.deal(unit, row)
            except UNAVAILABLE:
                raise
            except Exception as error:
                log.exception("due work put aside" if key else "tick finds no rows", tick=name, key=key)
                if not key:
                    return
                await self._park(name, key, reason_of(error))
            else:
                if not taken:
                    return
                self.fired[name] += 1

    async def _park(self, name: str, key: str, reason: str) -> None:
        async with self._database.connect() as connection:
            await connection.execute(_PARK, {"tick": name, "key": key, "reason": reason})
            await connection.commit()
        self._parked.setdefault(name, set()).add(key)

    async def _refresh(self) -> None:
        """What is put aside; at the start of a process everything gets another chance."""
        if not self._ticks or (
            self._refreshed_at is not None and time.monotonic() - self._refreshed_at < REFRESH_SECONDS
        ):
            return
        async with self._database.connect() as connection:
            if self._refreshed_at is None:
                await release_parked_work(connection)
                await connection.commit()
            parked: dict[str, set[str]] = {}
            for work in await parked_work(connection):
                parked.setdefault(work.tick, set()).add(work.key)
        self._parked, self._refreshed_at = parked, time.monotonic()
