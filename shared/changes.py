"""What changed at this node, told to whoever looks at a screen: by way of a capped Redis stream, at least once.

Triggers note the keys in the transaction that changes them; the feeder writes each with its row as it stands then to the
stream and forgets it. A screen that has missed something reads everything anew, so nothing here has to be kept for long.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

import orjson
import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.topics import Mode
from shared.database import Database
from shared.statements import Statement
from shared.unavailable import DatabaseUnavailable

log = structlog.get_logger(__name__)

BATCH = 200
KEPT = 10_000
"""Entries of the stream: what a screen may have missed and still be told, instead of reading anew."""
PACE_SECONDS = 0.05
"""How long what follows a change waits to be told together; the first one is told at once."""
SWEEP_SECONDS = 0.5
REST_SECONDS = 1.0
ANSWER_SECONDS = 2.0
_FORGET = text("DELETE FROM change WHERE noted_at < clock_timestamp() - interval '10 minutes'")
_TAKE = Statement("""
DELETE FROM change WHERE id IN (SELECT id FROM change ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING topic, key
""")
Render = Callable[[AsyncConnection, Collection[str]], Awaitable[Mapping[str, Any]]]
"""The rows of these keys as JSON values; a key that is gone has none."""


async def untold(_: AsyncConnection, __: Collection[str]) -> Mapping[str, Any]:
    """No rows: that something changed is told, and a screen reads what it shows of it."""
    return {}


INTERRUPTIONS = (RedisError, OSError, TimeoutError, SQLAlchemyError, DatabaseUnavailable)


def stream_name(mode: Mode, node: str) -> str:
    """The stream of a node; a drill's is another one."""
    return f"liandong:{mode}:{node}:changes"


def connect(redis_url: str) -> Redis:
    """A connection that gives up soon on a server that does not answer."""
    return Redis.from_url(
        redis_url,
        protocol=2,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
    )


class Feeder:
    """Writes what a service's database has noted to the node's stream."""

    def __init__(
        self, database: Database, redis_url: str, stream: str, renders: Mapping[str, Render]
    ) -> None:
        self._database, self._stream, self._renders = database, stream, renders
        self._redis = connect(redis_url) if redis_url else None
        self._wake = asyncio.Event()
        self._waits = False

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Feed until cancelled; while there is no Redis, or none is set, old notes are forgotten."""
        while True:
            self._wake.clear()
            try:
                while await self.tell_changes():
                    pass
            except (*INTERRUPTIONS, ValueError) as error:  # or a row that can't be shown: screens read anew
                if not self._waits:
                    log.warning("changes wait", error=repr(error))
                self._waits = True
                with suppress(SQLAlchemyError, DatabaseUnavailable, OSError):
                    await self._forget()
                await asyncio.sleep(REST_SECONDS)
            await asyncio.sleep(PACE_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._wake.wait()

    async def tell_changes(self) -> bool:
        """Tell of what is noted now, at most a batch; whether there may be more."""
        if self._redis is None:
            await self._forget()
            return False
        async with self._database.connect() as connection, connection.begin():
            taken = await _TAKE.run(connection, {"limit": BATCH})
            if taken:
                await self._tell(self._redis, connection, {(topic, key) for topic, key in taken})
        return len(taken) == BATCH

    async def _tell(self, redis: Redis, connection: AsyncConnection, changed: set[tuple[str, str]]) -> None:
        pipeline = redis.pipeline(transaction=False)
        for topic, render in self._renders.items():
            keys = sorted(key for one, key in changed if one == topic)
            rows = await render(connection, keys) if keys else {}
            for key in keys:
                entry: Any = {"topic": topic, "key": key, "row": orjson.dumps(rows.get(key))}
                pipeline.xadd(self._stream, entry, maxlen=KEPT, approximate=True)
        async with asyncio.timeout(ANSWER_SECONDS):
            await pipeline.execute()
        self._waits = False

    async def _forget(self) -> None:
        async with self._database.connect() as connection, connection.begin():
            await connection.execute(_FORGET)
