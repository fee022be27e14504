"""The roster: who there is, who is idle, who left it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from contracts.events.resource import TeamRegistered
from contracts.messages import text as message
from contracts.refusals import NotFound
from contracts.values import Location
from services.dispatch.policy.lending import Stand
from services.dispatch.policy.recommending import Candidate
from services.dispatch.store.tables import TeamRow
from shared.database import UnitOfWork
from shared.statements import Statement

_LISTED = text("""
SELECT t.*, o.order_id, o.incident_id, o.status FROM team t
LEFT JOIN team_order o ON o.team_id = t.team_id AND o.released_at IS NULL
WHERE (CAST(:wanted AS text[]) IS NULL OR t.team_id = ANY(:wanted)) AND t.left_at IS NULL AND t.team_id > :after
ORDER BY t.team_id LIMIT :limit
""")
_ABLE = Statement("""
SELECT t.team_id, t.name, t.jurisdiction, t.capabilities, t.lon, t.lat, t.address, t.out_because,
  o.incident_id, o.commanded_by
FROM team t LEFT JOIN team_order o ON o.team_id = t.team_id AND o.released_at IS NULL
WHERE t.capabilities && CAST(%(capabilities)s AS text[]) AND t.left_at IS NULL ORDER BY t.team_id
""")
_LOCK = text("""
SELECT team_id, name, jurisdiction, capabilities, lon, lat, address, out_because FROM team
WHERE team_id = ANY(CAST(:team_ids AS text[])) AND left_at IS NULL ORDER BY team_id FOR UPDATE
""")
_LOCK_ABLE = text("""
SELECT team_id FROM team WHERE capabilities && CAST(:capabilities AS text[]) AND left_at IS NULL ORDER BY team_id FOR UPDATE
""")
_NUMBER = text("""
UPDATE team SET last_order_no = last_order_no + 1 WHERE team_id = ANY(CAST(:team_ids AS text[]))
RETURNING team_id, last_order_no
""")
_ELSEWHERE = text("""
INSERT INTO team_elsewhere (team_id, jurisdiction, registered_at) VALUES (:team_id, :jurisdiction, :registered_at)
ON CONFLICT (team_id) DO UPDATE SET jurisdiction = excluded.jurisdiction, registered_at = excluded.registered_at
WHERE team_elsewhere.registered_at < excluded.registered_at RETURNING team_id
""")
_WHERE = text("SELECT jurisdiction FROM team_elsewhere WHERE team_id = :team_id FOR UPDATE")
EVERY = 2**31 - 1


class _Able(NamedTuple):
    """A team that has what is asked for, what holds it, and for whom."""

    team_id: str
    name: str
    jurisdiction: str
    capabilities: list[str]
    lon: float
    lat: float
    address: str
    out_because: str
    incident_id: str | None
    commanded_by: str | None


async def register(unit: UnitOfWork, event: TeamRegistered) -> None:
    """A team as it stands now; its order numbers go on rising, and one that had left is back, unless it is retired."""
    out = event.service == "out_of_service"
    told = {
        "team_id": event.team_id,
        "jurisdiction": event.jurisdiction,
        "name": event.name,
        "kind": event.kind,
        "team_class": event.team_class,
        "capabilities": list(event.capabilities),
        "crew": event.crew,
        **event.home.model_dump(),
        "registered_at": event.registered_at,
        "call_sign": event.call_sign,
        "off_duty": (event.service_reason or message("dispatch.off_duty", "zh")) if out else "",
        "left_at": event.registered_at if event.service == "retired" else None,
    }
    statement = insert(TeamRow).values({**told, "last_order_no": 0, "broken_down": ""})
    changes = {name: statement.excluded[name] for name in told if name != "team_id"}
    await unit.connection.execute(statement.on_conflict_do_update(index_elements=["team_id"], set_=changes))


async def leave(unit: UnitOfWork, team_id: str, registered_at: datetime) -> None:
    """Another roster has had the team since then; an order that holds it goes on to its end."""
    row = TeamRow
    older = (col(row.team_id) == team_id, col(row.registered_at) < registered_at)
    await unit.connection.execute(update(row).where(*older).values(left_at=registered_at))


async def registered_elsewhere(unit: UnitOfWork, event: TeamRegistered) -> str | None:
    """Another node's roster has a team; the roster it was known on before, if that is another one."""
    before = await unit.connection.scalar(_WHERE, {"team_id": event.team_id})
    values = event.model_dump(include={"team_id", "jurisdiction", "registered_at"})
    newer = (await unit.connection.execute(_ELSEWHERE, values)).first()
    return before if newer and before != event.jurisdiction else None


async def set_out(unit: UnitOfWork, team_id: str, because: str) -> None:
    """Why a team that broke down can't be sent; empty: it is mended."""
    where = col(TeamRow.team_id) == team_id
    await unit.connection.execute(update(TeamRow).where(where).values(broken_down=because))


async def page(
    connection: AsyncConnection, wanted: Collection[str] | None = None, limit: int = EVERY, after: str = ""
) -> Sequence[Row[Any]]:
    """The teams named, or every one, with the live order that holds it, if one does; by id, behind the one named."""
    names = None if wanted is None else list(wanted)
    values = {"wanted": names, "limit": limit, "after": after}
    return (await connection.execute(_LISTED, values)).all()


async def able(connection: AsyncConnection, capabilities: Sequence[str]) -> list[Candidate]:
    """The teams with any of these capabilities."""
    return [to_candidate(row, busy=_busy(row)) for row in await _able(connection, capabilities)]


async def lock_able(unit: UnitOfWork, capability: str, node: str) -> tuple[list[Candidate], Stand]:
    """The teams with a capability, none of which gets another order before the unit ends; and how they stand."""
    await unit.connection.execute(_LOCK_ABLE, {"capabilities": [capability]})
    rows = [row for row in await _able(unit.connection, [capability]) if not row.out_because]
    lent = sum(row.commanded_by not in {None, node} for row in rows)
    candidates = [to_candidate(row, busy=_busy(row)) for row in rows]
    return candidates, Stand(len(rows), sum(not one.busy for one in candidates), lent)


async def lock(unit: UnitOfWork, team_ids: Sequence[str]) -> list[Candidate]:
    """The teams, held until the end of the unit, in the order asked for; raises NotFound.

    ``busy``: a team that can't be sent though nothing holds it.
    """
    rows = (await unit.connection.execute(_LOCK, {"team_ids": list(team_ids)})).all()
    found = {row.team_id: to_candidate(row, busy=bool(row.out_because)) for row in rows}
    for team_id in team_ids:
        if team_id not in found:
            raise NotFound("dispatch.team", team_id)
    return [found[team_id] for team_id in team_ids]


async def next_numbers(unit: UnitOfWork, team_ids: Sequence[str]) -> dict[str, int]:
    """The next order number of each team."""
    rows = await unit.connection.execute(_NUMBER, {"team_ids": list(team_ids)})
    return {row.team_id: row.last_order_no for row in rows}


def to_candidate(row: "Row[Any] | _Able", busy: bool) -> Candidate:
    """A team as far as choosing goes."""
    home = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return Candidate(row.team_id, row.name, row.jurisdiction, frozenset(row.capabilities), home, busy)


async def _able(connection: AsyncConnection, capabilities: Sequence[str]) -> list[_Able]:
    return [_Able(*row) for row in await _ABLE.run(connection, {"capabilities": list(capabilities)})]


def _busy(row: _Able) -> bool:
    return row.incident_id is not None or bool(row.out_because)
