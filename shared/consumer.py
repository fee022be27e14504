"""Consumes a service's topics through FastStream's Kafka subscriber, batch by natural batch.

FastStream's own batch loop sleeps after every empty poll and decodes headers before we can judge them
(ADR 0003), so its subscriber is used without a handler: it builds and owns the consumer, we poll it.
Offsets are committed after the database commit, with the offsets of what was dealt with and no others.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.subscriber.usecase import BatchSubscriber

from shared.fuse import Partition
from shared.inbox_processor import InboxProcessor
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)
T = TypeVar("T")

MOST_RECORDS = 500
POLL_MS = 1000
COMMIT_SECONDS = 1.0
"""How often offsets are committed at most: a commit costs as much as a batch, and a repeat is harmless."""
FUSES_SECONDS = 1.0
"""How often it is looked up which topics rest: another replica, or a person, may have decided."""
BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0)
INTERRUPTIONS = (KafkaError, ConsumerStoppedError, OSError, TimeoutError)


def subscriber_of(broker: KafkaBroker, topics: Sequence[str], group: str) -> BatchSubscriber:
    """The one way a service subscribes: explicit topics, nothing committed by itself, from the start."""
    return broker.subscriber(
        *topics,
        group_id=group,
        batch=True,
        max_records=MOST_RECORDS,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=2000,
    )


class KafkaAway(RuntimeError):
    """This member has no session with Kafka now."""


class Consumer:
    """Keeps a service's subscription alive and feeds its records to the processor."""

    def __init__(
        self, bootstrap: str, topics: Sequence[str], group: str, processor: InboxProcessor[Any]
    ) -> None:
        self.topics, self.group, self.processor = list(topics), group, processor
        self._bootstrap = bootstrap
        self._session: _Session | None = None
        self.polled_at = 0.0

    @property
    def assigned(self) -> int:
        """How many partitions this member reads now."""
        return len(self._session.kafka.assignment()) if self._session else 0

    async def run(self) -> None:
        """Consume until cancelled; Kafka may come, go and come back."""
        failures = 0
        while True:
            began = time.monotonic()
            try:
                await self._consume()
            except INTERRUPTIONS as error:
                log.warning("consumer interrupted", group=self.group, error=repr(error))
                failures = 0 if self.polled_at > began else failures + 1
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])

    async def unread(self, topic: str) -> dict[int, int]:
        """The end of each partition of a topic in which this group has something left to read.

        Raises KafkaAway.
        """
        if self._session is None:
            raise KafkaAway
        return await self._session.unread(topic)

    async def backlog(self) -> dict[str, int]:
        """How many records each topic holds that this group has not dealt with; empty while Kafka is away."""
        if self._session is None:
            return {}
        try:
            async with asyncio.timeout(2):
                return await self._session.backlog(self.topics)
        except INTERRUPTIONS:
            return {}

    async def _consume(self) -> None:
        broker = KafkaBroker(self._bootstrap, logger=None, allow_auto_create_topics=False)
        subscriber = subscriber_of(broker, self.topics, self.group)
        try:
            await broker.connect()
            await subscriber.start()
            assert subscriber.consumer is not None
            self._session = _Session(subscriber.consumer, self.processor, self.group)
            while True:
                await self._session.poll()
                self.polled_at = time.monotonic()
        finally:
            session, self._session = self._session, None
            if session is not None:
                await session.end()
            with suppress(*INTERRUPTIONS):
                async with asyncio.timeout(3):
                    await subscriber.stop()
                    await broker.stop()


