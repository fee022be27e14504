"""What goes out over HTTP."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.consultation import Position, Task
from contracts.events.incident import DecidingFact, GradeBasis
from contracts.facts import Facts
from contracts.messages import text
from contracts.plan import Plan
from contracts.values import Grade, Location, ResponseLevel
from services.incident.api.duty_views import DueReportView
from services.incident.domain.answers import in_words as in_words_of_answer
from services.incident.domain.answers import unanswered
from services.incident.domain.consultation import Consultation, ConsultationStatus
from services.incident.domain.incident import Incident, IncidentStatus
from services.incident.domain.response import Response, ResponseStatus
from services.incident.policy.grading import GradeResult, in_words
from services.incident.store import board
from services.incident.store.board import Owed, ShortRow


class CommandView(BaseModel):
    """Which node commands, and who there."""

    jurisdiction: str
    name: str = Field(description="of the place")
    commander: str | None
    since: datetime | None


class HazardSourceView(BaseModel):
    """What the plan knows of a hazard source; what is empty the city has not filled."""

    hazard_source_id: str
    name: str
    sector: str | None
    address: str
    detail: str
    substance: str
    contact: str
    plan_file: str


class AnswerView(BaseModel):
    """What was answered to a question of the plan that is no fact; the newest."""

    question: str
    answer: bool | float | str
    words: str
    words_en: str


class IncidentView(BaseModel):
    """One incident as this node knows it."""

    incident_id: str
    version: int
    status: IncidentStatus
    jurisdiction: str = Field(description="where it was reported")
    sector: str
    event_type: str
    title: str
    description: str
    location: Location
    place: str | None = Field(description="township, subdistrict, zone or grid of the plan")
    place_name: str
    jurisdiction_unsure: bool = Field(description="near a border, and nobody has found that it lies here")
    lies_in: str | None = Field(description="the jurisdiction it lies in, as somebody found near a border")
    lies_in_name: str
    occurred_at: datetime
    reported_at: datetime
    facts: Facts
    grade: Grade
    grade_zh: str
    criterion: str = Field(description="what decided, in Chinese")
    criterion_en: str
    decided_by: list[DecidingFact] = Field(description="the same as fact, value and threshold")
    article: str
    grade_basis: GradeBasis = Field(description="by table, by a person, or assumed until a person grades")
    graded_by: str
    grade_reason: str
    computed_grade: Grade | None = Field(description="what the table says beside a person's grade")
    alarm_level: int | None = Field(description="火警等级, where the plan has levels for the sector")
    command: CommandView
    escalated_to: str | None
    hazard_source_id: str | None
    hazard_source: HazardSourceView | None = Field(description="what the plan knows of it")
    answers: list[AnswerView] = Field(description="to the plan's questions that are no facts")
    unanswered: list[str] = Field(description="required questions that nobody has answered yet")
    merged_into: str | None = Field(description="the incident where it goes on, being the same event")


class BoardRow(BaseModel):
    """One incident as a line of the board, without long texts."""

    incident_id: str
    number: int = Field(description="1 to 9999, this node's own and not for ever: to be spoken and typed")
    version: int
    status: IncidentStatus
    jurisdiction: str = Field(description="where it was reported")
    sector: str
    event_type: str
    title: str
    location: Location
    place: str | None
    place_name: str
    occurred_at: datetime
    reported_at: datetime
    facts: Facts
    grade: Grade
    grade_zh: str
    grade_basis: GradeBasis
    computed_grade: Grade | None
    alarm_level: int | None
    command: CommandView
    escalated_to: str | None
    next_due_at: datetime | None = Field(description="of the reports still to be sent; for the watch only")
    reports: int = Field(description="how many reports count here, those of merged incidents among them")
    reports_late: int | None = Field(description="overdue, or sent and not confirmed; for the watch only")


class ResponseView(BaseModel):
    """One response, of this node or as another published it."""

    response_id: str
    jurisdiction: str
    level: ResponseLevel
    matter: str
    expected_duration_hours: float
    measures: list[str]
    approved_by: str
    activated_at: datetime
    status: ResponseStatus
    ended_at: datetime | None
    end_reason: str


class ConsultationSummary(BaseModel):
    """A consultation in a list."""

    consultation_id: str
    matter: str
    status: ConsultationStatus
    convened_at: datetime


class TeamOutView(BaseModel):
    """A team that is not released yet: this node's own, or one that it commands."""

    order_id: str
    team_id: str
    team_name: str
    jurisdiction: str
    commanded_by: str


class RelationView(BaseModel):
    """How another incident stands to this one."""

    incident_id: str
    kind: Literal["merged_into", "split_from", "caused_by", "part_of"]
    reverse: bool = Field(
        description="it is the other that is merged into, split from, caused by or part of this"
    )
    title: str = Field(description="of the other; empty where this node does not know it")
    status: IncidentStatus | Literal[""]
    reason: str
    by: str
    at: datetime | None


class IncidentDetails(IncidentView):
    """One incident with all that hangs on it."""

    responses: list[ResponseView]
    consultations: list[ConsultationSummary]
    due_reports: list[DueReportView]
    teams_out: list[TeamOutView]
    related: list[RelationView] = Field(description="incidents merged into it, split off, or linked")
    reports: int = Field(description="how many reports count here, those of merged incidents among them")


class OpinionView(BaseModel):
    """An opinion; the highest number of a department is the one it holds."""

    department: str
    number: int
    position: Position
    opinion: str
    given_by: str
    given_at: datetime


