"""The roster of teams."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.resource import TeamRegistered
from contracts.plan import Plan
from contracts.plan.seed import Team
from contracts.values import Location
from services.resources.store.tables import RosterRow
from shared.database import UnitOfWork


def row_of(team_id: str, team: Team, plan: Plan, now: datetime) -> dict[str, Any]:
    """The columns of a team; class and capabilities are those of its kind."""
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
        "vehicles": [vehicle.model_dump() for vehicle in team.vehicles],
        **team.home.model_dump(),
        "registered_at": now,
    }


def registered(row: dict[str, Any]) -> TeamRegistered:
    """The fact that a team stands in the roster so."""
    names = set(TeamRegistered.model_fields) & set(row)
    home = Location(lon=row["lon"], lat=row["lat"], address=row["address"])
    return TeamRegistered.model_validate({**{name: row[name] for name in names}, "home": home})


async def add(unit: UnitOfWork, rows: Sequence[dict[str, Any]]) -> set[str]:
    """Teams that are new; the ids of those."""
    if not rows:
        return set()
    statement = insert(RosterRow).values(list(rows)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(RosterRow.team_id)))
    return set(stored.scalars())


async def put(unit: UnitOfWork, row: dict[str, Any]) -> bool:
    """A team as it stands now; whether it is new."""
    statement = insert(RosterRow).values(**row)
    changes = {name: statement.excluded[name] for name in row if name != "team_id"}
    stored = statement.on_conflict_do_update(index_elements=["team_id"], set_=changes)
    # a row version that no transaction has replaced has no xmax: it was inserted, not updated
    return bool(await unit.connection.scalar(stored.returning(literal_column("xmax = 0"))))


async def listed(connection: AsyncConnection, limit: int, after: str) -> Sequence[Row[Any]]:
    """The teams by their id."""
    query = select(RosterRow).where(col(RosterRow.team_id) > after)
    return (await connection.execute(query.order_by(col(RosterRow.team_id)).limit(limit))).all()
