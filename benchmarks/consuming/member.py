"""One member of a consumer group, by one of the two ways; prints what it saw when it is told to end.

``python -m benchmarks.consuming.member WAY BOOTSTRAP TOPIC`` with WAY ``polled`` (``shared/consumer.py``)
or the ``batch_timeout_ms`` of FastStream's own batch loop. Both get the same handler: it notes the time.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import uvloop
from aiokafka import ConsumerRecord
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from faststream.kafka.opentelemetry import KafkaTelemetryMiddleware
from faststream.kafka.prometheus import KafkaPrometheusMiddleware
from opentelemetry.sdk.trace import TracerProvider
from prometheus_client import CollectorRegistry

from shared.consumer import Consumer
from shared.consumer_session import COMMIT_SECONDS, MOST_RECORDS
from shared.kafka_access import KafkaAccess

Records = Sequence[ConsumerRecord[Any, Any]]


@dataclass
class Arrivals:
    """When each record came, by the number in its key; the time is the machine's monotonic clock."""

    at: dict[int, int] = field(default_factory=dict)

    async def process(self, records: Records) -> None:
        """Stands where ``InboxProcessor.process`` stands."""
        now = time.monotonic_ns()
        for record in records:
            self.at.setdefault(int(record.key), now)


async def polled(bootstrap: str, topic: str, arrivals: Arrivals) -> None:
    """Our loop."""
    processor: Any = arrivals
    await Consumer(KafkaAccess(bootstrap), [topic], f"benchmark.{topic}", processor).run()


async def documented(bootstrap: str, topic: str, arrivals: Arrivals, batch_timeout_ms: int) -> None:
    """FastStream's application, batch subscriber, parser, decoder, handler and middlewares."""
    middlewares = [
        KafkaTelemetryMiddleware(tracer_provider=TracerProvider()),
        KafkaPrometheusMiddleware(registry=CollectorRegistry()),
    ]
    broker = KafkaBroker(bootstrap, middlewares=middlewares, logger=None, allow_auto_create_topics=False)
    committed_at = 0.0

    @broker.subscriber(
        topic,
        group_id=f"benchmark.{topic}",
        batch=True,
        batch_timeout_ms=batch_timeout_ms,
        max_records=MOST_RECORDS,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=2000,
        parser=lambda records: message_of(records, subscriber.consumer),
        decoder=lambda message: message.raw_message,
    )
    async def handle(records: Any, message: KafkaMessage) -> None:  # noqa: ANN401 - a tuple of records
        nonlocal committed_at
        await arrivals.process(records)
        if time.monotonic() - committed_at >= COMMIT_SECONDS:
            committed_at = time.monotonic()
            await message.ack()

    subscriber: Any = broker.subscribers[0]
    await FastStream(broker).run()


def message_of(records: Records, consumer: Any) -> KafkaMessage:  # noqa: ANN401 - FastStream's own protocol
    """A parser that can't fail: nothing is decoded before it can be judged."""
    from faststream.kafka.message import KafkaAckableMessage  # noqa: PLC0415 - internal to this way

    return KafkaAckableMessage(
        raw_message=tuple(records),
        body=[record.value or b"" for record in records],
        headers={},
        message_id=f"{records[0].offset}",
        consumer=consumer,
    )


async def main() -> None:
    way, bootstrap, topic = sys.argv[1:4]
    arrivals = Arrivals()
    member = (
        polled(bootstrap, topic, arrivals)
        if way == "polled"
        else documented(bootstrap, topic, arrivals, int(way))
    )
    task, ended = asyncio.create_task(member), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, ended.set)
    print("ready", flush=True)
    await ended.wait()
    print(json.dumps(arrivals.at), flush=True)
    task.cancel()
    with suppress(asyncio.CancelledError, TimeoutError):
        async with asyncio.timeout(5):
            await task


if __name__ == "__main__":
    uvloop.run(main())
