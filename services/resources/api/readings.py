"""What exists, to read."""

from fastapi import APIRouter, Request

from contracts.values import Id, Slug
from services.resources.api.access import After, Limit, LongAfter, Reader, context_of
from services.resources.api.views import (
    DepotView,
    ExpertView,
    MaterialRequestView,
    MovementView,
    PlannedView,
    ReservationView,
    SiteView,
    StockView,
    TeamView,
    planned_view,
    request_view,
    reservation_view,
    stock_view,
    with_place,
)
from services.resources.store import depots, requests, reservations, roster, sites
from services.resources.store.requests import RequestFilter, Role

router = APIRouter(tags=["resources"])


@router.get("/teams")
async def list_teams(
    request: Request, _: Reader, limit: Limit = 100, after: After = "", retired: bool = False
) -> list[TeamView]:
    """The roster; with ``retired`` also who is no team any more."""
    async with request.app.state.database.reading() as connection:
        rows = await roster.page(connection, limit, after, retired)
    return [TeamView.model_validate(with_place(row, "home")) for row in rows]


@router.get("/depots")
async def list_depots(request: Request, _: Reader, limit: Limit = 100, after: After = "") -> list[DepotView]:
    """The depots."""
    async with request.app.state.database.reading() as connection:
        rows = await depots.page(connection, limit, after)
    return [DepotView.model_validate(with_place(row, "place")) for row in rows]


@router.get("/stock")
async def list_stock(
    request: Request, _: Reader, item: Slug | None = None, limit: Limit = 100, after: LongAfter = ""
) -> list[StockView]:
    """What the depots have, have promised and have left."""
    items = context_of(request).plan.seed.items
    async with request.app.state.database.reading() as connection:
        rows = await depots.stock(connection, item, limit, after)
    return [stock_view(row, items.get(row.item)) for row in rows]


@router.get("/stock-movements")
async def list_movements(
    request: Request,
    _: Reader,
    depot_id: Id | None = None,
    item: Slug | None = None,
    limit: Limit = 100,
    after: After = "",
) -> list[MovementView]:
    """Why stock changed, and what it was afterwards, in order."""
    async with request.app.state.database.reading() as connection:
        rows = await depots.movements(connection, depot_id, item, limit, after)
    return [MovementView.model_validate(row._mapping) for row in rows]


@router.get("/shelters")
async def list_shelters(request: Request, _: Reader, limit: Limit = 100, after: After = "") -> list[SiteView]:
    """应急避难场所."""
    return await _sites(request, "shelter", limit, after)


@router.get("/hazard-sources")
async def list_hazard_sources(
    request: Request, _: Reader, limit: Limit = 100, after: After = ""
) -> list[SiteView]:
    """危险源."""
    return await _sites(request, "hazard_source", limit, after)


@router.get("/planned")
async def list_planned(request: Request, _: Reader) -> list[PlannedView]:
    """What linked places have by the plan; what they have now is asked of them by a request."""
    plan, node = context_of(request).plan, context_of(request).node
    return [planned_view(plan, place) for place in plan.jurisdictions if plan.is_linked(node, place)]


@router.get("/experts")
async def list_experts(
    request: Request, _: Reader, limit: Limit = 100, after: After = ""
) -> list[ExpertView]:
    """Experts by field."""
    async with request.app.state.database.reading() as connection:
        rows = await sites.experts(connection, limit, after)
    return [ExpertView.model_validate(row._mapping) for row in rows]


@router.get("/reservations")
async def list_reservations(
    request: Request, _: Reader, incident_id: Id | None = None, limit: Limit = 50, after: After = ""
) -> list[ReservationView]:
    """Reservations of this node's stock, and those of others for this node."""
    async with request.app.state.database.reading() as connection:
        found = await reservations.page(connection, incident_id, limit, after)
    return [reservation_view(one) for one in found]


@router.get("/material-requests")
async def list_material_requests(
    request: Request,
    _: Reader,
    incident_id: Id | None = None,
    role: Role | None = None,
    waiting: bool | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[MaterialRequestView]:
    """What this node asked of others (``role=asker``) or was asked (``role=lender``), and how far it is."""
    wanted = RequestFilter(context_of(request).node, incident_id, role, waiting)
    async with request.app.state.database.reading() as connection:
        found = await requests.page(connection, wanted, limit, after)
        counted = await reservations.pieces_promised(connection, [one.request_id for one in found])
    return [request_view(one, *counted.get(one.request_id, (0, 0))) for one in found]


async def _sites(request: Request, kind: sites.Kind, limit: int, after: str) -> list[SiteView]:
    async with request.app.state.database.reading() as connection:
        rows = await sites.page(connection, kind, limit, after)
    return [SiteView.model_validate(with_place(row, "place")) for row in rows]
