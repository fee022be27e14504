"""Reservations: made and shipped by the owner of the stock, counted and used by whoever receives it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.events.resource import Settlement
from contracts.values import Id, Line, Location, Moment, Slug, Value
from services.resources.api.access import Logistics, PathId, Quantity, context_of, name_of
from services.resources.api.views import ReservationsView, ReservationView, reservation_view
from services.resources.context import Context
from services.resources.domain import reservation as domain
from services.resources.domain.refusals import NotOurs
from services.resources.domain.reservation import Decision, Reservation
from services.resources.domain.stock import MovementKind
from services.resources.reserving import Wish, keep, require_item, reserve
from services.resources.store import depots, incidents, reservations
from services.resources.store.depots import Change
from shared.database import UnitOfWork
from shared.http.commands import Call
from shared.ids import new_id

router = APIRouter(tags=["reservations"])
Decide = Callable[[Reservation, datetime], Decision]
Effect = Callable[[UnitOfWork, Reservation], Awaitable[None]]
Counted = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


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


class ReceiveBody(Value):
    """Who counted how many pieces that arrived, and how many of them are damaged."""

    received_by: Line
    quantity: Counted
    damaged: Counted = 0


class SettleBody(Value):
    """What became of the pieces that did not arrive."""

    outcome: Settlement
    reason: Line


class PiecesBody(Value):
    """How many pieces."""

    quantity: Quantity


class CancelBody(Value):
    """Why it is not needed any more."""

    reason: Line


class HoldBody(Value):
    """Until when it is held."""

    until: Moment


@router.post("/reservations", status_code=201, response_model=ReservationsView)
async def make(request: Request, body: ReservationBody, call: Logistics) -> Response:
    """Set stock aside; ``missing`` says how much nobody here can give."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReservationsView:
        require_item(context, body.item)
        await incidents.gate(unit, body.incident_id)
        await incidents.require_open(unit.connection, body.incident_id, context.node)
        if body.depot_id is not None:
            await depots.require(unit.connection, body.depot_id)
        wish = Wish(str(new_id()), **dict(body), for_jurisdiction=context.node)
        made, missing = await reserve(unit, context, wish)
        return ReservationsView(reservations=[reservation_view(one) for one in made], missing=missing)

    return await call.run("reservation.make", body.incident_id, body, work, status=201)


@router.post("/reservations/{reservation_id}/ship", response_model=ReservationView)
async def ship(request: Request, reservation_id: PathId, body: ShipBody, call: Logistics) -> Response:
    """出库: the material leaves the depot."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.ship(one, body.carrier, now)

    return await _as_owner(
        request, call, "ship", reservation_id, body, decide, _moves(call, MovementKind.ISSUE)
    )


@router.post("/reservations/{reservation_id}/extend", response_model=ReservationView)
async def extend(request: Request, reservation_id: PathId, body: HoldBody, call: Logistics) -> Response:
    """延长: held longer."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.extend(one, body.until, now)

    return await _as_owner(request, call, "extend", reservation_id, body, decide)


@router.post("/reservations/{reservation_id}/cancel", response_model=ReservationView)
async def cancel(request: Request, reservation_id: PathId, body: CancelBody, call: Logistics) -> Response:
    """The stock is free again."""

    async def free(unit: UnitOfWork, one: Reservation) -> None:
        await depots.promise(unit, one.depot_id, one.item, -one.quantity)

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.cancel(one, body.reason, now)

    return await _as_owner(request, call, "cancel", reservation_id, body, decide, free)


@router.post("/reservations/{reservation_id}/receive", response_model=ReservationView)
async def receive(request: Request, reservation_id: PathId, body: ReceiveBody, call: Logistics) -> Response:
    """签收 by the receiver: what arrived, and how much of it is damaged."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.receive(one, body.received_by, body.quantity, body.damaged, now)

    return await _as_receiver(request, call, "receive", reservation_id, body, decide)


@router.post("/reservations/{reservation_id}/use", response_model=ReservationView)
async def use(request: Request, reservation_id: PathId, body: PiecesBody, call: Logistics) -> Response:
    """消耗 by the receiver."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.use(one, body.quantity, name_of(call), now)

    return await _as_receiver(request, call, "use", reservation_id, body, decide)


@router.post("/reservations/{reservation_id}/return", response_model=ReservationView)
async def take_back(request: Request, reservation_id: PathId, body: PiecesBody, call: Logistics) -> Response:
    """归还入库: the depot counts in what comes back."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.take_back(one, body.quantity, now)

    effect = _moves(call, MovementKind.RETURN, body.quantity)
    return await _as_owner(request, call, "return", reservation_id, body, decide, effect)


@router.post("/reservations/{reservation_id}/settle", response_model=ReservationView)
async def settle(request: Request, reservation_id: PathId, body: SettleBody, call: Logistics) -> Response:
    """差异处理: lost, brought back to the depot, or arrived after all."""

    def decide(one: Reservation, now: datetime) -> Decision:
        return domain.settle(one, body.outcome, body.reason, name_of(call), now)

    async def back(unit: UnitOfWork, one: Reservation) -> None:
        if body.outcome == "returned":
            await _moves(call, MovementKind.RETURN, one.difference)(unit, one)

    return await _as_owner(request, call, "settle", reservation_id, body, decide, back)


def _moves(call: Call, kind: MovementKind, quantity: int | None = None) -> Effect:
    async def effect(unit: UnitOfWork, one: Reservation) -> None:
        count = one.quantity if quantity is None else quantity
        about = {"by": name_of(call), "reservation_id": one.reservation_id}
        await depots.move(unit, Change(one.depot_id, one.item, kind, count, **about))

    return effect


async def _nothing(_: UnitOfWork, __: Reservation) -> None:
    return None


async def _as_owner(
    request: Request,
    call: Call,
    name: str,
    reservation_id: str,
    body: Value,
    decide: Decide,
    effect: Effect = _nothing,
) -> Response:
    """What only the node does whose stock it is, with what that does to the depot."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReservationView:
        one = await _of(unit, reservation_id, context, lambda one: one.jurisdiction)
        changed = await keep(unit, context, decide(one, unit.now))
        await effect(unit, one)
        return reservation_view(changed)

    return await call.run(f"reservation.{name}", reservation_id, body, work)


async def _as_receiver(
    request: Request, call: Call, name: str, reservation_id: str, body: Value, decide: Decide
) -> Response:
    """What only the node does that the material is for."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReservationView:
        one = await _of(unit, reservation_id, context, lambda one: one.for_jurisdiction)
        return reservation_view(await keep(unit, context, decide(one, unit.now)))

    return await call.run(f"reservation.{name}", reservation_id, body, work)


async def _of(
    unit: UnitOfWork, reservation_id: str, context: Context, whose: Callable[[Reservation], str]
) -> Reservation:
    one = await reservations.require(unit, reservation_id)
    if whose(one) != context.node:
        raise NotOurs("reservation_id", whose(one), context.node)
    return one
