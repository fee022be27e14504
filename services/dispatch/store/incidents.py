"""What this service needs to know of incidents."""

from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import SupportRequest
from contracts.precedence import Part, Stamp
from contracts.refusals import NotFound
from contracts.values import Grade, Location
from services.dispatch.domain.incident import Incident
from services.dispatch.store.tables import WaitingSupportRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_REMEMBER = Statement("""
WITH remembered AS (
  INSERT INTO incident_view SELECT * FROM jsonb_populate_record(NULL::incident_view, CAST(%(incident)s AS jsonb))
  ON CONFLICT DO NOTHING RETURNING incident_id
), taken AS (
  DELETE FROM waiting_support WHERE incident_id IN (SELECT incident_id FROM remembered) RETURNING id, asked, requested_by
)
SELECT (SELECT jsonb_agg(jsonb_build_array(asked, requested_by) ORDER BY id) FROM taken) FROM remembered
""")
_FOUND = """
SELECT incident_id, origin, sector, event_type, title, lon, lat, address, grade, grade_revision, grade_set_by,
  grade_by_person, lead, lead_revision, lead_set_by, amendments
FROM incident_view WHERE incident_id = %(incident_id)s
"""
_READ, _LOCK = Statement(_FOUND), Statement(_FOUND + "FOR UPDATE")
_SAVE = Statement("""
UPDATE incident_view SET sector = %(sector)s, event_type = %(event_type)s, title = %(title)s, lon = %(lon)s,
  lat = %(lat)s, address = %(address)s, grade = %(grade)s, grade_revision = %(grade_revision)s,
  grade_set_by = %(grade_set_by)s, grade_by_person = %(grade_by_person)s, lead = %(lead)s,
  lead_revision = %(lead_revision)s, lead_set_by = %(lead_set_by)s, amendments = %(amendments)s
WHERE incident_id = %(incident_id)s
""")
_PARTS = Statement(
    "SELECT node, ended_at, reopened_at FROM incident_part WHERE incident_id = %(incident_id)s"
)
_HEARD = text("""
INSERT INTO incident_part (incident_id, node, ended_at, reopened_at) VALUES (:incident_id, :node, :ended_at, :reopened_at)
ON CONFLICT (incident_id, node) DO UPDATE SET
  ended_at = GREATEST(incident_part.ended_at, excluded.ended_at),
  reopened_at = GREATEST(incident_part.reopened_at, excluded.reopened_at)
""")
_HOLD_OFF = Statement("LOCK TABLE incident_view IN SHARE ROW EXCLUSIVE MODE")


class _View(NamedTuple):
    """An incident as it is kept."""

    incident_id: str
    origin: str
    sector: str
    event_type: str
    title: str
    lon: float
    lat: float
    address: str
    grade: str
    grade_revision: int
    grade_set_by: str
    grade_by_person: bool
    lead: str
    lead_revision: int
    lead_set_by: str
    amendments: int


async def remember(unit: UnitOfWork, incident: Incident) -> list[tuple[SupportRequest, str]] | None:
    """Keep an incident; the support that waited for it and who asked for it, which waits no longer.

    None when the incident was known.
    """
    kept = await _REMEMBER.run(unit.connection, {"incident": rows(_row(incident))})
    if not kept:
        return None
    ((waited,),) = kept
    return [(SupportRequest.model_validate_json(asked), by) for asked, by in waited or ()]


async def save(unit: UnitOfWork, before: Incident, after: Incident) -> None:
    """What was heard of it; nothing is written when nothing changed. The parts are kept by ``hear``."""
    if after != before:
        await _SAVE.run(unit.connection, _row(after))


async def hear(unit: UnitOfWork, incident_id: str, node: str, said: Part) -> None:
    """What a node says of the end of its part; the latest of its times stay, whether the incident is known or not."""
    values = {"incident_id": incident_id, "node": node, **vars(said)}
    await unit.connection.execute(_HEARD, values)


async def parts(connection: AsyncConnection, incident_id: str) -> dict[str, Part]:
    """What each node said of the end of its part, also of an incident that is not known itself."""
    found = await _PARTS.run(connection, {"incident_id": incident_id})
    return {node: Part(ended_at, reopened_at) for node, ended_at, reopened_at in found}


async def find(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident | None:
    """An incident, None when nothing was heard of it."""
    kept = await (_LOCK if lock else _READ).run(connection, {"incident_id": incident_id})
    return _incident(_View(*kept[0]), await parts(connection, incident_id)) if kept else None


async def find_or_hold_off(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """Like ``find``; where it finds nothing, no incident becomes known until this unit ends.

    So what is kept to wait for an incident is seen by whoever hears of the incident, in another replica too.
    """
    incident = await find(connection, incident_id)
    if incident is None:
        await _HOLD_OFF.run(connection, {})
        incident = await find(connection, incident_id)
    return incident


async def require(connection: AsyncConnection, incident_id: str) -> Incident:
    """Like ``find``; raises NotFound."""
    incident = await find(connection, incident_id)
    if incident is None:
        raise NotFound("incident.name", incident_id)
    return incident


async def keep_waiting(unit: UnitOfWork, incident_id: str, asked: SupportRequest, by: str) -> None:
    """Support for an incident that is not heard of yet."""
    values = {"incident_id": incident_id, "asked": asked.model_dump_json(), "requested_by": by}
    await unit.connection.execute(insert(WaitingSupportRow).values(**values))


def _incident(row: _View, said: dict[str, Part]) -> Incident:
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
    return {
        "incident_id": incident.incident_id,
        "origin": incident.origin,
        "sector": incident.sector,
        "event_type": incident.event_type,
        "title": incident.title,
        **incident.place.model_dump(),
        "grade": incident.grade.value,
        "grade_revision": incident.graded_at.revision,
        "grade_set_by": incident.graded_at.node,
        "grade_by_person": incident.graded_at.by_person,
        "lead": incident.lead,
        "lead_revision": incident.lead_since.revision,
        "lead_set_by": incident.lead_since.node,
        "amendments": incident.amendments,
    }
