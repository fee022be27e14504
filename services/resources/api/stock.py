"""Stock movements: what comes in, goes lost, is counted, expires or moves between depots."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.values import Id, Line, Slug, Value
from services.resources.api.access import Logistics, PathId, Quantity, context_of, name_of
from services.resources.api.views import BalanceView, TransferView
from services.resources.domain.refusals import SameDepot
from services.resources.domain.stock import Balance, MovementKind
from services.resources.reserving import require_item
from services.resources.store import depots
from services.resources.store.depots import Change
from shared.database import UnitOfWork

router = APIRouter(tags=["stock"])
Counted = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


class MovementBody(Value):
    """Pieces that came in, went lost, were past their date; of a ``count`` what was found."""

    kind: Literal["receipt", "loss", "count", "expiry"]
    item: Slug
    quantity: Counted
    reason: Line


class TransferBody(Value):
    """Pieces moved to another depot of this node."""

    to_depot_id: Id
    item: Slug
    quantity: Quantity
    reason: Line


@router.post("/depots/{depot_id}/movements", status_code=201, response_model=BalanceView)
async def move(request: Request, depot_id: PathId, body: MovementBody, call: Logistics) -> Response:
    """入库、损失、盘点、过期: what is promised to somebody is not taken so."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> BalanceView:
        require_item(context, body.item)
        await depots.require(unit.connection, depot_id)
        kind, by = MovementKind(body.kind), name_of(call)
        change = Change(depot_id, body.item, kind, body.quantity, by, body.reason)
        return _view(depot_id, body.item, await depots.move(unit, change))

    return await call.run("stock.move", depot_id, body, work, status=201)


@router.post("/depots/{depot_id}/transfers", status_code=201, response_model=TransferView)
async def transfer(request: Request, depot_id: PathId, body: TransferBody, call: Logistics) -> Response:
    """调拨 between two depots of this node."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> TransferView:
        require_item(context, body.item)
        if depot_id == body.to_depot_id:
            raise SameDepot(depot_id)
        for one in (depot_id, body.to_depot_id):
            await depots.require(unit.connection, one)
        kind, by = MovementKind.TRANSFER_OUT, name_of(call)
        change = Change(depot_id, body.item, kind, body.quantity, by, body.reason)
        out, into = await depots.transfer(unit, change, body.to_depot_id)
        return TransferView(
            out_of=_view(depot_id, body.item, out), into=_view(body.to_depot_id, body.item, into)
        )

    return await call.run("stock.transfer", depot_id, body, work, status=201)


def _view(depot_id: str, item: str, balance: Balance) -> BalanceView:
    return BalanceView(depot_id=depot_id, item=item, available=balance.free, **vars(balance))
