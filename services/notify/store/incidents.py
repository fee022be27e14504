"""What is known of incidents, and conclusions that wait for one."""

from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import ProposedWarning
from contracts.messages import text
from contracts.precedence import Stamp
from contracts.refusals import NotFound
from contracts.values import Grade
from services.notify.domain.incident import Incident
from services.notify.store.tables import incident_view, waiting_proposal
from shared.statements import Statement

_REMEMBER = Statement("""
INSERT INTO incident_view (
  incident_id, jurisdiction, sector, event_type, title, address, grade, grade_revision, grade_node, grade_by_person
) VALUES (
  %(incident_id)s, %(jurisdiction)s, %(sector)s, %(event_type)s, %(title)s, %(address)s,
  %(grade)s, %(grade_revision)s, %(grade_node)s, %(grade_by_person)s
) ON CONFLICT DO NOTHING
""")
_TAKE_WAITING = Statement("""
DELETE FROM waiting_proposal WHERE incident_id = %(incident_id)s RETURNING consultation_id, proposed
""")


async def remember(connection: AsyncConnection, incident: Incident) -> None:
    """Keep an incident; what was known first stays."""
    await _REMEMBER.run(connection, _to_row(incident))


async def save(connection: AsyncConnection, incident: Incident) -> None:
    """An incident as it is known now."""
    where = incident_view.c.incident_id == incident.incident_id
    await connection.execute(update(incident_view).where(where).values(**_to_row(incident)))


async def found(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident | None:
    """An incident, if any event told of it."""
    query = select(incident_view).where(incident_view.c.incident_id == incident_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    return _from_row(row) if row else None


async def require(connection: AsyncConnection, incident_id: str) -> None:
    """Raise NotFound for an incident that nothing was heard of."""
    if await found(connection, incident_id) is None:
        raise NotFound(text("incident.name"), incident_id)


def _to_row(incident: Incident) -> dict[str, Any]:
    stamp = incident.graded_at
    return {
        **{name: value for name, value in vars(incident).items() if name != "graded_at"},
        "grade": incident.grade.value if incident.grade else None,
        "grade_revision": stamp.revision,
        "grade_node": stamp.node,
        "grade_by_person": stamp.by_person,
    }


def _from_row(row: Row[Any]) -> Incident:
    values = dict(row._mapping)
    stamp = Stamp(values.pop("grade_revision"), values.pop("grade_node"), values.pop("grade_by_person"))
    grade = values.pop("grade")
    return Incident(**values, grade=Grade(grade) if grade else None, graded_at=stamp)


async def keep_waiting(
    connection: AsyncConnection, consultation_id: str, incident_id: str, proposed: ProposedWarning
) -> None:
    """Keep a conclusion's proposal until its incident is known."""
    values = {"consultation_id": consultation_id, "incident_id": incident_id}
    statement = insert(waiting_proposal).values(**values, proposed=proposed.model_dump(mode="json"))
    await connection.execute(statement.on_conflict_do_nothing())


async def take_waiting(connection: AsyncConnection, incident_id: str) -> list[tuple[str, ProposedWarning]]:
    """The proposals that waited for an incident, as (consultation id, proposal); they wait no longer."""
    found = await _TAKE_WAITING.run(connection, {"incident_id": incident_id})
    return [
        (consultation_id, ProposedWarning.model_validate(proposed)) for consultation_id, proposed in found
    ]
