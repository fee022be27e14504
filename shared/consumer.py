"""Consumes a service's topics through FastStream's Kafka subscriber, batch by natural batch.

FastStream's own batch loop sleeps after every empty poll and decodes headers before we can judge them
(ADR 0003), so its subscriber is used without a handler: it builds and owns the consumer, we poll it.
Offsets are committed after the database commit, with the offsets of what was dealt with and no others.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.subscriber.usecase import BatchSubscriber

from shared.inbox_processor import UNAVAILABLE, FuseBlown, InboxProcessor

log = structlog.get_logger(__name__)

MOST_RECORDS = 500
POLL_MS = 1000
COMMIT_SECONDS = 1.0
"""How often offsets are committed at most: a commit costs as much as a batch, and a repeat is harmless."""
BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0)


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


class Consumer:
    """Keeps a service's subscription alive and feeds its records to the processor."""

    def __init__(
        self, bootstrap: str, topics: Sequence[str], group: str, processor: InboxProcessor[Any]
    ) -> None:
        self.topics, self.group, self.processor = list(topics), group, processor
        self._bootstrap = bootstrap
        self._kafka: AIOKafkaConsumer | None = None
        self._dealt_with: dict[TopicPartition, int] = {}
        self._committed_at = 0.0
        self._committing: asyncio.Task[None] | None = None
        self.polled_at = 0.0
        self.fuse: str | None = None

    @property
    def assigned(self) -> int:
        """How many partitions this member reads now."""
        return len(self._kafka.assignment()) if self._kafka else 0

    async def run(self) -> None:
        """Consume until cancelled; Kafka may come, go and come back. After a blown fuse nothing is read."""
        failures = 0
        while self.fuse is None:
            try:
                await self._consume()
            except FuseBlown as blown:
                self.fuse = str(blown)
                log.error("fuse blown, consumer stopped", group=self.group, reason=self.fuse)
            except (KafkaError, ConsumerStoppedError, OSError, TimeoutError) as error:
                log.warning("consumer interrupted", group=self.group, error=repr(error))
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
                failures += 1
        await asyncio.Event().wait()

    async def _consume(self) -> None:
        broker = KafkaBroker(self._bootstrap, logger=None, allow_auto_create_topics=False)
        subscriber = subscriber_of(broker, self.topics, self.group)
        try:
            await broker.connect()
            await subscriber.start()
            assert subscriber.consumer is not None
            self._kafka, self._dealt_with = subscriber.consumer, {}
            while True:
                await self._poll(subscriber.consumer)
        finally:
            self._kafka = None
            await self._leave(subscriber, broker)

    async def _poll(self, kafka: AIOKafkaConsumer) -> None:
        batches: dict[TopicPartition, list[ConsumerRecord[Any, Any]]] = await kafka.getmany(
            timeout_ms=POLL_MS, max_records=MOST_RECORDS
        )
        self.polled_at = time.monotonic()
        if batches:
            await self._process(list(chain.from_iterable(batches.values())))
            self._dealt_with |= {partition: found[-1].offset + 1 for partition, found in batches.items()}
        if self._dealt_with and time.monotonic() - self._committed_at >= COMMIT_SECONDS:
            await self._commit(kafka)

    async def _process(self, records: list[ConsumerRecord[Any, Any]]) -> None:
        """Until the database has taken the batch; a database that is down is nobody's fault."""
        failures = 0
        while True:
            try:
                await self.processor.process(records)
            except UNAVAILABLE as error:
                log.warning("database unavailable, batch waits", group=self.group, error=repr(error))
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
                failures += 1
            else:
                return

    async def _commit(self, kafka: AIOKafkaConsumer) -> None:
        """Start to commit what was dealt with; it is a round trip that the next batch need not wait for."""
        if self._committing is not None:
            await asyncio.wait({self._committing})
        offsets, self._dealt_with = self._dealt_with, {}
        self._committed_at = time.monotonic()
        self._committing = asyncio.create_task(self._send_offsets(kafka, offsets))

    async def _send_offsets(self, kafka: AIOKafkaConsumer, offsets: dict[TopicPartition, int]) -> None:
        ours = {partition: offset for partition, offset in offsets.items() if partition in kafka.assignment()}
        try:
            if ours:
                await kafka.commit(ours)
        except KafkaError as error:
            # rebalanced or unreachable: the records come again and the inbox knows them
            log.info("offsets not committed", error=repr(error))
            self._dealt_with = ours | self._dealt_with

    async def _leave(self, subscriber: BatchSubscriber, broker: KafkaBroker) -> None:
        if subscriber.consumer is not None:
            with suppress(KafkaError, TimeoutError, OSError):
                async with asyncio.timeout(1):
                    await self._commit(subscriber.consumer)
                    await asyncio.wait({self._committing})
        if self._committing is not None:
            self._committing.cancel()  # one that hangs ends with its session; the records come again
            self._committing = None
        with suppress(KafkaError, TimeoutError, OSError):
            async with asyncio.timeout(3):
                await subscriber.stop()
                await broker.stop()
