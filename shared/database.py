"""One PostgreSQL database per service and node: engine, migrations at start, units of work.

``commit`` happens here and nowhere else.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import alembic.command
import alembic.config
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from contracts.events import Event
from shared import outbox

SHARED_MIGRATIONS = Path(__file__).with_name("migrations")
_MIGRATION_LOCK = 0x11A0D0
log = structlog.get_logger(__name__)


class UnitOfWork:
    """One transaction: what happens in it, and the events it makes true.

    ``now`` is the service's time, ``cause`` the id of the command or event that is being handled.
    """

    def __init__(self, connection: AsyncConnection, origin: outbox.Origin, now: datetime, cause: str) -> None:
        self.connection, self.now, self.cause = connection, now, cause
        self._origin = origin
        self._pending: list[outbox.Pending] = []

    def publish(self, *events: Event) -> None:
        """Put events into the outbox when this unit commits, in this order."""
        self._pending += [self._origin.envelop(event, self.now, self.cause) for event in events]

    async def _flush(self) -> bool:
        await outbox.store(self.connection, self._pending)
        return bool(self._pending)


class Database:
    """The service's database; ``on_published`` is called after each commit that wrote events."""

    def __init__(self, url: str, pool_size: int, origin: outbox.Origin) -> None:
        self.url, self.origin = url, origin
        self.on_published: Callable[[], None] = _nothing
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_pre_ping=False,
            pool_use_lifo=True,
            hide_parameters=True,  # errors are logged, and parameters may be personal
        )

    @asynccontextmanager
    async def begin(self, now: datetime, cause: str) -> AsyncIterator[UnitOfWork]:
        """One unit of work: commits at the end of the block, rolls back when it raises."""
        async with self.engine.connect() as connection:
            await connection.begin()
            unit = UnitOfWork(connection, self.origin, now, cause)
            yield unit
            published = await unit._flush()
            await connection.commit()
        if published:
            self.on_published()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries only; nothing done on it is kept."""
        async with self.engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _nothing() -> None:
    return None


def migrate(url: str, service_migrations: Path) -> None:
    """Bring the database up to date: the shared tables, then the service's own.

    Replicas starting together take turns. Blocking; call it in a thread.
    """
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            for scripts, table in (
                (SHARED_MIGRATIONS, "shared_version"),
                (service_migrations, "service_version"),
            ):
                config = alembic.config.Config()
                config.set_main_option("script_location", str(scripts))
                config.attributes.update(connection=connection, version_table=table)
                alembic.command.upgrade(config, "head")
                connection.commit()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _MIGRATION_LOCK})
            connection.commit()
    finally:
        engine.dispose()


async def migrate_when_reachable(url: str, service_migrations: Path, retry_seconds: float = 0.5) -> None:
    """Migrate; while the server can't be reached, wait and try again."""
    while True:
        try:
            await asyncio.to_thread(migrate, url, service_migrations)
        except OperationalError as error:
            log.warning("database not reachable yet", error=str(error.orig))
            await asyncio.sleep(retry_seconds)
        else:
            return
