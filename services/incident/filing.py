"""What a report does to an incident after the first one: it joins, or a person decides on it."""

from contracts.state_machine import advance
from services.incident.context import Context
from services.incident.domain import filed_report, grading
from services.incident.domain import incident as incident_domain
from services.incident.domain.facts import Statement, as_entered, news
from services.incident.domain.filed_report import Disposition, FiledReport, ReportStatus
from services.incident.domain.incident import Incident
from services.incident.domain.report import Report
from services.incident.passing_on import pass_on
from services.incident.publishing import publish
from services.incident.settling import settle, settle_duties, unit_reported
from services.incident.store import incidents, reports
from shared.database import UnitOfWork
from shared.ids import new_id


async def join(
    unit: UnitOfWork, context: Context, incident: Incident, report: Report, newly: Statement, by: str
) -> Incident:
    """What a report newly says is taken in; the incident with its new version."""
    earlier = await incidents.statements(unit.connection, incident.incident_id)
    newly = as_entered(newly, incident.known, unit.now)
    merged, events = grading.merge(incident, report, newly, earlier, context.plan, context.node)
    saved = await settle(unit, context, incident, merged)
    if len(events) > 1:
        await incidents.keep(unit, incident.incident_id, context.node, newly)
        await pass_on(unit, context, saved, newly, by)
    await publish(unit, context, events, by)
    await unit_reported(unit, context, incident.incident_id, report, by)
    return saved


async def dispose(
    unit: UnitOfWork, context: Context, filed: FiledReport, disposition: Disposition
) -> FiledReport:
    """A person's decision on a parked report takes effect; raises RefusedTransition."""
    reason, by = disposition.reason, disposition.by
    if disposition.outcome in {"false", "abuse"}:
        moved, events = filed_report.refuse_report(filed, disposition, context.node, unit.now)
        await publish(unit, context, events, by)
    else:
        joining = _opened_anew if disposition.outcome == "open_incident" else _joined_late
        incident_id = await joining(unit, context, filed, disposition)
        moved = filed.after_command("attach", incident_id, reason, by, unit.now)
    await reports.save(unit, moved)
    return moved


async def _joined_late(
    unit: UnitOfWork, context: Context, filed: FiledReport, disposition: Disposition
) -> str:
    """The report joins the incident that is over, opened again or as it is; the incident's id."""
    incident = await incidents.require(unit.connection, filed.incident_id, lock=True)
    if disposition.outcome == "reopen_incident":
        incident = await _reopen(unit, context, incident, filed, disposition)
    advance(incident_domain.TRANSITIONS, incident.status, "update")
    if filed.status is ReportStatus.PARKED:
        earlier = await reports.reports_of_record(unit.connection, filed.report)
        newly = news(filed.report.statement, reports.statements_taken(earlier))
        await join(unit, context, incident, filed.report, newly, disposition.by)
    return incident.incident_id


async def _reopen(
    unit: UnitOfWork, context: Context, incident: Incident, filed: FiledReport, disposition: Disposition
) -> Incident:
    """The incident goes on, and what was called false with it counts again."""
    reason, by = disposition.reason, disposition.by
    reopened, events = incident_domain.reopen(
        incident, filed.report.report_id, reason, by, context.node, unit.now
    )
    saved = await settle(unit, context, incident, reopened)
    await reports.move_all(unit, incident.incident_id, ReportStatus.FALSE, "attach", "reopened", by)
    await publish(unit, context, events, by)
    return saved


async def _opened_anew(
    unit: UnitOfWork, context: Context, filed: FiledReport, disposition: Disposition
) -> str:
    """The report opens an incident of its own; its id."""
    ended = await incidents.require(unit.connection, filed.incident_id)
    opened = await open_with(unit, context, filed.report, ended.jurisdiction_unsure, disposition.by)
    return opened.incident_id


async def open_with(unit: UnitOfWork, context: Context, report: Report, unsure: bool, by: str) -> Incident:
    """The new incident that a report opens which is on file already; ``unsure``: its place lies near a border."""
    incident, events = grading.open_incident(report, str(new_id()), unsure, context.plan, context.node)
    opened = await incidents.add_or_load(unit, incident)
    await incidents.keep(unit, incident.incident_id, context.node, report.statement)
    await settle_duties(unit, context, incident)
    await publish(unit, context, events, by)
    await unit_reported(unit, context, incident.incident_id, report, by)
    return opened
