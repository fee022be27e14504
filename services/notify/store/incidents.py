"""What is known of incidents, and conclusions that wait for one."""

from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import ProposedWarning
from services.notify.policy.drafting import Incident
from services.notify.store.tables import incident_view, waiting_proposal


async def remember(connection: AsyncConnection, incident: Incident) -> None:
    """Keep an incident; what was known first stays."""
    await connection.execute(insert(incident_view).values(**asdict(incident)).on_conflict_do_nothing())


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
    columns = (waiting_proposal.c.consultation_id, waiting_proposal.c.proposed)
    statement = delete(waiting_proposal).where(waiting_proposal.c.incident_id == incident_id)
    rows = await connection.execute(statement.returning(*columns))
    return [(row.consultation_id, ProposedWarning.model_validate(row.proposed)) for row in rows]
