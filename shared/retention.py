"""Forgets what only repeats need: sent outbox rows, old inbox rows, resolved dead letters, old idempotency keys.

An inbox row must outlive the longest topic retention (trap 9), so that a replay finds it.
"""

import asyncio

import structlog
from sqlalchemy import text

from shared.clock import Clock
from shared.database import Database
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

EVERY_SECONDS = 3600.0
KEPT_DAYS = {"outbox": 7, "inbox": 90, "dead_letter": 90, "idempotency": 7}

_FORGET = (
    """DELETE FROM outbox WHERE sent_at < clock_timestamp() - make_interval(days => :outbox)
       OR (stream = 'monitoring' AND sent_at < clock_timestamp() - interval '1 hour')""",
    "DELETE FROM inbox WHERE received_at < clock_timestamp() - make_interval(days => :inbox)",
    "DELETE FROM dead_letter WHERE resolved_at < clock_timestamp() - make_interval(days => :dead_letter)",
    "DELETE FROM idempotency WHERE created_at < clock_timestamp() - make_interval(days => :idempotency)",
)


async def keep_forgetting(database: Database, clock: Clock) -> None:
    """Once an hour until cancelled."""
    while True:
        try:
            async with database.begin(clock.now(), cause="retention") as unit:
                for statement in _FORGET:
                    wanted = {name: days for name, days in KEPT_DAYS.items() if f":{name}" in statement}
                    await unit.connection.execute(text(statement), wanted)
        except UNAVAILABLE as error:
            log.warning("nothing forgotten", error=repr(error))
        await asyncio.sleep(EVERY_SECONDS)
