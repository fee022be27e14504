"""接报: a report becomes an incident, joins the one its source record opened, or waits for a person's decision."""

from contextlib import nullcontext

from fastapi import APIRouter, Request, Response

from contracts.events.incident import ReportChannel
from contracts.privacy import mask
from contracts.refusals import NotFound
from contracts.values import Id, Location, Value
from services.incident.api.access import (
    CallerReader,
    Intake,
    Leader,
    ReportReader,
    audience_of,
    context_of,
    own_reports_of,
)
from services.incident.api.bodies import After, CallerBody, DispositionBody, Limit, PathId, ReportBody
from services.incident.api.report_views import (
    CallerView,
    ReceiptView,
    ReportDetails,
    ReportSummary,
    receipt,
    report_details,
    report_summary,
)
from services.incident.context import Context
from services.incident.domain import filed_report, grading, parked_call
from services.incident.domain import report as reports
from services.incident.domain.answers import checked_answers
from services.incident.domain.facts import news
from services.incident.domain.filed_report import Disposition, ReportStatus
from services.incident.domain.owed import changed_duties
from services.incident.domain.report import Report
from services.incident.domain.timeline import entries
from services.incident.filing import dispose, join
from services.incident.policy.duplicates import cells
from services.incident.publishing import publish
from services.incident.settling import unit_reported
from services.incident.similar import Turns, same_as, told_by
from services.incident.store import board, incidents, parked_calls
from services.incident.store import reports as store
from services.incident.store.reports import Caller, ReportFilter
from services.incident.store.similar import take_turn
from shared.database import UnitOfWork
from shared.http.auth import Principal, Role
from shared.ids import new_id

router = APIRouter(tags=["reports"])
STATUS_CODES = {ReportStatus.ATTACHED: 200, ReportStatus.PARKED: 202}


class Nothing(Value):
    """A command without inputs."""


@router.post("/reports", status_code=201, response_model=ReceiptView)
async def take_report(request: Request, body: ReportBody, call: Intake) -> Response:
    """201 with a new incident; 200 when the source's record is known; 202 when a person has to decide first.

    A source's record is (channel, source_system, external_reference).
    """
    context, report_id = context_of(request), str(new_id())

    async def work(unit: UnitOfWork) -> ReceiptView:
        return await _take_new_report(unit, context, body, report_id, call.principal)

    turns: Turns = request.app.state.turns
    near = _cells(body.location, body.approximate, context)
    async with turns.taken(near) if body.if_similar == "join" else nullcontext():
        return await call.run(
            "report.take",
            report_id,
            body,
            work,
            status=lambda told: STATUS_CODES[told.report_status] if told.merged else 201,
        )


