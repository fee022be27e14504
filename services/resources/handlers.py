"""What other nodes' facts do here: incidents become known, requests are answered, answers are noted."""

from dataclasses import replace
from typing import Any

from contracts.events.incident import (
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentEscalated,
    IncidentReopened,
    IncidentReported,
)
from contracts.events.resource import (
    MaterialDeclined,
    MaterialDelivered,
    MaterialRequested,
    MaterialReserved,
    MaterialShipped,
    ReservationCancelled,
)
from contracts.values import Location
from services.resources.context import Context
from services.resources.domain.reservation import Reservation, ReservationStatus
from services.resources.reserving import declined, reserve, wish_of
from services.resources.store import incidents, requests, reservations
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, _: Context) -> None:
    """Material can be promised to this incident."""
    event = received.event
    await incidents.remember(unit, event.incident_id, event.title, event.jurisdiction)


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, _: Context) -> None:
    """What it is called may be something else now."""
    if await inbox.is_newest(unit, received, "particulars"):
        await incidents.rename(unit, received.event.incident_id, received.event.title)


async def on_handed_on(
    received: Received[IncidentEscalated] | Received[CommandAssumed], unit: UnitOfWork, _: Context
) -> None:
    """An incident of another node that concerns this one now."""
    snapshot = received.event.snapshot
    await incidents.remember(unit, snapshot.incident_id, snapshot.title, snapshot.jurisdiction)


async def on_closed(received: Received[IncidentClosed], unit: UnitOfWork, context: Context) -> None:
    """Nothing new is promised to it; what is under way still arrives."""
    event = received.event
    if await inbox.is_newest(unit, received, "over"):
        await incidents.set_over(unit, event.incident_id, True, event.jurisdiction, context.node)


async def on_reopened(received: Received[IncidentReopened], unit: UnitOfWork, context: Context) -> None:
    """It goes on: material can be promised again."""
    event = received.event
    if await inbox.is_newest(unit, received, "over"):
        await incidents.set_over(unit, event.incident_id, False, event.jurisdiction, context.node)


async def on_requested(received: Received[MaterialRequested], unit: UnitOfWork, context: Context) -> None:
    """Another node asks: what there is gets reserved for it, the rest is declined with the reason."""
    event = received.event
    if event.target != context.node:
        return
    missing = event.quantity
    if event.item in context.plan.seed.items:
        _, missing = await reserve(unit, context, wish_of(event))
    if missing:
        unit.publish(declined(event, context, missing, unit.now))


async def on_reserved(received: Received[MaterialReserved], unit: UnitOfWork, context: Context) -> None:
    """Another node reserved for this one."""
    event = received.event
    if event.for_jurisdiction != context.node or event.jurisdiction == context.node:
        return
    destination = await requests.note(unit, event.request_id, event.quantity, 0)
    await reservations.add(unit, [_view(event, destination)], own=False)


async def on_declined(received: Received[MaterialDeclined], unit: UnitOfWork, context: Context) -> None:
    """Another node can't give it, or not all."""
    event = received.event
    if event.target == context.node:
        await requests.note(unit, event.request_id, 0, event.missing, event.reason)


async def on_shipped(received: Received[MaterialShipped], unit: UnitOfWork, _: Context) -> None:
    """What another node promised is on its way."""
    event = received.event
    told = {"carrier": event.carrier, "shipped_at": event.shipped_at, "destination": event.destination}
    await _follow(unit, received, status=ReservationStatus.SHIPPED, **told)


async def on_delivered(received: Received[MaterialDelivered], unit: UnitOfWork, _: Context) -> None:
    """What another node promised is here."""
    event = received.event
    told = {"received_by": event.received_by, "delivered": event.quantity, "delivered_at": event.delivered_at}
    await _follow(unit, received, status=ReservationStatus.DELIVERED, **told)


async def on_cancelled(received: Received[ReservationCancelled], unit: UnitOfWork, _: Context) -> None:
    """What another node promised will not come: the request counts it as missing again."""
    event = received.event
    told = {"reason": event.reason, "cancelled_at": event.cancelled_at}
    if view := await _follow(unit, received, status=ReservationStatus.CANCELLED, **told):
        await requests.note(unit, view.request_id, -view.quantity, view.quantity, event.reason)


def _view(event: MaterialReserved, destination: Location) -> Reservation:
    told = event.model_dump(include=set(Reservation.__dataclass_fields__))
    return Reservation(**told, destination=destination)


async def _follow(
    unit: UnitOfWork,
    received: Received[Any],
    status: ReservationStatus,
    **told: Any,  # noqa: ANN401 - fields of Reservation
) -> Reservation | None:
    """Bring the view of another node's reservation up to date; None when it is not for this node."""
    view = await reservations.watched(unit, received.event.reservation_id)
    if view is not None:
        status = status if await inbox.is_newest(unit, received, "status") else view.status
        await reservations.save(unit, replace(view, status=status, **told), own=False)
    return view


HANDLERS: Handlers[Context] = {
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentEscalated: on_handed_on,
    CommandAssumed: on_handed_on,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    MaterialRequested: on_requested,
    MaterialReserved: on_reserved,
    MaterialDeclined: on_declined,
    MaterialShipped: on_shipped,
    MaterialDelivered: on_delivered,
    ReservationCancelled: on_cancelled,
}
