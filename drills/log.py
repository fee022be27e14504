"""What happened in a drill, in the order in which it did: what was done and answered, seen on Kafka, sent to a subscriber."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a service answered; ``error`` where it answered nothing, or nothing that can be read."""

    status: int = 0
    body: Any = None
    error: str = ""


@dataclass(frozen=True)
class PerformedStep:
    """A step as it was done, once per item of its list; ``began`` in seconds of the wall's clock, ``time`` by the drill's."""

    step: int
    began: float
    time: datetime
    milliseconds: float
    values: Values
    answer: Answer
    asked: str = ""


@dataclass(frozen=True)
class SeenEvent:
    """An event; ``at``: when Kafka got it, in seconds of the wall's clock; ``time``: when it happened, by the drill's clock."""

    id: str
    at: float
    time: datetime
    type: str
    node: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class ReceivedMessage:
    """What a subscriber was sent, and when it came by the wall's clock."""

    id: str
    at: float
    body: Any


@dataclass
class Log:
    """All of it."""

    steps: list[PerformedStep] = field(default_factory=list)
    events: list[SeenEvent] = field(default_factory=list)
    messages: list[ReceivedMessage] = field(default_factory=list)
