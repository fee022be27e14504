"""Streams ``monitoring`` and ``clock``: signs of life, and the time of a drill."""

from typing import ClassVar

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
