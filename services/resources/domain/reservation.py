"""A reservation of one depot's stock for one incident: reserved, shipped, delivered; or cancelled."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.events.resource import (
    MaterialDelivered,
    MaterialReserved,
    MaterialShipped,
    ReservationCancelled,
    ReservationEvent,
)
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Location


class ReservationStatus(StrEnum):
    """Where the material is."""

    RESERVED = "reserved"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


TRANSITIONS: Transitions[ReservationStatus] = {
    (ReservationStatus.RESERVED, "ship"): ReservationStatus.SHIPPED,
    (ReservationStatus.RESERVED, "cancel"): ReservationStatus.CANCELLED,
    (ReservationStatus.SHIPPED, "deliver"): ReservationStatus.DELIVERED,
}
COMMANDS = ("ship", "deliver", "cancel")


class MoreThanShipped(RuleViolated):
    """Nobody can sign for more than was sent."""

    KEY = "resources.more_than_shipped"


class UnknownItem(RuleViolated):
    """The plan has no such material."""

    KEY = "resources.unknown_item"


class UnknownKind(RuleViolated):
    """The plan has no such kind of team."""

    KEY = "resources.unknown_kind"


class NotLinked(RuleViolated):
    """Only the level above and those directly below read this node's streams."""

    KEY = "resources.not_linked"


class ForeignTeam(Refusal):
    """The team belongs to another node's roster."""

    STATUS = 409
    KEY = "resources.foreign_team"


@dataclass(frozen=True)
class Reservation:
    """Part of a depot's stock, promised to one incident."""

    reservation_id: str
    request_id: str
    incident_id: str
    jurisdiction: str
    depot_id: str
    depot_name: str
    item: str
    item_name: str
    quantity: int
    unit: str
    for_jurisdiction: str
    destination: Location
    reserved_at: datetime
    status: ReservationStatus = ReservationStatus.RESERVED
    carrier: str = ""
    shipped_at: datetime | None = None
    received_by: str = ""
    delivered: int | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    reason: str = ""


Decision = tuple[Reservation, ReservationEvent]


def reserved(reservation: Reservation) -> MaterialReserved:
    """The fact that stock is set aside."""
    return MaterialReserved(**{name: getattr(reservation, name) for name in MaterialReserved.model_fields})


def ship(reservation: Reservation, carrier: str, now: datetime) -> Decision:
    """出库."""
    status = advance(TRANSITIONS, reservation.status, "ship")
    event = MaterialShipped(
        **_about(reservation), destination=reservation.destination, carrier=carrier, shipped_at=now
    )
    return replace(reservation, status=status, carrier=carrier, shipped_at=now), event


def deliver(reservation: Reservation, received_by: str, quantity: int, now: datetime) -> Decision:
    """送达, signed for; what is missing on the way is told by ``quantity``. Raises MoreThanShipped."""
    status = advance(TRANSITIONS, reservation.status, "deliver")
    if quantity > reservation.quantity:
        raise MoreThanShipped("quantity", "more_than_shipped", given=quantity, shipped=reservation.quantity)
    event = MaterialDelivered(
        **_about(reservation), quantity=quantity, received_by=received_by, delivered_at=now
    )
    changes = {"received_by": received_by, "delivered": quantity, "delivered_at": now}
    return Reservation(**{**vars(reservation), **changes, "status": status}), event


def cancel(reservation: Reservation, reason: str, now: datetime) -> Decision:
    """The stock is free again."""
    status = advance(TRANSITIONS, reservation.status, "cancel")
    event = ReservationCancelled(**_about(reservation), reason=reason, cancelled_at=now)
    return replace(reservation, status=status, reason=reason, cancelled_at=now), event


def _about(reservation: Reservation) -> dict[str, str]:
    return {
        "reservation_id": reservation.reservation_id,
        "incident_id": reservation.incident_id,
        "jurisdiction": reservation.jurisdiction,
    }
