"""Requests for material between nodes: asked here, answered there, and the other way round."""

from contracts.events.resource import (
    MaterialAccepted,
    MaterialDeclined,
    MaterialEvent,
    MaterialExpired,
    MaterialExtended,
    MaterialOffered,
    MaterialRequested,
    MaterialWithdrawn,
)
from contracts.messages import text
from services.resources.context import Context
from services.resources.domain import request as domain
from services.resources.domain.request import Request
from services.resources.lending import answer_by_policy, give_accepted
from services.resources.requesting import accept_if_wanted
from services.resources.reserving import free, hold_longer
from services.resources.store import incidents, requests, reservations
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_requested(received: Received[MaterialRequested], unit: UnitOfWork, context: Context) -> None:
    """Another node asks: the plan's policy answers, or it waits for a logistics officer."""
    event = received.event
    if event.target != context.node:
        return
    await incidents.gate(unit, event.incident_id)
    request = domain.of_event(event)
    if await requests.add(unit, request):
        await answer_by_policy(unit, context, request)


async def on_offered(received: Received[MaterialOffered], unit: UnitOfWork, context: Context) -> None:
    """The node asked consents: taken at once, if the request says so."""
    event = received.event
    if request := await _asked_by_us(unit, context, event):
        followed = domain.follow_offer(request, event)
        if followed is not request:
            await accept_if_wanted(unit, followed, event.offer_id)


async def on_declined(received: Received[MaterialDeclined], unit: UnitOfWork, context: Context) -> None:
    """The node asked can't give it, or not all."""
    event = received.event
    if request := await _asked_by_us(unit, context, event):
        await requests.save(unit, domain.follow_end(request, "decline", event.reason))


async def on_accepted(received: Received[MaterialAccepted], unit: UnitOfWork, context: Context) -> None:
    """The asker takes what was offered: now it is set aside."""
    if request := await _asked_of_us(unit, context, received.event):
        followed = domain.follow_acceptance(request, received.event)
        if followed is not request:
            await give_accepted(unit, context, followed, received.event.offer_id)


async def on_withdrawn(received: Received[MaterialWithdrawn], unit: UnitOfWork, context: Context) -> None:
    """The asker needs no more: what is not shipped is free again."""
    event = received.event
    if request := await _asked_of_us(unit, context, event):
        await requests.save(unit, domain.follow_end(request, "withdraw", event.reason))
        await free(
            unit,
            context,
            await reservations.reservations_unshipped(unit, request_id=event.request_id),
            event.reason,
        )


async def on_extended(received: Received[MaterialExtended], unit: UnitOfWork, context: Context) -> None:
    """The asker waits longer, and what is set aside is held as long."""
    event = received.event
    if request := await _asked_of_us(unit, context, event):
        await requests.save(unit, domain.follow_extension(request, event))
        held = await reservations.reservations_unshipped(unit, request_id=event.request_id)
        await hold_longer(unit, context, held, event.until)


async def on_expired(received: Received[MaterialExpired], unit: UnitOfWork, context: Context) -> None:
    """The asker waits no longer for what was not offered."""
    if request := await _asked_of_us(unit, context, received.event):
        reason = text("resources.not_answered", "zh")
        await requests.save(unit, domain.follow_end(request, "expire", reason))


async def _asked_by_us(unit: UnitOfWork, context: Context, event: MaterialEvent) -> Request | None:
    """Our request that the node asked speaks of. Raises NotFound for an answer to what was never asked."""
    if event.target != context.node:
        return None
    request = await requests.require(unit, event.request_id)
    return request if (request.jurisdiction, request.target) == (context.node, event.jurisdiction) else None


async def _asked_of_us(unit: UnitOfWork, context: Context, event: MaterialEvent) -> Request | None:
    """The request of another node to us that it speaks of, its incident's gate closed behind us.

    Raises NotFound while the request itself has not come.
    """
    if event.target != context.node:
        return None
    await incidents.gate(unit, event.incident_id)
    request = await requests.require(unit, event.request_id)
    return request if (request.target, request.jurisdiction) == (context.node, event.jurisdiction) else None


HANDLERS: Handlers[Context] = {
    MaterialRequested: on_requested,
    MaterialOffered: on_offered,
    MaterialDeclined: on_declined,
    MaterialAccepted: on_accepted,
    MaterialWithdrawn: on_withdrawn,
    MaterialExtended: on_extended,
    MaterialExpired: on_expired,
}
