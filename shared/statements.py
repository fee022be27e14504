"""Statements of the hot path, prepared and run by the driver itself: half the cost of going through SQLAlchemy.

Rows go in as one JSON parameter (``jsonb_to_recordset``), because text arrays are dear to encode. Errors
are SQLAlchemy's, so that nobody needs to know which way a statement went (ADR 0007).
"""

from collections.abc import Mapping
from typing import Any

import orjson
import psycopg
import psycopg.types.json
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.connection_watch import touch

psycopg.types.json.set_json_loads(orjson.loads)


class Statement:
    """One SQL text with ``%(name)s`` parameters."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._bytes = sql.encode()

    async def run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows it returns, within the connection's transaction; raises sqlalchemy.exc.DBAPIError.

        A connection that proves dead is not given back to the pool.
        """
        driver: Any = (await connection.get_raw_connection()).driver_connection
        touch(connection)
        try:
            cursor = await driver.execute(self._bytes, values, prepare=True)
            return await cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            dead = driver.closed or driver.broken
            if dead:
                await connection.invalidate(error)
            raise DBAPIError.instance(
                self.sql, None, error, psycopg.Error, connection_invalidated=dead
            ) from error


def rows(values: object) -> str:
    """JSON for a parameter that holds rows."""
    return orjson.dumps(values, default=str).decode()
