"""会商: convene, give an opinion, conclude."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from contracts.events import Event
from contracts.events.consultation import Task
from contracts.state_machine import advance
from services.incident.api.access import WATCH, DepartmentCall, Leader, PersonReader, audience_of, context_of
from services.incident.api.bodies import After, ConclusionBody, ConveneBody, Limit, OpinionBody, PathId
from services.incident.api.responses import start_response
from services.incident.api.views import ConsultationView, consultation_view
from services.incident.context import Context
from services.incident.domain import consultation as domain
from services.incident.domain import incident as incident_domain
from services.incident.domain import response
from services.incident.domain.consultation import Chairing, Conclusion, Consultation
from services.incident.publishing import publish
from services.incident.store import board, consultations, incidents
from shared.database import UnitOfWork
from shared.http.auth import Principal
from shared.ids import new_id

router = APIRouter(tags=["consultations"])


@router.post("/incidents/{incident_id}/consultations", status_code=201, response_model=ConsultationView)
async def convene(request: Request, incident_id: PathId, body: ConveneBody, call: Leader) -> Response:
    """召集会商: the departments named, else those of the plan's matrix."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ConsultationView:
        held, events = await _convene(unit, context, incident_id, body)
        await consultations.add(unit, held)
        await publish(unit, context, events, call.principal.name)
        return consultation_view(held)

    return await call.run("consultation.convene", incident_id, body, work, status=201)


@router.get("/consultations")
async def list_consultations(
    request: Request,
    who: PersonReader,
    concluded: bool | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[ConsultationView]:
    """会商 of this node, the newest first; a department's are those it is asked in or has a task of."""
    department = None if who.roles & WATCH else (who.department or "")
    async with request.app.state.database.reading() as connection:
        found = await consultations.page(connection, department, concluded, limit, after)
    return [consultation_view(held) for held in found]


@router.get("/consultations/{consultation_id}")
async def show(request: Request, who: PersonReader, consultation_id: PathId) -> ConsultationView:
    """One consultation with opinions and tasks."""
    async with request.app.state.database.reading() as connection:
        held = await consultations.require(connection, consultation_id)
        await board.require_readable(connection, held.incident_id, audience_of(who, context_of(request)))
    return consultation_view(held)


@router.post("/consultations/{consultation_id}/opinions", response_model=ConsultationView)
async def give_opinion(
    request: Request, consultation_id: PathId, body: OpinionBody, call: DepartmentCall
) -> Response:
    """部门意见, of the department the token names; a later one replaces it, the earlier one stays on record."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ConsultationView:
        held = await consultations.require(unit.connection, consultation_id, lock=True)
        who = call.principal
        held, events = domain.give_opinion(
            held, who.department, body.position, body.opinion, who.name, unit.now
        )
        await consultations.add_opinion(unit, consultation_id, held.opinions[-1])
        await publish(unit, context, events, who.name)
        return consultation_view(held)

    return await call.run("consultation.give_opinion", consultation_id, body, work)


@router.post("/consultations/{consultation_id}/conclusion", response_model=ConsultationView)
async def conclude(request: Request, consultation_id: PathId, body: ConclusionBody, call: Leader) -> Response:
    """会商结论, by the chair or the deputy: its tasks, response, warning and support take effect, or nothing does."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> ConsultationView:
        held = await consultations.require(unit.connection, consultation_id, lock=True)
        domain.require_chair(held, call.principal.subject, frozenset(call.principal.roles))
        conclusion = _conclusion(body, unit)
        incident = await incidents.require(unit.connection, held.incident_id)
        domain.require_own_warning(conclusion, incident.event_type, context.plan)
        held, events = domain.conclude(held, conclusion, context.plan, unit.now)
        events += await _responding(unit, context, held, body, call.principal)
        await consultations.save_conclusion(unit, held)
        await publish(unit, context, events, call.principal.name)
        return consultation_view(held)

    return await call.run("consultation.conclude", consultation_id, body, work)


async def _convene(
    unit: UnitOfWork, context: Context, incident_id: str, body: ConveneBody
) -> domain.Decision:
    incident = await incidents.require(unit.connection, incident_id, lock=True)
    advance(incident_domain.TRANSITIONS, incident.status, "convene")
    matrix = context.plan.invitees(incident.sector, incident.grading.grade)
    chair = context.plan.consultations.chairs[incident.grading.grade]
    return domain.convene(
        Consultation(
            consultation_id=str(new_id()),
            incident_id=incident_id,
            jurisdiction=context.node,
            matter=body.matter,
            brief=body.brief,
            chair=body.chair or chair.office,
            chairing=Chairing(body.chair_account, body.deputy_account, chair.role),
            departments=domain.departments_to_invite(body.departments, matrix, context.plan, incident.sector),
            convened_at=unit.now,
            opinions_due_at=domain.deadline(unit.now, body.opinion_minutes, context.plan),
        )
    )


def _conclusion(body: ConclusionBody, unit: UnitOfWork) -> Conclusion:
    tasks = tuple(
        Task(
            task_id=str(new_id()),
            department=task.department,
            action=task.action,
            due_at=unit.now + timedelta(minutes=task.due_minutes),
        )
        for task in body.tasks
    )
    return Conclusion(body.conclusion, tasks, body.response_level, body.warning, body.support)


async def _responding(
    unit: UnitOfWork, context: Context, held: Consultation, body: ConclusionBody, by: Principal
) -> list[Event]:
    """The response that the conclusion starts, as the plan describes its level."""
    if body.response_level is None:
        return []
    incident = await incidents.require(unit.connection, held.incident_id, lock=True)
    proposal = response.by_plan(
        body.response_level,
        held.matter,
        body.expected_duration_hours,
        context.plan.responses,
        context.plan.sector(incident.sector)[1].event_class,
    )
    _, events = await start_response(unit, context, held.incident_id, proposal, by)
    return list(events)
