"""One PostgreSQL database per service and node: engine, migrations at start, units of work.

``commit`` happens here and nowhere else. No wait is endless: for a free connection, a new one, a lock, a
statement, or a server that has stopped answering; the limits are settings.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import alembic.config
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from contracts.events import Event
from shared import connection_watch, deadlines, outbox, partitions
from shared.audit_months import number_by_month
from shared.connection_watch import ConnectionWatch
from shared.settings import ServiceSettings
from shared.unavailable import DatabaseUnavailable, is_read_only

SHARED_MIGRATIONS = Path(__file__).with_name("migrations")
_MIGRATION_LOCK = 0x11A0D0
KEEPALIVE_IDLE, KEEPALIVE_INTERVAL, KEEPALIVE_COUNT = 5, 2, 3
"""Seconds without traffic, seconds between probes, lost probes: a vanished peer is noticed within 11 s."""
KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": KEEPALIVE_IDLE,
    "keepalives_interval": KEEPALIVE_INTERVAL,
    "keepalives_count": KEEPALIVE_COUNT,
}
log = structlog.get_logger(__name__)


class UnitOfWork:
    """One transaction: what happens in it, and the events it makes true.

    ``now`` is the service's time, ``cause`` the id of the command or event that is being handled.
    """

    def __init__(self, connection: AsyncConnection, origin: outbox.Origin, now: datetime, cause: str) -> None:
        self.connection, self.now, self.cause = connection, now, cause
        self._origin = origin
        self._pending: list[outbox.Pending] = []

    @property
    def service(self) -> str:
        """The service whose unit this is."""
        return self._origin.service

    def publish(self, *events: Event) -> None:
        """Put events into the outbox when this unit commits, in this order."""
        self._pending += [self._origin.envelop(event, self.now, self.cause) for event in events]

    async def _flush(self) -> bool:
        await outbox.store(self.connection, self._pending)
        return bool(self._pending)


class Database:
    """The service's database.

    ``on_committed`` is called after each commit, ``on_published`` after each that wrote events.
    """

    def __init__(self, settings: ServiceSettings, origin: outbox.Origin) -> None:
        self.url, self.origin = settings.database_url, origin
        self.on_published: Callable[[], None] = _nothing
        self.on_committed: Callable[[], None] = _nothing
        self._silence_seconds = settings.database_silence_seconds
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            pool_size=settings.database_pool,
            max_overflow=0,
            pool_timeout=settings.database_connect_seconds,
            pool_pre_ping=False,  # a look at the socket does, see shared/connection_watch.py
            pool_use_lifo=True,
            hide_parameters=True,  # errors are logged, and parameters may be personal
            connect_args=connect_args(settings),
        )
        connection_watch.install(self.engine)

    @asynccontextmanager
    async def begin(self, now: datetime, cause: str) -> AsyncIterator[UnitOfWork]:
        """One unit of work: commits at the end of the block, rolls back when it raises."""
        async with self.connect() as connection:
            await connection.begin()
            unit = UnitOfWork(connection, self.origin, now, cause)
            yield unit
            published = await unit._flush()
            await connection.commit()
        if published:
            self.on_published()
        self.on_committed()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries only; nothing done on it is kept."""
        async with self.connect() as connection:
            yield connection

    def connect(self, silence_seconds: float | None = None) -> "Connected":
        """A connection that is cut off when it is silent for too long, or at the request's deadline.

        Raises DatabaseUnavailable when there is none in time, or for a server that takes no writes.
        """
        silence = self._silence_seconds if silence_seconds is None else silence_seconds
        return Connected(self.engine, silence)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


class Connected:
    """A watched connection for a block; a class, for this is entered several times for every report."""

    def __init__(self, engine: AsyncEngine, silence_seconds: float) -> None:
        self._engine, self._silence_seconds = engine, silence_seconds

    async def __aenter__(self) -> AsyncConnection:
        deadline = deadlines.current()
        self._connection = await self._connect(deadline)
        self._watch = ConnectionWatch.on(self._connection, self._silence_seconds, deadline)
        return self._connection

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        read_only = isinstance(error, DBAPIError) and is_read_only(error)
        try:
            if read_only:
                await self._connection.invalidate()
            await self._connection.close()
        finally:
            self._watch.end()
        if read_only:
            raise DatabaseUnavailable("the server is read-only") from error

    async def _connect(self, deadline: float | None) -> AsyncConnection:
        if deadline is None:
            return await self._engine.connect()
        try:
            async with asyncio.timeout_at(deadline):
                return await self._engine.connect()
        except TimeoutError as error:
            raise DatabaseUnavailable("no connection in time") from error


def _nothing() -> None:
    return None


def connect_args(settings: ServiceSettings) -> dict[str, object]:
    """libpq's parameters of every connection: how soon a vanished server is noticed, and what it may take.

    ``options`` are the server's own limits for this session, all others hold at our end.
    """
    silence = round(settings.database_silence_seconds * 1000)
    limits = {
        "statement_timeout": round(settings.database_statement_seconds * 1000),
        "lock_timeout": round(settings.database_lock_seconds * 1000),
        "tcp_keepalives_idle": KEEPALIVE_IDLE,
        "tcp_keepalives_interval": KEEPALIVE_INTERVAL,
        "tcp_keepalives_count": KEEPALIVE_COUNT,
    }
    return {
        "connect_timeout": max(2, round(settings.database_connect_seconds)),  # psycopg waits no less
        **KEEPALIVES,
        "tcp_user_timeout": silence,
        "application_name": "liandong",
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }


def migrate(url: str, service_migrations: Path, revision: str = "head") -> None:
    """Bring the database up to date: the shared tables, then the service's own up to ``revision``.

    Replicas starting together take turns. Blocking; call it in a thread.
    """
    engine = create_engine(url, connect_args={"connect_timeout": 5, **KEEPALIVES})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            for scripts, table, target in (
                (SHARED_MIGRATIONS, "shared_version", "head"),
                (service_migrations, "service_version", revision),
            ):
                config = alembic.config.Config()
                config.set_main_option("script_location", str(scripts))
                config.attributes.update(connection=connection, version_table=table)
                alembic.command.upgrade(config, target)
                connection.commit()
            partitions.make_ready(connection, datetime.now(UTC))
            connection.commit()
            number_by_month(connection, datetime.now(UTC))
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
