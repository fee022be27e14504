"""Due work: orders that nobody acknowledged in time, requests for support that nobody answered in time."""

from collections.abc import Collection

from services.dispatch.context import Context
from services.dispatch.domain.order import Order
from services.dispatch.domain.order import notice_overdue as order_overdue
from services.dispatch.domain.support import Support
from services.dispatch.store import orders, supports
from services.dispatch.supporting import notice_overdue
from shared.database import UnitOfWork
from shared.ticks import Tick


async def notice(unit: UnitOfWork, order: Order) -> None:
    """Say once of a silent team that its acknowledgement is overdue, and by how much."""
    noticed, events = order_overdue(order, unit.now)
    await orders.save(unit, noticed)
    unit.publish(*events)


ACKNOWLEDGEMENTS = Tick(orders.take_unacknowledged, lambda order: order.order_id, notice)


def answers(context: Context) -> Tick[Support]:
    """Requests of this node that their lender has not answered in time."""

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Support]:
        return await supports.take_unanswered(unit, limit, left_out, context.node)

    async def deal(unit: UnitOfWork, support: Support) -> None:
        await notice_overdue(unit, context, support)

    return Tick(take, lambda support: support.request_id, deal)
