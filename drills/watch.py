"""Watches every topic of a drill and remembers what was seen when."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.envelope import Envelope, InvalidEnvelope

QUIET = ("monitoring.canary", "clock.set")


@dataclass(frozen=True)
class Seen:
    """One event as it was seen on Kafka; ``at`` is a reading of ``time.perf_counter``."""

    at: float
    type: str
    envelope: Envelope
    body: Mapping[str, Any]


@dataclass
class Watch:
    """Everything seen since the start; ``told`` hears of each event at once."""

    bootstrap: str
    topics: Iterable[str]
    told: Callable[[Seen], None]
    seen: list[Seen] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Watch":
        consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False)
        await consumer.start()
        partitions = [
            TopicPartition(topic, number)
            for topic in self.topics
            for number in sorted(await self._partitions(consumer, topic))
        ]
        consumer.assign(partitions)
        await consumer.seek_to_end(*partitions)
        self._task = asyncio.create_task(self._follow(consumer))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def wait(self, fits: Callable[[Seen], bool], since: float, seconds: float) -> Seen | None:
        """The first event from ``since`` on that fits, None when there is none in time."""
        try:
            async with asyncio.timeout(seconds), self._news:
                while True:
                    if found := next((one for one in self.seen if one.at >= since and fits(one)), None):
                        return found
                    await self._news.wait()
        except TimeoutError:
            return None

    @staticmethod
    async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
        await consumer._client.add_topic(topic)
        found: set[int] | None = consumer.partitions_for_topic(topic)
        return found or {0}

    async def _follow(self, consumer: AIOKafkaConsumer) -> None:
        try:
            while True:
                batches = await consumer.getmany(timeout_ms=1000)
                now = time.perf_counter()
                for record in sorted((r for b in batches.values() for r in b), key=lambda r: r.timestamp):
                    self._take(record, now)
                async with self._news:
                    self._news.notify_all()
        finally:
            await consumer.stop()

    def _take(self, record: Any, now: float) -> None:  # noqa: ANN401 - aiokafka is untyped
        try:
            envelope = Envelope.from_headers(record.headers)
        except InvalidEnvelope:
            return
        name = envelope.type.removeprefix("cn.liandong.").rpartition(".")[0]
        if name not in QUIET:
            seen = Seen(now, name, envelope, json.loads(record.value))
            self.seen.append(seen)
            self.told(seen)
