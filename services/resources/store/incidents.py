"""The incidents this node has heard of: material is promised to these and to no others."""

from sqlalchemy import literal, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.messages import text
from contracts.refusals import NotFound
from services.resources.domain.refusals import IncidentOver
from services.resources.store.tables import KnownIncidentRow
from shared.database import UnitOfWork


async def remember(unit: UnitOfWork, incident_id: str, title: str, origin: str) -> None:
    """Material can be promised to this incident from now on; one that is known stays as it is."""
    values = {"incident_id": incident_id, "title": title, "origin": origin, "over": False}
    await unit.connection.execute(insert(KnownIncidentRow).values(**values).on_conflict_do_nothing())


async def rename(unit: UnitOfWork, incident_id: str, title: str) -> None:
    """Its origin calls it otherwise now."""
    where = col(KnownIncidentRow.incident_id) == incident_id
    await unit.connection.execute(update(KnownIncidentRow).where(where).values(title=title))


async def set_over(unit: UnitOfWork, incident_id: str, over: bool, by: str, node: str) -> None:
    """Closed or opened again ``by`` a node: counts if that is ``node`` itself or the incident's origin."""
    row = KnownIncidentRow
    counts = or_(col(row.origin) == by, literal(by == node))
    where = (col(row.incident_id) == incident_id, counts)
    await unit.connection.execute(update(row).where(*where).values(over=over))


async def require_open(connection: AsyncConnection, incident_id: str) -> None:
    """Raise NotFound for an incident nothing was heard of, IncidentOver for one that has ended."""
    query = select(KnownIncidentRow.over).where(col(KnownIncidentRow.incident_id) == incident_id)
    over = await connection.scalar(query)
    if over is None:
        raise NotFound(text("incident.name"), incident_id)
    if over:
        raise IncidentOver(incident_id)
