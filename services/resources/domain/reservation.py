"""A reservation of one depot's stock for one incident, from reserving to the last piece used or returned.

The owner of the stock ships, the receiver counts what arrives; what is short of it somebody settles. Each node writes
its own facts and follows the other's, so where it stands is a function of the facts, whatever came first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from contracts.events.resource import (
    DifferenceSettled,
    MaterialDelivered,
    MaterialReceived,
    MaterialReserved,
    MaterialReturned,
    MaterialShipped,
    MaterialUsed,
    ReservationCancelled,
    ReservationEvent,
    ReservationExpired,
    ReservationExtended,
    Settlement,
)
from contracts.reasons import Why, code_of, words_of
from contracts.state_machine import Transitions, advance
from contracts.values import Location
from services.resources.domain.refusals import (
    MoreThanArrived,
    MoreThanLeft,
    MoreThanShipped,
    NothingToSettle,
    NotLater,
)


class ReservationStatus(StrEnum):
    """Where the material is."""

    RESERVED = "reserved"
    SHIPPED = "shipped"
    RECEIVED = "received"
    USED = "used"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


S = ReservationStatus
TRANSITIONS: Transitions[ReservationStatus] = {
    (S.RESERVED, "extend"): S.RESERVED,
    (S.RESERVED, "ship"): S.SHIPPED,
    (S.RESERVED, "cancel"): S.CANCELLED,
    (S.RESERVED, "expire"): S.EXPIRED,
    (S.SHIPPED, "receive"): S.RECEIVED,
    (S.RECEIVED, "use_part"): S.RECEIVED,
    (S.RECEIVED, "use_rest"): S.USED,
    (S.RECEIVED, "return_part"): S.RECEIVED,
    (S.RECEIVED, "return_rest"): S.RETURNED,
    (S.RECEIVED, "settle"): S.RECEIVED,
    (S.USED, "settle"): S.USED,
    (S.RETURNED, "settle"): S.RETURNED,
    (S.USED, "settle_late"): S.RECEIVED,
    (S.RETURNED, "settle_late"): S.RECEIVED,
}
LIVE = frozenset({S.RESERVED, S.SHIPPED, S.RECEIVED})


@dataclass(frozen=True)
class Reservation:
    """Part of a depot's stock, promised to one incident.

    ``received``: pieces that arrived, ``damaged`` of them; ``used`` and ``returned``: so far, of those that are whole.
    """

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
    offer_id: str | None = None
    expires_at: datetime | None = None
    status: ReservationStatus = ReservationStatus.RESERVED
    carrier: str = ""
    shipped_at: datetime | None = None
    received_by: str = ""
    received: int | None = None
    damaged: int = 0
    received_at: datetime | None = None
    settlement: Settlement | None = None
    used: int = 0
    returned: int = 0
    cancelled_at: datetime | None = None
    expired_at: datetime | None = None
    reason: str = ""

    @property
    def difference(self) -> int:
        """Pieces that were shipped and did not arrive."""
        return 0 if self.received is None else self.quantity - self.received

    @property
    def left(self) -> int:
        """Whole pieces that arrived and are neither used nor returned."""
        return max(0, (self.received or 0) - self.damaged - self.used - self.returned)


Decision = tuple[Reservation, ReservationEvent]


def status_of(reservation: Reservation) -> ReservationStatus:
    """Where the material is, by the facts."""
    if reservation.shipped_at is None:
        if reservation.cancelled_at is not None:
            return S.CANCELLED
        return S.EXPIRED if reservation.expired_at is not None else S.RESERVED
    if reservation.received is None:
        return S.SHIPPED
    if reservation.left or not (reservation.used or reservation.returned):
        return S.RECEIVED
    return S.USED if reservation.used else S.RETURNED


def stock_reserved(reservation: Reservation) -> MaterialReserved:
    """The fact that stock is set aside."""
    return MaterialReserved(**{name: getattr(reservation, name) for name in MaterialReserved.model_fields})


def extend(reservation: Reservation, until: datetime, now: datetime) -> Decision:
    """Held longer. Raises RefusedTransition, NotLater."""
    advance(TRANSITIONS, reservation.status, "extend")
    if until <= max(now, reservation.expires_at or now):
        raise NotLater(until.isoformat())
    event = ReservationExtended(**_as_owner(reservation), expires_at=until, extended_at=now)
    return replace(reservation, expires_at=until), event


def ship(reservation: Reservation, carrier: str, now: datetime) -> Decision:
    """出库: on its way; the depot no longer has it. Raises RefusedTransition."""
    status = advance(TRANSITIONS, reservation.status, "ship")
    event = MaterialShipped(
        **_as_owner(reservation), destination=reservation.destination, carrier=carrier, shipped_at=now
    )
    return replace(reservation, status=status, carrier=carrier, shipped_at=now), event


def receive(
    reservation: Reservation, received_by: str, quantity: int, damaged: int, now: datetime
) -> Decision:
    """签收 by the receiver: so many arrived, so many of them damaged.

    Raises RefusedTransition, MoreThanShipped, MoreThanArrived.
    """
    status = advance(TRANSITIONS, reservation.status, "receive")
    _require_countable(reservation, quantity, damaged)
    changed = replace(
        reservation,
        status=status,
        received_by=received_by,
        received=quantity,
        damaged=damaged,
        received_at=now,
    )
    event = MaterialReceived(
        **_to_owner(reservation),
        quantity=quantity,
        damaged=damaged,
        difference=changed.difference,
        received_by=received_by,
        received_at=now,
    )
    return changed, event


def settle(reservation: Reservation, outcome: Settlement, reason: str, by: str, now: datetime) -> Decision:
    """What became of the pieces that did not arrive. Raises RefusedTransition, NothingToSettle."""
    late = outcome == "arrived_late" and reservation.status is not S.RECEIVED
    advance(TRANSITIONS, reservation.status, "settle_late" if late else "settle")
    if not reservation.difference or reservation.settlement is not None:
        raise NothingToSettle(reservation.reservation_id)
    event = DifferenceSettled(
        **_as_owner(reservation),
        quantity=reservation.difference,
        outcome=outcome,
        reason=reason,
        settled_by=by,
        settled_at=now,
    )
    return _settled_reservation(reservation, event), event


def use(reservation: Reservation, quantity: int, by: str, now: datetime) -> Decision:
    """消耗 by the receiver. Raises RefusedTransition, MoreThanLeft."""
    status = advance(TRANSITIONS, reservation.status, _of(reservation, "use", quantity))
    _require_left(reservation, quantity)
    changed = replace(reservation, status=status, used=reservation.used + quantity)
    event = MaterialUsed(**_to_owner(reservation), total=changed.used, used_by=by, used_at=now)
    return replace(changed, status=status_of(changed)), event


def take_back(reservation: Reservation, quantity: int, now: datetime) -> Decision:
    """归还入库, counted by the owner's depot. Raises RefusedTransition, MoreThanLeft."""
    status = advance(TRANSITIONS, reservation.status, _of(reservation, "return", quantity))
    _require_left(reservation, quantity)
    changed = replace(reservation, status=status, returned=reservation.returned + quantity)
    event = MaterialReturned(**_as_owner(reservation), total=changed.returned, returned_at=now)
    return replace(changed, status=status_of(changed)), event


