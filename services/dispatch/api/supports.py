"""请求增援: asked by this node, or of it."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.events import Event
from contracts.events.consultation import SupportRequest
from contracts.values import Id, JurisdictionCode, Line, Value
from services.dispatch.api.access import Dispatcher, Leader, PathId, context_of
from services.dispatch.api.views import SupportView, support_view
from services.dispatch.context import Context
from services.dispatch.domain import support as domain
from services.dispatch.domain.support import NotOurs, Support
from services.dispatch.lending import give, take_back
from services.dispatch.store import incidents, supports
from services.dispatch.supporting import ask, settle
from shared.database import UnitOfWork
from shared.http.commands import Call

router = APIRouter(tags=["support"])
Act = Callable[[UnitOfWork, Context, Support], Awaitable[Support]]
TeamIds = Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)]


class SupportBody(SupportRequest):
    """Teams asked of a linked node, by capability; ``then``: whom to ask next, the plan's order if it is not given."""

    incident_id: Id
    task: Line
    then: Annotated[tuple[JurisdictionCode, ...], Field(max_length=20)] | None = None


class OfferBody(Value):
    """The teams that are sent."""

    team_ids: TeamIds


class TakeBackBody(OfferBody):
    """The teams that go home, and why."""

    reason: Line


class ReasonBody(Value):
    """Why."""

    reason: Line


@router.post("/support-requests", status_code=201, response_model=SupportView)
async def request(request: Request, body: SupportBody, call: Leader) -> Response:
    """Ask the level above or a place directly below for teams; the answers come as events."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> SupportView:
        incident = await incidents.require(unit.connection, body.incident_id)
        incident.require_open(context.node)
        who = call.principal.name
        return support_view(await ask(unit, context, incident, body, body.task, who, body.then))

    return await call.run("support.request", body.incident_id, body, work, status=201)


@router.post("/support-requests/{request_id}/offer", response_model=SupportView)
async def offer(request: Request, request_id: PathId, body: OfferBody, call: Dispatcher) -> Response:
    """同意增援: these teams are ordered out under the asker's command; several offers add up."""

    async def act(unit: UnitOfWork, context: Context, support: Support) -> Support:
        chosen = list(dict.fromkeys(body.team_ids))
        return await give(unit, context, support, chosen, call.principal.name)

    return await _as_lender(request, call, "offer", request_id, body, act)


@router.post("/support-requests/{request_id}/decline", response_model=SupportView)
async def decline(request: Request, request_id: PathId, body: ReasonBody, call: Dispatcher) -> Response:
    """无法增援, or no more than was offered."""

    async def act(unit: UnitOfWork, _: Context, support: Support) -> Support:
        return await _store_decision(unit, domain.decline(support, body.reason, unit.now))

    return await _as_lender(request, call, "decline", request_id, body, act)


@router.post("/support-requests/{request_id}/recall", response_model=SupportView)
async def recall(request: Request, request_id: PathId, body: TakeBackBody, call: Dispatcher) -> Response:
    """撤回增援: this node needs its teams itself; their orders end."""

    async def act(unit: UnitOfWork, _: Context, support: Support) -> Support:
        return await take_back(unit, support, body.team_ids, body.reason, call.principal.name)

    return await _as_lender(request, call, "recall", request_id, body, act)


@router.post("/support-requests/{request_id}/withdraw", response_model=SupportView)
async def withdraw(request: Request, request_id: PathId, body: ReasonBody, call: Leader) -> Response:
    """撤回请求: no more is needed of this lender; teams that were given stay until they are returned."""

    async def act(unit: UnitOfWork, _: Context, support: Support) -> Support:
        return await _store_decision(unit, domain.withdraw(support, body.reason, unit.now))

    return await _as_asker(request, call, "withdraw", request_id, body, act)


@router.post("/support-requests/{request_id}/next", response_model=SupportView)
async def ask_next(request: Request, request_id: PathId, body: ReasonBody, call: Leader) -> Response:
    """No longer wait for this lender: what is missing is asked of the next one."""

    async def act(unit: UnitOfWork, context: Context, support: Support) -> Support:
        lapsed, told = domain.lapse(support, body.reason, unit.now)
        unit.publish(told)
        await settle(unit, context, support, lapsed)
        return lapsed

    return await _as_asker(request, call, "next", request_id, body, act)


@router.post("/support-requests/{request_id}/return", response_model=SupportView)
async def give_back(request: Request, request_id: PathId, body: TakeBackBody, call: Leader) -> Response:
    """归还增援: these teams are not needed any more; their node releases them."""

    async def act(unit: UnitOfWork, _: Context, support: Support) -> Support:
        unit.publish(domain.give_back(support, body.team_ids, body.reason, unit.now))
        return support

    return await _as_asker(request, call, "return", request_id, body, act)


async def _store_decision(unit: UnitOfWork, decision: tuple[Support, Event]) -> Support:
    changed, told = decision
    await supports.save(unit, changed)
    unit.publish(told)
    return changed


async def _as_lender(
    request: Request, call: Call, name: str, request_id: str, body: Value, act: Act
) -> Response:
    return await _run_on_request(request, call, name, request_id, body, act, lambda support: support.target)


async def _as_asker(
    request: Request, call: Call, name: str, request_id: str, body: Value, act: Act
) -> Response:
    return await _run_on_request(
        request, call, name, request_id, body, act, lambda support: support.jurisdiction
    )


async def _run_on_request(
    request: Request,
    call: Call,
    name: str,
    request_id: str,
    body: Value,
    act: Act,
    whose: Callable[[Support], str],
) -> Response:
    """Load, require that it is this node's to do, act, answer."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> SupportView:
        support = await supports.require(unit, request_id)
        if whose(support) != context.node:
            raise NotOurs("request_id", theirs=whose(support), ours=context.node)
        return support_view(await act(unit, context, support))

    return await call.run(f"support.{name}", request_id, body, work)
