"""The roster, kept by logistics officers."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.plan.seed import Team, Vehicles
from contracts.values import Line, Location, Slug, Text, Value
from services.resources.api.access import Logistics, PathId, context_of
from services.resources.api.views import TeamView
from services.resources.domain.refusals import ForeignTeam, UnknownKind
from services.resources.store import roster
from shared.database import UnitOfWork

router = APIRouter(tags=["teams"])


class TeamBody(Value):
    """A team as it stands now; class and capabilities are those of its kind in the plan."""

    name: Line
    kind: Slug
    crew: Annotated[int, Field(ge=1, le=10_000)]
    station: Annotated[Text, Field(max_length=200)] = ""
    home: Location
    vehicles: Annotated[tuple[Vehicles, ...], Field(max_length=100)] = ()


class StoredTeam(TeamView):
    """A team, and whether it was new."""

    new: bool = Field(exclude=True)


@router.put("/teams/{team_id}", response_model=TeamView)
async def put_team(request: Request, team_id: PathId, body: TeamBody, call: Logistics) -> Response:
    """Enter or change a team; the dispatch service learns of it by an event. 201 for a new one."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> StoredTeam:
        if body.kind not in context.plan.team_kinds:
            raise UnknownKind(body.kind)
        foreign = context.plan.seed.teams.get(team_id)
        if foreign is not None and foreign.jurisdiction != context.node:
            raise ForeignTeam(team_id, foreign.jurisdiction)
        team = Team.model_validate({**body.model_dump(), "jurisdiction": context.node})
        row = roster.row_of(team_id, team, context.plan, unit.now)
        new = await roster.put(unit, row)
        unit.publish(roster.registered(row))
        return StoredTeam.model_validate({**row, "home": body.home, "new": new})

    return await call.run("team.put", team_id, body, work, status=lambda stored: 201 if stored.new else 200)
