"""One membership of a consumer group: its partitions, offsets and commits.

Offsets are committed after the database commit, with the offsets of what was dealt with and no others.
"""

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError, KafkaError

from shared.fuse import Partition
from shared.inbox_processor import InboxProcessor
from shared.unavailable import UNAVAILABLE, when_available

log = structlog.get_logger(__name__)

MOST_RECORDS = 500
POLL_MS = 1000
COMMIT_SECONDS = 1.0
"""How often offsets are committed at most: a commit costs as much as a batch, and a repeat is harmless."""
FUSES_SECONDS = 1.0
"""How often it is looked up which topics rest: another replica, or a person, may have decided."""
INTERRUPTIONS = (KafkaError, ConsumerStoppedError, OSError, TimeoutError)


class Rebalances(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped
    """Counts how often partitions were given anew: what was known of them before holds no longer.

    They may have come back from another member, or, where Kafka has lost its data, be others of the same name.
    """

    def __init__(self) -> None:
        self.count = 0
        self.committing: asyncio.Task[None] | None = None

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Offsets noted so far are void, also those on their way; what was not committed comes again.

        aiokafka's commit goes on trying while Kafka is away and would then speak for the new membership.
        """
        self.count += 1
        if self.committing is not None:
            self.committing.cancel()

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """They are examined before their first records are dealt with."""
        self.count += 1


class Session:
    """One membership of the group, from joining until it breaks; its offsets and its commits are its own."""

    def __init__(
        self,
        kafka: AIOKafkaConsumer,
        processor: InboxProcessor[Any],
        group: str,
        rebalances: Rebalances,
    ) -> None:
        self.kafka, self._processor, self._group = kafka, processor, group
        self._rebalances, self._rebalanced = rebalances, 0
        self._dealt_with: dict[TopicPartition, int] = {}
        self._paused: frozenset[str] = frozenset()
        self._committed_at = self._refreshed_at = 0.0

    def stands_by(self, topics: Iterable[str]) -> bool:
        """Whether the group has said which partitions are ours, and of those that there are, none is."""
        has_joined = self._rebalances.count > 0 and not self.kafka.assignment()
        return has_joined and any(self.kafka.partitions_for_topic(topic) for topic in topics)

    @property
    def closed_topics(self) -> frozenset[str]:
        """The topics that we have no right to read; aiokafka keeps them to itself and just reads nothing."""
        return frozenset(self.kafka._client.cluster.unauthorized_topics)

    async def poll(self) -> bool:
        """Wait for records, deal with them, commit now and then; whether any came."""
        await self._refresh_fuses()
        batches: dict[TopicPartition, list[ConsumerRecord[Any, Any]]] = await self.kafka.getmany(
            timeout_ms=POLL_MS, max_records=MOST_RECORDS
        )
        if self._rebalanced != self._rebalances.count:
            await self._begin_anew()
        if batches:
            await self._deal_with(batches)
        self._pause_resting()
        if self._dealt_with and time.monotonic() - self._committed_at >= COMMIT_SECONDS:
            await self._commit()
        return bool(batches)

    async def _deal_with(self, batches: dict[TopicPartition, list[ConsumerRecord[Any, Any]]]) -> None:
        rebalanced = self._rebalances.count
        records = list(chain.from_iterable(batches.values()))
        stopped = await when_available(lambda: self._processor.process(records), self._group)
        if rebalanced != self._rebalances.count:
            return  # the partitions were given anew meanwhile; what was dealt with comes again and is known
        self._dealt_with |= {
            partition: stopped.get(_place(partition), found[-1].offset + 1)
            for partition, found in batches.items()
        }
        if stopped:
            self._go_back(stopped)
        if self._processor.fuses.topics:
            await self._processor.fuses.note_offsets(
                {_place(partition): offset for partition, offset in self._dealt_with.items()}
            )

    async def end(self) -> None:
        """Commit what was dealt with if that is possible at once; a commit that hangs ends here."""
        with suppress(*INTERRUPTIONS):
            async with asyncio.timeout(1):
                await self._commit()
                await asyncio.wait({task for task in (self._rebalances.committing,) if task})
        if self._rebalances.committing is not None:
            self._rebalances.committing.cancel()  # the records come again and the inbox knows them

    async def unread(self, topic: str) -> dict[int, int]:
        """The end of each partition of a topic that has something left to read."""
        spans = await self._unread_spans([topic])
        return {one.partition: end for one, (start, end) in spans.items() if start < end}

    async def backlog(self, topics: Iterable[str]) -> dict[str, int]:
        """How many records of each topic are left to read."""
        found = dict.fromkeys(topics, 0)
        for partition, (start, end) in (await self._unread_spans(found)).items():
            found[partition.topic] += end - start
        return found

    async def _unread_spans(self, topics: Iterable[str]) -> dict[TopicPartition, tuple[int, int]]:
        """From which offset to which each partition is unread."""
        partitions = [
            TopicPartition(topic, number)
            for topic in topics
            for number in sorted(self.kafka.partitions_for_topic(topic) or ())
        ]
        ends = await self.kafka.end_offsets(partitions)
        first = await self.kafka.beginning_offsets(partitions)
        committed = await self._committed_offsets(partitions)
        return {
            one: (max(self._dealt_with.get(one, committed[one] or 0), first[one]), ends[one])
            for one in partitions
        }

    async def _committed_offsets(
        self, partitions: Iterable[TopicPartition]
    ) -> dict[TopicPartition, int | None]:
        wanted = list(partitions)
        found = await asyncio.gather(*(self.kafka.committed(partition) for partition in wanted))
        return dict(zip(wanted, found, strict=True))

    async def _begin_anew(self) -> None:
        """After a rebalance: forget what was, and notice where retention deleted what this group had not read."""
        self._rebalanced = self._rebalances.count
        self._dealt_with, self._paused = {}, frozenset()
        assigned = list(self.kafka.assignment())
        if not assigned:
            return
        first = await self.kafka.beginning_offsets(assigned)
        committed = await self._committed_offsets(assigned)
        trimmed = {_place(one): first[one] for one in assigned if first[one] > (committed[one] or 0)}
        if trimmed:
            await when_available(lambda: self._processor.redelivery.note_trimmed(trimmed), self._group)

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
        resting = frozenset(self._processor.fuses.resting)
        if resting == self._paused:
            return
        self._paused = resting
        wanted = {partition for partition in self.kafka.assignment() if partition.topic in resting}
        paused = set(self.kafka.paused())
        self.kafka.pause(*(wanted - paused))
        self.kafka.resume(*(paused - wanted))

    async def _commit(self) -> None:
        """Start to commit what was dealt with; it is a round trip that the next batch need not wait for."""
        before = self._rebalances.committing
        if before is not None and not before.done():
            return  # it goes along with the next one
        if before is not None and not before.cancelled():
            before.result()  # what nobody foresaw is not to be lost with its task
        offsets, self._dealt_with = self._dealt_with, {}
        self._committed_at = time.monotonic()
        self._rebalances.committing = asyncio.create_task(self._send_offsets(offsets))

    async def _send_offsets(self, offsets: dict[TopicPartition, int]) -> None:
        rebalanced = self._rebalances.count
        ours = {one: offset for one, offset in offsets.items() if one in self.kafka.assignment()}
        try:
            if ours and rebalanced == self._rebalanced:
                await self.kafka.commit(ours)
        except KafkaError as error:
            # rebalanced or unreachable: the records come again and the inbox knows them
            log.info("offsets not committed", error=repr(error))
            if rebalanced == self._rebalances.count:
                self._dealt_with = ours | self._dealt_with


def _place(partition: TopicPartition) -> Partition:
    return partition.topic, partition.partition
