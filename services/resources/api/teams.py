"""The roster, kept by logistics officers."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from contracts.plan.seed import Team, Vehicles
from contracts.refusals import StaleVersion
from contracts.state_machine import advance
from contracts.values import CallSign, Line, Location, Slug, Text, Value
from services.resources.api.access import Logistics, PathId, context_of
from services.resources.api.views import TeamView, with_place
from services.resources.domain.refusals import ForeignTeam, TeamRetired, UnknownKind
from services.resources.domain.team import TRANSITIONS, TeamService
from services.resources.store import roster
from shared.database import UnitOfWork

router = APIRouter(tags=["teams"])
Version = Annotated[int, Field(ge=0, strict=True)]


class TeamBody(Value):
    """A team as it stands now; class and capabilities are those of its kind."""

    version: Version = Field(default=0, description="the one that was shown; 0 for a team that is new here")
    name: Line
    kind: Slug
    crew: Annotated[int, Field(ge=1, le=10_000)]
    station: Annotated[Text, Field(max_length=200)] = ""
    home: Location
    call_sign: CallSign = ""
    vehicles: Annotated[tuple[Vehicles, ...], Field(max_length=100)] = ()


class ServiceBody(Value):
    """Whether it can be sent from now on, and why."""

    version: Version
    service: TeamService
    reason: Line


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
        known = await roster.find(unit, team_id)
        new = known is None or known.left_at is not None
        _require_version(body.version, 0 if known is None or new else known.version)
        if known is not None and known.service == TeamService.RETIRED:
            raise TeamRetired(team_id)
        await roster.require_call_sign(unit, team_id, body.call_sign)
        told = {**body.model_dump(exclude={"version"}), "jurisdiction": context.node}
        next_version = known.version + 1 if known else 1
        team, by = Team.model_validate(told), call.principal.name
        row = roster.row_of(team_id, team, context.plan, unit.now, next_version, by)
        if known is not None and not new:
            row |= {"service": known.service, "service_reason": known.service_reason}
        await roster.save(unit, row)
        unit.publish(roster.team_registered(row))
        return StoredTeam.model_validate({**row, "home": body.home, "new": new})

    return await call.run("team.put", team_id, body, work, status=lambda stored: 201 if stored.new else 200)


@router.post("/teams/{team_id}/service", response_model=TeamView)
async def set_service(request: Request, team_id: PathId, body: ServiceBody, call: Logistics) -> Response:
    """停用、恢复、撤编: dispatch sends no team that is out of service or retired; an order it has goes on to its end."""

    async def work(unit: UnitOfWork) -> TeamView:
        known = await roster.require(unit, team_id)
        _require_version(body.version, known.version)
        service = advance(TRANSITIONS, TeamService(known.service), body.service.value)
        reason = "" if service is TeamService.IN_SERVICE else body.reason
        changes = {"service": service.value, "service_reason": reason, "changed_by": call.principal.name}
        row = {**known._mapping, **changes, "registered_at": unit.now, "version": known.version + 1}
        await roster.save(unit, row)
        unit.publish(roster.team_registered(row))
        return TeamView.model_validate({**row, "home": with_place(known, "home")["home"]})

    return await call.run("team.service", team_id, body, work)


def _require_version(given: int, current: int) -> None:
    if given != current:
        raise StaleVersion(given, current)
