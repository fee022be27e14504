"""接报: a report becomes an incident, or joins the one its source record opened."""

from fastapi import APIRouter, Request, Response

from services.incident.api.access import Intake, context_of
from services.incident.api.bodies import ReportBody
from services.incident.api.views import ReceiptView, receipt
from services.incident.context import Context
from services.incident.domain import clock, grading
from services.incident.domain import report as reports
from services.incident.domain.facts import news
from services.incident.domain.report import Report
from services.incident.domain.timeline import entries
from services.incident.publishing import publish
from services.incident.settling import settle
from services.incident.store import incidents
from services.incident.store import reports as store
from services.incident.store.reports import Caller
from shared.database import UnitOfWork
from shared.http.auth import Principal
from shared.ids import new_id

router = APIRouter(tags=["reports"])


@router.post("/reports", status_code=201, response_model=ReceiptView)
async def take_report(request: Request, body: ReportBody, call: Intake) -> Response:
    """201 with a new incident, or 200 when the source's record (channel, external_reference) is known."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReceiptView:
        return await _taken(unit, context, body, call.principal)

    return await call.run(
        "report.take", body.external_reference or "", body, work, status=lambda r: 200 if r.merged else 201
    )


async def _taken(unit: UnitOfWork, context: Context, body: ReportBody, by: Principal) -> ReceiptView:
    report, unsure = _checked(context, body, unit)
    caller = Caller(body.caller.name, body.caller.phone) if body.caller else Caller(None, None)
    incident, events = grading.open_incident(report, str(new_id()), unsure, context.plan, context.node)
    due = clock.settled((), incident, context.duties(incident), context.plan, unit.now)
    lines = entries(events, by.name, unit.now, context.plan)
    if not await store.open_incident(unit, report, caller, incident, due, lines, by.subject):
        return await _merged(unit, context, report, caller, by)
    unit.publish(*events)
    return receipt(report, incident, context.plan, merged=False)


async def _merged(
    unit: UnitOfWork, context: Context, report: Report, caller: Caller, by: Principal
) -> ReceiptView:
    incident_id = await store.incident_of(unit.connection, report)
    known = await incidents.require(unit.connection, incident_id, lock=True)
    newly = news(report.statement, await store.statements_of_record(unit.connection, report))
    earlier = await incidents.statements(unit.connection, incident_id)
    merged, events = grading.merge(known, report, newly, earlier, context.plan, context.node)
    incident = await settle(unit, context, known, merged)
    await store.add_merged(unit, report, caller, incident_id, by.subject)
    if len(events) > 1:
        await incidents.keep(unit, incident_id, context.node, newly)
    await publish(unit, context, events, by.name)
    return receipt(report, incident, context.plan, merged=True)


def _checked(context: Context, body: ReportBody, unit: UnitOfWork) -> tuple[Report, bool]:
    """The report, and whether its jurisdiction is unsure; raises a Refusal."""
    context.plan.require_event_type(body.sector, body.event_type)
    slug, _ = context.plan.sector(body.sector)
    if body.occurred_at is not None:
        reports.check_occurrence(body.occurred_at, unit.now)
    reports.check_named_place(body.place, context.plan, context.node)
    unsure = reports.check_place(body.location, context.locate(body.location), context.name)
    report = Report(
        report_id=str(new_id()),
        channel=body.channel,
        sector=slug,
        event_type=body.event_type,
        title=body.title,
        description=body.description,
        location=body.location,
        occurred_at=body.occurred_at or unit.now,
        reported_at=unit.now,
        facts=body.facts,
        external_reference=body.external_reference,
        hazard_source_id=body.hazard_source_id,
        place=body.place,
    )
    return reports.masked(report), unsure
