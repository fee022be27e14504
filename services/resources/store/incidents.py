"""The incidents this node has heard of, and what each node said of the end of its part."""

from typing import Any

from sqlalchemy import Row, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.precedence import Lead, Part, Stamp, is_over
from contracts.refusals import NotFound
from services.resources.domain.incident import Incident
from services.resources.domain.refusals import IncidentOver
from services.resources.store.tables import KnownIncidentPartRow, KnownIncidentRow
from shared.database import UnitOfWork

_GATE = text("SELECT pg_advisory_xact_lock(hashtextextended(:incident_id, 8402))")
_HEARD = text("""
INSERT INTO known_incident_part (incident_id, node, ended_at, reopened_at) VALUES (:incident_id, :node, :ended_at, :reopened_at)
ON CONFLICT (incident_id, node) DO UPDATE SET
  ended_at = GREATEST(known_incident_part.ended_at, excluded.ended_at),
  reopened_at = GREATEST(known_incident_part.reopened_at, excluded.reopened_at)
""")


async def gate(unit: UnitOfWork, incident_id: str) -> None:
    """Nobody else promises to this incident or ends what is promised to it until this unit is over.

    A lock by name, for the incident may not be known here. It is taken before any row of stock or reservation.
    """
    await unit.connection.execute(_GATE, {"incident_id": incident_id})


async def remember(unit: UnitOfWork, incident: Incident) -> bool:
    """Material can be promised to this incident from now on; one that is known stays as it is: False."""
    statement = insert(KnownIncidentRow).values(**_to_row(incident)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(KnownIncidentRow.incident_id)))
    return stored.first() is not None


async def save(unit: UnitOfWork, incident: Incident) -> None:
    """What it is called and who commands; the parts are kept by ``hear``."""
    where = col(KnownIncidentRow.incident_id) == incident.incident_id
    await unit.connection.execute(update(KnownIncidentRow).where(where).values(**_to_row(incident)))


async def rename(unit: UnitOfWork, incident_id: str, title: str) -> None:
    """Its origin calls it otherwise now."""
    where = col(KnownIncidentRow.incident_id) == incident_id
    await unit.connection.execute(update(KnownIncidentRow).where(where).values(title=title))


async def hear(unit: UnitOfWork, incident_id: str, node: str, said: Part) -> None:
    """What a node says of the end of its part; the latest of its times stay, whether the incident is known or not."""
    await unit.connection.execute(_HEARD, {"incident_id": incident_id, "node": node, **vars(said)})


async def find(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """An incident with what was said of its end, if any event told of it."""
    query = select(KnownIncidentRow).where(col(KnownIncidentRow.incident_id) == incident_id)
    row = (await connection.execute(query)).one_or_none()
    return _from_row(row, await _parts(connection, incident_id)) if row else None


async def is_over_for(connection: AsyncConnection, incident_id: str, node: str) -> bool:
    """Whether nothing is promised to a node for an incident any more, as far as is known here."""
    incident = await find(connection, incident_id)
    if incident is not None:
        return incident.over(node)
    return is_over(await _parts(connection, incident_id), origin=node, lead=node, node=node)


async def require_open(connection: AsyncConnection, incident_id: str, node: str) -> Incident:
    """Raise NotFound for an incident nothing was heard of, IncidentOver for one that has ended for ``node``."""
    incident = await find(connection, incident_id)
    if incident is None:
        raise NotFound("incident.name", incident_id)
    if incident.over(node):
        raise IncidentOver(incident_id)
    return incident


async def _parts(connection: AsyncConnection, incident_id: str) -> dict[str, Part]:
    row = KnownIncidentPartRow
    rows = await connection.execute(select(row).where(col(row.incident_id) == incident_id))
    return {one.node: Part(one.ended_at, one.reopened_at) for one in rows}


def _to_row(incident: Incident) -> dict[str, Any]:
    lead = incident.lead
    return {
        "incident_id": incident.incident_id,
        "title": incident.title,
        "origin": incident.origin,
        "lead": lead.node,
        "lead_revision": lead.since.revision,
        "lead_set_by": lead.since.node,
    }


def _from_row(row: Row[Any], parts: dict[str, Part]) -> Incident:
    lead = Lead(row.lead, Stamp(row.lead_revision, row.lead_set_by))
    return Incident(row.incident_id, row.title, row.origin, lead, parts)
