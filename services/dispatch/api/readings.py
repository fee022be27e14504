"""Teams, recommendations and orders to read."""

from collections.abc import Collection
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.refusals import NotFound
from contracts.values import Id, Value
from services.dispatch.api.access import (
    After,
    Leader,
    Limit,
    Reader,
    TeamReader,
    audience_of,
    context_of,
    team_of,
)
from services.dispatch.api.views import (
    AlongsideView,
    OrderView,
    OwnOrdersView,
    RecommendationView,
    SupportView,
    TeamView,
    order_view,
    support_view,
    team_view,
)
from services.dispatch.domain.order import NotYourTeam
from services.dispatch.recommending import recommend
from services.dispatch.store import concerns, incidents, orders, recommendations, supports, teams
from services.dispatch.store.orders import OrderFilter
from services.dispatch.store.supports import SupportFilter
from shared.database import UnitOfWork
from shared.http.auth import Principal

router = APIRouter(tags=["dispatch"])


class RecommendBody(Value):
    """The incident that needs teams."""

    incident_id: Id


WITHOUT_INCIDENT = {"order_id": None, "incident_id": None}


@router.get("/teams")
async def list_teams(request: Request, who: Reader, limit: Limit = 50, after: After = "") -> list[TeamView]:
    """The teams of this node by id, and what holds them; a department does not learn for which of others' incidents."""
    audience = audience_of(who, context_of(request))
    async with request.app.state.database.reading() as connection:
        found = await teams.page(connection, limit=limit, after=after)
        views = [team_view(row) for row in found]
        held = [view.incident_id for view in views if view.incident_id]
        shown = await concerns.readable(connection, audience, held)
    return [
        view if view.incident_id in {None, *shown} else view.model_copy(update=WITHOUT_INCIDENT)
        for view in views
    ]


async def teams_as_json(connection: AsyncConnection, team_ids: Collection[str]) -> dict[str, Any]:
    """These teams as the watch sees them, as JSON values."""
    rows = await teams.page(connection, team_ids)
    return {row.team_id: team_view(row).model_dump(mode="json") for row in rows}


@router.get("/recommendations")
async def list_recommendations(
    request: Request, who: Reader, incident_id: Id, limit: Limit = 20
) -> list[RecommendationView]:
    """The recommendations for an incident, the newest first."""
    async with request.app.state.database.reading() as connection:
        if not await _reads(request, connection, who, incident_id):
            return []
        found = await recommendations.newest(connection, incident_id, limit)
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
    """Orders of this node, and those of others on its incidents; a department's are those that concern it, a team's its own."""
    context = context_of(request)
    wanted = OrderFilter(context.node, incident_id, live, audience_of(who, context), team_of(who))
    async with request.app.state.database.reading() as connection:
        found = await orders.page(connection, wanted, limit, after)
    return [order_view(order) for order in found]


@router.get("/orders/mine")
async def show_own_orders(request: Request, who: TeamReader) -> OwnOrdersView:
    """What a team leader needs on the road: the team, its live order, what is known of the incident, who else goes there.

    Raises NotYourTeam for a token that names no team of this node.
    """
    node, team_id = context_of(request).node, who.team or ""
    async with request.app.state.database.reading() as connection:
        team = next(iter(await teams.page(connection, [team_id])), None)
        if team is None:
            raise NotYourTeam("team", team=team_id or "-")
        held = await orders.page(connection, OrderFilter(node, live=True, team_id=team_id), 1, "")
        order = held[0] if held else None
        incident = await incidents.find(connection, order.incident_id) if order else None
        filter_ = OrderFilter(node, order.incident_id, live=True) if order else None
        together = await orders.page(connection, filter_, 200, "") if filter_ else []
    return OwnOrdersView(
        as_of=request.app.state.clock.now(),
        team=team_view(team),
        order=order_view(order) if order else None,
        incident_title=incident.title if incident else "",
        alongside=[
            AlongsideView.model_validate(one, from_attributes=True)
            for one in together
            if one.team_id != team_id
        ],
    )


@router.get("/support-requests")
async def list_support_requests(
    request: Request,
    who: Reader,
    incident_id: Id | None = None,
    role: Literal["asker", "lender"] | None = None,
    waiting: bool | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[SupportView]:
    """What this node asked of others (``role=asker``), and what others ask of it; ``waiting``: may still be answered."""
    context = context_of(request)
    wanted = SupportFilter(context.node, incident_id, role, waiting, audience_of(who, context))
    async with request.app.state.database.reading() as connection:
        found = await supports.page(connection, wanted, limit, after)
    return [support_view(support) for support in found]


@router.post("/recommendations", status_code=201, response_model=RecommendationView)
async def recommend_anew(request: Request, body: RecommendBody, call: Leader) -> Response:
    """Who should go now, asked by a person; also at a node that does not command."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> RecommendationView:
        incident = await incidents.find(unit.connection, body.incident_id, lock=True)
        if incident is None:
            raise NotFound("incident.name", body.incident_id)
        incident.require_open(context.node)
        made = await recommend(unit, context, incident, "asked", call.principal.name)
        return RecommendationView.model_validate(made.model_dump())

    return await call.run("dispatch.recommend", body.incident_id, body, work, status=201)


async def _reads(request: Request, connection: AsyncConnection, who: Principal, incident_id: str) -> bool:
    audience = audience_of(who, context_of(request))
    return incident_id in await concerns.readable(connection, audience, [incident_id])
