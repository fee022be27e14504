"""请求增援."""

from fastapi import APIRouter, Request, Response

from contracts.events.consultation import SupportRequest
from contracts.values import Id, Line
from services.dispatch.api.access import Leader, context_of
from services.dispatch.api.views import SupportView, support_view
from services.dispatch.domain.order import IncidentOver
from services.dispatch.handlers import request_support
from services.dispatch.store import incidents
from shared.database import UnitOfWork

router = APIRouter(tags=["support"])


class SupportBody(SupportRequest):
    """Teams asked of a linked node, by capability."""

    incident_id: Id
    task: Line


@router.post("/support-requests", status_code=201, response_model=SupportView)
async def request(request: Request, body: SupportBody, call: Leader) -> Response:
    """Ask the level above or a place directly below for teams; the answer comes as an event."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> SupportView:
        incident = await incidents.require(unit.connection, body.incident_id)
        if incident.over:
            raise IncidentOver("incident_id", incident=body.incident_id)
        asked = await request_support(unit, incident, body, context, body.task, call.principal.name)
        return support_view(asked)

    return await call.run("support.request", body.incident_id, body, work, status=201)
