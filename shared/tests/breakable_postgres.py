"""A PostgreSQL of the tests' own that may be frozen, killed and made read-only, and a proxy that swallows packets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from liandong.local.postgres import LocalPostgres
from liandong.local.servers import Servers
from shared.database import migrate
from shared.tests.tiny.service import MIGRATIONS

SOCKET = ".s.PGSQL.5432"


class BreakablePostgres(LocalPostgres):
    """One server of the tests' own."""

    def new_database(self) -> str:
        """The URL of a new database with the tables of the tiny service."""
        url = Servers("", self.url, "", postgres=self).database(f"test_{uuid4().hex[:12]}")
        migrate(url, MIGRATIONS)
        return url

    def set_read_only(self, read_only: bool) -> None:
        """What a former primary is after a failover: it answers, and refuses every write."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            value = "on" if read_only else "off"
            connection.execute(text(f"ALTER SYSTEM SET default_transaction_read_only = {value}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()


class SwallowingProxy:
    """A way to the server on which, from a moment on, nothing comes through and nothing is closed."""

    def __init__(self, url: str, folder: Path) -> None:
        self._real = Path(str(make_url(url).query["host"])) / SOCKET
        self._folder = folder
        self.url = make_url(url).update_query_dict({"host": str(folder)}).render_as_string(False)
        self._open = asyncio.Event()
        self._open.set()

    def swallow(self) -> None:
        """From now on the line is dead."""
        self._open.clear()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SwallowingProxy"]:
        """Listening until the block ends."""
        pumps: set[asyncio.Task[None]] = set()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_unix_connection(self._real)
            for pump in (self._pump(reader, far_writer), self._pump(far_reader, writer)):
                pumps.add(asyncio.create_task(pump))

        server = await asyncio.start_unix_server(accept, self._folder / SOCKET)
        try:
            yield self
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            server.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while data := await reader.read(65536):
                    await self._open.wait()
                    writer.write(data)
                    await writer.drain()
                await self._open.wait()  # on a dead line nobody hears of the other's leaving either
        finally:
            writer.close()
