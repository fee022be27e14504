"""Incidents: the board, one incident, its timeline, and every command on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.incident.api.access import Leader, Operator, Reader, audience_of, context_of
from services.incident.api.bodies import (
    AlarmBody,
    BoardQuery,
    CloseBody,
    CommandBody,
    GradeBody,
    Limit,
    NoteBody,
    ParticularsBody,
    PathId,
    StatementBody,
    UpdateBody,
    VersionBody,
)
from services.incident.api.duty_views import due_report_view
from services.incident.api.views import (
    BoardRow,
    ConsultationSummary,
    EntryView,
    IncidentDetails,
    IncidentView,
    board_row,
    incident_fields,
    incident_view,
    response_views,
)
from services.incident.context import Context
from services.incident.domain import alarm, grading, lead, particulars
from services.incident.domain import incident as domain
from services.incident.domain.answers import checked_answers
from services.incident.domain.facts import Statement, as_entered
from services.incident.domain.filed_report import ReportStatus
from services.incident.domain.incident import Decision, Incident, IncidentStatus
from services.incident.domain.note import NoSuchLine, note_taken
from services.incident.domain.particulars import Particulars
from services.incident.domain.report import (
    check_hazard_source,
    check_lies_in,
    check_named_place,
    check_place,
    check_stated,
)
from services.incident.ending import require_quiet
from services.incident.passing_on import pass_on
from services.incident.publishing import publish
from services.incident.settling import settle
from services.incident.store import (
    board,
    consultations,
    due_reports,
    incidents,
    links,
    reports,
    responses,
    teams_out,
    timeline,
)
from services.incident.store.board import BoardFilter, Owed
from shared.database import UnitOfWork
from shared.http.auth import Role
from shared.http.commands import Call

router = APIRouter(tags=["incidents"])

Decide = Callable[[Incident, datetime], Decision]


@router.get("/incidents")
async def list_incidents(
    request: Request,
    who: Reader,
    wanted: Annotated[BoardQuery, Query()],
) -> list[BoardRow]:
    """The board: short rows, the newest first; departments and machines see those that are their job."""
    context = context_of(request)
    audience = audience_of(who, context)
    chosen = BoardFilter(**wanted.model_dump(exclude={"limit", "after"}), audience=audience)
    async with request.app.state.database.reading() as connection:
        found = await board.board(connection, chosen, wanted.limit, wanted.after or None)
        owed = {} if audience else await board.duties_owed(connection, [row.incident_id for row in found])
    nothing = None if audience else Owed()
    return [board_row(row, owed.get(row.incident_id, nothing), context.plan) for row in found]


@router.get("/incidents/{incident_id}")
async def show_incident(request: Request, who: Reader, incident_id: PathId) -> IncidentDetails:
    """One incident with responses, consultations and, for the watch, its reporting duties."""
    async with request.app.state.database.reading() as connection:
        audience = audience_of(who, context_of(request))
        incident = await board.require_readable(connection, incident_id, audience)
        held = await consultations.of_incident(connection, incident_id)
        started = await responses.of_incident(connection, incident_id)
        due = [] if audience else await due_reports.of_incident(connection, incident_id)
        out = await teams_out.of_incident(connection, incident_id, context_of(request).node)
        related = await links.of_incident(connection, incident_id)
        if audience:
            related = [
                one for one in related if await board.is_readable(connection, one.incident_id, audience)
            ]
        counting = await reports.counting(connection, incident_id)
    return IncidentDetails.model_validate(
        {
            **incident_fields(incident, context_of(request).plan),
            "responses": response_views(started),
            "consultations": [ConsultationSummary.model_validate(row._mapping) for row in held],
            "due_reports": [due_report_view(one) for one in due],
            "teams_out": [vars(one) for one in out],
            "related": [vars(one) for one in related],
            "reports": counting,
        }
    )


@router.get("/incidents/{incident_id}/timeline")
async def show_timeline(
    request: Request, who: Reader, incident_id: PathId, limit: Limit = 100, after: int = 0
) -> list[EntryView]:
    """The timeline in the order of entry, from behind the entry named."""
    async with request.app.state.database.reading() as connection:
        await board.require_readable(connection, incident_id, audience_of(who, context_of(request)))
        lines = await timeline.of_incident(connection, incident_id, limit, after)
    return [EntryView.model_validate(line._mapping) for line in lines]


@router.post("/incidents/{incident_id}/updates", response_model=IncidentView)
async def update(request: Request, incident_id: PathId, body: UpdateBody, call: Operator) -> Response:
    """续报: new facts; graded again, and handed upward if it comes to that."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        check_stated(body.stated_at, unit.now)
        current = await _current(unit, incident_id, body.version)
        answers = checked_answers(body.answers, context.plan)
        at = body.stated_at or unit.now
        stated = Statement(body.facts, body.source, at, body.statement, answers=answers)
        statement = as_entered(stated, current.known, unit.now)
        earlier = await incidents.statements(unit.connection, incident_id)
        decision = grading.update(current, statement, earlier, context.plan, context.node)
        incident = await _accept(unit, context, call, current, decision)
        await incidents.keep(unit, incident_id, context.node, statement)
        await pass_on(unit, context, incident, statement, call.principal.name)
        return incident_view(incident, context.plan)

    return await call.run("incident.update", incident_id, body, work)


