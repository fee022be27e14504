"""Reports as they go out over HTTP: the receipt, a line of the list, one report. The caller is never in them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from contracts.events.incident import DecidingFact, GradeBasis, ReportChannel
from contracts.facts import Facts
from contracts.messages import catalogue, text
from contracts.plan import Plan
from contracts.values import Grade, Location
from services.incident.api.views import HazardSourceView, grade_name, hazard_source_view
from services.incident.domain.filed_report import FiledReport, ReportStatus, Step
from services.incident.domain.incident import Incident, IncidentStatus


class ReceiptView(BaseModel):
    """What whoever reported gets back; ``merged``: the source's record was known already."""

    report_id: str
    report_status: ReportStatus = Field(description="parked: its incident is over, a person decides")
    incident_id: str
    version: int
    status: IncidentStatus = Field(description="of the incident")
    grade: Grade
    grade_zh: str
    criterion: str
    decided_by: list[DecidingFact]
    article: str
    grade_basis: GradeBasis
    jurisdiction_unsure: bool
    merged: bool
    masked: list[str] = Field(
        description="texts in which a phone or identity number was typed and is masked; callers have a field"
    )
    hazard_source: HazardSourceView | None = Field(
        description="of the report, as the plan knows it; else of the incident"
    )


class StepView(BaseModel):
    """One step of a report's lineage."""

    status: ReportStatus
    incident_id: str
    reason: str = Field(description="a code of the program, or a person's words")
    reason_zh: str
    reason_en: str
    by: str
    at: datetime


class ReportSummary(BaseModel):
    """A report in a list."""

    report_id: str
    status: ReportStatus
    incident_id: str = Field(description="of a parked report: the ended incident of its source record")
    channel: ReportChannel
    source_system: str
    external_reference: str | None
    sector: str
    event_type: str
    title: str
    occurred_at: datetime
    reported_at: datetime
    taken_by: str
    last_step: StepView | None


class ReportDetails(ReportSummary):
    """One report as it came, numbers in its texts masked, and what became of it."""

    description: str
    location: Location
    place: str | None
    facts: Facts
    hazard_source_id: str | None
    answers: dict[str, bool | float | str] = Field(description="to the plan's questions that are no facts")
    call_id: str | None = Field(description="the parked call that turned out to be real")
    masked: list[str]
    lineage: list[StepView]
    personal_removed_at: datetime | None = Field(description="caller and original texts were removed then")


class CallerView(BaseModel):
    """Personal data of who reported, and the texts with the numbers in them; reading it is on record."""

    report_id: str
    name: str | None
    phone: str | None
    place: dict[str, Any] | None = Field(description="where they are: words, lon, lat, as far as known")
    original: dict[str, str] = Field(
        description="texts as they were typed, where a number is masked elsewhere"
    )
    personal_removed_at: datetime | None = Field(
        description="nothing is left: it was removed by the plan's time"
    )


def receipt(filed: FiledReport, incident: Incident, plan: Plan, merged: bool) -> ReceiptView:
    """What whoever reported gets back."""
    grading = incident.grading
    return ReceiptView(
        report_id=filed.report.report_id,
        report_status=filed.status,
        incident_id=incident.incident_id,
        version=incident.version,
        status=incident.status,
        grade=grading.grade,
        grade_zh=grade_name(grading, plan),
        criterion=grading.criterion,
        decided_by=list(grading.decided_by),
        article=grading.article,
        grade_basis=grading.basis,
        jurisdiction_unsure=incident.jurisdiction_unsure,
        merged=merged,
        masked=sorted(filed.report.original),
        hazard_source=hazard_source_view(filed.report.hazard_source_id or incident.hazard_source_id, plan),
    )


def report_summary(filed: FiledReport) -> ReportSummary:
    """A report as a line of the list."""
    return ReportSummary(
        report_id=filed.report.report_id,
        status=filed.status,
        incident_id=filed.incident_id,
        channel=filed.report.channel,
        source_system=filed.report.source_system,
        external_reference=filed.report.external_reference,
        sector=filed.report.sector,
        event_type=filed.report.event_type,
        title=filed.report.title,
        occurred_at=filed.report.occurred_at,
        reported_at=filed.report.reported_at,
        taken_by=filed.taken_by,
        last_step=_step_view(filed.lineage[-1]) if filed.lineage else None,
    )


def report_details(filed: FiledReport) -> ReportDetails:
    """One report as the API shows it."""
    return ReportDetails(
        **vars(report_summary(filed)),
        description=filed.report.description,
        location=filed.report.location,
        place=filed.report.place,
        facts=filed.report.facts,
        hazard_source_id=filed.report.hazard_source_id,
        answers=dict(filed.report.answers),
        call_id=filed.report.call_id,
        masked=sorted(filed.report.original),
        lineage=[_step_view(step) for step in filed.lineage],
        personal_removed_at=filed.personal_removed_at,
    )


def _step_view(step: Step) -> StepView:
    key = f"report_step.{step.reason}"
    known = key in catalogue()
    return StepView(
        status=step.status,
        incident_id=step.incident_id,
        reason=step.reason,
        reason_zh=text(key, "zh") if known else step.reason,
        reason_en=text(key, "en") if known else step.reason,
        by=step.by,
        at=step.at,
    )
