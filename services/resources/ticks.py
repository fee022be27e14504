"""Due work: what was set aside and not shipped in time, and requests that nobody answered in time."""

from collections.abc import Collection

from services.resources.context import Context
from services.resources.domain.request import Request
from services.resources.domain.reservation import Reservation
from services.resources.requesting import expire as expire_request
from services.resources.reserving import expire as expire_reservation
from services.resources.store import requests, reservations
from shared.database import UnitOfWork
from shared.ticks import Tick


def expiries(context: Context) -> Tick[Reservation]:
    """Reservations of this node's stock that hold no longer."""

    async def deal(unit: UnitOfWork, one: Reservation) -> None:
        await expire_reservation(unit, context, one)

    return Tick(reservations.take_expired, lambda one: one.reservation_id, deal)


def answers(context: Context) -> Tick[Request]:
    """Requests of this node that were not answered in time."""

    async def take(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Request]:
        return await requests.take_unanswered(unit, limit, left_out, context.node)

    return Tick(take, lambda request: request.request_id, expire_request)
