"""Teams, recommendations and orders to read."""

from collections.abc import Collection
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.values import Id
from services.dispatch.api.access import After, Limit, Reader, audience_of, context_of
from services.dispatch.api.views import (
    OrderView,
    RecommendationView,
    SupportView,
    TeamView,
    order_view,
    support_view,
    team_view,
)
from services.dispatch.store import concerns, orders, recommendations, supports, teams
from services.dispatch.store.orders import OrderFilter
from shared.http.auth import Principal

router = APIRouter(tags=["dispatch"])
WITHOUT_INCIDENT = {"order_id": None, "incident_id": None}


@router.get("/teams")
async def list_teams(request: Request, who: Reader) -> list[TeamView]:
    """The teams of this node and what holds them; a department does not learn for which of others' incidents."""
    audience = audience_of(who, context_of(request))
    async with request.app.state.database.reading() as connection:
        views = [team_view(row) for row in await teams.listed(connection)]
        held = [view.incident_id for view in views if view.incident_id]
        shown = await concerns.readable(connection, audience, held)
    return [
        view if view.incident_id in {None, *shown} else view.model_copy(update=WITHOUT_INCIDENT)
        for view in views
    ]


async def rendered(connection: AsyncConnection, team_ids: Collection[str]) -> dict[str, Any]:
    """These teams as the watch sees them, as JSON values."""
    rows = await teams.listed(connection, team_ids)
    return {row.team_id: team_view(row).model_dump(mode="json") for row in rows}


@router.get("/recommendations")
async def list_recommendations(
    request: Request, who: Reader, incident_id: Id, limit: Limit = 20
) -> list[RecommendationView]:
    """The recommendations for an incident, the newest first."""
    async with request.app.state.database.reading() as connection:
        if not await _reads(request, connection, who, incident_id):
            return []
        found = await recommendations.listed(connection, incident_id, limit)
    return [RecommendationView.model_validate(row._mapping) for row in found]


@router.get("/orders")
async def list_orders(
    request: Request,
    who: Reader,
    incident_id: Id | None = None,
    live: bool | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[OrderView]:
    """Orders of this node, and those of others on its incidents; a department's are those that concern it."""
    wanted = OrderFilter(incident_id, live, audience_of(who, context_of(request)))
    async with request.app.state.database.reading() as connection:
        found = await orders.listed(connection, wanted, limit, after)
    return [order_view(order) for order in found]


@router.get("/support-requests")
async def list_support_requests(
    request: Request, who: Reader, incident_id: Id, limit: Limit = 50
) -> list[SupportView]:
    """What this node asked of others for an incident, and what they answered."""
    async with request.app.state.database.reading() as connection:
        if not await _reads(request, connection, who, incident_id):
            return []
        found = await supports.listed(connection, incident_id, limit)
    return [support_view(support) for support in found]


async def _reads(request: Request, connection: AsyncConnection, who: Principal, incident_id: str) -> bool:
    audience = audience_of(who, context_of(request))
    return incident_id in await concerns.readable(connection, audience, [incident_id])
