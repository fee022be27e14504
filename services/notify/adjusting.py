"""调整预警 in the service: what an incident's change asks about this node's warnings in force."""

from contracts.values import Grade
from services.notify.domain import adjustment as domain
from services.notify.domain.adjustment import Adjustment, Cause
from services.notify.store import adjustments, warnings
from shared.database import UnitOfWork
from shared.ids import new_id


async def ask_about(
    unit: UnitOfWork, incident_id: str, cause: Cause, grade: Grade | None, previous: Grade | None
) -> None:
    """Ask the duty officer about every warning of the incident that is in force here."""
    for record in await warnings.in_force(unit.connection, incident_id, unit.now):
        asked = Adjustment(
            adjustment_id=str(new_id()),
            warning_id=record.warning_id,
            incident_id=incident_id,
            jurisdiction=record.jurisdiction,
            cause=cause,
            grade=grade,
            previous_grade=previous,
            asked_at=unit.now,
        )
        await adjustments.add(unit.connection, asked)
        unit.publish(domain.ask(asked, record))
