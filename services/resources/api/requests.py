"""Asking another node for material."""

from fastapi import APIRouter, Request, Response

from contracts.events.resource import MaterialRequested
from contracts.values import Id, JurisdictionCode, Location, Slug, Value
from services.resources.api.access import Asker, context_of
from services.resources.api.reservations import Quantity
from services.resources.api.views import MaterialRequestView
from services.resources.domain.reservation import NotLinked
from services.resources.reserving import require_item
from services.resources.store import reservations
from shared.database import UnitOfWork
from shared.ids import new_id

router = APIRouter(tags=["requests"])


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
    require_item(context, body.item)
    if not context.is_linked(body.target):
        raise NotLinked("target", "not_linked", target=body.target, node=context.node)

    async def work(unit: UnitOfWork) -> MaterialRequestView:
        await reservations.require_incident(unit.connection, body.incident_id)
        event = MaterialRequested(
            request_id=str(new_id()),
            jurisdiction=context.node,
            requested_by=call.principal.name,
            requested_at=unit.now,
            **dict(body),
        )
        kept = event.model_dump(exclude={"jurisdiction", "destination"})
        row = {**kept, "reserved": 0, "missing": 0, "reason": ""}
        await reservations.add_request(unit, row)
        unit.publish(event)
        return MaterialRequestView.model_validate(row)

    return await call.run("material.request", body.incident_id, body, work, status=201)
