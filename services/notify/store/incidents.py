"""What is known of incidents, and conclusions that wait for one."""

from dataclasses import asdict

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import ProposedWarning
from services.notify.policy.drafting import Incident
from services.notify.store.tables import incident_view, waiting_proposal
from shared.statements import Statement

_REMEMBER = Statement("""
INSERT INTO incident_view (incident_id, jurisdiction, sector, event_type, title, address)
VALUES (%(incident_id)s, %(jurisdiction)s, %(sector)s, %(event_type)s, %(title)s, %(address)s)
ON CONFLICT DO NOTHING
""")
_TAKE_WAITING = Statement("""
DELETE FROM waiting_proposal WHERE incident_id = %(incident_id)s RETURNING consultation_id, proposed
""")


async def remember(connection: AsyncConnection, incident: Incident) -> None:
    """Keep an incident; what was known first stays."""
    await _REMEMBER.run(connection, asdict(incident))


async def amend(connection: AsyncConnection, incident: Incident) -> None:
    """Other particulars of an incident; of one that is not known nothing is kept."""
    where = incident_view.c.incident_id == incident.incident_id
    await connection.execute(update(incident_view).where(where).values(**asdict(incident)))


async def found(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """An incident, if any event told of it."""
    query = select(incident_view).where(incident_view.c.incident_id == incident_id)
    row = (await connection.execute(query)).one_or_none()
    return Incident(**row._mapping) if row else None


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
