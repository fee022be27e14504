"""Which incidents hang together: links that people set, and what was split off; a node may know one end only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.incident import LinkKind
from services.incident.domain.merging import Because, Link
from services.incident.store.tables import IncidentRow, LinkRow
from shared.database import UnitOfWork
from shared.statements import Statement

Kind = LinkKind | Literal["split_from"]
TURN = 8422
_TURN = Statement("SELECT pg_advisory_xact_lock(%(turn)s)::text")
_HANGS = Statement("""
WITH RECURSIVE up AS (
  SELECT CAST(%(from)s AS text) AS incident_id
  UNION SELECT l.other FROM up JOIN incident_link l USING (incident_id) WHERE l.kind = %(kind)s
)
SELECT EXISTS (SELECT FROM up WHERE incident_id = %(on)s)
""")


@dataclass(frozen=True)
class Relation:
    """How another incident stands to this one; ``reverse``: it is the other that hangs on this one.

    ``title`` and ``status`` are empty where this node does not know it.
    """

    incident_id: str
    kind: str
    reverse: bool
    title: str
    status: str
    reason: str = ""
    by: str = ""
    at: datetime | None = None


async def take_turn(unit: UnitOfWork) -> None:
    """Links are set one after the other, else two at once could close a circle."""
    await _TURN.run(unit.connection, {"turn": TURN})


async def hangs_on(connection: AsyncConnection, incident_id: str, on: str, kind: LinkKind) -> bool:
    """Whether one incident hangs on another one by links of a kind, directly or by others."""
    ((found,),) = await _HANGS.run(connection, {"from": incident_id, "on": on, "kind": kind})
    return bool(found)


async def add(unit: UnitOfWork, incident_id: str, kind: Kind, other: str, because: Because) -> bool:
    """Keep a link; False when it stands already."""
    about = {"incident_id": incident_id, "kind": kind, "other": other}
    row = {**about, "reason": because.reason, "by": because.by, "linked_at": because.at}
    added = insert(LinkRow).values(**row).on_conflict_do_nothing().returning(col(LinkRow.kind))
    return await unit.connection.scalar(added) is not None


async def remove(unit: UnitOfWork, link: Link) -> bool:
    """Keep a link no longer; False when there is none."""
    row = LinkRow
    gone = delete(row).where(
        col(row.incident_id) == link.incident_id, col(row.kind) == link.kind, col(row.other) == link.other
    )
    return await unit.connection.scalar(gone.returning(col(row.kind))) is not None


async def of_incident(connection: AsyncConnection, incident_id: str) -> Sequence[Relation]:
    """The incidents that this one hangs on, that hang on it, and that are merged into it; in order of their ids."""
    return sorted(
        [*await _linked(connection, incident_id), *await _merged(connection, incident_id)],
        key=lambda one: (one.kind, one.reverse, one.incident_id),
    )


async def _linked(connection: AsyncConnection, incident_id: str) -> list[Relation]:
    row, far = LinkRow, IncidentRow
    ends = or_(col(row.incident_id) == incident_id, col(row.other) == incident_id)
    links = (await connection.execute(select(row).where(ends))).all()
    others = {one.other if one.incident_id == incident_id else one.incident_id for one in links}
    known = {
        found.incident_id: found
        for found in await connection.execute(
            select(far.incident_id, far.title, far.status).where(col(far.incident_id).in_(others))
        )
    }
    relations = []
    for one in links:
        reverse = one.other == incident_id
        other = one.incident_id if reverse else one.other
        title, status = (known[other].title, known[other].status) if other in known else ("", "")
        relations.append(Relation(other, one.kind, reverse, title, status, one.reason, one.by, one.linked_at))
    return relations


async def _merged(connection: AsyncConnection, incident_id: str) -> list[Relation]:
    far = IncidentRow
    about = select(far.incident_id, far.title, far.status)
    into = select(col(far.merged_into)).where(col(far.incident_id) == incident_id).scalar_subquery()
    merged = await connection.execute(about.where(col(far.merged_into) == incident_id))
    stays = await connection.execute(about.where(col(far.incident_id) == into))
    return [
        *(Relation(one.incident_id, "merged_into", True, one.title, one.status) for one in merged),
        *(Relation(one.incident_id, "merged_into", False, one.title, one.status) for one in stays),
    ]
