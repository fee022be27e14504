"""请求物资支援 at the node that asks, and what ends with an incident."""

from contracts.reasons import ReasonCode, Why
from services.resources.context import Context
from services.resources.domain import request as domain
from services.resources.domain.refusals import NotLinked
from services.resources.domain.request import UNSETTLED, Request
from services.resources.lending import say_no
from services.resources.reserving import free, require_item
from services.resources.store import incidents, requests, reservations
from shared.database import UnitOfWork


async def ask(unit: UnitOfWork, context: Context, request: Request) -> Request:
    """Ask a linked node. Raises UnknownItem, NotLinked, NotFound, IncidentOver."""
    require_item(context, request.item)
    if not context.is_linked(request.target):
        raise NotLinked(request.target, context.node)
    await incidents.gate(unit, request.incident_id)
    await incidents.require_open(unit.connection, request.incident_id, context.node)
    await requests.add(unit, request)
    unit.publish(domain.material_requested(request))
    return request


async def accept_if_wanted(unit: UnitOfWork, request: Request, offer_id: str) -> None:
    """Keep an offer; take it at once if the request says so and its incident is not over."""
    over = await incidents.is_over_for(unit.connection, request.incident_id, request.jurisdiction)
    if over or not request.accepts_offers:
        await requests.save(unit, request)
        return
    accepted, event = domain.accept(request, offer_id, "", unit.now)
    await requests.save(unit, accepted)
    unit.publish(event)


async def withdraw(unit: UnitOfWork, request: Request, why: Why) -> Request:
    """The asker needs no more. Raises RefusedTransition."""
    withdrawn, event = domain.withdraw(request, why, unit.now)
    await requests.save(unit, withdrawn)
    unit.publish(event)
    return withdrawn


async def expire(unit: UnitOfWork, request: Request) -> None:
    """The node asked has not offered all in time."""
    expired, event = domain.expire(request, unit.now)
    await requests.save(unit, expired)
    unit.publish(event)


async def end_with_incident(unit: UnitOfWork, context: Context, incident_id: str) -> None:
    """For whom the incident is over: what he still waits for ends, and what is set aside for him and not shipped is free."""
    over: dict[str, bool] = {}

    async def is_over(node: str) -> bool:
        if node not in over:
            over[node] = await incidents.is_over_for(unit.connection, incident_id, node)
        return over[node]

    if await is_over(context.node):
        for request in await requests.live_of(unit, incident_id, context.node, "asker"):
            if request.status in UNSETTLED or await reservations.is_any_unshipped(unit, request.request_id):
                await withdraw(unit, request, ReasonCode(key="resources.no_longer_needed"))
    for request in await requests.live_of(unit, incident_id, context.node, "lender"):
        if request.is_waiting and await is_over(request.jurisdiction):
            await say_no(
                unit, request, ReasonCode(key="resources.incident_over", values={"incident": incident_id})
            )
    held = [
        one
        for one in await reservations.reservations_unshipped(unit, incident_id=incident_id)
        if await is_over(one.for_jurisdiction)
    ]
    await free(unit, context, held, ReasonCode(key="resources.no_longer_needed"))
