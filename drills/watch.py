"""Watches every topic of a drill and remembers what was seen when."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from faststream.kafka import KafkaBroker

from contracts.envelope import Envelope, InvalidEnvelope
from shared.unparsed import raw, unparsed

QUIET = ("monitoring.canary", "clock.set")
BATCH_TIMEOUT_MS = 10


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

    def __post_init__(self) -> None:
        self._broker = KafkaBroker(self.bootstrap, logger=None, allow_auto_create_topics=False)

    async def __aenter__(self) -> "Watch":
        subscriber = self._broker.subscriber(
            *self.topics,
            batch=True,
            batch_timeout_ms=BATCH_TIMEOUT_MS,
            auto_offset_reset="latest",
            parser=unparsed,
            decoder=raw,
        )
        subscriber(self._take_all)
        await self._broker.start()
        assert subscriber.consumer is not None
        for partition in subscriber.consumer.assignment():
            await subscriber.consumer.position(partition)  # from here on nothing is missed
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._broker.stop()

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

    async def _take_all(self, records: Any) -> None:  # noqa: ANN401 - a tuple of aiokafka's records
        now = time.perf_counter()
        for record in sorted(records, key=lambda one: one.timestamp):
            self._take(record, now)
        async with self._news:
            self._news.notify_all()

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
