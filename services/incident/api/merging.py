"""合并、拆分、关联: two incidents that are one event, one that is two, and those that hang together."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from contracts.privacy import mask
from services.incident import merging
from services.incident.api.access import Leader, Operator, context_of
from services.incident.api.bodies import DecisionBody, LinkBody, MergeBody, PathId, SplitBody
from services.incident.api.views import IncidentView, incident_view
from services.incident.context import Context
from services.incident.domain.incident import Incident
from services.incident.domain.merging import Because
from shared.database import UnitOfWork
from shared.http.commands import Call

router = APIRouter(tags=["incidents"])
Decide = Callable[[UnitOfWork, Context, tuple[str, int], Because], Awaitable[Incident]]
"""What is decided on an incident, by its id and the version that was looked at."""


@router.post("/incidents/{incident_id}/merge", response_model=IncidentView)
async def merge(request: Request, incident_id: PathId, body: MergeBody, call: Leader) -> Response:
    """合并 into an incident that was reported before: its reports and what was said of it count there."""

    async def decide(
        unit: UnitOfWork, context: Context, which: tuple[str, int], because: Because
    ) -> Incident:
        return await merging.merge(unit, context, which, body.into, body.teams_stay_out, because)

    return await _decided(request, call, "incident.merge", incident_id, body, decide)


@router.post("/incidents/{incident_id}/unmerge", response_model=IncidentView)
async def unmerge(request: Request, incident_id: PathId, body: DecisionBody, call: Leader) -> Response:
    """撤销合并: it goes on by itself, with its reports and all that was said of it since."""
    return await _decided(request, call, "incident.unmerge", incident_id, body, merging.unmerge)


@router.post("/incidents/{incident_id}/split", status_code=201, response_model=IncidentView)
async def split(request: Request, incident_id: PathId, body: SplitBody, call: Leader) -> Response:
    """拆分: the new incident that the reports named tell of; the one that opened this incident stays with it."""

    async def decide(
        unit: UnitOfWork, context: Context, which: tuple[str, int], because: Because
    ) -> Incident:
        return await merging.split(unit, context, which, body.reports, because)

    return await _decided(request, call, "incident.split", incident_id, body, decide, status=201)


@router.post("/incidents/{incident_id}/link", response_model=IncidentView)
async def link(request: Request, incident_id: PathId, body: LinkBody, call: Operator) -> Response:
    """关联: it was caused by another incident, or is part of it; each keeps its own life."""

    async def decide(
        unit: UnitOfWork, context: Context, which: tuple[str, int], because: Because
    ) -> Incident:
        return await merging.link(unit, context, which, body.kind, body.other, because)

    return await _decided(request, call, "incident.link", incident_id, body, decide)


@router.post("/incidents/{incident_id}/unlink", response_model=IncidentView)
async def unlink(request: Request, incident_id: PathId, body: LinkBody, call: Operator) -> Response:
    """The link does not hold."""

    async def decide(
        unit: UnitOfWork, context: Context, which: tuple[str, int], because: Because
    ) -> Incident:
        return await merging.unlink(unit, context, which, body.kind, body.other, because)

    return await _decided(request, call, "incident.unlink", incident_id, body, decide)


async def _decided(
    request: Request,
    call: Call,
    name: str,
    incident_id: str,
    body: DecisionBody,
    decide: Decide,
    status: int = 200,
) -> Response:
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        because = Because(mask(body.reason), call.principal.name, unit.now)
        return incident_view(await decide(unit, context, (incident_id, body.version), because), context.plan)

    return await call.run(name, incident_id, body, work, status=status)
