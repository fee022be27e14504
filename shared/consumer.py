"""Consumes a service's topics through FastStream's Kafka subscriber, batch by natural batch.

FastStream's own batch loop sleeps after every empty poll and decodes headers before we can judge them
(ADR 0003), so its subscriber is used without a handler: it builds and owns the consumer, we poll it
(``shared/consumer_session.py``).
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import structlog
from aiokafka import ConsumerRebalanceListener
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    TopicAuthorizationFailedError,
)
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.subscriber.usecase import BatchSubscriber

from shared.consumer_session import INTERRUPTIONS, MOST_RECORDS, Rebalances, Session
from shared.endings import ends_well
from shared.inbox_processor import InboxProcessor
from shared.kafka_access import KafkaAccess, refusal
from shared.unavailable import BACKOFF_SECONDS

log = structlog.get_logger(__name__)

METADATA_MS = 10_000
"""How long what is known of topics holds: with aiokafka's five minutes, topics that are made anew would be
found as late as that."""

NO_RIGHT = (GroupAuthorizationFailedError, TopicAuthorizationFailedError)
SILENCE_SECONDS = 15.0
"""Longer than the canaries of a node are apart."""
RETRY_MS = 500
"""While Kafka is away. With aiokafka's 100 ms the pods of three nodes tried 300 times a second and kept it from coming up."""
STOP_SECONDS = 2.0
LOOK_SECONDS = 2.0
"""How long Kafka may take to say how far a topic goes."""


def broker_of(kafka: KafkaAccess) -> KafkaBroker:
    """A broker that consumes; topics that are made anew are noticed within seconds, not minutes."""
    return kafka.broker(metadata_max_age_ms=METADATA_MS, retry_backoff_ms=RETRY_MS)


def subscriber_of(
    broker: KafkaBroker, topics: Sequence[str], group: str, listener: ConsumerRebalanceListener
) -> BatchSubscriber:
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
        listener=listener,
    )


class KafkaAway(RuntimeError):
    """This member has no session with Kafka now."""


class Consumer:
    """Keeps a service's subscription alive and feeds its records to the processor."""

    def __init__(
        self,
        kafka: KafkaAccess,
        topics: Sequence[str],
        group: str,
        processor: InboxProcessor[Any],
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self.topics, self.group, self.processor = list(topics), group, processor
        self._kafka, self._silence_seconds = kafka, silence_seconds
        self._session: Session | None = None
        self.trouble = ""
        """Why Kafka refuses us: our credentials, or our right to read a topic."""
        self.has_begun = self.has_joined = False
        self.is_kafka_away = False
        """Whether the last attempt to reach it failed; one that refuses us is not away."""
        self.polled_at = self._heard_at = 0.0

    @property
    def assigned_partitions(self) -> int:
        """How many partitions this member reads now."""
        return len(self._session.kafka.assignment()) if self._session else 0

    @property
    def stands_by(self) -> bool:
        """Whether it is a member whom the group needs for no partition now: the others have them all."""
        return self._session is not None and self._session.stands_by(self.topics)

    @property
    def closed_topics(self) -> frozenset[str]:
        """The topics that this service should read and may not."""
        return self._session.closed_topics if self._session else frozenset()

    @property
    def is_member(self) -> bool:
        """Whether it reads partitions, or stands by for them."""
        return self.assigned_partitions > 0 or self.stands_by

    async def run(self) -> None:
        """Consume until cancelled; Kafka may come, go and come back."""
        failures, self.has_begun = 0, True
        while True:
            began = time.monotonic()
            try:
                await self._consume()
            except INTERRUPTIONS as error:
                self.trouble = await self._trouble_of(error)
                self.is_kafka_away = isinstance(error, KafkaConnectionError) and not self.trouble
                log.warning(
                    "consumer interrupted", group=self.group, error=repr(error), refusal=self.trouble or None
                )
                failures = 0 if self.polled_at > began else failures + 1
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])

    async def unread(self, topic: str) -> dict[int, int]:
        """The end of each partition of a topic in which this group has something left to read.

        Raises KafkaAway.
        """
        if self._session is None:
            raise KafkaAway
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._session.unread(topic)
        except INTERRUPTIONS as error:
            raise KafkaAway from error

    async def backlog(self) -> dict[str, int]:
        """How many records each topic holds that this group has not dealt with; empty while Kafka is away."""
        if self._session is None:
            return {}
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._session.backlog(self.topics)
        except INTERRUPTIONS:
            return {}

    async def _trouble_of(self, error: BaseException) -> str:
        """Why Kafka refuses us, empty where it does not, or is just away."""
        if isinstance(error, NO_RIGHT):
            return repr(error)
        return await refusal(self._kafka) if isinstance(error, KafkaConnectionError) else ""

    async def _watch_for_silence(self, some_came: bool) -> None:
        """A client whose every new connection is refused goes on trying and says nothing: then Kafka is asked."""
        if some_came:
            self._heard_at, self.trouble = self.polled_at, ""
        elif self.polled_at - self._heard_at > self._silence_seconds:
            self._heard_at, self.trouble = self.polled_at, await refusal(self._kafka)

    async def _consume(self) -> None:
        version = self._kafka.version()
        broker, rebalances = broker_of(self._kafka), Rebalances()
        subscriber = subscriber_of(broker, self.topics, self.group, rebalances)
        try:
            await broker.connect()
            await subscriber.start()
            assert subscriber.consumer is not None
            self._session = Session(subscriber.consumer, self.processor, self.group, rebalances)
            while self._kafka.version() == version:
                some_came = await self._session.poll()
                self.polled_at, self.is_kafka_away = time.monotonic(), False
                self.has_joined = self.has_joined or self.is_member
                await self._watch_for_silence(some_came)
            log.info("credentials changed; joining anew", group=self.group)
        finally:
            session, self._session = self._session, None
            if session is not None:
                await session.end()
            await ends_well(subscriber.stop(), STOP_SECONDS)
            await ends_well(broker.stop(), STOP_SECONDS)
