"""Asking another node for material."""

from fastapi import APIRouter, Request, Response

from contracts.events.resource import MaterialRequested
from contracts.values import Id, JurisdictionCode, Location, Slug, Value
from services.resources.api.access import Asker, context_of
from services.resources.api.reservations import Quantity
from services.resources.api.views import MaterialRequestView
from services.resources.domain.refusals import NotLinked
from services.resources.reserving import require_item
from services.resources.store import incidents, requests
from shared.database import UnitOfWork
from shared.ids import new_id

router = APIRouter(tags=["requests"])
LONGEST_NAME = 200


class MaterialRequestBody(Value):
    """What is asked of which node."""

    incident_id: Id
    target: JurisdictionCode
    item: Slug
    quantity: Quantity
    destination: Location


@router.post("/material-requests", status_code=201, response_model=MaterialRequestView)
async def ask(request: Request, body: MaterialRequestBody, call: Asker) -> Response:
    """Ask the level above or a place directly below; its answer comes as events."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> MaterialRequestView:
        require_item(context, body.item)
        if not context.is_linked(body.target):
            raise NotLinked(body.target, context.node)
        await incidents.require_open(unit.connection, body.incident_id)
        words = {"jurisdiction": context.node, "requested_by": call.principal.name[:LONGEST_NAME]}
        event = MaterialRequested(request_id=str(new_id()), requested_at=unit.now, **words, **dict(body))
        await requests.add(unit, event)
        unit.publish(event)
        return MaterialRequestView(**event.model_dump(), reserved=0, missing=0, reason="")

    return await call.run("material.request", body.incident_id, body, work, status=201)
