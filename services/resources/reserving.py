"""Setting stock aside and freeing it: the same for a logistics officer's command and for another node's request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.reasons import Why
from contracts.values import Location
from services.resources.context import Context
from services.resources.domain import reservation as domain
from services.resources.domain.refusals import UnknownItem
from services.resources.domain.reservation import Decision, Reservation, stock_reserved
from services.resources.policy.allocating import Holding, allocate
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
    offer_id: str | None = None


def require_item(context: Context, item: str) -> None:
    """Raise UnknownItem for material the plan does not have."""
    if item not in context.plan.seed.items:
        raise UnknownItem(item)


async def reserve(unit: UnitOfWork, context: Context, wish: Wish) -> tuple[list[Reservation], int]:
    """Reserve from the nearest depots and publish it; what was reserved, and how much nobody can give.

    The incident's gate is closed before. The stock looked at stays locked until the unit ends, so of two at once the
    second sees what is left.
    """
    holdings = await depots.holdings(unit, wish.item, wish.depot_id)
    allocation = allocate(holdings, wish.quantity, wish.destination)
    made = [_reservation(context, wish, *part, unit.now) for part in allocation.parts]
    for one in made:
        await depots.promise(unit, one.depot_id, one.item, one.quantity)
    await reservations.add(unit, made)
    unit.publish(*(stock_reserved(one) for one in made))
    return made, allocation.missing


def _reservation(context: Context, wish: Wish, holding: Holding, quantity: int, now: datetime) -> Reservation:
    item = context.plan.seed.items[wish.item]
    held = context.hold_for
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
        offer_id=wish.offer_id,
        expires_at=now + held if held else None,
    )


async def free(unit: UnitOfWork, context: Context, held: Sequence[Reservation], why: Why) -> None:
    """What was set aside and not shipped is free again."""
    for one in held:
        await keep(unit, context, domain.cancel(one, why, unit.now))
        await depots.promise(unit, one.depot_id, one.item, -one.quantity)


async def expire(unit: UnitOfWork, context: Context, one: Reservation) -> None:
    """It was not shipped in time."""
    await keep(unit, context, domain.expire(one, unit.now))
    await depots.promise(unit, one.depot_id, one.item, -one.quantity)


async def hold_longer(
    unit: UnitOfWork, context: Context, held: Sequence[Reservation], until: datetime
) -> None:
    """What is set aside is held until then, unless it is held longer anyhow."""
    for one in held:
        if one.expires_at is not None and one.expires_at < until:
            await keep(unit, context, domain.extend(one, until, unit.now))


async def keep(unit: UnitOfWork, context: Context, decision: Decision) -> Reservation:
    """What was decided about a reservation is kept and published."""
    changed, event = decision
    await reservations.save(unit, changed, context.node)
    unit.publish(event)
    return changed
