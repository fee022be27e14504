"""What every change of an incident has to bring with it, in one place: the next version, and the reporting duties."""

from services.incident.context import Context
from services.incident.domain.clock import settled
from services.incident.domain.incident import Incident
from services.incident.store import clocks, incidents
from shared.database import UnitOfWork


async def settle(unit: UnitOfWork, context: Context, before: Incident, after: Incident) -> Incident:
    """Save what was decided or heard; duties it brings start, others change recipients or end.

    The incident is locked by this unit. Answers it with its new version.
    """
    saved = await incidents.save(unit, before, after)
    await settle_duties(unit, context, saved)
    return saved


async def settle_duties(unit: UnitOfWork, context: Context, incident: Incident) -> None:
    """Let the reporting duties of this node follow the incident as it stands."""
    standing = await clocks.of_incident(unit.connection, incident.incident_id, lock=True)
    await clocks.put(unit, settled(standing, incident, context.duties(incident), context.plan, unit.now))
