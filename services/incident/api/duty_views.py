"""What goes out over HTTP about reporting duties."""

from datetime import datetime

from pydantic import BaseModel, Field

from contracts.plan.reporting import RecipientKind
from contracts.values import Grade, OwedBy
from services.incident.domain.due_report import DueReport, DueReportStatus, Trigger


class RecipientView(BaseModel):
    """One of those who get a report."""

    kind: RecipientKind
    name: str


class DueReportView(BaseModel):
    """One reporting duty of this node; ``late_seconds`` when the report went too late."""

    duty_id: str
    incident_id: str
    duty: str
    occurrence: int = Field(description="the how many-th time it is owed; a rise of the grade brings another")
    name: str
    article: str
    owner: str = Field(description="who owes the report")
    owed_by: OwedBy = Field(description="unit: the duty of where it happened, only watched here")
    trigger: Trigger = Field(description="what set the term going")
    grade: Grade = Field(description="the grade it is owed at; once sent, the one it was sent at")
    recipient: str
    recipients: list[RecipientView]
    at_once: bool = Field(description="the law says 立即 or 同时; due_at is the city's own figure")
    started_at: datetime
    due_at: datetime
    status: DueReportStatus
    noticed_at: datetime | None
    submitted_at: datetime | None
    proof: str | None
    received_at: datetime | None
    received_by: str | None
    receipt: str | None
    late_seconds: float | None


class SubmissionView(BaseModel):
    """A report from the level below that reached this node, and who confirmed it."""

    duty_id: str
    incident_id: str
    jurisdiction: str
    duty: str
    recipient: str
    proof: str
    submitted_at: datetime
    received_at: datetime | None
    received_by: str | None
    receipt: str | None


def due_report_view(due_report: DueReport) -> DueReportView:
    """A due report as the API shows it."""
    return DueReportView.model_validate(due_report, from_attributes=True)