@router.post("/incidents/{incident_id}/particulars", response_model=IncidentView)
async def amend(request: Request, incident_id: PathId, body: ParticularsBody, call: Operator) -> Response:
    """更正接报要素, at the node that took the report: kind, title or place; graded again by the new kind."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        current = await _current(unit, incident_id, body.version)
        wanted = particulars.without_numbers(
            _amended_particulars(body, particulars.particulars_of(current), context)
        )
        told = tuple(await incidents.statements(unit.connection, incident_id))
        by = call.principal.name
        decision = particulars.amend(current, wanted, told, context.plan, context.node, by, unit.now)
        return incident_view(await _accept(unit, context, call, current, decision), context.plan)

    return await call.run("incident.amend", incident_id, body, work)


@router.post("/incidents/{incident_id}/notes", status_code=201, response_model=EntryView)
async def add_note(request: Request, incident_id: PathId, body: NoteBody, call: Operator) -> Response:
    """记事: a line of the timeline by hand, or one that sets another right, which stays as it is."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> EntryView:
        check_stated(body.noted_at, unit.now, "noted_at")
        await incidents.require(unit.connection, incident_id, lock=True)
        corrected = None
        if body.corrects is not None:
            corrected = await timeline.line(unit.connection, incident_id, body.corrects)
            if corrected is None:
                raise NoSuchLine("corrects", "no_such_line", entry=body.corrects)
        by, at = call.principal.name, body.noted_at or unit.now
        wrong = corrected.summary if corrected else ""
        event = note_taken(incident_id, body.note, wrong, by, context.node, at)
        await publish(unit, context, [event], by, body.corrects)
        return EntryView.model_validate((await timeline.last(unit.connection, incident_id))._mapping)

    return await call.run("incident.note", incident_id, body, work, status=201)


@router.post("/incidents/{incident_id}/grade", response_model=IncidentView)
async def grade(request: Request, incident_id: PathId, body: GradeBody, call: Leader) -> Response:
    """人工定级, with reason: what no table grades, or by a commander another grade beside the table's."""
    context, who = context_of(request), call.principal
    given = grading.GradeByPerson(body.grade, body.reason, who.name, Role.COMMANDER in who.roles)

    async def work(unit: UnitOfWork) -> IncidentView:
        current = await _current(unit, incident_id, body.version)
        told = await incidents.statements(unit.connection, incident_id)
        decision = grading.grade_by_person(current, given, told, context.plan, context.node)
        incident = await _accept(unit, context, call, current, decision)
        return incident_view(incident, context.plan)

    return await call.run("incident.grade", incident_id, body, work)


@router.post("/incidents/{incident_id}/alarm", response_model=IncidentView)
async def raise_alarm(request: Request, incident_id: PathId, body: AlarmBody, call: Leader) -> Response:
    """提高火警等级 by one: the commander finds the force insufficient. Facts do not take it back."""
    context = context_of(request)

    def decide(incident: Incident, _: datetime) -> Decision:
        by = call.principal.name
        return alarm.raise_by_commander(incident, context.plan, context.node, by, body.reason)

    return await _command(call, "incident.raise_alarm", incident_id, body, context, decide)


