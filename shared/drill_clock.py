"""In a drill every process follows the drill's clock topic, so an accelerated drill moves every deadline."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from contracts.envelope import Status
from contracts.events.monitoring import ClockSet
from shared.clock import DrillClock
from shared.received import Received, read

log = structlog.get_logger(__name__)


class ClockFollower:
    """Reads every reading of the clock topic, in no group: each process needs them all."""

    def __init__(self, clock: DrillClock, bootstrap: str, topic: str, on_change: Callable[[], None]) -> None:
        self._clock, self._bootstrap, self._on_change = clock, bootstrap, on_change
        self._partition = TopicPartition(topic, 0)
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
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
        )
        try:
            await consumer.start()
            consumer.assign([self._partition])
            await consumer.seek_to_beginning(self._partition)
            end = (await consumer.end_offsets([self._partition]))[self._partition]
            while True:
                if await consumer.position(self._partition) >= end:
                    self.caught_up.set()
                records = await consumer.getmany(self._partition, timeout_ms=1000)
                for record in records.get(self._partition, []):
                    self._take(read(record, Status.EXERCISE))
        finally:
            with suppress(KafkaError, TimeoutError, OSError):
                await asyncio.wait_for(consumer.stop(), 2)

    def _take(self, reading: object) -> None:
        if isinstance(reading, Received) and isinstance(reading.event, ClockSet):
            self._clock.set(reading.event.drill_time, reading.event.wall_time, reading.event.rate)
            self._on_change()
        else:
            log.warning("not a clock reading", reading=repr(reading))
