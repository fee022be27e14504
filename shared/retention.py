"""Forgets what only repeats need: sent outbox rows, old inbox rows, resolved dead letters, old idempotency keys.

What lies in partitions is dropped with them; deleted is only what lies in none, and what is not partitioned. Audit
entries are kept for ever unless the city says for how many days.
"""

import asyncio
from datetime import UTC, datetime

import structlog
from sqlalchemy import text

from shared.audit_months import forget_months, number_by_month
from shared.clock import Clock
from shared.database import Database
from shared.partitions import DEAD_LETTER_DAYS, INBOX_DAYS, OUTBOX_DAYS, drop_old, make_ready
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

EVERY_SECONDS = 3600.0
IDEMPOTENCY_DAYS = 7
_FORGET = {
    "DELETE FROM outbox_default WHERE sent_at < now() - make_interval(days => :days)": OUTBOX_DAYS,
    "DELETE FROM inbox_default WHERE received_at < now() - make_interval(days => :days)": INBOX_DAYS,
    "DELETE FROM dead_letter_default WHERE resolved_at < now() - make_interval(days => :days)": (
        DEAD_LETTER_DAYS
    ),
    "DELETE FROM idempotency WHERE created_at < now() - make_interval(days => :days)": IDEMPOTENCY_DAYS,
}


async def keep_forgetting(database: Database, clock: Clock, audit_kept_days: int) -> None:
    """Once an hour until cancelled."""
    while True:
        try:
            await forget(database, clock, audit_kept_days)
        except UNAVAILABLE as error:
            log.warning("nothing forgotten", error=repr(error))
        await asyncio.sleep(EVERY_SECONDS)


async def forget(database: Database, clock: Clock, audit_kept_days: int) -> None:
    """Forget what is old, and make the partitions of the time to come; 0 days: the audit is kept for ever."""
    now = datetime.now(UTC)  # what lies in partitions is of the real time, in a drill too
    async with database.begin(clock.now(), cause="retention") as unit:
        for statement, days in _FORGET.items():
            await unit.connection.execute(text(statement), {"days": days})
        made = await unit.connection.run_sync(make_ready, now)
        dropped = await unit.connection.run_sync(drop_old, now)
        if audit_kept_days:
            dropped += await unit.connection.run_sync(forget_months, now, audit_kept_days)
    async with database.begin(clock.now(), cause="retention") as unit:
        await unit.connection.run_sync(number_by_month, now)
    log.info("old rows forgotten", made=made, dropped=dropped)
