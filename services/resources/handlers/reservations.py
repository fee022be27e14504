"""What another node says of a reservation: the owner of the stock, or whoever receives it."""

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
)
from services.resources.context import Context
from services.resources.domain import request as asking
from services.resources.domain.reservation import Reservation, is_receiver_s, may_concern, with_foreign_fact
from services.resources.store import requests, reservations
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_reserved(received: Received[MaterialReserved], unit: UnitOfWork, context: Context) -> None:
    """Another node set stock aside for this one; what it said of it before that is made up for."""
    event = received.event
    if event.for_jurisdiction != context.node or event.jurisdiction == context.node:
        return
    request = await requests.require(unit, event.request_id)
    if event.offer_id is None:  # an older program reserves without an offer
        await requests.save(
            unit,
            asking.taken_at_once(request, event.reservation_id, event.quantity, event.reserved_at),
        )
    view = Reservation(
        reservation_id=event.reservation_id,
        request_id=event.request_id,
        incident_id=event.incident_id,
        jurisdiction=event.jurisdiction,
        depot_id=event.depot_id,
        depot_name=event.depot_name,
        item=event.item,
        item_name=event.item_name,
        quantity=event.quantity,
        unit=event.unit,
        for_jurisdiction=event.for_jurisdiction,
        destination=request.destination,
        reserved_at=event.reserved_at,
        offer_id=event.offer_id,
        expires_at=event.expires_at,
    )
    for earlier in await reservations.take_news(unit, event.reservation_id):
        view = with_foreign_fact(view, earlier)
    await reservations.add(unit, [view], own=False)


async def on_news(received: Received[Any], unit: UnitOfWork, context: Context) -> None:
    """A fact about a reservation, by the node whose fact it is to say; of one that is not known it is kept."""
    event: ReservationEvent = received.event
    known = await reservations.find(unit, event.reservation_id)
    if known is None:
        if may_concern(event, context.node):
            await reservations.keep_news(unit, event)
        return
    speaker = known.for_jurisdiction if is_receiver_s(event) else known.jurisdiction
    if event.jurisdiction == speaker != context.node:
        await reservations.save(unit, with_foreign_fact(known, event), context.node)


HANDLERS: Handlers[Context] = {
    MaterialReserved: on_reserved,
    MaterialShipped: on_news,
    MaterialReceived: on_news,
    MaterialDelivered: on_news,
    DifferenceSettled: on_news,
    MaterialUsed: on_news,
    MaterialReturned: on_news,
    ReservationCancelled: on_news,
    ReservationExpired: on_news,
    ReservationExtended: on_news,
}