def cancel(reservation: Reservation, why: Why, now: datetime) -> Decision:
    """The stock is free again; only before it has left. Raises RefusedTransition."""
    status = advance(TRANSITIONS, reservation.status, "cancel")
    reason = words_of(why)
    event = ReservationCancelled(
        **_as_owner(reservation), reason=reason, reason_code=code_of(why), cancelled_at=now
    )
    return replace(reservation, status=status, reason=reason, cancelled_at=now), event


def expire(reservation: Reservation, now: datetime) -> Decision:
    """It was not shipped in time: the stock is free again. Raises RefusedTransition."""
    status = advance(TRANSITIONS, reservation.status, "expire")
    event = ReservationExpired(**_as_owner(reservation), expired_at=now)
    return replace(reservation, status=status, expired_at=now), event


def with_foreign_fact(view: Reservation, event: ReservationEvent) -> Reservation:
    """The reservation with another node's fact, in whatever order they come; raises as ``receive`` does."""
    return _with_status(_FOLLOWED[type(event)](view, event))


def _shipped(view: Reservation, event: MaterialShipped) -> Reservation:
    return replace(view, carrier=event.carrier, shipped_at=event.shipped_at, destination=event.destination)


def _received(view: Reservation, event: MaterialReceived) -> Reservation:
    _require_countable(view, event.quantity, event.damaged)
    counted = replace(view, received=event.quantity, damaged=event.damaged)
    return replace(counted, received_by=event.received_by, received_at=event.received_at)


