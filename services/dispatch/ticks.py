"""Due work: orders that nobody acknowledged in time."""

from services.dispatch.domain.order import Order, notice_overdue
from services.dispatch.store import orders
from shared.database import UnitOfWork
from shared.ticks import Tick


async def notice(unit: UnitOfWork, order: Order) -> None:
    """Say once of a silent team that its acknowledgement is overdue, and by how much."""
    noticed, event = notice_overdue(order, unit.now)
    await orders.save(unit, noticed)
    unit.publish(event)


ACKNOWLEDGEMENTS = Tick(orders.take_unacknowledged, lambda order: order.order_id, notice)
