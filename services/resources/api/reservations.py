"""Reservations of this node's stock: made, shipped, delivered, cancelled."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.values import Id, Line, Location, Slug, Value
from services.resources.api.access import Logistics, PathId, context_of
from services.resources.api.views import ReservationsView, ReservationView, reservation_view
from services.resources.domain import reservation as domain
from services.resources.domain.reservation import Decision, Reservation
from services.resources.reserving import Wish, require_item, reserve
from services.resources.store import depots, incidents, reservations
from shared.database import UnitOfWork
from shared.http.commands import Call
from shared.ids import new_id

router = APIRouter(tags=["reservations"])
Decide = Callable[[Reservation, datetime], Decision]
Effect = Callable[[UnitOfWork, Reservation], Awaitable[None]]
Quantity = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]


class ReservationBody(Value):
    """What is wanted for an incident, from the nearest depots or from one."""

    incident_id: Id
    item: Slug
    quantity: Quantity
    destination: Location
    depot_id: Id | None = None


class ShipBody(Value):
    """Who carries it."""

    carrier: Line


class DeliverBody(Value):
    """Who signed for how much."""

    received_by: Line
    quantity: Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


class CancelBody(Value):
    """Why it is not needed any more."""

    reason: Line


@router.post("/reservations", status_code=201, response_model=ReservationsView)
async def make(request: Request, body: ReservationBody, call: Logistics) -> Response:
    """Set stock aside; ``missing`` says how much nobody here can give."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReservationsView:
        require_item(context, body.item)
        await incidents.require_open(unit.connection, body.incident_id)
        if body.depot_id is not None:
            await depots.require(unit.connection, body.depot_id)
        wish = Wish(str(new_id()), **dict(body), for_jurisdiction=context.node)
        made, missing = await reserve(unit, context, wish)
        return ReservationsView(reservations=[reservation_view(one) for one in made], missing=missing)

    return await call.run("reservation.make", body.incident_id, body, work, status=201)


@router.post("/reservations/{reservation_id}/ship", response_model=ReservationView)
async def ship(reservation_id: PathId, body: ShipBody, call: Logistics) -> Response:
    """出库: the material leaves the depot."""

    async def leave(unit: UnitOfWork, one: Reservation) -> None:
        await depots.take(unit, one.depot_id, one.item, one.quantity)

    return await _move(
        call, "ship", reservation_id, body, lambda one, now: domain.ship(one, body.carrier, now), leave
    )


@router.post("/reservations/{reservation_id}/deliver", response_model=ReservationView)
async def deliver(reservation_id: PathId, body: DeliverBody, call: Logistics) -> Response:
    """送达: signed for, all of it or less."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.deliver(one, body.received_by, body.quantity, now)

    return await _move(call, "deliver", reservation_id, body, decide)


@router.post("/reservations/{reservation_id}/cancel", response_model=ReservationView)
async def cancel(reservation_id: PathId, body: CancelBody, call: Logistics) -> Response:
    """The stock is free again."""

    async def free(unit: UnitOfWork, one: Reservation) -> None:
        await depots.promise(unit, one.depot_id, one.item, -one.quantity)

    return await _move(
        call, "cancel", reservation_id, body, lambda one, now: domain.cancel(one, body.reason, now), free
    )


async def _nothing(_: UnitOfWork, __: Reservation) -> None:
    return None


async def _move(
    call: Call, name: str, reservation_id: str, body: Value, decide: Decide, effect: Effect = _nothing
) -> Response:
    async def work(unit: UnitOfWork) -> ReservationView:
        one = await reservations.require(unit, reservation_id)
        moved, event = decide(one, unit.now)
        await effect(unit, one)
        await reservations.save(unit, moved)
        unit.publish(event)
        return reservation_view(moved)

    return await call.run(f"reservation.{name}", reservation_id, body, work)
