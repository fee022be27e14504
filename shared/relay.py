"""The relay: unsent outbox rows, in order, to Kafka. One per database, held by an advisory lock.

It is woken in process after each commit, with a sweep as fallback; while one batch is in flight the
next one gathers, so there is no timer and no delay when idle. A producer is thrown away after any
failure, because an idempotent aiokafka producer can hang for ever; the rows stay until Kafka said yes.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import orjson
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database
from shared.statements import Statement
from shared.unavailable import DatabaseUnavailable

log = structlog.get_logger(__name__)

RELAY_LOCK = 0x11A0D1
BATCH = 500
SEND_SECONDS = 3.0
"""How long Kafka may take for one batch before the producer is given up (TRAPS 6, 34)."""
SWEEP_SECONDS = 1.0
LOCK_SECONDS = 15.0
"""How long a relay may be silent before the server takes its lock away, and it gives up its connection:
a machine that vanished holds the lock no longer than this. It sweeps far more often."""

_UNSENT = Statement("""
SELECT id, topic, key, headers, body, sequence FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT %(batch)s
""")
_END_WHEN_SILENT = text("SELECT set_config('idle_session_timeout', :milliseconds, false)")
_SENT = Statement("UPDATE outbox SET sent_at = clock_timestamp() WHERE id = ANY(%(ids)s)")

_INTERRUPTIONS = (KafkaError, TimeoutError, OSError, SQLAlchemyError, DatabaseUnavailable)


class _Row(NamedTuple):
    """One unsent event."""

    id: int
    topic: str
    key: str
    headers: str
    body: str
    sequence: int


class Relay:
    """Sends what the database's units of work have published."""

    def __init__(
        self,
        database: Database,
        bootstrap: str,
        client_id: str,
        send_seconds: float = SEND_SECONDS,
        lock_seconds: float = LOCK_SECONDS,
    ) -> None:
        self._database, self._bootstrap, self._client_id = database, bootstrap, client_id
        self._send_seconds, self._lock_seconds = send_seconds, lock_seconds
        self._wake = asyncio.Event()
        self._producer: AIOKafkaProducer | None = None
        self.leading = False
        self.sent = 0

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Lead when nobody else does, send what is unsent; never ends by itself."""
        pause = 0.1
        try:
            while True:
                try:
                    async with self._database.connected(self._lock_seconds) as connection:
                        await self._lead(connection)
                except _INTERRUPTIONS as error:
                    log.warning("relay interrupted", error=repr(error))
                self.leading = False
                await self._discard()
                await asyncio.sleep(pause)
        finally:
            await self._discard()

    async def _lead(self, connection: AsyncConnection) -> None:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        taken = await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": RELAY_LOCK})
        if not taken:
            await asyncio.sleep(SWEEP_SECONDS)
            return
        try:
            session = {"milliseconds": str(round(self._lock_seconds * 1000))}
            await connection.execute(_END_WHEN_SILENT, session)
            self.leading = True
            while True:
                self._wake.clear()
                if not await self.pump(connection):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(SWEEP_SECONDS):
                            await self._wake.wait()
        finally:
            await connection.invalidate()

    async def pump(self, connection: AsyncConnection) -> int:
        """Send one batch; how many rows Kafka took. Raises when it did not take all of them."""
        rows = [_Row(*values) for values in await _UNSENT.run(connection, {"batch": BATCH})]
        if not rows:
            return 0
        taken, failure = await self._send(rows)
        if taken:
            await _SENT.run(connection, {"ids": taken})
            self.sent += len(taken)
        if failure:
            raise failure
        return len(taken)

    async def _send(self, rows: Sequence[_Row]) -> tuple[list[int], BaseException | None]:
        """The ids Kafka acknowledged, and the first failure if there was one."""
        producer = await self._producing()
        sending: list[tuple[int, asyncio.Future[Any]]] = []
        failure: BaseException | None = None
        try:
            async with asyncio.timeout(self._send_seconds):
                for row in rows:
                    sending.append((row.id, await self._hand_over(producer, row)))  # noqa: PERF401
                await asyncio.wait([future for _, future in sending])
        except (KafkaError, TimeoutError, OSError) as error:
            failure = error
        finished = [(id_, future) for id_, future in sending if future.done() and not future.cancelled()]
        failure = failure or next((raised for _, future in finished if (raised := future.exception())), None)
        return [id_ for id_, future in finished if future.exception() is None], failure

    @staticmethod
    async def _hand_over(producer: AIOKafkaProducer, row: _Row) -> asyncio.Future[Any]:
        headers = [(name, value.encode()) for name, value in orjson.loads(row.headers).items()]
        headers.append(("ce_sequence", str(row.sequence).encode()))
        future: asyncio.Future[Any] = await producer.send(
            row.topic, row.body.encode(), key=row.key.encode(), headers=headers
        )
        return future

    async def _producing(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._bootstrap,
                client_id=self._client_id,
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=int(self._send_seconds * 1000),
                retry_backoff_ms=50,
            )
            self._producer = producer
            await asyncio.wait_for(producer.start(), self._send_seconds)
        return self._producer

    async def _discard(self) -> None:
        """Give the producer up; when it won't stop in time its background work is cancelled."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        try:
            await asyncio.wait_for(producer.stop(), 1.0)
        except (KafkaError, TimeoutError, OSError, AssertionError):
            with suppress(KafkaError, TimeoutError, OSError):
                await asyncio.wait_for(_abandon(producer), 1.0)


async def _abandon(producer: AIOKafkaProducer) -> None:
    # aiokafka has no public way to drop a producer that can't reach its broker
    await producer._sender.close()
    await producer.client.close()
