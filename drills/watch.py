"""Watches every topic of a drill and remembers what was seen when."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from contracts.envelope import Envelope, InvalidEnvelope
from drills.log import SeenEvent
from shared.kafka_access import KafkaAccess
from shared.unparsed import raw, unparsed

QUIET = ("monitoring.canary", "clock.set")
BATCH_TIMEOUT_MS = 10


@dataclass
class Watch:
    """Everything of this drill that was seen since the start, each event once; ``on_event`` hears of it at once."""

    kafka: KafkaAccess
    topics: Iterable[str]
    on_event: Callable[[SeenEvent], None]
    drill: str
    events: list[SeenEvent] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._broker = self.kafka.broker()

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

    async def wait_for_events(self, seconds: float) -> None:
        """Wait until something more is seen, at most so long."""
        self._news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)

    async def _take_all(self, records: Any) -> None:  # noqa: ANN401 - a tuple of aiokafka's records
        for record in sorted(records, key=lambda one: one.timestamp):
            self._take(record)
        self._news.set()

    def _take(self, record: Any) -> None:  # noqa: ANN401 - aiokafka is untyped
        try:
            envelope = Envelope.from_headers(record.headers)
        except InvalidEnvelope:
            return
        name = envelope.type.removeprefix("cn.liandong.").rpartition(".")[0]
        if name in QUIET or envelope.drill != self.drill or str(envelope.id) in self._ids:
            return
        self._ids.add(str(envelope.id))
        at, body = record.timestamp / 1000, json.loads(record.value)
        self.events.append(SeenEvent(str(envelope.id), at, envelope.time, name, envelope.jurisdiction, body))
        self.on_event(self.events[-1])