def _delivered(view: Reservation, event: MaterialDelivered) -> Reservation:
    _require_countable(view, event.quantity, 0)
    return replace(
        view, received_by=event.received_by, received_at=event.delivered_at, received=event.quantity
    )


def _extended(view: Reservation, event: ReservationExtended) -> Reservation:
    return replace(view, expires_at=max(event.expires_at, view.expires_at or event.expires_at))


def is_receiver_s(event: ReservationEvent) -> bool:
    """Whether the receiver says it; all else is the owner's to say."""
    return isinstance(event, MaterialReceived | MaterialUsed)


def may_concern(event: ReservationEvent, node: str) -> bool:
    """Whether what is said of a reservation that is not known may be about one for ``node``."""
    return not is_receiver_s(event) and getattr(event, "for_jurisdiction", None) in {None, node}


def _settled_reservation(reservation: Reservation, event: DifferenceSettled) -> Reservation:
    received = reservation.received
    if event.outcome == "arrived_late" and reservation.settlement is None and received is not None:
        received += event.quantity
    return _with_status(replace(reservation, received=received, settlement=event.outcome))


def _with_status(reservation: Reservation) -> Reservation:
    return replace(reservation, status=status_of(reservation))


def _of(reservation: Reservation, command: str, quantity: int) -> str:
    return f"{command}_rest" if quantity >= reservation.left else f"{command}_part"


def _require_left(reservation: Reservation, quantity: int) -> None:
    if quantity > reservation.left:
        raise MoreThanLeft(quantity, reservation.left)


def _require_countable(reservation: Reservation, quantity: int, damaged: int) -> None:
    if quantity > reservation.quantity:
        raise MoreThanShipped(quantity, reservation.quantity)
    if damaged > quantity:
        raise MoreThanArrived(damaged, quantity)


def _about(reservation: Reservation) -> dict[str, str]:
    return {
        "reservation_id": reservation.reservation_id,
        "incident_id": reservation.incident_id,
        "jurisdiction": reservation.jurisdiction,
    }


def _as_owner(reservation: Reservation) -> dict[str, str]:
    return {**_about(reservation), "for_jurisdiction": reservation.for_jurisdiction}


def _to_owner(reservation: Reservation) -> dict[str, str]:
    receiver = {"jurisdiction": reservation.for_jurisdiction, "target": reservation.jurisdiction}
    return {**_about(reservation), **receiver}


_FOLLOWED: dict[type[ReservationEvent], Callable[[Reservation, Any], Reservation]] = {
    MaterialShipped: _shipped,
    MaterialReceived: _received,
    MaterialDelivered: _delivered,
    DifferenceSettled: _settled_reservation,
    MaterialUsed: lambda view, event: replace(view, used=max(view.used, event.total)),
    MaterialReturned: lambda view, event: replace(view, returned=max(view.returned, event.total)),
    ReservationCancelled: lambda view, event: replace(
        view, cancelled_at=event.cancelled_at, reason=event.reason
    ),
    ReservationExpired: lambda view, event: replace(view, expired_at=event.expired_at),
    ReservationExtended: _extended,
}
