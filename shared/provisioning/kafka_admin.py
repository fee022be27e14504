"""The administration of Kafka by confluent-kafka, which knows users and rights, as aiokafka does not."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import TypeVar

from confluent_kafka.admin import AdminClient

from shared.kafka_access import KafkaAccess

SECONDS = 20.0
"""How long one answer of the brokers is waited for."""
T = TypeVar("T")
K = TypeVar("K")


def admin_of(kafka: KafkaAccess) -> AdminClient:
    """A client for administration; it connects when it is used, and what it can't do it raises and does not print."""
    quiet: dict[str, str | int] = {"log_level": 0, "socket.timeout.ms": int(SECONDS * 1000)}
    return AdminClient({**kafka.librdkafka_options(), **quiet})


def outcomes(answers: Mapping[K, "Future[T]"]) -> dict[K, T]:
    """What came of each part of one request; raises KafkaException for the first that failed."""
    return {key: answer.result(SECONDS) for key, answer in answers.items()}
