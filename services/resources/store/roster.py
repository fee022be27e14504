"""The roster of teams."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.resource import TeamRegistered
from contracts.plan import Plan
from contracts.plan.seed import Team
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.domain.refusals import CallSignTaken
from services.resources.domain.team import TeamService
from services.resources.store.tables import RosterRow
from shared.database import UnitOfWork

CALL_SIGN_LOCK = 8403


def row_of(
    team_id: str, team: Team, plan: Plan, now: datetime, version: int = 1, by: str = ""
) -> dict[str, Any]:
    """The columns of a team in service, as somebody or the plan has it; class and capabilities are those of its kind."""
    kind = plan.team_kinds[team.kind]
    return {
        "team_id": team_id,
        "jurisdiction": team.jurisdiction,
        "name": team.name,
        "kind": team.kind,
        "team_class": kind.team_class,
        "capabilities": list(kind.capabilities),
        "crew": team.crew,
        "station": team.station,
        "call_sign": team.call_sign,
        "vehicles": [vehicle.model_dump() for vehicle in team.vehicles],
        **team.home.model_dump(),
        "registered_at": now,
        "version": version,
        "service": TeamService.IN_SERVICE.value,
        "service_reason": "",
        "changed_by": by,
        "left_at": None,
    }


def team_registered(row: dict[str, Any]) -> TeamRegistered:
    """The fact that a team stands in the roster so."""
    return TeamRegistered(
        team_id=row["team_id"],
        jurisdiction=row["jurisdiction"],
        name=row["name"],
        kind=row["kind"],
        team_class=row["team_class"],
        capabilities=row["capabilities"],
        crew=row["crew"],
        home=Location(lon=row["lon"], lat=row["lat"], address=row["address"]),
        registered_at=row["registered_at"],
        service=row["service"],
        service_reason=row["service_reason"],
        call_sign=row["call_sign"],
    )


async def add(unit: UnitOfWork, rows: Sequence[dict[str, Any]]) -> set[str]:
    """Teams that are new; the ids of those."""
    if not rows:
        return set()
    statement = insert(RosterRow).values(list(rows)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(RosterRow.team_id)))
    return set(stored.scalars())


async def find(unit: UnitOfWork, team_id: str) -> Row[Any] | None:
    """A team that is or was on this roster, locked."""
    query = select(RosterRow).where(col(RosterRow.team_id) == team_id).with_for_update()
    return (await unit.connection.execute(query)).one_or_none()


async def require(unit: UnitOfWork, team_id: str) -> Row[Any]:
    """A team of this roster, locked; raises NotFound."""
    row = await find(unit, team_id)
    if row is None or row.left_at is not None:
        raise NotFound("resources.team", team_id)
    return row


async def save(unit: UnitOfWork, row: dict[str, Any]) -> None:
    """A team as it stands now, new or known."""
    statement = insert(RosterRow).values(**row)
    changes = {name: statement.excluded[name] for name in row if name != "team_id"}
    await unit.connection.execute(statement.on_conflict_do_update(index_elements=["team_id"], set_=changes))


async def require_call_sign(unit: UnitOfWork, team_id: str, call_sign: str) -> None:
    """Raise CallSignTaken when another team of this roster is called so; nobody else takes it until this unit is over."""
    if not call_sign:
        return
    gate = func.pg_advisory_xact_lock(func.hashtextextended(call_sign, CALL_SIGN_LOCK))
    await unit.connection.execute(select(gate))
    row = RosterRow
    others = (col(row.call_sign) == call_sign, col(row.team_id) != team_id, col(row.left_at).is_(None))
    query = select(row.name).where(*others, col(row.service) != TeamService.RETIRED.value)
    holder = (await unit.connection.execute(query)).scalars().first()
    if holder is not None:
        raise CallSignTaken(call_sign, holder)


async def leave(unit: UnitOfWork, team_id: str, registered_at: datetime) -> None:
    """Another roster has had the team since then."""
    row = RosterRow
    older = (col(row.team_id) == team_id, col(row.registered_at) < registered_at, col(row.left_at).is_(None))
    await unit.connection.execute(update(row).where(*older).values(left_at=registered_at))


async def page(connection: AsyncConnection, limit: int, after: str, retired: bool) -> Sequence[Row[Any]]:
    """The teams by their id, with ``retired`` those that are not any more; none that left for another roster."""
    row = RosterRow
    query = select(row).where(col(row.team_id) > after, col(row.left_at).is_(None))
    if not retired:
        query = query.where(col(row.service) != TeamService.RETIRED.value)
    return (await connection.execute(query.order_by(col(row.team_id)).limit(limit))).all()
