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
INSERT INTO timeline (incident_id, kind, jurisdiction, actor, occurred_at, entered_at, summary, summary_en)
SELECT incident_id, kind, jurisdiction, actor, occurred_at, %(now)s, summary, summary_en
FROM jsonb_populate_recordset(NULL::timeline, CAST(%(entries)s AS jsonb))
""")


async def append(unit: UnitOfWork, entries: Sequence[Entry]) -> None:
    """Write lines, entered now."""
    if entries:
        lines = rows([vars(entry) for entry in entries])
        await _APPEND.run(unit.connection, {"now": unit.now, "entries": lines})


async def of_incident(
    connection: AsyncConnection, incident_id: str, limit: int, after: int
) -> Sequence[Row[Any]]:
    """Lines in the order they were entered, after the one named."""
    query = select(EntryRow).where(col(EntryRow.incident_id) == incident_id, col(EntryRow.entry_id) > after)
    return (await connection.execute(query.order_by(col(EntryRow.entry_id)).limit(limit))).all()
