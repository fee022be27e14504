"""The timeline: append and read, nothing else."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from services.incident.domain.timeline import Entry
from services.incident.store.tables import EntryRow
from shared.database import UnitOfWork


async def append(unit: UnitOfWork, entries: Sequence[Entry]) -> None:
    """Write lines, entered now."""
    if entries:
        rows = [{**vars(entry), "entered_at": unit.now} for entry in entries]
        await unit.connection.execute(insert(EntryRow).values(rows))


async def of_incident(
    connection: AsyncConnection, incident_id: str, limit: int, after: int
) -> Sequence[Row[Any]]:
    """Lines in the order they were entered, after the one named."""
    query = select(EntryRow).where(col(EntryRow.incident_id) == incident_id, col(EntryRow.entry_id) > after)
    return (await connection.execute(query.order_by(col(EntryRow.entry_id)).limit(limit))).all()