@router.get("/reports")
async def list_reports(
    request: Request,
    who: ReportReader,
    status: ReportStatus | None = None,
    incident_id: Id | None = None,
    channel: ReportChannel | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[ReportSummary]:
    """Reports, the newest first; a machine's token reads what it reported itself."""
    wanted = ReportFilter(status, incident_id, channel, own_reports_of(who))
    async with request.app.state.database.reading() as connection:
        found = await store.page(connection, wanted, limit, after or None)
    return [report_summary(one) for one in found]


@router.get("/reports/{report_id}")
async def show_report(request: Request, who: ReportReader, report_id: PathId) -> ReportDetails:
    """One report and what became of it; without its caller."""
    async with request.app.state.database.reading() as connection:
        filed = await store.require(connection, report_id)
    if own_reports_of(who) not in {None, filed.taken_by}:
        raise NotFound("report.name", report_id)
    return report_details(filed)


@router.get("/reports/{report_id}/caller", response_model=CallerView)
async def show_caller(report_id: PathId, call: CallerReader) -> Response:
    """Who reported, and texts with the numbers that are masked elsewhere; that it was read goes into the audit."""

    async def work(unit: UnitOfWork) -> CallerView:
        filed = await store.require(unit.connection, report_id)
        caller = await store.caller_of(unit.connection, report_id)
        original = dict(filed.report.original)
        return CallerView(
            report_id=report_id,
            name=caller.name,
            phone=caller.phone,
            place=dict(caller.place) if caller.place else None,
            original=original,
            personal_removed_at=filed.personal_removed_at,
        )

    return await call.run("report.read_caller", report_id, Nothing(), work)


@router.post("/reports/{report_id}/caller", response_model=ReportDetails)
async def tell_caller(report_id: PathId, body: CallerBody, call: Intake) -> Response:
    """Who reported, told or understood later than the report; it replaces what was known."""

    async def work(unit: UnitOfWork) -> ReportDetails:
        filed = await store.require(unit.connection, report_id, lock=True)
        if own_reports_of(call.principal) not in {None, filed.taken_by} or filed.personal_removed_at:
            raise NotFound("report.name", report_id)
        await store.tell_caller(unit, report_id, _caller(body))
        return report_details(filed)

    return await call.run("report.tell_caller", report_id, body, work)


@router.post("/reports/{report_id}/disposition", response_model=ReportDetails)
async def decide_on_report(
    request: Request, report_id: PathId, body: DispositionBody, call: Leader
) -> Response:
    """A person's decision on a parked report: open its incident again, open a new one, add it, false, or abuse."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ReportDetails:
        filed = await store.require_with_incident(unit, report_id)
        decided = Disposition(body.decision, mask(body.reason), call.principal.name)
        return report_details(await dispose(unit, context, filed, decided))

    return await call.run("report.dispose", report_id, body, work)


async def _take_new_report(
    unit: UnitOfWork, context: Context, body: ReportBody, report_id: str, by: Principal
) -> ReceiptView:
    report, unsure = _checked_report(context, body, unit, report_id, by)
    caller = _caller(body.caller) if body.caller else Caller()
    if body.call_id is not None:
        caller = await _real_after_all(unit, body.call_id, report_id, caller, by)
    if body.incident_id is not None:
        return await _join_known_incident(unit, context, body.incident_id, report, caller, by)
    if body.if_similar == "join" and (joined := await _join_similar(unit, context, report, caller, by)):
        return joined
    incident, events = grading.open_incident(report, str(new_id()), unsure, context.plan, context.node)
    filed = filed_report.opening_report(report, incident.incident_id, by.subject)
    due = changed_duties((), incident, context.duties(incident), context.plan, unit.now)
    lines = entries(events, by.name, unit.now, context.plan)
    if not await store.open_incident(unit, filed, caller, incident, due, lines):
        return await _join_known_record(unit, context, report, caller, by)
    unit.publish(*events)
    await unit_reported(unit, context, incident.incident_id, report, by.name)
    return receipt(filed, incident, context.plan, merged=False)


async def _real_after_all(
    unit: UnitOfWork, call_id: str, report_id: str, caller: Caller, by: Principal
) -> Caller:
    """A parked call becomes this report, which has its number where no other was told; raises NotFound."""
    called = await parked_calls.require(unit.connection, call_id, lock=True)
    real = parked_call.became_report(called.call, report_id, by.name, unit.now)
    await parked_calls.save(unit, real)
    phone, place = caller.phone or called.caller.phone, caller.place or called.caller.place
    return Caller(caller.name, phone, place)


def _caller(body: CallerBody) -> Caller:
    return Caller(body.name, body.phone, body.place.kept if body.place else None)


async def _join_known_incident(
    unit: UnitOfWork, context: Context, incident_id: str, report: Report, caller: Caller, by: Principal
) -> ReceiptView:
    """A call about an incident that is known, says who takes it: it joins, or is parked if that is over.

    Who may not read an incident adds nothing to it; raises NotFound.
    """
    await board.require_readable(unit.connection, incident_id, audience_of(by, context))
    incident = await incidents.require_counting(unit.connection, incident_id)
    filed = filed_report.joining_report(report, incident, by.subject, "same_event")
    if filed.status is ReportStatus.PARKED:
        await publish(unit, context, [filed_report.parked_event(filed, incident, context.node)], by.name)
    else:
        incident = await join(unit, context, incident, report, report.statement, by.name)
    await store.add(unit, filed, caller)
    return receipt(filed, incident, context.plan, merged=True)


async def _join_similar(
    unit: UnitOfWork, context: Context, report: Report, caller: Caller, by: Principal
) -> ReceiptView | None:
    """A report whose sender lets it join by itself; None when it is about nothing that is known here, or a known record."""
    await take_turn(unit, _cells(report.location, report.approximate, context))
    if await store.is_known_record(unit.connection, report):
        return None
    match = await same_as(unit.connection, told_by(report, caller.phone), context.plan)
    if match is None:
        return None
    incident = await incidents.require_counting(unit.connection, match.incident_id)
    if incident.status in filed_report.ENDED:
        return None
    filed = filed_report.joining_report(report, incident, by.subject, "likely_same")
    incident = await join(unit, context, incident, report, report.statement, by.name)
    await store.add(unit, filed, caller)
    return receipt(filed, incident, context.plan, merged=True)


def _cells(location: Location, approximate: bool, context: Context) -> list[int]:
    return cells(location.lon, location.lat, approximate, context.plan.intake.same_event)


async def _join_known_record(
    unit: UnitOfWork, context: Context, report: Report, caller: Caller, by: Principal
) -> ReceiptView:
    """A record that is known: its report joins the incident that its last one belongs to, or is parked."""
    incident_id = await store.incident_of(unit.connection, report)
    incident = await incidents.require_counting(unit.connection, incident_id)
    filed = filed_report.joining_report(report, incident, by.subject)
    if filed.status is ReportStatus.PARKED:
        parked = filed_report.parked_event(filed, incident, context.node)
        await publish(unit, context, [parked], by.name)
    else:
        earlier = await store.reports_of_record(unit.connection, report)
        newly = news(report.statement, store.statements_taken(earlier))
        incident = await join(unit, context, incident, report, newly, by.name)
    await store.add(unit, filed, caller)
    return receipt(filed, incident, context.plan, merged=True)


def _checked_report(
    context: Context, body: ReportBody, unit: UnitOfWork, report_id: str, by: Principal
) -> tuple[Report, bool]:
    """The report, and whether its jurisdiction is unsure; raises a Refusal."""
    sector, event_type = _kind(body, context)
    context.plan.require_event_type(sector, event_type)
    slug, _ = context.plan.sector(sector)
    if body.occurred_at is not None:
        reports.check_occurrence(body.occurred_at, unit.now)
    reports.check_named_place(body.place, context.plan, context.node)
    reports.check_hazard_source(body.hazard_source_id, context.plan)
    unsure = reports.check_place(body.location, context.locate(body.location), context.name)
    options = context.may_lie_in(body.location) if body.lies_in else []
    unsure = reports.check_lies_in(body.lies_in, unsure, options, context.plan, context.node)
    report = Report(
        report_id=report_id,
        channel=body.channel,
        sector=slug,
        event_type=event_type,
        title=body.title or reports.title_of(body.location, event_type, context.plan),
        description=body.description,
        location=body.location,
        occurred_at=body.occurred_at or unit.now,
        reported_at=unit.now,
        facts=body.facts,
        external_reference=body.external_reference,
        source_system=_source_system(body, by),
        hazard_source_id=body.hazard_source_id,
        place=body.place,
        approximate=body.approximate,
        answers=checked_answers(body.answers, context.plan),
        call_id=body.call_id,
        lies_in=body.lies_in,
    )
    return reports.without_numbers(report), unsure


def _kind(body: ReportBody, context: Context) -> tuple[str, str]:
    """Sector and event type, or those that the plan takes a call for until its kind is known; raises KindMissing."""
    if body.sector is not None and body.event_type is not None:
        return body.sector, body.event_type
    open_ = context.plan.intake.undetermined
    if body.sector is not None or body.event_type is not None or not (open_.sector and open_.event_type):
        raise reports.KindMissing("event_type" if body.event_type is None else "sector", "kind_missing")
    return open_.sector, open_.event_type


def _source_system(body: ReportBody, by: Principal) -> str:
    """Whose number the external reference is; a machine can't speak for another one."""
    named = [by.subject] if Role.SYSTEM in by.roles else []
    return "/".join([*named, *([body.source_system] if body.source_system else [])])
