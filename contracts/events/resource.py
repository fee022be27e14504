"""Stream ``resource``: what exists and what is promised, written by the resources service."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.reasons import Reasoned
from contracts.values import CallSign, Id, JurisdictionCode, Line, Location, Moment, Slug, Text

TeamClass = Literal["comprehensive", "professional", "social"]
TeamService = Literal["in_service", "out_of_service", "retired"]
Settlement = Literal["lost", "returned", "arrived_late"]
"""What became of the difference between what was shipped and what was counted on arrival."""


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
    service: TeamService = "in_service"
    service_reason: Annotated[Text, Field(max_length=200)] = ""
    call_sign: CallSign = ""


class ReservationEvent(Event):
    """A fact about one reservation of material for an incident."""

    STREAM: ClassVar = Stream.RESOURCE
    SUBJECT: ClassVar = "reservation_id"

    reservation_id: Id
    incident_id: Id
    jurisdiction: JurisdictionCode


class OwnerEvent(ReservationEvent):
    """What the node whose stock it was says of a reservation."""

    for_jurisdiction: JurisdictionCode | None = Field(
        default=None, description="the node it is for; null: said by an older program"
    )


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
    offer_id: Id | None = Field(default=None, description="the accepted offer of another node's request")
    expires_at: Moment | None = Field(default=None, description="then it is free again unless it was shipped")


class MaterialShipped(OwnerEvent):
    """出库: on its way."""

    NAME: ClassVar = "resource.shipped"

    destination: Location
    carrier: Line
    shipped_at: Moment


class MaterialDelivered(ReservationEvent):
    """送达, signed for, said by the sender: of an older program; the receiver says ``resource.received`` now."""

    NAME: ClassVar = "resource.delivered"

    quantity: int = Field(ge=0)
    received_by: Line
    delivered_at: Moment


class ReservationCancelled(Reasoned, OwnerEvent):
    """The stock is free again."""

    NAME: ClassVar = "resource.cancelled"

    cancelled_at: Moment


class MaterialReceived(ReservationEvent):
    """签收: counted by the receiver; addressed to the node whose stock it was."""

    NAME: ClassVar = "resource.received"

    target: JurisdictionCode = Field(description="the node the fact is addressed to")
    quantity: int = Field(ge=0, description="that arrived, damaged pieces counted")
    damaged: int = Field(ge=0)
    difference: int = Field(ge=0, description="shipped and not arrived: somebody settles it")
    received_by: Line
    received_at: Moment


class DifferenceSettled(OwnerEvent):
    """差异处理: what became of what was shipped and did not arrive."""

    NAME: ClassVar = "resource.difference_settled"

    quantity: int = Field(ge=1)
    outcome: Settlement
    reason: Line
    settled_by: Line
    settled_at: Moment


class MaterialUsed(ReservationEvent):
    """消耗: said by the receiver; addressed to the node whose stock it was."""

    NAME: ClassVar = "resource.used"

    target: JurisdictionCode = Field(description="the node the fact is addressed to")
    total: int = Field(ge=1, description="used so far")
    used_by: Line
    used_at: Moment


class MaterialReturned(OwnerEvent):
    """归还入库: counted in by the depot."""

    NAME: ClassVar = "resource.returned"

    total: int = Field(ge=1, description="returned so far")
    returned_at: Moment


class ReservationExpired(OwnerEvent):
    """It was not shipped in time; the stock is free again."""

    NAME: ClassVar = "resource.expired"

    expired_at: Moment


class ReservationExtended(OwnerEvent):
    """It is held longer."""

    NAME: ClassVar = "resource.extended"

    expires_at: Moment
    extended_at: Moment


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
    answer_by: Moment | None = None
    accepts_offers: bool | None = Field(
        default=None,
        description="what is offered is accepted as it comes; null: an older program, which answers no offer",
    )


class MaterialDeclined(Reasoned, MaterialEvent):
    """The node asked can't give it, or not all of it; addressed to the node that asked."""

    NAME: ClassVar = "resource.material_declined"

    item: Slug
    missing: int = Field(ge=1)
    declined_at: Moment


class MaterialOffered(MaterialEvent):
    """同意支援: the node asked offers material; nothing is set aside before it is accepted. Addressed to the asker."""

    NAME: ClassVar = "resource.material_offered"

    offer_id: Id
    quantity: int = Field(ge=1, le=10_000_000)
    missing: int = Field(ge=0, description="asked for and not offered so far")
    offered_by: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="the person who consented; empty: the plan's policy"
    )
    offered_at: Moment


class MaterialAccepted(MaterialEvent):
    """接受支援: the lender sets the stock aside now; addressed to the lender."""

    NAME: ClassVar = "resource.material_accepted"

    offer_id: Id
    quantity: int = Field(ge=1, le=10_000_000)
    accepted_by: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="empty: as the request says"
    )
    accepted_at: Moment


class MaterialWithdrawn(Reasoned, MaterialEvent):
    """撤回请求: the asker needs no more; what is set aside and not shipped is free again. Addressed to the lender."""

    NAME: ClassVar = "resource.material_withdrawn"

    withdrawn_at: Moment


class MaterialExtended(MaterialEvent):
    """延长: the asker waits longer, and what is set aside for it is held as long. Addressed to the lender."""

    NAME: ClassVar = "resource.material_extended"

    until: Moment
    extended_by: Line
    extended_at: Moment


class MaterialExpired(MaterialEvent):
    """逾时未答复: the lender did not offer all in time, the asker waits no longer. Addressed to the lender."""

    NAME: ClassVar = "resource.material_expired"

    missing: int = Field(ge=1, description="asked for and not accepted so far")
    due_at: Moment
    expired_at: Moment
