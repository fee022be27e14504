"""Teams, recommendations and orders to read."""

from fastapi import APIRouter, Request

from contracts.values import Id
from services.dispatch.api.access import After, Limit, Reader
from services.dispatch.api.views import (
    OrderView,
    RecommendationView,
    SupportView,
    TeamView,
    order_view,
    support_view,
    team_view,
)
from services.dispatch.store import orders, recommendations, supports, teams

router = APIRouter(tags=["dispatch"])


@router.get("/teams")
async def list_teams(request: Request, _: Reader) -> list[TeamView]:
    """The teams of this node and what holds them."""
    async with request.app.state.database.reading() as connection:
        return [team_view(row) for row in await teams.listed(connection)]


@router.get("/recommendations")
async def list_recommendations(
    request: Request, _: Reader, incident_id: Id, limit: Limit = 20
) -> list[RecommendationView]:
    """The recommendations for an incident, the newest first."""
    async with request.app.state.database.reading() as connection:
        found = await recommendations.listed(connection, incident_id, limit)
    return [RecommendationView.model_validate(row._mapping) for row in found]


@router.get("/orders")
async def list_orders(
    request: Request,
    _: Reader,
    incident_id: Id | None = None,
    live: bool | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[OrderView]:
    """Orders of this node, and those of others on its incidents."""
    async with request.app.state.database.reading() as connection:
        found = await orders.listed(connection, incident_id, live, limit, after)
    return [order_view(order) for order in found]


@router.get("/support-requests")
async def list_support_requests(
    request: Request, _: Reader, incident_id: Id, limit: Limit = 50
) -> list[SupportView]:
    """What this node asked of others for an incident, and what they answered."""
    async with request.app.state.database.reading() as connection:
        found = await supports.listed(connection, incident_id, limit)
    return [support_view(support) for support in found]