class _Session:
    """One membership of the group, from joining until it breaks; its offsets and its commits are its own."""

    def __init__(self, kafka: AIOKafkaConsumer, processor: InboxProcessor[Any], group: str) -> None:
        self.kafka, self._processor, self._group = kafka, processor, group
        self._known: set[TopicPartition] = set()
        self._dealt_with: dict[TopicPartition, int] = {}
        self._committed_at = self._refreshed_at = 0.0
        self.committing: asyncio.Task[None] | None = None

    async def poll(self) -> None:
        """Wait for records, deal with them, commit now and then."""
        await self._refresh_fuses()
        batches: dict[TopicPartition, list[ConsumerRecord[Any, Any]]] = await self.kafka.getmany(
            timeout_ms=POLL_MS, max_records=MOST_RECORDS
        )
        await self._examine_new_partitions()
        if batches:
            stopped = await self._process(list(chain.from_iterable(batches.values())))
            self._dealt_with |= {
                partition: stopped.get(_place(partition), found[-1].offset + 1)
                for partition, found in batches.items()
            }
            self._go_back(stopped)
            await self._processor.fuses.passed(
                {_place(partition): offset for partition, offset in self._dealt_with.items()}
            )
        self._pause_resting()
        if self._dealt_with and time.monotonic() - self._committed_at >= COMMIT_SECONDS:
            await self._commit()

    async def end(self) -> None:
        """Commit what was dealt with if that is possible at once; a commit that hangs ends here."""
        with suppress(*INTERRUPTIONS):
            async with asyncio.timeout(1):
                await self._commit()
                await asyncio.wait({task for task in (self.committing,) if task})
        if self.committing is not None:
            self.committing.cancel()  # the records come again and the inbox knows them

    async def unread(self, topic: str) -> dict[int, int]:
        """The end of each partition of a topic that has something left to read."""
        spans = await self._unread_spans(topic)
        return {partition: end for partition, (start, end) in spans.items() if start < end}

    async def backlog(self, topics: Iterable[str]) -> dict[str, int]:
        """How many records of each topic are left to read."""
        found = {}
        for topic in topics:
            spans = await self._unread_spans(topic)
            found[topic] = sum(end - start for start, end in spans.values())
        return found

    async def _unread_spans(self, topic: str) -> dict[int, tuple[int, int]]:
        """From which offset to which each partition is unread."""
        numbers = self.kafka.partitions_for_topic(topic) or set()
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        ends = await self.kafka.end_offsets(partitions)
        first = await self.kafka.beginning_offsets(partitions)
        committed = await self._committed(partitions)
        return {
            one.partition: (max(self._dealt_with.get(one, committed[one] or 0), first[one]), ends[one])
            for one in partitions
        }

    async def _committed(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int | None]:
        wanted = list(partitions)
        found = await asyncio.gather(*(self.kafka.committed(partition) for partition in wanted))
        return dict(zip(wanted, found, strict=True))

    async def _examine_new_partitions(self) -> None:
        """Notice where retention has deleted what this group had not read: those events can't be late."""
        assigned = set(self.kafka.assignment())
        new, self._known = assigned - self._known, assigned
        if not new:
            return
        first = await self.kafka.beginning_offsets(list(new))
        committed = await self._committed(new)
        trimmed = {_place(one): first[one] for one in new if first[one] > (committed[one] or 0)}
        if trimmed:
            await self._until_available(lambda: self._processor.redelivery.note_trimmed(trimmed))

    async def _refresh_fuses(self) -> None:
        if time.monotonic() - self._refreshed_at < FUSES_SECONDS:
            return
        fuses = self._processor.fuses
        rested = dict(fuses.resting)
        try:
            released = await fuses.refresh()
        except UNAVAILABLE as error:
            log.info("fuses not looked up", error=repr(error))
        else:
            self._go_back(
                {
                    (topic, number): offset
                    for topic in released
                    for number, offset in rested[topic].offsets.items()
                }
            )
        self._refreshed_at = time.monotonic()
        self._pause_resting()

    def _go_back(self, offsets: dict[Partition, int]) -> None:
        """Read on from these offsets."""
        for partition in self.kafka.assignment():
            if (offset := offsets.get(_place(partition))) is not None:
                self.kafka.seek(partition, offset)

    def _pause_resting(self) -> None:
        """Fetch nothing of topics that rest."""
        resting = self._processor.fuses.resting
        wanted = {partition for partition in self.kafka.assignment() if partition.topic in resting}
        paused = set(self.kafka.paused())
        self.kafka.pause(*(wanted - paused))
        self.kafka.resume(*(paused - wanted))

    async def _process(self, records: list[ConsumerRecord[Any, Any]]) -> dict[Partition, int]:
        """Until the database has taken the batch; a database that is down is nobody's fault."""
        return await self._until_available(lambda: self._processor.process(records))

    async def _until_available(self, work: Callable[[], Awaitable[T]]) -> T:
        failures = 0
        while True:
            try:
                return await work()
            except UNAVAILABLE as error:
                log.warning("database unavailable, batch waits", group=self._group, error=repr(error))
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
                failures += 1

    async def _commit(self) -> None:
        """Start to commit what was dealt with; it is a round trip that the next batch need not wait for."""
        if self.committing is not None:
            await asyncio.wait({self.committing})
        offsets, self._dealt_with = self._dealt_with, {}
        self._committed_at = time.monotonic()
        self.committing = asyncio.create_task(self._send_offsets(offsets))

    async def _send_offsets(self, offsets: dict[TopicPartition, int]) -> None:
        ours = {one: offset for one, offset in offsets.items() if one in self.kafka.assignment()}
        try:
            if ours:
                await self.kafka.commit(ours)
        except KafkaError as error:
            # rebalanced or unreachable: the records come again and the inbox knows them
            log.info("offsets not committed", error=repr(error))
            self._dealt_with = ours | self._dealt_with


def _place(partition: TopicPartition) -> Partition:
    return partition.topic, partition.partition
