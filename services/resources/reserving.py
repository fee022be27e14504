"""Setting stock aside: the same for a logistics officer's command and for another node's request."""

from dataclasses import dataclass
from datetime import datetime

from contracts.events.resource import MaterialDeclined, MaterialRequested
from contracts.messages import text
from contracts.values import Location
from services.resources.context import Context
from services.resources.domain.refusals import UnknownItem
from services.resources.domain.reservation import Reservation, reserved
from services.resources.policy.allocating import Holding, allocate
from services.resources.store import depots, reservations
from shared.database import UnitOfWork
from shared.ids import new_id

LONGEST_REASON = 200


@dataclass(frozen=True)
class Wish:
    """What is wanted, where and for whom; ``depot_id`` where only one will do."""

    request_id: str
    incident_id: str
    item: str
    quantity: int
    destination: Location
    for_jurisdiction: str
    depot_id: str | None = None


def wish_of(event: MaterialRequested) -> Wish:
    """What another node wants of this one."""
    about = (event.request_id, event.incident_id, event.item, event.quantity)
    return Wish(*about, event.destination, event.jurisdiction)


def require_item(context: Context, item: str) -> None:
    """Raise UnknownItem for material the plan does not have."""
    if item not in context.plan.seed.items:
        raise UnknownItem(item)


async def reserve(unit: UnitOfWork, context: Context, wish: Wish) -> tuple[list[Reservation], int]:
    """Reserve from the nearest depots and publish it; what was reserved, and how much nobody can give.

    The stock looked at stays locked until the unit ends, so of two at once the second sees what is left.
    """
    holdings = await depots.holdings(unit, wish.item, wish.depot_id)
    allocation = allocate(holdings, wish.quantity, wish.destination)
    made = [_reservation(context, wish, *part, unit.now) for part in allocation.parts]
    for one in made:
        await depots.promise(unit, one.depot_id, one.item, one.quantity)
    await reservations.add(unit, made)
    unit.publish(*(reserved(one) for one in made))
    return made, allocation.missing


def _reservation(context: Context, wish: Wish, holding: Holding, quantity: int, now: datetime) -> Reservation:
    item = context.plan.seed.items[wish.item]
    return Reservation(
        reservation_id=str(new_id()),
        request_id=wish.request_id,
        incident_id=wish.incident_id,
        jurisdiction=context.node,
        depot_id=holding.depot_id,
        depot_name=holding.depot_name,
        item=wish.item,
        item_name=item.name,
        quantity=quantity,
        unit=item.unit,
        for_jurisdiction=wish.for_jurisdiction,
        destination=wish.destination,
        reserved_at=now,
    )


def declined(event: MaterialRequested, context: Context, missing: int, now: datetime) -> MaterialDeclined:
    """The answer for what this node can't give, with the reason."""
    return MaterialDeclined(
        request_id=event.request_id,
        incident_id=event.incident_id,
        jurisdiction=context.node,
        target=event.jurisdiction,
        item=event.item,
        missing=missing,
        reason=_why(event, context, missing)[:LONGEST_REASON],
        declined_at=now,
    )


def _why(event: MaterialRequested, context: Context, missing: int) -> str:
    item = context.plan.seed.items.get(event.item)
    if item is None:
        return text("resources.unknown_item", "zh", item=event.item)
    return text("resources.not_in_stock", "zh", item=item.name, missing=missing, unit=item.unit)
