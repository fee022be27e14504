"""Subscribers and what was delivered to them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Row

from contracts.values import Id
from services.notify.api.bodies import (
    After,
    DeliveryView,
    Limit,
    PathId,
    SubscriberBody,
    SubscriberView,
    VersionBody,
)
from services.notify.api.readers import DeliveryReader, Overseer
from services.notify.context import Context
from services.notify.domain.delivery import DeliveryStatus
from services.notify.domain.refusals import require_known
from services.notify.policy.sending import check_target
from services.notify.store import deliveries
from shared.database import UnitOfWork
from shared.http.auth import Role
from shared.http.commands import Call, command

router = APIRouter(tags=["deliveries"])

DutyOfficer = Annotated[Call, Depends(command(Role.DUTY_OFFICER))]


@router.post("/subscribers", status_code=201, response_model=SubscriberView)
async def subscribe(request: Request, body: SubscriberBody, call: DutyOfficer) -> Response:
    """A new subscriber (201), or new values for a known name (200): of this node's mode, whatever anybody says."""
    context: Context = request.app.state.context

    async def work(unit: UnitOfWork) -> SubscriberView:
        require_known(body.department, context.plan)
        check_target(body.channel, body.target, context.settings.reach)
        values = {**body.model_dump(), "mode": context.settings.mode}
        row, new = await deliveries.subscribe(unit.connection, values, unit.now)
        return _subscriber(row, new)

    return await call.run(
        "subscriber.set", body.name, body, work, status=lambda given: 201 if given.new else 200
    )


@router.delete("/subscribers/{subscriber_id}", response_model=SubscriberView)
async def unsubscribe(subscriber_id: PathId, call: DutyOfficer) -> Response:
    """End a subscription; what is under way still goes out."""

    async def work(unit: UnitOfWork) -> SubscriberView:
        return _subscriber(await deliveries.unsubscribe(unit.connection, subscriber_id, unit.now))

    return await call.run("subscriber.remove", subscriber_id, VersionBody(), work)


@router.get("/subscribers")
async def list_subscribers(
    request: Request, _: Overseer, limit: Limit = 50, after: After = ""
) -> list[SubscriberView]:
    """Current subscribers; addresses may be confidential, so not for every reader."""
    async with request.app.state.database.reading() as connection:
        return [_subscriber(row) for row in await deliveries.subscribers(connection, limit, after)]


@router.get("/deliveries")
async def list_deliveries(
    request: Request,
    _: DeliveryReader,
    warning_id: Id | None = None,
    status: DeliveryStatus | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[DeliveryView]:
    """What became of every message, refused ones included."""
    async with request.app.state.database.reading() as connection:
        found = await deliveries.deliveries(connection, warning_id, status, limit, after)
    return [DeliveryView(delivery_id=row.id, **_without(row, "id")) for row in found]


def _subscriber(row: Row[Any], new: bool = False) -> SubscriberView:
    return SubscriberView(subscriber_id=row.id, new=new, **_without(row, "id", "removed_at"))


def _without(row: Row[Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in names}
