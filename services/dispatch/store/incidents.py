"""What this service needs to know of incidents."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.incident import IncidentAmended, IncidentReported, IncidentSnapshot
from contracts.messages import text
from contracts.refusals import NotFound
from contracts.values import Grade, Location
from services.dispatch.store.tables import IncidentViewRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_REMEMBER = Statement("""
INSERT INTO incident_view SELECT * FROM jsonb_populate_record(NULL::incident_view, CAST(%(incident)s AS jsonb))
ON CONFLICT DO NOTHING RETURNING incident_id
""")


@dataclass(frozen=True)
class Incident:
    """An incident as far as sending teams goes; ``over``: it takes no new orders.

    ``amendments``: how often its origin has set right what it is and where.
    """

    incident_id: str
    origin: str
    sector: str
    event_type: str
    title: str
    place: Location
    grade: Grade
    over: bool = False
    amendments: int = 0


def of_event(told: IncidentReported | IncidentSnapshot) -> Incident:
    """An incident as an event tells of it."""
    return Incident(
        told.incident_id,
        told.jurisdiction,
        told.sector,
        told.event_type,
        told.title,
        told.location,
        told.grade,
        amendments=getattr(told, "amendments", 0),
    )


async def remember(unit: UnitOfWork, incident: Incident) -> bool:
    """Keep an incident; False when it was known."""
    values = {name: value for name, value in vars(incident).items() if name != "place"}
    row = {**values, **incident.place.model_dump()}
    return bool(await _REMEMBER.run(unit.connection, {"incident": rows(row)}))


async def found(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """An incident, None when nothing was heard of it."""
    query = select(IncidentViewRow).where(col(IncidentViewRow.incident_id) == incident_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    plain = (row.incident_id, row.origin, row.sector, row.event_type, row.title)
    return Incident(*plain, place, Grade(row.grade), row.over, row.amendments)


async def require(connection: AsyncConnection, incident_id: str) -> Incident:
    """Like ``found``; raises NotFound."""
    incident = await found(connection, incident_id)
    if incident is None:
        raise NotFound(text("incident.name"), incident_id)
    return incident


async def regrade(unit: UnitOfWork, incident_id: str, grade: Grade) -> None:
    """Another grade."""
    where = col(IncidentViewRow.incident_id) == incident_id
    await unit.connection.execute(update(IncidentViewRow).where(where).values(grade=grade.value))


async def set_over(unit: UnitOfWork, incident_id: str, over: bool) -> None:
    """Whether it takes no new orders."""
    where = col(IncidentViewRow.incident_id) == incident_id
    await unit.connection.execute(update(IncidentViewRow).where(where).values(over=over))


async def amend(unit: UnitOfWork, event: IncidentAmended) -> bool:
    """Other particulars; False when a later amendment is known, or nothing of the incident is."""
    row = IncidentViewRow
    told = {name: getattr(event, name) for name in ("sector", "event_type", "title", "amendments")}
    newer = (col(row.incident_id) == event.incident_id, col(row.amendments) < event.amendments)
    statement = update(row).where(*newer).values(**told, **event.location.model_dump())
    return (await unit.connection.execute(statement.returning(col(row.incident_id)))).first() is not None
