"""What is known of incidents, and conclusions that wait for one."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import ProposedWarning
from contracts.precedence import Stamp
from contracts.refusals import NotFound
from contracts.values import Grade
from services.notify.domain.incident import Incident
from services.notify.store.tables import waiting_proposal
from shared.statements import Statement

_REMEMBER = Statement("""
WITH remembered AS (
  INSERT INTO incident_view (
    incident_id, jurisdiction, sector, event_type, title, address, grade, grade_revision, grade_node, grade_by_person
  ) VALUES (
    %(incident_id)s, %(jurisdiction)s, %(sector)s, %(event_type)s, %(title)s, %(address)s,
    %(grade)s, %(grade_revision)s, %(grade_node)s, %(grade_by_person)s
  ) ON CONFLICT DO NOTHING
)
DELETE FROM waiting_proposal WHERE incident_id = %(incident_id)s RETURNING consultation_id, proposed
""")
_FOUND = """
SELECT incident_id, jurisdiction, sector, event_type, title, address, grade, grade_revision, grade_node, grade_by_person
FROM incident_view WHERE incident_id = %(incident_id)s
"""
_READ, _LOCK = Statement(_FOUND), Statement(_FOUND + "FOR UPDATE")
_HOLD_OFF = Statement("LOCK TABLE incident_view IN SHARE ROW EXCLUSIVE MODE")
_SAVE = Statement("""
UPDATE incident_view SET sector = %(sector)s, event_type = %(event_type)s, title = %(title)s, address = %(address)s,
  grade = %(grade)s, grade_revision = %(grade_revision)s, grade_node = %(grade_node)s,
  grade_by_person = %(grade_by_person)s
WHERE incident_id = %(incident_id)s
""")


async def remember(connection: AsyncConnection, incident: Incident) -> list[tuple[str, ProposedWarning]]:
    """Keep an incident, what was known first stays; the proposals that waited for it, which wait no longer.

    Each as (consultation id, proposal).
    """
    waited = await _REMEMBER.run(connection, _to_row(incident))
    return [
        (consultation_id, ProposedWarning.model_validate(proposed)) for consultation_id, proposed in waited
    ]


async def save(connection: AsyncConnection, before: Incident, after: Incident) -> None:
    """An incident as it is known now; nothing is written when nothing changed."""
    if after != before:
        await _SAVE.run(connection, _to_row(after))


async def find(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident | None:
    """An incident, if any event told of it."""
    kept = await (_LOCK if lock else _READ).run(connection, {"incident_id": incident_id})
    return _from_row(kept[0]) if kept else None


async def find_or_hold_off(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """Like ``find``; where it finds nothing, no incident becomes known until this unit ends.

    So what is kept to wait for an incident is seen by whoever hears of the incident, in another replica too.
    """
    incident = await find(connection, incident_id)
    if incident is None:
        await _HOLD_OFF.run(connection, {})
        incident = await find(connection, incident_id)
    return incident


async def require(connection: AsyncConnection, incident_id: str) -> None:
    """Raise NotFound for an incident that nothing was heard of."""
    if await find(connection, incident_id) is None:
        raise NotFound("incident.name", incident_id)


def _to_row(incident: Incident) -> dict[str, Any]:
    return {
        "incident_id": incident.incident_id,
        "jurisdiction": incident.jurisdiction,
        "sector": incident.sector,
        "event_type": incident.event_type,
        "title": incident.title,
        "address": incident.address,
        "grade": incident.grade.value if incident.grade else None,
        "grade_revision": incident.graded_at.revision,
        "grade_node": incident.graded_at.node,
        "grade_by_person": incident.graded_at.by_person,
    }


def _from_row(row: tuple[Any, ...]) -> Incident:
    incident_id, jurisdiction, sector, event_type, title, address, grade, *stamp = row
    known = Grade(grade) if grade else None
    return Incident(incident_id, jurisdiction, sector, event_type, title, address, known, Stamp(*stamp))


async def keep_waiting(
    connection: AsyncConnection, consultation_id: str, incident_id: str, proposed: ProposedWarning
) -> None:
    """Keep a conclusion's proposal until its incident is known."""
    values = {"consultation_id": consultation_id, "incident_id": incident_id}
    statement = insert(waiting_proposal).values(**values, proposed=proposed.model_dump(mode="json"))
    await connection.execute(statement.on_conflict_do_nothing())
