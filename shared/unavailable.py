"""When it is the database that can't, and not what was asked of it that is wrong.

DatabaseUnavailable is ours: no connection in time, a server that is only a read-only standby. The
others are SQLAlchemy's names for a connection that broke, a server that refuses work, a wait that was cut.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

log = structlog.get_logger(__name__)
T = TypeVar("T")
BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0)


class DatabaseUnavailable(Exception):
    """Wait and try again; carries why."""


UNAVAILABLE = (DatabaseUnavailable, OperationalError, InterfaceError, PoolTimeout)
"""Not the fault of a record or a request: wait and try again."""

OVER_TIME = "57014"
"""SQLSTATE of a statement that was cut short because it took too long; a lock that others hold is none of its doing."""


def sqlstate_of(error: BaseException) -> str:
    """The five characters PostgreSQL gives with an error, empty for any other error."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def is_read_only(error: DBAPIError) -> bool:
    """Whether the server takes no writes: a standby, or a former primary after a failover."""
    return isinstance(error.orig, ReadOnlySqlTransaction)


async def when_available(work: Callable[[], Awaitable[T]], waits: str) -> T:
    """Try until the database can; ``waits`` says in the log what it is that waits."""
    failures = 0
    while True:
        try:
            return await work()
        except UNAVAILABLE as error:
            log.warning("database unavailable", waits=waits, error=repr(error))
            await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
            failures += 1
