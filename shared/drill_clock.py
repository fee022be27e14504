"""In a drill every process follows the drill's clock topic, so an accelerated drill moves every deadline."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from contracts.envelope import Status
from contracts.events.monitoring import ClockSet
from shared.clock import DrillClock
from shared.kafka_access import KafkaAccess
from shared.received import Received, of_another_drill, read_record
from shared.unparsed import raw, unparsed

log = structlog.get_logger(__name__)
LOOK_SECONDS = 1.0
"""How often it is looked whether the credentials have changed."""


class ClockFollower:
    """Reads every reading of the clock topic, in no group: each process needs them all."""

    def __init__(
        self,
        clock: DrillClock,
        kafka: KafkaAccess,
        topic: str,
        on_change: Callable[[], None],
        drill: str = "",
    ) -> None:
        self._clock, self._kafka, self._on_change, self._drill = clock, kafka, on_change, drill
        self._partition = TopicPartition(topic, 0)
        self._read_to, self._moved = 0, asyncio.Event()
        self.caught_up = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled; due work waits for ``caught_up``."""
        while True:
            try:
                await self._follow()
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("drill clock interrupted", error=repr(error))
            await asyncio.sleep(0.5)

    async def _follow(self) -> None:
        """One subscription, until its loop ends."""
        broker, version = self._kafka.broker(), self._kafka.version()
        subscriber = broker.subscriber(
            self._partition.topic, auto_offset_reset="earliest", parser=unparsed, decoder=raw
        )
        subscriber(self._take)
        async with broker:
            await broker.start()
            assert subscriber.consumer is not None
            await self._catch_up(subscriber.consumer)
            ended: set[asyncio.Task[None]] = set()
            while not ended and self._kafka.version() == version:
                ended, _ = await asyncio.wait(
                    subscriber.tasks, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )

    async def _catch_up(self, consumer: AIOKafkaConsumer) -> None:
        """Until everything that stood in the topic at the start is read."""
        partitions = [self._partition]
        first = (await consumer.beginning_offsets(partitions))[self._partition]
        end = (await consumer.end_offsets(partitions))[self._partition]
        while max(first, self._read_to) < end:
            self._moved.clear()
            await self._moved.wait()
        self.caught_up.set()

    async def _take(self, record: Any) -> None:  # noqa: ANN401 - aiokafka's record
        reading = read_record(record, Status.EXERCISE)
        if of_another_drill(record, self._drill):
            log.info("the clock of another drill", reading=repr(reading))
        elif isinstance(reading, Received) and isinstance(reading.event, ClockSet):
            self._clock.set_time(reading.event.drill_time, reading.event.wall_time, reading.event.rate)
            self._on_change()
        else:
            log.warning("not a clock reading", reading=repr(reading))
        self._read_to = record.offset + 1
        self._moved.set()
