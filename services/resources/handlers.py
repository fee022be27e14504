"""What other nodes' facts do here: incidents become known, requests are answered, answers are noted."""

from typing import Any

from contracts.events.incident import CommandAssumed, IncidentEscalated, IncidentReported
from contracts.events.resource import (
    MaterialDeclined,
    MaterialDelivered,
    MaterialRequested,
    MaterialReserved,
    MaterialShipped,
    ReservationCancelled,
    ReservationEvent,
)
from contracts.messages import text
from contracts.values import Location
from services.resources.context import Context
from services.resources.domain.reservation import Reservation, ReservationStatus
from services.resources.reserving import Wish, reserve
from services.resources.store import reservations
from shared.database import UnitOfWork
from shared.inbox_processor import Handlers
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, _: Context) -> None:
    """Material can be promised to this incident."""
    await reservations.remember_incident(unit, received.event.incident_id, received.event.title)


async def on_handed_on(
    received: Received[IncidentEscalated] | Received[CommandAssumed], unit: UnitOfWork, _: Context
) -> None:
    """An incident of another node that concerns this one now."""
    snapshot = received.event.snapshot
    await reservations.remember_incident(unit, snapshot.incident_id, snapshot.title)


async def on_requested(received: Received[MaterialRequested], unit: UnitOfWork, context: Context) -> None:
    """Another node asks: what there is gets reserved for it, the rest is declined with the reason."""
    event = received.event
    if event.target != context.node:
        return
    missing = event.quantity
    if event.item in context.plan.seed.items:
        wish = Wish(
            event.request_id,
            event.incident_id,
            event.item,
            event.quantity,
            event.destination,
            event.jurisdiction,
        )
        _, missing = await reserve(unit, context, wish)
    if missing:
        unit.publish(
            MaterialDeclined(
                request_id=event.request_id,
                incident_id=event.incident_id,
                jurisdiction=context.node,
                target=event.jurisdiction,
                item=event.item,
                missing=missing,
                reason=text("resources.not_in_stock", "zh", item=event.item, missing=missing),
                declined_at=unit.now,
            )
        )


async def on_reserved(received: Received[MaterialReserved], unit: UnitOfWork, context: Context) -> None:
    """Another node reserved for this one."""
    event = received.event
    if event.for_jurisdiction != context.node or event.jurisdiction == context.node:
        return
    names = set(Reservation.__dataclass_fields__) & set(MaterialReserved.model_fields)
    values: dict[str, Any] = {name: getattr(event, name) for name in names}
    view = Reservation(**values, destination=Location(lon=0, lat=0))
    await reservations.add(unit, [view], own=False)
    await reservations.note_answer(unit, event.request_id, event.quantity, 0, "")


async def on_declined(received: Received[MaterialDeclined], unit: UnitOfWork, context: Context) -> None:
    """Another node can't give it, or not all."""
    event = received.event
    if event.target == context.node:
        await reservations.note_answer(unit, event.request_id, 0, event.missing, event.reason)


async def on_moved(received: Received[ReservationEvent], unit: UnitOfWork, _: Context) -> None:
    """How far the material another node promised is."""
    event = received.event
    if (view := await reservations.watched(unit, event.reservation_id)) is None:
        return
    changes = {"status": _STATUS[type(event)], **_told(event)}
    await reservations.save(unit, Reservation(**{**vars(view), **changes}), own=False)


def _told(event: ReservationEvent) -> dict[str, Any]:
    """What the event says beside whom it is about."""
    told = event.model_dump(exclude={"reservation_id", "incident_id", "jurisdiction", "destination"})
    if isinstance(event, MaterialDelivered):
        told["delivered"] = told.pop("quantity")
    if isinstance(event, MaterialShipped):
        told["destination"] = event.destination
    return told


_STATUS: dict[type[ReservationEvent], ReservationStatus] = {
    MaterialShipped: ReservationStatus.SHIPPED,
    MaterialDelivered: ReservationStatus.DELIVERED,
    ReservationCancelled: ReservationStatus.CANCELLED,
}

HANDLERS: Handlers[Context] = {
    IncidentReported: on_reported,
    IncidentEscalated: on_handed_on,
    CommandAssumed: on_handed_on,
    MaterialRequested: on_requested,
    MaterialReserved: on_reserved,
    MaterialDeclined: on_declined,
    **dict.fromkeys(_STATUS, on_moved),
}