@router.post("/incidents/{incident_id}/command", response_model=IncidentView)
async def assume_command(request: Request, incident_id: PathId, body: CommandBody, call: Leader) -> Response:
    """The level above takes command."""
    context = context_of(request)

    def decide(incident: Incident, now: datetime) -> Decision:
        return lead.assume_command(incident, body.commander, context.plan, context.node, now)

    return await _command(call, "incident.assume_command", incident_id, body, context, decide)


@router.post("/incidents/{incident_id}/controlled", response_model=IncidentView)
async def control_incident(
    request: Request, incident_id: PathId, body: StatementBody, call: Leader
) -> Response:
    """现场得到控制, says the node in command."""
    context = context_of(request)

    def decide(incident: Incident, now: datetime) -> Decision:
        lead.require_command(incident, context.node)
        return domain.control(incident, body.statement, context.node, now)

    return await _command(call, "incident.control", incident_id, body, context, decide)


@router.post("/incidents/{incident_id}/close", response_model=IncidentView)
async def close(request: Request, incident_id: PathId, body: CloseBody, call: Leader) -> Response:
    """This node's part is over; refused while its response runs, and while teams are out unless that is known."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> IncidentView:
        current = await _current(unit, incident_id, body.version)
        await require_quiet(unit, context, current, body.teams_stay_out)
        decision = domain.close(current, body.outcome, body.statement, context.node, unit.now)
        incident = await _accept(unit, context, call, current, decision)
        if incident.status is IncidentStatus.FALSE_REPORT:
            by, reason = call.principal.name, "incident_false_report"
            await reports.move_all(unit, incident_id, ReportStatus.ATTACHED, "call_false", reason, by)
        return incident_view(incident, context.plan)

    return await call.run("incident.close", incident_id, body, work)


async def _command(
    call: Call, name: str, incident_id: str, body: VersionBody, context: Context, decide: Decide
) -> Response:
    async def work(unit: UnitOfWork) -> IncidentView:
        incident = await _decide_and_accept(unit, context, call, (incident_id, body.version), decide)
        return incident_view(incident, context.plan)

    return await call.run(name, incident_id, body, work)


async def _decide_and_accept(
    unit: UnitOfWork, context: Context, call: Call, which: tuple[str, int | None], decide: Decide
) -> Incident:
    """Load, decide, accept; ``which`` is id and version."""
    current = await _current(unit, *which)
    return await _accept(unit, context, call, current, decide(current, unit.now))


async def _current(unit: UnitOfWork, incident_id: str, version: int | None) -> Incident:
    """The incident, locked; raises NotFound, and StaleVersion when the operator looked at an older one."""
    current = await incidents.require(unit.connection, incident_id, lock=True)
    domain.check_version(current, version)
    return current


async def _accept(
    unit: UnitOfWork, context: Context, call: Call, current: Incident, decision: Decision
) -> Incident:
    """What was decided takes effect and is published; the incident with its new version."""
    decided, events = decision
    saved = await settle(unit, context, current, decided)
    await publish(unit, context, events, call.principal.name)
    return saved


def _amended_particulars(body: ParticularsBody, standing: Particulars, context: Context) -> Particulars:
    """The particulars as they are to be; raises UnknownSector, UnknownEventType, UnknownPlace, OutsideJurisdiction."""
    sector, event_type = body.sector or standing.sector, body.event_type or standing.event_type
    context.plan.require_event_type(sector, event_type)
    slug, _ = context.plan.sector(sector)
    place, hazard = body.place or standing.place, body.hazard_source_id or standing.hazard_source_id
    location, lies_in = standing.location, body.lies_in or standing.lies_in
    if body.location is not None:
        location, place, hazard, lies_in = body.location, body.place, body.hazard_source_id, body.lies_in
    unsure = standing.jurisdiction_unsure
    if body.location is not None or body.lies_in is not None:
        near = check_place(location, context.locate(location), context.name)
        unsure = check_lies_in(lies_in, near, context.may_lie_in(location), context.plan, context.node)
    check_named_place(place, context.plan, context.node)
    check_hazard_source(body.hazard_source_id, context.plan)
    title = body.title or standing.title
    return Particulars(slug, event_type, title, location, place, hazard, lies_in, unsure)
