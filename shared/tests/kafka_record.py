"""Records for tests that carry them by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class KafkaRecord:
    """A record as Kafka would bring it."""

    topic: str
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]
    partition: int = 0
    timestamp: int = 0

    def with_header(self, name: str, value: bytes | None) -> "KafkaRecord":
        """The same with another value of one header."""
        return replace(self, headers=[(n, value if n == name else v) for n, v in self.headers])

    def without_header(self, name: str) -> "KafkaRecord":
        """The same, lacking a header."""
        return replace(self, headers=[(n, v) for n, v in self.headers if n != name])

    def header(self, name: str) -> bytes | None:
        return dict(self.headers).get(name)


def sent(row: Any, sequence: int, offset: int) -> KafkaRecord:
    """What the relay would have sent of an outbox row."""
    headers = {**json.loads(row.headers), "ce_sequence": str(sequence)}
    encoded = [(name, value.encode()) for name, value in headers.items()]
    return KafkaRecord(row.topic, offset, row.key.encode(), row.body.encode(), encoded)