class ConsultationView(BaseModel):
    """One consultation, with dissent and silence as they stand."""

    consultation_id: str
    incident_id: str
    jurisdiction: str
    matter: str
    brief: str
    chair: str
    chair_account: str | None = Field(description="who concludes, where an account was named")
    deputy_account: str | None
    chair_role: str | None = Field(description="the role that concludes, where no account was named")
    departments: list[str]
    convened_at: datetime
    opinions_due_at: datetime
    status: ConsultationStatus
    opinions: list[OpinionView]
    dissenting: list[str]
    unanswered: list[str]
    conclusion: str
    concluded_at: datetime | None
    response_level: ResponseLevel | None
    tasks: list[Task]


class EntryView(BaseModel):
    """One line of the timeline: when it was, and when it was entered here."""

    entry_id: int
    kind: str
    jurisdiction: str
    actor: str
    occurred_at: datetime
    entered_at: datetime
    summary: str
    summary_en: str
    corrects: int | None = Field(description="the line that this one sets right")


def grade_name(grading: GradeResult, plan: Plan) -> str:
    """How a grade is called in Chinese; an assumed one says that nobody has graded yet."""
    return grade_in_words(grading.grade, grading.basis, plan)


def grade_in_words(grade: Grade, basis: str, plan: Plan) -> str:
    """How a grade of this basis is called in Chinese."""
    name = plan.grades[grade].name
    return text("grade.assumed_name", "zh", grade=name) if basis == "assumed" else name


def incident_fields(incident: Incident, plan: Plan) -> dict[str, Any]:
    """The fields of an incident's view."""
    grading = incident.grading
    return {
        **vars(incident),
        "jurisdiction": incident.origin,
        "facts": incident.known.facts,
        "place_name": plan.place_name(incident.place) if incident.place else "",
        "lies_in_name": plan.place_name(incident.lies_in) if incident.lies_in else "",
        "grade": grading.grade,
        "grade_zh": grade_name(grading, plan),
        "criterion": grading.criterion,
        "criterion_en": in_words(grading.decided_by, "en"),
        "decided_by": grading.decided_by,
        "article": grading.article,
        "grade_basis": grading.basis,
        "graded_by": grading.graded_by,
        "grade_reason": grading.reason,
        "computed_grade": grading.computed,
        "alarm_level": incident.alarm and incident.alarm.level,
        "hazard_source": hazard_source_view(incident.hazard_source_id, plan),
        "answers": [
            {
                "question": name,
                "answer": answer,
                "words": in_words_of_answer(name, answer, plan, "zh"),
                "words_en": in_words_of_answer(name, answer, plan, "en"),
            }
            for name, answer in incident.known.answers.items()
        ],
        "unanswered": unanswered(incident.known, incident.sector, incident.event_type, plan),
        "command": {**vars(incident.lead), "name": plan.place_name(incident.lead.jurisdiction)},
    }


def hazard_source_view(hazard_source_id: str | None, plan: Plan) -> HazardSourceView | None:
    """A hazard source as the API shows it; None for none, and for one that the plan does not have any more."""
    source = plan.seed.hazard_sources.get(hazard_source_id) if hazard_source_id else None
    if source is None or hazard_source_id is None:
        return None
    return HazardSourceView(
        hazard_source_id=hazard_source_id,
        name=source.name,
        sector=source.sector,
        address=source.place.address or "",
        detail=source.detail,
        substance=source.substance,
        contact=source.contact,
        plan_file=source.plan_file,
    )


def incident_view(incident: Incident, plan: Plan) -> IncidentView:
    """An incident as the API shows it."""
    return IncidentView.model_validate(incident_fields(incident, plan))


def board_row(row: ShortRow, owed: Owed | None, plan: Plan) -> BoardRow:
    """A line of the board; ``owed`` is None for whom the duties are not."""
    basis = row.basis or "table"
    return BoardRow.model_validate(
        {
            **row._asdict(),
            "jurisdiction": row.origin,
            "location": {"lon": row.lon, "lat": row.lat, "address": row.address},
            "place_name": plan.place_name(row.place) if row.place else "",
            "grade_zh": grade_in_words(Grade(row.grade), basis, plan),
            "grade_basis": basis,
            "command": {
                "jurisdiction": row.commanded_by,
                "name": plan.place_name(row.commanded_by),
                "commander": row.commander,
                "since": row.commanded_since,
            },
            "next_due_at": owed.next_due_at if owed else None,
            "reports_late": owed.late if owed else None,
        }
    )


async def board_as_json(
    connection: AsyncConnection, incidents: Collection[str], plan: Plan
) -> dict[str, Any]:
    """The lines of the board for these incidents, as the watch sees them, as JSON values."""
    owed = await board.duties_owed(connection, incidents)
    return {
        row.incident_id: board_row(row, owed.get(row.incident_id, Owed()), plan).model_dump(mode="json")
        for row in await board.short_rows(connection, incidents)
    }


def response_views(responses: Iterable[Response]) -> list[ResponseView]:
    """Responses as the API shows them."""
    return [ResponseView.model_validate(response, from_attributes=True) for response in responses]


def consultation_view(consultation: Consultation) -> ConsultationView:
    """A consultation as the API shows it."""
    return ConsultationView.model_validate(
        {
            **vars(consultation),
            "chair_account": consultation.chairing.account,
            "deputy_account": consultation.chairing.deputy,
            "chair_role": consultation.chairing.role,
            "opinions": [vars(opinion) for opinion in consultation.opinions],
            "dissenting": consultation.dissenting,
            "unanswered": consultation.unanswered,
        }
    )
