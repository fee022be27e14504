"""Due work: orders that nobody acknowledged in time."""

from services.dispatch.domain.order import notice_overdue
from services.dispatch.store import orders
from shared.database import UnitOfWork


async def due_acknowledgements(unit: UnitOfWork) -> int:
    """Say once of each silent team that its acknowledgement is overdue, and by how much."""
    taken = await orders.take_unacknowledged(unit)
    for order in taken:
        noticed, event = notice_overdue(order, unit.now)
        await orders.save(unit, noticed)
        unit.publish(event)
    return len(taken)
