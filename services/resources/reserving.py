"""Setting stock aside: the same for a logistics officer's command and for another node's request."""

from dataclasses import dataclass

from contracts.values import Location
from services.resources.context import Context
from services.resources.domain.reservation import Reservation, UnknownItem, reserved
from services.resources.policy.allocating import allocate
from services.resources.store import depots, reservations
from shared.database import UnitOfWork
from shared.ids import new_id


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


def require_item(context: Context, item: str) -> None:
    """Raise UnknownItem for material the plan does not have."""
    if item not in context.plan.seed.items:
        raise UnknownItem("item", "unknown_item", item=item)


async def reserve(unit: UnitOfWork, context: Context, wish: Wish) -> tuple[list[Reservation], int]:
    """Reserve from the nearest depots and publish it; what was reserved, and how much nobody can give."""
    holdings = await depots.holdings(unit, wish.item, wish.depot_id)
    allocation = allocate(holdings, wish.quantity, wish.destination)
    item = context.plan.seed.items[wish.item]
    made = [
        Reservation(
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
            reserved_at=unit.now,
        )
        for holding, quantity in allocation.parts
    ]
    for one in made:
        await depots.promise(unit, one.depot_id, one.item, one.quantity)
    await reservations.add(unit, made)
    unit.publish(*(reserved(one) for one in made))
    return made, allocation.missing
