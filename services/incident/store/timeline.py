"""The timeline: append and read, nothing else."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from services.incident.domain.timeline import Entry
from services.incident.store.tables import EntryRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_APPEND = Statement("""
WITH lines AS MATERIALIZED (
  SELECT * FROM jsonb_populate_recordset(NULL::timeline, CAST(%(entries)s AS jsonb))
), held AS MATERIALIZED (
  SELECT i.incident_id FROM incident i WHERE i.incident_id IN (SELECT incident_id FROM lines)
  ORDER BY i.incident_id FOR NO KEY UPDATE
), turn AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended(l.incident_id, 0))
  FROM (SELECT DISTINCT incident_id FROM lines ORDER BY 1) l, (SELECT count(*) FROM held) h
)
INSERT INTO timeline (incident_id, kind, jurisdiction, actor, occurred_at, entered_at, summary, summary_en, corrects)
SELECT incident_id, kind, jurisdiction, actor, occurred_at, %(now)s, summary, summary_en, corrects
FROM lines, (SELECT count(*) FROM turn) t
""")
"""The numbers of an incident's lines are given under its lock, so that a higher one never commits before a lower.

The lock is the incident's own, taken first as everywhere; the other is for lines that come before their incident.
"""


async def append(unit: UnitOfWork, entries: Sequence[Entry]) -> None:
    """Write lines, entered now; whoever reads on behind the last line it saw misses none."""
    if entries:
        lines = rows([vars(entry) for entry in entries])
        await _APPEND.run(unit.connection, {"now": unit.now, "entries": lines})


async def of_incident(
    connection: AsyncConnection, incident_id: str, limit: int, after: int
) -> Sequence[Row[Any]]:
    """Lines in the order they were entered, after the one named."""
    query = select(EntryRow).where(col(EntryRow.incident_id) == incident_id, col(EntryRow.entry_id) > after)
    return (await connection.execute(query.order_by(col(EntryRow.entry_id)).limit(limit))).all()


async def line(connection: AsyncConnection, incident_id: str, entry_id: int) -> Row[Any] | None:
    """The line of an incident with this number, None when it has none."""
    query = select(EntryRow).where(
        col(EntryRow.incident_id) == incident_id, col(EntryRow.entry_id) == entry_id
    )
    return (await connection.execute(query)).one_or_none()


async def last(connection: AsyncConnection, incident_id: str) -> Row[Any]:
    """The newest line of an incident."""
    query = select(EntryRow).where(col(EntryRow.incident_id) == incident_id)
    return (await connection.execute(query.order_by(col(EntryRow.entry_id).desc()).limit(1))).one()
