"""The roster: who there is, and who is idle."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.resource import TeamRegistered
from contracts.messages import text as message
from contracts.refusals import NotFound
from contracts.values import Location
from services.dispatch.policy.recommending import Candidate
from services.dispatch.store.tables import TeamRow
from shared.database import UnitOfWork
from shared.statements import Statement

_ALL = text("""
SELECT t.*, o.order_id, o.incident_id, o.status FROM team t
LEFT JOIN team_order o ON o.team_id = t.team_id AND o.own AND o.released_at IS NULL
WHERE CAST(:wanted AS text[]) IS NULL OR t.team_id = ANY(:wanted)
ORDER BY t.team_id
""")
_ABLE = Statement("""
SELECT t.team_id, t.name, t.jurisdiction, t.capabilities, t.lon, t.lat, t.address, o.incident_id
FROM team t LEFT JOIN team_order o ON o.team_id = t.team_id AND o.own AND o.released_at IS NULL
WHERE t.capabilities && CAST(%(capabilities)s AS text[]) ORDER BY t.team_id
""")
_LOCK = text("""
SELECT team_id, name, jurisdiction, capabilities, lon, lat, address FROM team
WHERE team_id = ANY(CAST(:team_ids AS text[])) ORDER BY team_id FOR UPDATE
""")
_NUMBER = text("""
UPDATE team SET last_order_no = last_order_no + 1 WHERE team_id = ANY(CAST(:team_ids AS text[]))
RETURNING team_id, last_order_no
""")


class _Able(NamedTuple):
    """A team that has what is asked for, and the incident that holds it."""

    team_id: str
    name: str
    jurisdiction: str
    capabilities: list[str]
    lon: float
    lat: float
    address: str
    incident_id: str | None


async def register(unit: UnitOfWork, event: TeamRegistered) -> None:
    """A team as it stands now; its order numbers go on rising."""
    values = event.model_dump(exclude={"home"}) | event.home.model_dump()
    statement = insert(TeamRow).values({**values, "last_order_no": 0})
    kept = {"team_id", "last_order_no"}
    changes = {name: statement.excluded[name] for name in values if name not in kept}
    await unit.connection.execute(statement.on_conflict_do_update(index_elements=["team_id"], set_=changes))


async def listed(connection: AsyncConnection, wanted: Collection[str] | None = None) -> Sequence[Row[Any]]:
    """The teams named, or every one, with the live order that holds it, if one does."""
    names = None if wanted is None else list(wanted)
    return (await connection.execute(_ALL, {"wanted": names})).all()


async def able(
    connection: AsyncConnection, capabilities: Sequence[str], incident_id: str = ""
) -> tuple[list[Candidate], set[str]]:
    """The teams with any of these capabilities, and which of them are with the incident already."""
    found = [_Able(*row) for row in await _ABLE.run(connection, {"capabilities": list(capabilities)})]
    there = {row.team_id for row in found if row.incident_id == incident_id}
    return [to_candidate(row, busy=row.incident_id is not None) for row in found], there


async def lock(unit: UnitOfWork, team_ids: Sequence[str]) -> list[Candidate]:
    """The teams, held until the end of the unit, in the order asked for; raises NotFound."""
    rows = (await unit.connection.execute(_LOCK, {"team_ids": list(team_ids)})).all()
    found = {row.team_id: to_candidate(row, busy=False) for row in rows}
    for team_id in team_ids:
        if team_id not in found:
            raise NotFound(message("dispatch.team"), team_id)
    return [found[team_id] for team_id in team_ids]


async def next_numbers(unit: UnitOfWork, team_ids: Sequence[str]) -> dict[str, int]:
    """The next order number of each team."""
    rows = await unit.connection.execute(_NUMBER, {"team_ids": list(team_ids)})
    return {row.team_id: row.last_order_no for row in rows}


def to_candidate(row: "Row[Any] | _Able", busy: bool) -> Candidate:
    """A team as far as choosing goes."""
    home = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return Candidate(row.team_id, row.name, row.jurisdiction, frozenset(row.capabilities), home, busy)
