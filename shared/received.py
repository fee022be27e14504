"""A record from Kafka, read: an event with its envelope, one that this version doesn't know, or the reason why it is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import ValidationError

from contracts.envelope import Envelope, InvalidEnvelope, Status
from contracts.events import BY_TYPE, Event, Stream

E_co = TypeVar("E_co", bound=Event, covariant=True)

Aggregate = tuple[str, str, str]
"""(source, stream, subject): what a sequence counts."""


class Record(Protocol):
    """What is used of ``aiokafka.ConsumerRecord``; ``timestamp`` in milliseconds as the broker keeps it."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int: ...
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

    @property
    def aggregate(self) -> Aggregate:
        """What its sequence number counts in."""
        return self.envelope.source, self.event.STREAM, self.envelope.subject


@dataclass(frozen=True)
class Unknown:
    """An event of a known writer whose type or version this program has not learnt yet."""

    envelope: Envelope
    stream: str

    @property
    def aggregate(self) -> Aggregate:
        """What its sequence number counts in."""
        return self.envelope.source, self.stream, self.envelope.subject

    @property
    def reason(self) -> str:
        """Why it has no effect."""
        return f"unknown event type {self.envelope.type}"


@dataclass(frozen=True)
class Invalid:
    """A record that is no event for this node; ``envelope`` where at least that could be read."""

    reason: str
    envelope: Envelope | None = None


DRILL = "ce_drill"


def of_another_drill(record: Record, drill: str) -> bool:
    """Whether it was written in a drill that is not this one, which is none of this node's business.

    ``drill``: this node's, empty where it takes part in none that has a name.
    """
    named = next((value for name, value in record.headers if name == DRILL and value), b"")
    return bool(drill and named) and named != drill.encode()


Arrived = Received[Event] | Unknown
"""An event with a place in the order of its aggregate."""
Reading = Arrived | Invalid


def read_record(record: Record, status: Status) -> Reading:
    """Headers first, then whether it belongs here, then the body; never raises, never guesses."""
    try:
        envelope = Envelope.from_headers(record.headers)
    except InvalidEnvelope as error:
        return Invalid(error.reason)
    model, stream = BY_TYPE.get(envelope.type), record.topic.rpartition(".")[2]
    if misplaced := _reason_for_misplacement(
        envelope, model.STREAM if model else stream, record.topic, status
    ):
        return Invalid(misplaced, envelope)
    if model is None:
        return Unknown(envelope, stream)
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


def _reason_for_misplacement(envelope: Envelope, stream: str, topic: str, status: Status) -> str:
    if envelope.status is not status:
        return f"status {envelope.status} does not belong on a node that takes {status}"
    if topic.removeprefix("drill.") != f"{envelope.jurisdiction}.{stream}" or stream not in set(Stream):
        return f"{envelope.source} may not write {envelope.type} to {topic}"
    return ""
