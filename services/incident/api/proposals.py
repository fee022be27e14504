"""What the plan proposes for an incident as it stands: a response, and whom to consult."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from contracts.values import ResponseLevel, Slug
from services.incident.api.access import PersonReader, audience_of, context_of
from services.incident.api.bodies import PathId
from services.incident.context import Context
from services.incident.domain.incident import Incident
from services.incident.store import board

router = APIRouter(tags=["incidents"])
TO_CONFIRM = Field(description="the city has still to confirm what stands here")


class MeasureView(BaseModel):
    """A measure that may be taken, with its article."""

    text: str
    source: str


class ResponseProposal(BaseModel):
    """应急响应 that the grade calls for (突发事件应对法 arts 71-74); the measures are offered, not taken."""

    level: ResponseLevel
    name: str
    measures: list[MeasureView]
    expected_duration_hours: float
    starter: str = Field(description="the office that usually decides; empty: another level of government")
    approvers: list[str] = Field(description="roles that may start it at this node")
    to_confirm: bool = TO_CONFIRM


class DepartmentView(BaseModel):
    """A department to consult."""

    department: Slug
    name: str
    name_en: str


class ConsultationProposal(BaseModel):
    """会商: the chair of the grade, and the departments of the matrix of sector and grade."""

    chair: str
    role: str
    departments: list[DepartmentView]
    to_confirm: bool = TO_CONFIRM


class ProposalsView(BaseModel):
    """What the plan proposes; a person decides."""

    response: ResponseProposal
    consultation: ConsultationProposal


@router.get("/incidents/{incident_id}/proposals")
async def show_proposals(request: Request, who: PersonReader, incident_id: PathId) -> ProposalsView:
    """The response and the consultation that the plan proposes for the incident's sector and grade."""
    context = context_of(request)
    async with request.app.state.database.reading() as connection:
        incident = await board.require_readable(connection, incident_id, audience_of(who, context))
    return ProposalsView(response=_response(context, incident), consultation=_consultation(context, incident))


def _response(context: Context, incident: Incident) -> ResponseProposal:
    rules = context.plan.responses
    level = rules.criteria.levels[incident.grading.grade]
    rule = rules.levels[level]
    _, sector = context.plan.sector(incident.sector)
    measures = rules.measures(level, sector.event_class)
    return ResponseProposal(
        level=level,
        name=rule.name,
        measures=[MeasureView(text=one.text, source=one.source) for one in measures],
        expected_duration_hours=rule.expected_duration_hours.value,
        starter=rule.starters.get(context.level, ""),
        approvers=list(rule.approvers.get(context.level, ())),
        to_confirm=rule.to_confirm or rules.criteria.to_confirm,
    )


def _consultation(context: Context, incident: Incident) -> ConsultationProposal:
    plan, grade = context.plan, incident.grading.grade
    chair, invitees = plan.consultations.chairs[grade], plan.consultations.matrix[incident.sector]
    named = {slug: plan.departments[slug] for slug in plan.invitees(incident.sector, grade)}
    return ConsultationProposal(
        chair=chair.office,
        role=chair.role,
        departments=[
            DepartmentView(department=slug, name=one.name, name_en=one.name_en) for slug, one in named.items()
        ],
        to_confirm=chair.to_confirm or invitees.to_confirm,
    )
