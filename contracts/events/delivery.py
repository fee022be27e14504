"""Stream ``delivery``: what became of every message to a subscriber, written by the notify service."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.reasons import Reasoned
from contracts.values import Id, JurisdictionCode, Line, Moment

Channel = Literal["webhook", "file"]


class DeliveryEvent(Event):
    """A fact about one message to one subscriber over one channel."""

    STREAM: ClassVar = Stream.DELIVERY
    SUBJECT: ClassVar = "delivery_id"

    delivery_id: Id
    warning_id: Id
    incident_id: Id | None = None
    jurisdiction: JurisdictionCode
    subscriber: Line
    channel: Channel
    kind: Literal["published", "cancelled"]


class DeliveryCompleted(DeliveryEvent):
    """The channel took the message and gave a receipt."""

    NAME: ClassVar = "delivery.completed"

    receipt: Line
    attempts: int = Field(ge=1)
    delivered_at: Moment


class DeliveryFailed(Reasoned, DeliveryEvent):
    """Given up after the last attempt; a person has to see to it."""

    NAME: ClassVar = "delivery.failed"

    attempts: int = Field(ge=1)
    failed_at: Moment


class DeliveryRefused(Reasoned, DeliveryEvent):
    """Never sent: a drill's message and a live channel (or the reverse) do not meet."""

    NAME: ClassVar = "delivery.refused"

    refused_at: Moment


DropCause = Literal["cancelled", "expired"]


class DeliveryDropped(DeliveryEvent):
    """Not sent any more: the warning was lifted before it could be delivered, or its period was over."""

    NAME: ClassVar = "delivery.dropped"

    cause: DropCause
    attempts: int = Field(ge=0, description="attempts that were made before")
    dropped_at: Moment


class WarningAcknowledged(Event):
    """A subscriber's department confirms that it has the warning."""

    STREAM: ClassVar = Stream.DELIVERY
    NAME: ClassVar = "delivery.acknowledged"
    SUBJECT: ClassVar = "acknowledgement_id"

    acknowledgement_id: Id
    warning_id: Id
    incident_id: Id | None = None
    jurisdiction: JurisdictionCode
    department: Line
    acknowledged_by: Line
    acknowledged_at: Moment
