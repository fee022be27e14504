"""合并、拆分、关联: two incidents that are one event, one that is two, and those that hang together."""

from fastapi import APIRouter, Request, Response

from contracts.privacy import mask
from services.incident import merging
from services.incident.api.access import Leader, Operator, context_of
from services.incident.api.bodies import DecisionBody, LinkBody, MergeBody, PathId, SplitBody
from services.incident.api.views import IncidentView, incident_view
from services.incident.domain.merging import Because
from shared.database import UnitOfWork
from shared.http.commands import Call

router = APIRouter(tags=["incidents"])


@router.post("/incidents/{incident_id}/merge", response_model=IncidentView)
async def merge(request: Request, incident_id: PathId, body: MergeBody, call: Leader) -> Response:
    """合并 into an incident that was reported before: its reports and what was said of it count there."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        which, because = (incident_id, body.version), _because(call, body, unit)
        merged = await merging.merge(unit, context, which, body.into, body.teams_stay_out, because)
        return incident_view(merged, context.plan)

    return await call.run("incident.merge", incident_id, body, work)


@router.post("/incidents/{incident_id}/unmerge", response_model=IncidentView)
async def unmerge(request: Request, incident_id: PathId, body: DecisionBody, call: Leader) -> Response:
    """撤销合并: it goes on by itself, with its reports and all that was said of it since."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        because = _because(call, body, unit)
        separated = await merging.unmerge(unit, context, (incident_id, body.version), because)
        return incident_view(separated, context.plan)

    return await call.run("incident.unmerge", incident_id, body, work)


@router.post("/incidents/{incident_id}/split", status_code=201, response_model=IncidentView)
async def split(request: Request, incident_id: PathId, body: SplitBody, call: Leader) -> Response:
    """拆分: the new incident that the reports named tell of; the one that opened this incident stays with it."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        which, because = (incident_id, body.version), _because(call, body, unit)
        return incident_view(await merging.split(unit, context, which, body.reports, because), context.plan)

    return await call.run("incident.split", incident_id, body, work, status=lambda _: 201)


@router.post("/incidents/{incident_id}/link", response_model=IncidentView)
async def link(request: Request, incident_id: PathId, body: LinkBody, call: Operator) -> Response:
    """关联: it was caused by another incident, or is part of it; each keeps its own life."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        which, because = (incident_id, body.version), _because(call, body, unit)
        linked = await merging.link(unit, context, which, body.kind, body.other, because)
        return incident_view(linked, context.plan)

    return await call.run("incident.link", incident_id, body, work)


@router.post("/incidents/{incident_id}/unlink", response_model=IncidentView)
async def unlink(request: Request, incident_id: PathId, body: LinkBody, call: Operator) -> Response:
    """The link does not hold."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        which, because = (incident_id, body.version), _because(call, body, unit)
        incident = await merging.unlink(unit, context, which, body.kind, body.other, because)
        return incident_view(incident, context.plan)

    return await call.run("incident.unlink", incident_id, body, work)


def _because(call: Call, body: DecisionBody, unit: UnitOfWork) -> Because:
    return Because(mask(body.reason), call.principal.name, unit.now)
