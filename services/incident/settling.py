"""What every change of an incident has to bring with it, in one place: the next version, and the reporting duties."""

from services.incident.context import Context
from services.incident.domain.due_report import reported_by_unit
from services.incident.domain.incident import Incident
from services.incident.domain.owed import changed_duties
from services.incident.domain.report import Report
from services.incident.publishing import publish
from services.incident.store import due_reports, incidents
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
    standing = await due_reports.of_incident(unit.connection, incident.incident_id, lock=True)
    await due_reports.save_all(
        unit, changed_duties(standing, incident, context.duties(incident), context.plan, unit.now)
    )


async def unit_reported(
    unit: UnitOfWork, context: Context, incident_id: str, report: Report, taken_by: str
) -> None:
    """A report by the unit where it happened is the one that the unit owed (条例 art. 9); others change nothing."""
    if report.by_unit:
        standing = await due_reports.of_incident(unit.connection, incident_id, lock=True)
        done, events = reported_by_unit(standing, report.report_id, taken_by, context.node, unit.now)
        await due_reports.save_all(unit, done)
        await publish(unit, context, events, taken_by)
