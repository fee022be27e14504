"""Orders: given and ended by dispatchers, moved on by them or by the team itself."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.events.dispatch import ReleaseCause, Remark
from contracts.messages import text
from contracts.values import Id, Line, Location, Moment, Value
from services.dispatch.api.access import Dispatcher, PathId, TeamCall, context_of, gives_orders
from services.dispatch.api.views import OrdersView, OrderView, TeamView, order_view, team_view
from services.dispatch.domain import order as domain
from services.dispatch.domain.order import Decision, Entry, NotYours, NotYourTeam, Order, TeamBusy
from services.dispatch.ordering import Mission, give_orders
from services.dispatch.store import incidents, orders, teams
from shared.database import UnitOfWork
from shared.http.auth import Principal
from shared.http.commands import Call

router = APIRouter(tags=["orders"])
Decide = Callable[[Order, Entry], Decision]
Effect = Callable[[UnitOfWork, Order], Awaitable[None]]


class OrdersBody(Value):
    """Teams ordered to one incident, all of them or none; ``reason``: why others than were recommended."""

    incident_id: Id
    team_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)]
    task: Line
    reason: Remark = ""


class StepBody(Value):
    """A step, as it happens; or at an earlier time that a dispatcher was told of, with the reason (电台, 无信号).

    ``because`` alone: why it comes only now, as a phone says that had no signal.
    """

    at: Moment | None = None
    because: Remark = ""


class ReleaseBody(StepBody):
    """Why the team goes home; ``reason`` in words where the cause does not say all."""

    cause: ReleaseCause
    reason: Remark = ""


class DestinationBody(Value):
    """Where the team goes instead, and why."""

    destination: Location
    reason: Remark = ""


class Nothing(Value):
    """A command that needs no words."""


@router.post("/orders", status_code=201, response_model=OrdersView)
async def give(request: Request, body: OrdersBody, call: Dispatcher) -> Response:
    """派警: all teams or none; 409 names the order that holds a team."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> OrdersView:
        incident = await incidents.require(unit.connection, body.incident_id)
        incident.require_open(context.node)
        chosen = await teams.lock(unit, list(dict.fromkeys(body.team_ids)))
        mission = Mission(
            body.incident_id, body.task, incident.place, context.node, issued_by=call.principal.name
        )
        given = await give_orders(unit, context, chosen, mission, body.reason)
        return OrdersView(orders=[order_view(order) for order in given])

    return await call.run("order.issue", body.incident_id, body, work, status=201)


@router.post("/orders/{order_id}/acknowledge", response_model=OrderView)
async def acknowledge(order_id: PathId, body: StepBody, call: TeamCall) -> Response:
    """接令."""
    return await _step(call, "acknowledge", order_id, body, domain.acknowledge)


@router.post("/orders/{order_id}/depart", response_model=OrderView)
async def depart(order_id: PathId, body: StepBody, call: TeamCall) -> Response:
    """出动; a team that had not acknowledged does so by departing."""
    return await _step(call, "depart", order_id, body, domain.depart)


@router.post("/orders/{order_id}/arrive", response_model=OrderView)
async def arrive(order_id: PathId, body: StepBody, call: TeamCall) -> Response:
    """到场."""
    return await _step(call, "arrive", order_id, body, domain.arrive)


@router.post("/orders/{order_id}/release", response_model=OrderView)
async def release(order_id: PathId, body: ReleaseBody, call: TeamCall) -> Response:
    """归队; a team that has not acknowledged can't let itself go. One that broke down is not sent again until it is mended."""
    reason = body.reason or text(f"release_cause.{body.cause.value}", "zh")

    async def effect(unit: UnitOfWork, order: Order) -> None:
        if body.cause is ReleaseCause.BROKEN_DOWN:
            await teams.set_out(unit, order.team_id, reason)

    def decide(order: Order, entry: Entry) -> Decision:
        if not gives_orders(call.principal):
            domain.require_team_may_release(order)
        return domain.release(order, body.cause, reason, entry)

    return await _step(call, "release", order_id, body, decide, effect)


@router.post("/orders/{order_id}/undo", response_model=OrderView)
async def undo(request: Request, order_id: PathId, body: Nothing, call: TeamCall) -> Response:
    """撤销误报: the last step was entered by mistake, a moment ago."""
    within = context_of(request).undo_within

    async def work(unit: UnitOfWork) -> OrderView:
        order = await orders.require(unit, order_id)
        _require_own_team(call.principal, order)
        undone, events = domain.undo(order, call.principal.name, unit.now, within)
        await _require_free(unit, order)
        await orders.save(unit, undone)
        if order.release_cause is ReleaseCause.BROKEN_DOWN:
            await teams.set_out(unit, order.team_id, "")
        unit.publish(*events)
        return order_view(undone)

    return await call.run("order.undo", order_id, body, work)


@router.post("/orders/{order_id}/destination", response_model=OrderView)
async def redirect(order_id: PathId, body: DestinationBody, call: Dispatcher) -> Response:
    """改变目的地: the team goes elsewhere for the same incident."""

    def decide(order: Order, entry: Entry) -> Decision:
        return domain.redirect(order, body.destination, body.reason, entry.by, entry.now)

    return await _run_step(call, "redirect", order_id, body, Entry(call.principal.name, call.now), decide)


@router.post("/teams/{team_id}/mended", response_model=TeamView)
async def mend_team(team_id: PathId, body: Nothing, call: Dispatcher) -> Response:
    """恢复执勤: a team that broke down can be sent again."""

    async def work(unit: UnitOfWork) -> TeamView:
        await teams.lock(unit, [team_id])
        await teams.set_out(unit, team_id, "")
        (row,) = await teams.page(unit.connection, [team_id])
        return team_view(row)

    return await call.run("team.mended", team_id, body, work)


async def _nothing(_: UnitOfWork, __: Order) -> None:
    return None


async def _step(
    call: Call, name: str, order_id: str, body: StepBody, decide: Decide, effect: Effect = _nothing
) -> Response:
    if body.at is not None and not gives_orders(call.principal):
        raise NotYours("at")
    entry = Entry(call.principal.name, call.now, body.at, body.because)
    return await _run_step(call, name, order_id, body, entry, decide, effect)


async def _run_step(
    call: Call,
    name: str,
    order_id: str,
    body: Value,
    entry: Entry,
    decide: Decide,
    effect: Effect = _nothing,
) -> Response:
    async def work(unit: UnitOfWork) -> OrderView:
        order = await orders.require(unit, order_id)
        _require_own_team(call.principal, order)
        moved, events = decide(order, entry)
        await orders.save(unit, moved)
        await effect(unit, moved)
        unit.publish(*events)
        return order_view(moved)

    return await call.run(f"order.{name}", order_id, body, work)


async def _require_free(unit: UnitOfWork, order: Order) -> None:
    """Raise TeamBusy when the team of a released order has got another one since."""
    held_by = (await orders.holding(unit.connection, [order.team_id])).get(order.team_id)
    if held_by and held_by.order_id != order.order_id:
        raise TeamBusy("order_id", team=order.team_id, order=held_by.order_id)


def _require_own_team(principal: Principal, order: Order) -> None:
    if not gives_orders(principal) and principal.team != order.team_id:
        raise NotYourTeam("team_id", team=order.team_id)
