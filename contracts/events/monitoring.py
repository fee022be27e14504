"""Streams ``monitoring``, ``clock`` and ``dead-letter``: signs of life, a drill's time, parked records."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.values import Id, JurisdictionCode, Line, Moment


class Canary(Event):
    """A service's sign of life that must come back to it through Kafka."""

    STREAM: ClassVar = Stream.MONITORING
    NAME: ClassVar = "monitoring.canary"
    SUBJECT: ClassVar = "instance"

    instance: Id = Field(description="<service>:<process>")
    jurisdiction: JurisdictionCode
    service: Line
    sent_at: Moment


class ClockSet(Event):
    """A drill's clock: at ``wall_time`` it was ``drill_time``, and it runs ``rate`` times as fast."""

    STREAM: ClassVar = Stream.CLOCK
    NAME: ClassVar = "clock.set"
    SUBJECT: ClassVar = "drill_id"

    drill_id: Id
    jurisdiction: JurisdictionCode
    drill_time: Moment
    wall_time: Moment
    rate: float = Field(gt=0, le=10_000)


class DeadLetterParked(Event):
    """A record a consumer could not take; it waits in that service's dead-letter table."""

    STREAM: ClassVar = Stream.DEAD_LETTER
    NAME: ClassVar = "deadletter.parked"
    SUBJECT: ClassVar = "dead_letter_id"

    dead_letter_id: Id
    jurisdiction: JurisdictionCode
    consumer: Line
    kind: Literal["invalid", "refused", "gap", "failed"]
    detail: Literal["", "unknown", "trimmed"] = Field(
        default="",
        description="of invalid: an event type this version doesn't know; of gap: retention deleted what came before",
    )
    reason: str
    topic: str
    partition: int
    offset: int
    parked_at: Moment
