"""The relay: unsent outbox rows, in order, to Kafka. One per database, held by an advisory lock.

It is woken in process after each commit and by what other replicas commit, with a sweep as fallback; while one batch is in flight the
next one gathers, so there is no timer and no delay when idle. A producer is thrown away after any
failure, because an idempotent aiokafka producer can hang for ever; the rows stay until Kafka said yes.

A row that Kafka refuses is set aside with the reason; those of its aggregate behind it wait, all others go
on. A topic that is missing or closed to us is nobody's fault: its rows wait, those of other topics go on.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    CorruptRecordException,
    InvalidTimestampError,
    InvalidTopicError,
    KafkaConnectionError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)
from aiokafka.partitioner import murmur2
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database
from shared.endings import ends_well
from shared.failures import reason_of
from shared.kafka_access import KafkaAccess, refusal
from shared.statements import Statement
from shared.statements import rows as encoded_rows
from shared.unavailable import BACKOFF_SECONDS, DatabaseUnavailable

log = structlog.get_logger(__name__)

RELAY_LOCK = 0x11A0D1
BATCH = 500
SEND_SECONDS = 3.0
"""How long Kafka may take for one batch before the producer is given up (traps 6 and 34)."""
STOP_SECONDS = 1.0
TOPIC_SECONDS = 1.0
SWEEP_SECONDS = 1.0
TELL_SECONDS = 0.01
"""How often a replica that does not lead tells of its commits at most."""
LOCK_SECONDS = 15.0
"""How long a relay may be silent before the server takes its lock away, and it gives up its connection:
a machine that vanished holds the lock no longer than this. It sweeps far more often."""

_UNSENT = Statement("""
SELECT id, event_id, topic, key, headers, body, sequence, stream, subject, partitions
FROM outbox LEFT JOIN outbox_partitions USING (stream, subject)
WHERE sent_at IS NULL AND topic <> ALL(%(blocked)s) ORDER BY id LIMIT %(limit)s
""")
_ANY_REFUSED = text("SELECT EXISTS (SELECT FROM outbox WHERE refused_at IS NOT NULL)")
_UNSENT_BESIDES_REFUSED = Statement("""
SELECT id, event_id, topic, key, headers, body, sequence, stream, subject, partitions
FROM outbox o LEFT JOIN outbox_partitions USING (stream, subject)
WHERE sent_at IS NULL AND topic <> ALL(%(blocked)s) AND NOT EXISTS (
  SELECT FROM outbox r WHERE r.refused_at IS NOT NULL AND (r.stream, r.subject) = (o.stream, o.subject) AND r.id <= o.id
)
ORDER BY id LIMIT %(limit)s
""")
_REFUSED = Statement("""
UPDATE outbox SET refused_at = clock_timestamp(), refusal = %(reason)s WHERE id = %(id)s
""")
_TRY_LOCK = text("SELECT pg_try_advisory_lock(:lock)")
_TELL, _LISTEN = text("NOTIFY outbox"), text("LISTEN outbox")
_END_WHEN_SILENT = text("SELECT set_config('idle_session_timeout', :milliseconds, false)")
_SENT = Statement("UPDATE outbox SET sent_at = clock_timestamp() WHERE event_id = ANY(%(ids)s)")
_SENT_FIRST = Statement("""
WITH kept AS (
  INSERT INTO outbox_partitions (stream, subject, partitions)
  SELECT stream, subject, partitions
  FROM jsonb_to_recordset(CAST(%(first)s AS jsonb)) AS f(stream text, subject text, partitions smallint)
  ON CONFLICT DO NOTHING
)
UPDATE outbox SET sent_at = clock_timestamp() WHERE event_id = ANY(%(ids)s)
""")

REFUSALS = (
    CorruptRecordException,
    InvalidTimestampError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    ValueError,
)
"""What Kafka, or the client, says of a record that it will never take; a whole batch shares the answer."""
CLOSED_TOPIC = (InvalidTopicError, TopicAuthorizationFailedError, UnknownTopicOrPartitionError, TimeoutError)
BLOCKED_SECONDS = 5.0
"""How long a topic that is missing or closed to us is left alone."""
_INTERRUPTIONS = (KafkaError, TimeoutError, OSError, SQLAlchemyError, DatabaseUnavailable, ValueError)


class _Row(NamedTuple):
    """One unsent event."""

    id: int
    event_id: UUID
    topic: str
    key: str
    headers: str
    body: str
    sequence: int
    stream: str
    subject: str
    partitions: int | None
    """In how many its topic lay when the first event of its aggregate was sent; None before."""


class Relay:
    """Sends what the database's units of work have published."""

    def __init__(
        self,
        database: Database,
        kafka: KafkaAccess,
        client_id: str,
        send_seconds: float = SEND_SECONDS,
        lock_seconds: float = LOCK_SECONDS,
    ) -> None:
        self._database, self._kafka, self._client_id = database, kafka, client_id
        self._send_seconds, self._lock_seconds = send_seconds, lock_seconds
        self._wake = asyncio.Event()
        self._producer: AIOKafkaProducer | None = None
        self._producer_version: tuple[int, ...] = ()
        self._suspects: set[int] = set()
        self._any_refused = True
        """Only the leading relay refuses rows, so while it knows of none it need not look for any."""
        self._blocked: dict[str, float] = {}
        self._partitions: dict[str, int] = {}
        """How many each topic has, as of the batch that is being sent: in a batch it does not change."""
        self.leading = False
        self.trouble = ""
        """Why Kafka lets us in nowhere."""
        self.sent = 0

    @property
    def blocked_topics(self) -> list[str]:
        """The topics that are missing or closed to us, as of the last attempts."""
        now = time.monotonic()
        return sorted(topic for topic, until in self._blocked.items() if until > now)

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Lead when nobody else does, send what is unsent; never ends by itself."""
        failures = 0
        try:
            while True:
                try:
                    async with self._database.connect(self._lock_seconds) as connection:
                        await self._lead(connection)
                    failures = 0
                except _INTERRUPTIONS as error:
                    if isinstance(error, KafkaConnectionError):
                        self.trouble = await refusal(self._kafka)
                    log.warning("relay interrupted", error=repr(error), refusal=self.trouble or None)
                    failures = failures + 1 if self.trouble else 0
                self.leading = False
                await self._discard()
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
        finally:
            await self._discard()

    async def _lead(self, connection: AsyncConnection) -> None:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            await self._stand_by(connection)
            session = {"milliseconds": str(round(self._lock_seconds * 1000))}
            await connection.execute(_END_WHEN_SILENT, session)
            self._any_refused = bool(await connection.scalar(_ANY_REFUSED))
            self.leading = True
            async with self._listening():
                while True:
                    self._wake.clear()
                    if not await self._pump(connection):
                        await self._woken()
        finally:
            await connection.invalidate()

    async def _stand_by(self, connection: AsyncConnection) -> None:
        """Until nobody else leads; what is committed here meanwhile is told to who does.

        The transaction that commits it must not notify itself: that would take a lock of the whole database (trap 19).
        """
        while not await connection.scalar(_TRY_LOCK, {"lock": RELAY_LOCK}):
            self.trouble = ""  # whoever leads has it now, and tells of it
            if await self._woken():
                self._wake.clear()
                await connection.execute(_TELL)
                await asyncio.sleep(TELL_SECONDS)

    async def _woken(self) -> bool:
        """Wait until something was committed, or it is time to look; whether something was."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._wake.wait()
        return self._wake.is_set()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """Be woken by what other replicas tell, on a connection for that alone."""
        listener = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            listener.cancel()
            await asyncio.wait({listener})

    async def _listen(self) -> None:
        while True:
            try:
                async with self._database.connect(self._lock_seconds) as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    try:
                        while True:
                            await connection.execute(_LISTEN)  # said again, so that a dead line is noticed
                            await self._hear(connection)
                    finally:
                        await connection.invalidate()
            except (*_INTERRUPTIONS, psycopg.Error) as error:
                log.warning("relay hears nothing of other replicas", error=repr(error))
            await asyncio.sleep(SWEEP_SECONDS)

    async def _hear(self, connection: AsyncConnection) -> None:
        driver: psycopg.AsyncConnection[Any] | None = (
            await connection.get_raw_connection()
        ).driver_connection
        assert driver is not None
        async for _ in driver.notifies(timeout=self._lock_seconds / 3):
            self._wake.set()

    async def _pump(self, connection: AsyncConnection) -> bool:
        """Send one batch; whether there may be more now. Raises when Kafka did not take all of it.

        After a refusal, which a whole batch shares, rows are sent one at a time until the refused one is found.
        """
        limit = 1 if self._suspects else BATCH
        unsent = _UNSENT_BESIDES_REFUSED if self._any_refused else _UNSENT
        found = await unsent.run(connection, {"limit": limit, "blocked": self.blocked_topics})
        rows = [_Row(*values) for values in found]
        if not rows:
            self._suspects.clear()
            return False
        full = len(rows) == limit
        rows = await self._on_open_topics(rows)
        taken, failures = await self._send(rows)
        if taken:
            await self._note_sent(connection, rows, set(taken))
            self.sent += len(taken)
        await self._judge(connection, rows, failures)
        return full and bool(taken)

    async def _note_sent(
        self, connection: AsyncConnection, rows: Sequence[_Row], taken: Collection[int]
    ) -> None:
        """Sent, and for the aggregates of which nothing was sent before, in how many partitions their topic lay."""
        ids = [row.event_id for row in rows if row.id in taken]
        if not (first := {(row.stream, row.subject): row.topic for row in rows if row.partitions is None}):
            await _SENT.run(connection, {"ids": ids})
            return
        kept = [
            {"stream": stream, "subject": subject, "partitions": self._partitions[topic]}
            for (stream, subject), topic in first.items()
        ]
        await _SENT_FIRST.run(connection, {"ids": ids, "first": encoded_rows(kept)})

    async def _judge(
        self, connection: AsyncConnection, rows: Sequence[_Row], failures: Mapping[int, BaseException]
    ) -> None:
        """Set a refused row aside once it was alone; raises the failure, for the producer is spoilt by it."""
        last = max((row.id for row in rows), default=0)
        self._suspects = {id_ for id_ in self._suspects if id_ > last}
        if not failures:
            return
        refused = {id_: error for id_, error in failures.items() if isinstance(error, REFUSALS)}
        if len(rows) == 1 and refused:
            ((id_, error),) = refused.items()
            log.error("Kafka refuses an event", topic=rows[0].topic, id=id_, reason=reason_of(error))
            await _REFUSED.run(connection, {"id": id_, "reason": reason_of(error)})
            self._any_refused = True
        else:
            self._suspects |= refused.keys()
        raise next(iter(failures.values()))

    async def _on_open_topics(self, rows: Sequence[_Row]) -> list[_Row]:
        """Without those whose topic is missing or closed to us; such a topic is left alone for a while."""
        producer = await self._producing()
        topics = {row.topic for row in rows}
        known = producer.client.cluster.partitions_for_topic
        if unknown := [topic for topic in topics if known(topic) is None]:
            await asyncio.gather(*(self._ask_for(producer, topic) for topic in unknown))
        self._partitions = {topic: len(found) for topic in topics if (found := known(topic))}
        blocked = self.blocked_topics
        return [row for row in rows if row.topic in self._partitions and row.topic not in blocked]

    async def _ask_for(self, producer: AIOKafkaProducer, topic: str) -> None:
        try:
            async with asyncio.timeout(TOPIC_SECONDS):
                await producer.partitions_for(topic)
        except CLOSED_TOPIC as error:
            log.warning("topic closed", topic=topic, error=repr(error))
            self._blocked[topic] = time.monotonic() + BLOCKED_SECONDS

    async def _send(self, rows: Sequence[_Row]) -> tuple[list[int], dict[int, BaseException]]:
        """The ids Kafka acknowledged, and why it did not take others; 0 stands for a failure of no one row."""
        producer = await self._producing()
        sending: dict[int, asyncio.Future[Any]] = {}
        failures: dict[int, BaseException] = {}
        at = 0
        try:
            async with asyncio.timeout(self._send_seconds):
                for row in rows:
                    at = row.id
                    sending[row.id] = await self._hand_over(producer, row, self._partition_of(row))
                at = 0
                if sending:
                    await asyncio.wait(sending.values())
        except (KafkaError, ValueError, TimeoutError, OSError) as error:
            failures[at if isinstance(error, REFUSALS) else 0] = error
        finished = {
            id_: future for id_, future in sending.items() if future.done() and not future.cancelled()
        }
        failures |= {id_: raised for id_, future in finished.items() if (raised := future.exception())}
        return [id_ for id_ in finished if id_ not in failures], failures

    def _partition_of(self, row: _Row) -> int:
        """Where Kafka's own partitioner would put the key, had the topic as many as at the aggregate's beginning."""
        there_are = self._partitions[row.topic]
        count = min(row.partitions or there_are, there_are)
        return int(murmur2(row.key.encode()) & 0x7FFFFFFF) % count

    @staticmethod
    async def _hand_over(producer: AIOKafkaProducer, row: _Row, partition: int) -> asyncio.Future[Any]:
        headers = [(name, value.encode()) for name, value in orjson.loads(row.headers).items()]
        headers.append(("ce_sequence", str(row.sequence).encode()))
        future: asyncio.Future[Any] = await producer.send(
            row.topic, row.body.encode(), partition=partition, key=row.key.encode(), headers=headers
        )
        return future

    async def _producing(self) -> AIOKafkaProducer:
        version = self._kafka.version()
        if self._producer is not None and version != self._producer_version:
            await self._discard()  # the next one proves itself by the new credentials
        if self._producer is None:
            producer = AIOKafkaProducer(
                **self._kafka.client_options(),
                client_id=self._client_id,
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=int(self._send_seconds * 1000),
                retry_backoff_ms=50,
            )
            self._producer, self._producer_version = producer, version
            await asyncio.wait_for(producer.start(), self._send_seconds)
            self.trouble = ""
        return self._producer

    async def _discard(self) -> None:
        """Give the producer up; when it won't stop in time its background work is cancelled."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        if not await ends_well(producer.stop(), STOP_SECONDS):
            await ends_well(_abandon(producer), STOP_SECONDS)


async def _abandon(producer: AIOKafkaProducer) -> None:
    # aiokafka has no public way to drop a producer that can't reach its broker
    await producer._sender.close()
    await producer.client.close()
