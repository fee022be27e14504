"""What this service needs to know of incidents."""

from typing import Any

from sqlalchemy import Row, delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.consultation import SupportRequest
from contracts.messages import text as message
from contracts.precedence import Part, Stamp
from contracts.refusals import NotFound
from contracts.values import Grade, Location
from services.dispatch.domain.incident import Incident
from services.dispatch.store.tables import IncidentPartRow, IncidentViewRow, WaitingSupportRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_REMEMBER = Statement("""
INSERT INTO incident_view SELECT * FROM jsonb_populate_record(NULL::incident_view, CAST(%(incident)s AS jsonb))
ON CONFLICT DO NOTHING RETURNING incident_id
""")
_HEARD = text("""
INSERT INTO incident_part (incident_id, node, ended_at, reopened_at) VALUES (:incident_id, :node, :ended_at, :reopened_at)
ON CONFLICT (incident_id, node) DO UPDATE SET
  ended_at = GREATEST(incident_part.ended_at, excluded.ended_at),
  reopened_at = GREATEST(incident_part.reopened_at, excluded.reopened_at)
""")


async def remember(unit: UnitOfWork, incident: Incident) -> bool:
    """Keep an incident; False when it was known."""
    return bool(await _REMEMBER.run(unit.connection, {"incident": rows(_row(incident))}))


async def save(unit: UnitOfWork, incident: Incident) -> None:
    """What was heard of it; the parts are kept by ``hear``."""
    where = col(IncidentViewRow.incident_id) == incident.incident_id
    await unit.connection.execute(update(IncidentViewRow).where(where).values(**_row(incident)))


async def hear(unit: UnitOfWork, incident_id: str, node: str, said: Part) -> None:
    """What a node says of the end of its part; the latest of its times stay, whether the incident is known or not."""
    values = {"incident_id": incident_id, "node": node, **vars(said)}
    await unit.connection.execute(_HEARD, values)


async def parts(connection: AsyncConnection, incident_id: str) -> dict[str, Part]:
    """What each node said of the end of its part, also of an incident that is not known itself."""
    row = IncidentPartRow
    found = await connection.execute(select(row).where(col(row.incident_id) == incident_id))
    return {one.node: Part(one.ended_at, one.reopened_at) for one in found}


async def found(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident | None:
    """An incident, None when nothing was heard of it."""
    query = select(IncidentViewRow).where(col(IncidentViewRow.incident_id) == incident_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    return _incident(row, await parts(connection, incident_id)) if row else None


async def require(connection: AsyncConnection, incident_id: str) -> Incident:
    """Like ``found``; raises NotFound."""
    incident = await found(connection, incident_id)
    if incident is None:
        raise NotFound(message("incident.name"), incident_id)
    return incident


async def keep_waiting(unit: UnitOfWork, incident_id: str, asked: SupportRequest, by: str) -> None:
    """Support for an incident that is not heard of yet."""
    values = {"incident_id": incident_id, "asked": asked.model_dump_json(), "requested_by": by}
    await unit.connection.execute(insert(WaitingSupportRow).values(**values))


async def take_waiting(unit: UnitOfWork, incident_id: str) -> list[tuple[SupportRequest, str]]:
    """The support that waited for an incident, and who asked for it; it waits no longer."""
    row = WaitingSupportRow
    taken = delete(row).where(col(row.incident_id) == incident_id)
    found = await unit.connection.execute(taken.returning(col(row.asked), col(row.requested_by), col(row.id)))
    return [
        (SupportRequest.model_validate_json(one.asked), one.requested_by)
        for one in sorted(found, key=lambda one: one.id)
    ]


def _incident(row: Row[Any], said: dict[str, Part]) -> Incident:
    return Incident(
        incident_id=row.incident_id,
        origin=row.origin,
        sector=row.sector,
        event_type=row.event_type,
        title=row.title,
        place=Location.model_construct(lon=row.lon, lat=row.lat, address=row.address),
        grade=Grade(row.grade),
        lead=row.lead,
        graded_at=Stamp(row.grade_revision, row.grade_set_by, row.grade_by_person),
        lead_since=Stamp(row.lead_revision, row.lead_set_by),
        amendments=row.amendments,
        parts=said,
    )


def _row(incident: Incident) -> dict[str, Any]:
    plain = {"incident_id", "origin", "sector", "event_type", "title", "lead", "amendments"}
    graded, led = incident.graded_at, incident.lead_since
    return {
        **{name: getattr(incident, name) for name in plain},
        **incident.place.model_dump(),
        "grade": incident.grade.value,
        "grade_revision": graded.revision,
        "grade_set_by": graded.node,
        "grade_by_person": graded.by_person,
        "lead_revision": led.revision,
        "lead_set_by": led.node,
    }
