"""Orders: given by dispatchers, moved on by dispatchers or the team itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.values import Id, Line, Value
from services.dispatch.api.access import Dispatcher, PathId, TeamCall, context_of
from services.dispatch.api.views import OrdersView, OrderView, order_view
from services.dispatch.domain import order as domain
from services.dispatch.domain.order import Decision, IncidentOver, NotYourTeam, Order
from services.dispatch.ordering import give_orders
from services.dispatch.store import incidents, orders, teams
from shared.database import UnitOfWork
from shared.http.auth import Principal, Role
from shared.http.commands import Call

router = APIRouter(tags=["orders"])
Decide = Callable[[Order, datetime], Decision]


class OrdersBody(Value):
    """Teams ordered to one incident, all of them or none."""

    incident_id: Id
    team_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)]
    task: Line


class Nothing(Value):
    """A command that needs no words."""


class ReleaseBody(Value):
    """Why the team goes home."""

    reason: Line


@router.post("/orders", status_code=201, response_model=OrdersView)
async def give(request: Request, body: OrdersBody, call: Dispatcher) -> Response:
    """派警: all teams or none; 409 names the order that holds a team."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> OrdersView:
        incident = await incidents.require(unit.connection, body.incident_id)
        if incident.over:
            raise IncidentOver("incident_id", incident=body.incident_id)
        chosen = await teams.lock(unit, list(dict.fromkeys(body.team_ids)))
        who, node = call.principal.name, context.node
        given = await give_orders(
            unit, context, chosen, body.incident_id, body.task, incident.place, node, who
        )
        return OrdersView(orders=[order_view(order) for order in given])

    return await call.run("order.issue", body.incident_id, body, work, status=201)


@router.post("/orders/{order_id}/acknowledge", response_model=OrderView)
async def acknowledge(order_id: PathId, body: Nothing, call: TeamCall) -> Response:
    """接令."""
    return await _move(call, "acknowledge", order_id, body, domain.acknowledge)


@router.post("/orders/{order_id}/depart", response_model=OrderView)
async def depart(order_id: PathId, body: Nothing, call: TeamCall) -> Response:
    """出动."""
    return await _move(call, "depart", order_id, body, domain.depart)


@router.post("/orders/{order_id}/arrive", response_model=OrderView)
async def arrive(order_id: PathId, body: Nothing, call: TeamCall) -> Response:
    """到场."""
    return await _move(call, "arrive", order_id, body, domain.arrive)


@router.post("/orders/{order_id}/release", response_model=OrderView)
async def release(order_id: PathId, body: ReleaseBody, call: TeamCall) -> Response:
    """归队."""
    return await _move(
        call, "release", order_id, body, lambda order, now: domain.release(order, body.reason, now)
    )


async def _move(call: Call, name: str, order_id: str, body: Value, decide: Decide) -> Response:
    async def work(unit: UnitOfWork) -> OrderView:
        order = await orders.require(unit, order_id)
        _require_own_team(call.principal, order)
        moved, event = decide(order, unit.now)
        await orders.save(unit, moved)
        unit.publish(event)
        return order_view(moved)

    return await call.run(f"order.{name}", order_id, body, work)


def _require_own_team(principal: Principal, order: Order) -> None:
    if Role.DISPATCHER not in principal.roles and principal.subject != order.team_id:
        raise NotYourTeam("team_id", team=order.team_id)
