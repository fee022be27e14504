"""What exists, to read."""

from fastapi import APIRouter, Request

from contracts.values import Id
from services.resources.api.access import After, Limit, Reader, context_of
from services.resources.api.views import (
    DepotView,
    ExpertView,
    MaterialRequestView,
    ReservationView,
    SiteView,
    StockView,
    TeamView,
    placed,
    reservation_view,
)
from services.resources.store import depots, reservations, roster

router = APIRouter(tags=["resources"])


@router.get("/teams")
async def list_teams(request: Request, _: Reader, limit: Limit = 100, after: After = "") -> list[TeamView]:
    """The roster."""
    async with request.app.state.database.reading() as connection:
        rows = await roster.listed(connection, limit, after)
    return [TeamView.model_validate(placed(row, "home")) for row in rows]


@router.get("/depots")
async def list_depots(request: Request, _: Reader) -> list[DepotView]:
    """The depots."""
    async with request.app.state.database.reading() as connection:
        return [DepotView.model_validate(placed(row, "place")) for row in await depots.listed(connection)]


@router.get("/stock")
async def list_stock(request: Request, _: Reader) -> list[StockView]:
    """What the depots have, have promised and have left."""
    items = context_of(request).plan.seed.items
    async with request.app.state.database.reading() as connection:
        rows = await depots.stock(connection)
    return [
        StockView(
            **row._mapping,
            item_name=items[row.item].name,
            unit=items[row.item].unit,
            available=row.quantity - row.reserved,
        )
        for row in rows
        if row.item in items
    ]


@router.get("/shelters")
async def list_shelters(request: Request, _: Reader) -> list[SiteView]:
    """应急避难场所."""
    async with request.app.state.database.reading() as connection:
        rows = await depots.sites(connection, "shelter")
    return [SiteView.model_validate(placed(row, "place")) for row in rows]


@router.get("/hazard-sources")
async def list_hazard_sources(request: Request, _: Reader) -> list[SiteView]:
    """危险源."""
    async with request.app.state.database.reading() as connection:
        rows = await depots.sites(connection, "hazard_source")
    return [SiteView.model_validate(placed(row, "place")) for row in rows]


@router.get("/experts")
async def list_experts(request: Request, _: Reader) -> list[ExpertView]:
    """Experts by field."""
    async with request.app.state.database.reading() as connection:
        return [ExpertView.model_validate(row._mapping) for row in await depots.experts(connection)]


@router.get("/reservations")
async def list_reservations(
    request: Request, _: Reader, incident_id: Id | None = None, limit: Limit = 50, after: After = ""
) -> list[ReservationView]:
    """Reservations of this node's stock, and those of others for this node."""
    async with request.app.state.database.reading() as connection:
        found = await reservations.listed(connection, incident_id, limit, after)
    return [reservation_view(one) for one in found]


@router.get("/material-requests")
async def list_material_requests(
    request: Request, _: Reader, incident_id: Id, limit: Limit = 50
) -> list[MaterialRequestView]:
    """What this node asked of others for an incident."""
    async with request.app.state.database.reading() as connection:
        found = await reservations.requests(connection, incident_id, limit)
    return [MaterialRequestView.model_validate(row._mapping) for row in found]
