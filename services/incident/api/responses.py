"""应急响应: starting and ending a response."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from contracts.events import Event
from services.incident.api.access import Leader, context_of
from services.incident.api.bodies import EndBody, PathId, ResponseBody
from services.incident.api.views import ResponseView
from services.incident.context import Context
from services.incident.domain import incident as domain
from services.incident.domain import response as responses_domain
from services.incident.domain.response import AlreadyActive, Approver, NoneActive, Proposal
from services.incident.publishing import publish
from services.incident.store import incidents, responses
from shared.database import UnitOfWork
from shared.http.auth import Principal
from shared.ids import new_id

router = APIRouter(tags=["responses"])


@router.post("/incidents/{incident_id}/response", status_code=201, response_model=ResponseView)
async def activate(request: Request, incident_id: PathId, body: ResponseBody, call: Leader) -> Response:
    """启动应急响应; who may start which level is the plan's."""
    context = context_of(request)
    proposal = Proposal(body.matter, body.level, body.expected_duration_hours, body.measures)

    async def work(unit: UnitOfWork) -> ResponseView:
        started, events = await start_response(unit, context, incident_id, proposal, call.principal)
        await publish(unit, context, events, call.principal.name)
        return ResponseView.model_validate(started, from_attributes=True)

    return await call.run("response.activate", incident_id, body, work, status=201)


@router.post("/incidents/{incident_id}/response/end", response_model=ResponseView)
async def end(request: Request, incident_id: PathId, body: EndBody, call: Leader) -> Response:
    """终止应急响应."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ResponseView:
        await incidents.require(unit.connection, incident_id, lock=True)
        running = await responses.running(unit.connection, incident_id, context.node)
        if running is None:
            raise NoneActive("status")
        ended, events = responses_domain.end(running, body.reason, unit.now)
        await responses.save(unit, ended)
        await publish(unit, context, events, call.principal.name)
        return ResponseView.model_validate(ended, from_attributes=True)

    return await call.run("response.end", incident_id, body, work)


async def start_response(
    unit: UnitOfWork, context: Context, incident_id: str, proposal: Proposal, by: Principal
) -> tuple[responses_domain.Response, Sequence[Event]]:
    """Start a response within a unit; the events are still to be published. Raises a Refusal."""
    incident = await incidents.require(unit.connection, incident_id, lock=True)
    approver = Approver(by.name, frozenset(by.roles), context.level)
    started, events = responses_domain.activate(
        proposal, (str(new_id()), incident_id), context.node, approver, context.plan.responses, unit.now
    )
    running = await responses.running(unit.connection, incident_id, context.node)
    if running is not None or not await responses.add(unit, started):
        raise AlreadyActive("status", level=running.level if running else started.level)
    await incidents.save(unit, incident, domain.respond(incident))
    return started, events
