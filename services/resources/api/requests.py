"""请求物资支援: asked by this node, or of it."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from contracts.values import Id, JurisdictionCode, Line, Location, Moment, Slug, Value
from services.resources.api.access import Asker, Logistics, PathId, Quantity, context_of, name_of
from services.resources.api.views import MaterialRequestView, request_view
from services.resources.context import Context
from services.resources.domain import request as domain
from services.resources.domain.refusals import NotOurs
from services.resources.domain.request import Request as MaterialRequest
from services.resources.lending import offer as give_offer
from services.resources.lending import say_no
from services.resources.requesting import ask as ask_for
from services.resources.requesting import withdraw as withdraw_request
from services.resources.store import incidents, requests, reservations
from shared.database import UnitOfWork
from shared.http.commands import Call
from shared.ids import new_id

router = APIRouter(tags=["requests"])
Act = Callable[[UnitOfWork, Context, MaterialRequest], Awaitable[MaterialRequest]]


class MaterialRequestBody(Value):
    """What is asked of which node; ``accepts_offers``: what is offered is taken as it comes, up to the quantity."""

    incident_id: Id
    target: JurisdictionCode
    item: Slug
    quantity: Quantity
    destination: Location
    accepts_offers: bool = True


class OfferBody(Value):
    """How much is offered."""

    quantity: Quantity


class AcceptBody(Value):
    """Which offer is taken."""

    offer_id: Id


class ExtendBody(Value):
    """Until when the answer is waited for, and what is set aside is held."""

    until: Moment


class ReasonBody(Value):
    """Why."""

    reason: Line


@router.post("/material-requests", status_code=201, response_model=MaterialRequestView)
async def ask(request: Request, body: MaterialRequestBody, call: Asker) -> Response:
    """Ask the level above or a place directly below; its answer comes as events."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> MaterialRequestView:
        within = context.answer_within
        asked = MaterialRequest(
            request_id=str(new_id()),
            jurisdiction=context.node,
            requested_by=name_of(call),
            requested_at=unit.now,
            answer_by=unit.now + within if within else None,
            **dict(body),
        )
        return request_view(await ask_for(unit, context, asked))

    return await call.run("material.request", body.incident_id, body, work, status=201)


@router.post("/material-requests/{request_id}/offer", response_model=MaterialRequestView)
async def offer(request: Request, request_id: PathId, body: OfferBody, call: Logistics) -> Response:
    """同意支援: several offers add up; the stock is set aside once the asker accepts."""

    async def act(unit: UnitOfWork, context: Context, one: MaterialRequest) -> MaterialRequest:
        return await give_offer(unit, context, one, body.quantity, name_of(call))

    return await _as_lender(request, call, "offer", request_id, body, act)


@router.post("/material-requests/{request_id}/decline", response_model=MaterialRequestView)
async def decline(request: Request, request_id: PathId, body: ReasonBody, call: Logistics) -> Response:
    """无法支援, or no more than was offered."""

    async def act(unit: UnitOfWork, _: Context, one: MaterialRequest) -> MaterialRequest:
        return await say_no(unit, one, body.reason)

    return await _as_lender(request, call, "decline", request_id, body, act)


@router.post("/material-requests/{request_id}/accept", response_model=MaterialRequestView)
async def accept(request: Request, request_id: PathId, body: AcceptBody, call: Asker) -> Response:
    """接受支援: the node asked sets the stock aside now."""

    async def act(unit: UnitOfWork, context: Context, one: MaterialRequest) -> MaterialRequest:
        await incidents.require_open(unit.connection, one.incident_id, context.node)
        accepted, event = domain.accept(one, body.offer_id, name_of(call), unit.now)
        await requests.save(unit, accepted)
        unit.publish(event)
        return accepted

    return await _as_asker(request, call, "accept", request_id, body, act)


@router.post("/material-requests/{request_id}/withdraw", response_model=MaterialRequestView)
async def withdraw(request: Request, request_id: PathId, body: ReasonBody, call: Asker) -> Response:
    """撤回请求: what is not shipped is free again there; what is on its way still arrives."""

    async def act(unit: UnitOfWork, _: Context, one: MaterialRequest) -> MaterialRequest:
        return await withdraw_request(unit, one, body.reason)

    return await _as_asker(request, call, "withdraw", request_id, body, act)


@router.post("/material-requests/{request_id}/extend", response_model=MaterialRequestView)
async def extend(request: Request, request_id: PathId, body: ExtendBody, call: Asker) -> Response:
    """延长: wait longer for the answer, and have it held longer."""

    async def act(unit: UnitOfWork, _: Context, one: MaterialRequest) -> MaterialRequest:
        extended, event = domain.extend(one, body.until, name_of(call), unit.now)
        await requests.save(unit, extended)
        unit.publish(event)
        return extended

    return await _as_asker(request, call, "extend", request_id, body, act)


async def _as_lender(
    request: Request, call: Call, name: str, request_id: str, body: Value, act: Act
) -> Response:
    return await _run_on_request(request, call, name, request_id, body, act, lambda one: one.target)


async def _as_asker(
    request: Request, call: Call, name: str, request_id: str, body: Value, act: Act
) -> Response:
    return await _run_on_request(request, call, name, request_id, body, act, lambda one: one.jurisdiction)


async def _run_on_request(
    request: Request,
    call: Call,
    name: str,
    request_id: str,
    body: Value,
    act: Act,
    whose: Callable[[MaterialRequest], str],
) -> Response:
    """Close the incident's gate, load, require that it is this node's to do, act, answer."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> MaterialRequestView:
        await incidents.gate(unit, await requests.incident_of(unit.connection, request_id))
        one = await requests.require(unit, request_id)
        if whose(one) != context.node:
            raise NotOurs("request_id", whose(one), context.node)
        changed = await act(unit, context, one)
        counted = await reservations.pieces_promised(unit.connection, [request_id])
        return request_view(changed, *counted.get(request_id, (0, 0)))

    return await call.run(f"material.{name}", request_id, body, work)
