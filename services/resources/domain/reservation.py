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
from contracts.state_machine import Transitions, advance
from contracts.values import Location
from services.resources.domain.refusals import MoreThanShipped


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


@dataclass(frozen=True)
class Reservation:
    """Part of a depot's stock, promised to one incident; ``delivered`` is what was signed for."""

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
    """出库: on its way; the depot no longer has it. Raises RefusedTransition."""
    status = advance(TRANSITIONS, reservation.status, "ship")
    event = MaterialShipped(
        **_about(reservation), destination=reservation.destination, carrier=carrier, shipped_at=now
    )
    return replace(reservation, status=status, carrier=carrier, shipped_at=now), event


def deliver(reservation: Reservation, received_by: str, quantity: int, now: datetime) -> Decision:
    """送达, signed for; ``quantity`` may be less than what was sent.

    Raises RefusedTransition and MoreThanShipped.
    """
    status = advance(TRANSITIONS, reservation.status, "deliver")
    if quantity > reservation.quantity:
        raise MoreThanShipped(quantity, reservation.quantity)
    event = MaterialDelivered(
        **_about(reservation), quantity=quantity, received_by=received_by, delivered_at=now
    )
    changed = replace(
        reservation, status=status, received_by=received_by, delivered=quantity, delivered_at=now
    )
    return changed, event


def cancel(reservation: Reservation, reason: str, now: datetime) -> Decision:
    """The stock is free again; only before it has left. Raises RefusedTransition."""
    status = advance(TRANSITIONS, reservation.status, "cancel")
    event = ReservationCancelled(**_about(reservation), reason=reason, cancelled_at=now)
    return replace(reservation, status=status, reason=reason, cancelled_at=now), event


def _about(reservation: Reservation) -> dict[str, str]:
    return {
        "reservation_id": reservation.reservation_id,
        "incident_id": reservation.incident_id,
        "jurisdiction": reservation.jurisdiction,
    }
