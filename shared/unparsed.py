"""A parser for FastStream that can't fail: headers are judged by ``Envelope``, not decoded before that."""

from typing import Any

from faststream.kafka import KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER


def unparsed(records: Any) -> KafkaMessage:  # noqa: ANN401 - one of aiokafka's records, or a tuple of them
    """What came from Kafka as it came, for subscribers in no group, which have nothing to acknowledge."""
    return KafkaMessage(raw_message=records, body=b"", headers={}, message_id="", consumer=FAKE_CONSUMER)


def raw(message: KafkaMessage) -> Any:  # noqa: ANN401 - one of aiokafka's records, or a tuple of them
    """A decoder that hands over what came."""
    return message.raw_message
