"""物资支援 at the node that is asked: consent by the plan's policy or by a logistics officer."""

from contracts.reasons import ReasonCode, Why
from services.resources.context import Context
from services.resources.domain import request as domain
from services.resources.domain.refusals import IncidentOver, MoreThanFree
from services.resources.domain.request import Request
from services.resources.policy.lending import Stand, lendable
from services.resources.reserving import Wish, require_item, reserve
from services.resources.store import depots, incidents, requests, reservations
from shared.database import UnitOfWork
from shared.ids import new_id


async def answer_by_policy(unit: UnitOfWork, context: Context, request: Request) -> None:
    """Offer what the plan offers unasked; say no to what is not in stock or over; the rest waits for a person.

    For an incident that nobody has heard of here, nothing is offered without a person.
    """
    if await incidents.is_over_for(unit.connection, request.incident_id, request.jurisdiction):
        await say_no(unit, request, _incident_over(request))
        return
    if request.item not in context.plan.seed.items:
        await say_no(unit, request, ReasonCode(key="resources.unknown_item", values={"item": request.item}))
        return
    stand = await _stand(unit, context, request)
    if stand.free <= 0:
        await say_no(unit, request, _not_in_stock(context, request, request.missing))
        return
    if await incidents.find(unit.connection, request.incident_id) is None:
        return
    count = lendable(request.missing, stand, context.plan.mutual_aid.materials)
    if count:
        await _offer(unit, context, request, count, by="")


async def offer(unit: UnitOfWork, context: Context, request: Request, quantity: int, by: str) -> Request:
    """A logistics officer consents. Raises RefusedTransition, MoreThanAsked, MoreThanFree, IncidentOver, UnknownItem."""
    require_item(context, request.item)
    if await incidents.is_over_for(unit.connection, request.incident_id, request.jurisdiction):
        raise IncidentOver(request.incident_id)
    stand = await _stand(unit, context, request)
    if quantity > stand.free:
        raise MoreThanFree(quantity, stand.free)
    return await _offer(unit, context, request, quantity, by)


async def give_accepted(unit: UnitOfWork, context: Context, request: Request, offer_id: str) -> Request:
    """Set aside what the asker accepted; what is not there any more, or comes too late, is declined."""
    await requests.save(unit, request)
    quantity = request.offer(offer_id).quantity
    if await incidents.is_over_for(unit.connection, request.incident_id, request.jurisdiction):
        return await say_no(unit, request, _incident_over(request), quantity)
    wish = Wish(
        request.request_id,
        request.incident_id,
        request.item,
        quantity,
        request.destination,
        for_jurisdiction=request.jurisdiction,
        offer_id=offer_id if request.accepts_offers is not None else None,
    )
    _, missing = await reserve(unit, context, wish)
    if missing:
        return await say_no(unit, request, _not_in_stock(context, request, missing), missing)
    return request


async def say_no(unit: UnitOfWork, request: Request, why: Why, missing: int | None = None) -> Request:
    """Decline what is missing, or what was accepted and is not there. Raises RefusedTransition."""
    count = request.missing if missing is None else missing
    declined, event = domain.decline(request, count, why, unit.now)
    await requests.save(unit, declined)
    unit.publish(event)
    return declined


async def _offer(unit: UnitOfWork, context: Context, request: Request, quantity: int, by: str) -> Request:
    offer_id = str(new_id())
    offered, event = domain.offer(request, offer_id, quantity, by, unit.now)
    if request.accepts_offers is None:  # an older program knows no offers: what is offered is given at once
        given, _ = domain.accept(offered, offer_id, "", unit.now)
        return await give_accepted(unit, context, given, offer_id)
    await requests.save(unit, offered)
    unit.publish(event)
    return offered


async def _stand(unit: UnitOfWork, context: Context, request: Request) -> Stand:
    """How the item stands here, its stock locked until the unit ends."""
    held = await depots.holdings(unit, request.item)
    here, free = sum(one.quantity for one in held), sum(one.available for one in held)
    return await reservations.stand(unit.connection, request.item, context.node, here, free)


def _incident_over(request: Request) -> ReasonCode:
    return ReasonCode(key="resources.incident_over", values={"incident": request.incident_id})


def _not_in_stock(context: Context, request: Request, missing: int) -> ReasonCode:
    item = context.plan.seed.items[request.item]
    values = {"item": item.name, "missing": missing, "unit": item.unit}
    return ReasonCode(key="resources.not_in_stock", values=values)
