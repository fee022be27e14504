"""Due work: rows whose time has come, found by looking, never by a timer that a restart would lose."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import structlog

from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.failures import told
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

Tick = Callable[[UnitOfWork], Awaitable[int]]
"""Takes due rows with ``FOR UPDATE SKIP LOCKED`` in the given unit and says how many it dealt with."""
LOOK_SECONDS = 0.5


class Ticker:
    """Runs a service's ticks; each call is one unit of work, repeated at once while there is more due."""

    def __init__(self, ticks: Mapping[str, Tick], database: Database, clock: Clock) -> None:
        self._ticks, self._database, self._clock = ticks, database, clock
        self._wake = asyncio.Event()
        self.fired: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()

    def wake(self) -> None:
        """Time has jumped: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Look every half second, or at once when woken."""
        while True:
            self._wake.clear()
            for name, tick in self._ticks.items():
                await self._exhaust(name, tick)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()

    async def _exhaust(self, name: str, tick: Tick) -> None:
        try:
            while await self.once(name, tick):
                pass
        except UNAVAILABLE as error:
            log.warning("tick waits for the database", tick=name, error=repr(error))
        except Exception as error:
            self.failed[name] += 1
            log.exception("tick failed", tick=name, error=told(error))

    async def once(self, name: str, tick: Tick) -> int:
        """One unit of work of one tick; how many rows it dealt with."""
        async with self._database.begin(self._clock.now(), cause=f"tick:{name}") as unit:
            dealt_with = await tick(unit)
        self.fired[name] += dealt_with
        return dealt_with
