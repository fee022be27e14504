"""A record from Kafka, read: either an event with its envelope, or the reason why it is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import ValidationError

from contracts.envelope import Envelope, InvalidEnvelope, Status
from contracts.events import BY_TYPE, Event

E_co = TypeVar("E_co", bound=Event, covariant=True)


class Record(Protocol):
    """What is used of ``aiokafka.ConsumerRecord``."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...


@dataclass(frozen=True)
class Received(Generic[E_co]):
    """An event as it arrived."""

    envelope: Envelope
    event: E_co


@dataclass(frozen=True)
class Invalid:
    """A record that is no event for this node; ``envelope`` where at least that could be read."""

    reason: str
    envelope: Envelope | None = None


def read(record: Record, status: Status) -> Received[Event] | Invalid:
    """Headers first, then whether it belongs here, then the body; never raises, never guesses."""
    try:
        envelope = Envelope.from_headers(record.headers)
    except InvalidEnvelope as error:
        return Invalid(error.reason)
    model = BY_TYPE.get(envelope.type)
    if model is None:
        return Invalid(f"unknown event type {envelope.type}", envelope)
    if misplaced := _misplaced(envelope, model.STREAM, record.topic, status):
        return Invalid(misplaced, envelope)
    try:
        event = model.read(record.value or b"")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        return Invalid(f"body of {envelope.type}: {field}: {first['msg']}", envelope)
    if event.subject != envelope.subject:
        return Invalid(f"ce_subject is not the body's {event.SUBJECT}", envelope)
    if getattr(event, "jurisdiction", envelope.jurisdiction) != envelope.jurisdiction:
        return Invalid(f"{envelope.source} may not speak for {getattr(event, 'jurisdiction', '')}", envelope)
    return Received(envelope, event)


def _misplaced(envelope: Envelope, stream: str, topic: str, status: Status) -> str:
    if envelope.status is not status:
        return f"status {envelope.status} does not belong on a node that takes {status}"
    if topic.removeprefix("drill.") != f"{envelope.jurisdiction}.{stream}":
        return f"{envelope.source} may not write {envelope.type} to {topic}"
    return ""
