"""Stream ``resource``: what exists and what is promised, written by the resources service."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.values import Id, JurisdictionCode, Line, Location, Moment, Slug

TeamClass = Literal["comprehensive", "professional", "social"]


class TeamRegistered(Event):
    """A team of the roster as it stands now; a later one of the same team replaces it."""

    STREAM: ClassVar = Stream.RESOURCE
    NAME: ClassVar = "resource.team_registered"
    SUBJECT: ClassVar = "team_id"

    team_id: Id
    jurisdiction: JurisdictionCode
    name: Line
    kind: Slug
    team_class: TeamClass
    capabilities: tuple[Slug, ...]
    crew: int = Field(ge=0, le=10_000)
    home: Location
    registered_at: Moment


class ReservationEvent(Event):
    """A fact about one reservation of material for an incident."""

    STREAM: ClassVar = Stream.RESOURCE
    SUBJECT: ClassVar = "reservation_id"

    reservation_id: Id
    incident_id: Id
    jurisdiction: JurisdictionCode


class MaterialReserved(ReservationEvent):
    """Stock of one depot is set aside and can't be promised twice."""

    NAME: ClassVar = "resource.reserved"

    request_id: Id
    depot_id: Id
    depot_name: Line
    item: Slug
    item_name: Line
    quantity: int = Field(ge=1)
    unit: Line
    for_jurisdiction: JurisdictionCode = Field(description="the node that asked")
    reserved_at: Moment


class MaterialShipped(ReservationEvent):
    """出库: on its way."""

    NAME: ClassVar = "resource.shipped"

    destination: Location
    carrier: Line
    shipped_at: Moment


class MaterialDelivered(ReservationEvent):
    """送达, signed for."""

    NAME: ClassVar = "resource.delivered"

    quantity: int = Field(ge=0)
    received_by: Line
    delivered_at: Moment


class ReservationCancelled(ReservationEvent):
    """The stock is free again."""

    NAME: ClassVar = "resource.cancelled"

    reason: Line
    cancelled_at: Moment


class MaterialEvent(Event):
    """A fact about one request for another node's material."""

    STREAM: ClassVar = Stream.RESOURCE
    SUBJECT: ClassVar = "request_id"

    request_id: Id
    incident_id: Id
    jurisdiction: JurisdictionCode
    target: JurisdictionCode = Field(description="the node the fact is addressed to")


class MaterialRequested(MaterialEvent):
    """请求物资支援: addressed to the node asked."""

    NAME: ClassVar = "resource.material_requested"

    item: Slug
    quantity: int = Field(ge=1, le=10_000_000)
    destination: Location
    requested_by: Line
    requested_at: Moment


class MaterialDeclined(MaterialEvent):
    """The node asked can't give it, or not all of it; addressed to the node that asked."""

    NAME: ClassVar = "resource.material_declined"

    item: Slug
    missing: int = Field(ge=1)
    reason: Line
    declined_at: Moment
