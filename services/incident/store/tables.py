"""The tables. Times are timestamps with time zone, identifiers text, what is looked at as a whole is JSON.

Rows written in the statement that writes their parent carry no foreign key; all others do.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, ForeignKey, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _moment(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own Field
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=nullable)


class IncidentRow(SQLModel, table=True):
    """An incident as this node knows it: its own, or the mirror of one of a level below."""

    __tablename__ = "incident"
    __table_args__ = (
        *(
            Index(f"incident_by_{column}", column, "incident_id")
            for column in ("status", "sector", "grade", "origin", "commanded_by")
        ),
        Index(
            "incident_open",
            "incident_id",
            postgresql_where=text("status IN ('reported', 'responding', 'controlled')"),
        ),
        Index("incident_merged", "merged_into", postgresql_where=text("merged_into IS NOT NULL")),
    )

    incident_id: str = Field(primary_key=True, sa_type=Text)
    origin: str = Field(sa_type=Text)
    sector: str = Field(sa_type=Text)
    event_type: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    description: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    jurisdiction_unsure: bool
    occurred_at: datetime = _moment()
    reported_at: datetime = _moment()
    hazard_source_id: str | None = Field(default=None, sa_type=Text)
    facts: dict[str, Any] = Field(sa_type=JSONB)
    facts_since: dict[str, Any] = Field(sa_type=JSONB)
    grade: str = Field(sa_type=Text)
    criterion: str = Field(sa_type=Text)
    article: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    commanded_by: str = Field(sa_type=Text)
    commander: str | None = Field(default=None, sa_type=Text)
    commanded_since: datetime | None = _moment(nullable=True)
    escalated_to: str | None = Field(default=None, sa_type=Text)
    version: int
    basis: str | None = Field(default=None, sa_type=Text)
    graded_by: str | None = Field(default=None, sa_type=Text)
    grade_reason: str | None = Field(default=None, sa_type=Text)
    computed_grade: str | None = Field(default=None, sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    grade_revision: int | None = None
    grade_set_by: str | None = Field(default=None, sa_type=Text)
    lead_revision: int | None = None
    lead_set_by: str | None = Field(default=None, sa_type=Text)
    decided_by: list[dict[str, Any]] | None = Field(default=None, sa_type=JSONB)
    alarm_level: int | None = None
    number: int = Field(sa_column_kwargs={"server_default": text("nextval('incident_number')")})
    alarm_least: int | None = None
    amendments: int | None = None
    merged_into: str | None = Field(default=None, sa_type=Text)
    alarm_leasts: dict[str, int] | None = Field(default=None, sa_type=JSONB)
    answers: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    lies_in: str | None = Field(default=None, sa_type=Text)


class ReportRow(SQLModel, table=True):
    """A report; only the first of a source record (channel, source system, external reference) opens an incident.

    ``merged``: not the first of its record. ``lineage`` are its steps, the oldest first.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "report_of_source_record",
            "channel",
            "source_system",
            "external_reference",
            unique=True,
            postgresql_where=text("external_reference IS NOT NULL AND NOT merged"),
        ),
        Index("report_of_incident", "incident_id", "report_id"),
        Index(
            "report_about",
            "incident_id",
            postgresql_where=text("status = 'attached' AND body ->> 'approximate' = 'true'"),
        ),
        Index("report_board", "status", "report_id"),
        Index("report_of_taker", "taken_by", "report_id"),
        Index("report_with_personal", "reported_at", postgresql_where=text("personal_removed_at IS NULL")),
    )

    report_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    channel: str = Field(sa_type=Text)
    external_reference: str | None = Field(default=None, sa_type=Text)
    merged: bool
    body: dict[str, Any] = Field(sa_type=JSONB)
    taken_by: str = Field(sa_type=Text)
    reported_at: datetime = _moment()
    source_system: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    personal_removed_at: datetime | None = _moment(nullable=True)
    lineage: list[dict[str, str]] = Field(sa_type=JSONB)


class CallerRow(SQLModel, table=True):
    """Personal data of who reported, apart from everything else and never in an event."""

    __tablename__ = "caller"
    __table_args__ = (Index("caller_by_phone", "phone", postgresql_where=text("phone IS NOT NULL")),)

    report_id: str = Field(primary_key=True, sa_type=Text)
    name: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    place: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


class CallRow(SQLModel, table=True):
    """A call that is no report: silent, a wrong number, abuse; who called is personal data and goes after its time."""

    __tablename__ = "parked_call"
    __table_args__ = (
        Index("parked_call_board", "status", "call_id"),
        Index("parked_call_by_phone", "phone", postgresql_where=text("phone IS NOT NULL")),
        Index("parked_call_with_personal", "called_at", postgresql_where=text("personal_removed_at IS NULL")),
    )

    call_id: str = Field(primary_key=True, sa_type=Text)
    channel: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    place: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    taken_by: str = Field(sa_type=Text)
    called_at: datetime = _moment()
    report_id: str | None = Field(default=None, sa_type=Text)
    lineage: list[dict[str, str]] = Field(sa_type=JSONB)
    personal_removed_at: datetime | None = _moment(nullable=True)


class StatementRow(SQLModel, table=True):
    """A dated statement of facts; never changed, but withdrawn with the incident or report that brought it."""

    __tablename__ = "statement"
    __table_args__ = (Index("statement_of_incident", "incident_id", "stated_at"),)

    statement_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_column=Column(Text, ForeignKey("incident.incident_id"), nullable=False))
    jurisdiction: str = Field(sa_type=Text)
    facts: dict[str, Any] = Field(sa_type=JSONB)
    text: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    stated_at: datetime = _moment()
    entered_at: datetime = _moment()
    report_id: str | None = Field(default=None, sa_type=Text)
    from_incident: str | None = Field(default=None, sa_type=Text)
    withdrawn_at: datetime | None = _moment(nullable=True)
    answers: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


class LinkRow(SQLModel, table=True):
    """How one incident hangs on another, which this node may not know; ``split_from``: its reports were split off."""

    __tablename__ = "incident_link"
    __table_args__ = (Index("incident_link_other", "other"),)

    incident_id: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    other: str = Field(primary_key=True, sa_type=Text)
    reason: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    linked_at: datetime = _moment()


class DueReportRow(SQLModel, table=True):
    """A reporting duty of this node, once per time that it is owed."""

    __tablename__ = "due_report"
    __table_args__ = (
        Index(
            "due_report_wakes",
            text("coalesce(wakes_at, due_at)"),
            postgresql_where=text("status IN ('running', 'sent')"),
        ),
        Index("due_report_board", "status", "due_at", "duty_id"),
        Index("due_report_by_due", "due_at", "duty_id"),
        Index("due_report_id", "duty_id", unique=True),
    )

    incident_id: str = Field(primary_key=True, sa_type=Text)
    duty: str = Field(primary_key=True, sa_type=Text)
    occurrence: int = Field(primary_key=True)
    duty_id: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    article: str = Field(sa_type=Text)
    recipient: str = Field(sa_type=Text)
    started_at: datetime = _moment()
    due_at: datetime = _moment()
    status: str = Field(sa_type=Text)
    noticed_at: datetime | None = _moment(nullable=True)
    submitted_at: datetime | None = _moment(nullable=True)
    proof: str | None = Field(default=None, sa_type=Text)
    recipients: list[dict[str, str]] | None = Field(default=None, sa_type=JSONB)
    at_once: bool | None = None
    owner: str | None = Field(default=None, sa_type=Text)
    reminders: list[float] | None = Field(default=None, sa_type=JSONB)
    wakes_at: datetime | None = _moment(nullable=True)
    trigger: str = Field(sa_type=Text)
    owed_by: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    received_at: datetime | None = _moment(nullable=True)
    received_by: str | None = Field(default=None, sa_type=Text)
    receipt: str | None = Field(default=None, sa_type=Text)


class SubmissionRow(SQLModel, table=True):
    """A statutory report from the level below that reached this node. It may come before its incident is known."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("submission_waiting", "submitted_at", "duty_id", postgresql_where=text("received_at IS NULL")),
        Index("submission_of_incident", "incident_id"),
    )

    duty_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    duty: str = Field(sa_type=Text)
    recipient: str = Field(sa_type=Text)
    proof: str = Field(sa_type=Text)
    submitted_at: datetime = _moment()
    received_at: datetime | None = _moment(nullable=True)
    received_by: str | None = Field(default=None, sa_type=Text)
    receipt: str | None = Field(default=None, sa_type=Text)


class TeamOutRow(SQLModel, table=True):
    """An order to a team, and whether it still holds it. It may come before its incident."""

    __tablename__ = "team_out"
    __table_args__ = (Index("team_out_of_incident", "incident_id", postgresql_where=text("out")),)

    order_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    team_id: str = Field(sa_type=Text)
    team_name: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    commanded_by: str = Field(sa_type=Text)
    out: bool


class ResponseRow(SQLModel, table=True):
    """A response of this node, or as another node published it."""

    __tablename__ = "response"
    __table_args__ = (
        Index(
            "response_running",
            "incident_id",
            "jurisdiction",
            unique=True,
            postgresql_where=text("status = 'active'"),
        ),
    )

    response_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_column=Column(Text, ForeignKey("incident.incident_id"), nullable=False))
    jurisdiction: str = Field(sa_type=Text)
    level: str = Field(sa_type=Text)
    matter: str = Field(sa_type=Text)
    expected_duration_hours: float
    measures: list[str] = Field(sa_type=ARRAY(Text))
    approved_by: str = Field(sa_type=Text)
    activated_at: datetime = _moment()
    status: str = Field(sa_type=Text)
    ended_at: datetime | None = _moment(nullable=True)
    end_reason: str = Field(sa_type=Text)


class ConsultationRow(SQLModel, table=True):
    """A consultation of this node."""

    __tablename__ = "consultation"
    __table_args__ = (
        Index("consultation_of_incident", "incident_id"),
        Index("consultation_of_department", "departments", postgresql_using="gin"),
    )

    consultation_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_column=Column(Text, ForeignKey("incident.incident_id"), nullable=False))
    jurisdiction: str = Field(sa_type=Text)
    matter: str = Field(sa_type=Text)
    brief: str = Field(sa_type=Text)
    chair: str = Field(sa_type=Text)
    departments: list[str] = Field(sa_type=ARRAY(Text))
    convened_at: datetime = _moment()
    opinions_due_at: datetime = _moment()
    status: str = Field(sa_type=Text)
    conclusion: str = Field(sa_type=Text)
    concluded_at: datetime | None = _moment(nullable=True)
    response_level: str | None = Field(default=None, sa_type=Text)
    chair_account: str | None = Field(default=None, sa_type=Text)
    deputy_account: str | None = Field(default=None, sa_type=Text)
    chair_role: str | None = Field(default=None, sa_type=Text)


class OpinionRow(SQLModel, table=True):
    """An opinion; the highest number of a department is the one it holds."""

    __tablename__ = "opinion"

    consultation_id: str = Field(
        sa_column=Column(Text, ForeignKey("consultation.consultation_id"), primary_key=True)
    )
    department: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True)
    position: str = Field(sa_type=Text)
    opinion: str = Field(sa_type=Text)
    given_by: str = Field(sa_type=Text)
    given_at: datetime = _moment()


class TaskRow(SQLModel, table=True):
    """What a conclusion obliges a department to do."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_of_consultation", "consultation_id"),
        Index("task_of_department", "department"),
    )

    task_id: str = Field(primary_key=True, sa_type=Text)
    consultation_id: str = Field(
        sa_column=Column(Text, ForeignKey("consultation.consultation_id"), nullable=False)
    )
    department: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    due_at: datetime = _moment()


class EntryRow(SQLModel, table=True):
    """A line of the timeline; append-only. It may come before its incident is known here."""

    __tablename__ = "timeline"
    __table_args__ = (Index("timeline_of_incident", "incident_id", "entry_id"),)

    entry_id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    incident_id: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    occurred_at: datetime = _moment()
    entered_at: datetime = _moment()
    summary: str = Field(sa_type=Text)
    summary_en: str = Field(sa_type=Text)
    corrects: int | None = Field(default=None, sa_type=BigInteger)


class SessionRow(SQLModel, table=True):
    """A session of the console: its name is a hash of the cookie's secret, which alone opens the sealed token."""

    __tablename__ = "console_session"
    __table_args__ = (Index("console_session_over", "expires_at"),)

    session: str = Field(primary_key=True, sa_type=Text)
    sealed: str = Field(sa_type=Text)
    expires_at: datetime = _moment()


class DraftRow(SQLModel, table=True):
    """What somebody is typing at intake, until it is a report; it may hold a caller's name and number."""

    __tablename__ = "intake_draft"
    __table_args__ = (Index("intake_draft_changed", "changed_at"),)

    draft_id: str = Field(primary_key=True, sa_type=Text)
    taken_by: str = Field(sa_type=Text)
    taken_by_name: str = Field(sa_type=Text)
    body: dict[str, Any] = Field(sa_type=JSONB)
    version: int
    begun_at: datetime = _moment()
    changed_at: datetime = _moment()


class DrillRunRow(SQLModel, table=True):
    """A run of a scenario as its player tells it."""

    __tablename__ = "drill_run"

    run_id: str = Field(primary_key=True, sa_type=Text)
    scenario: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    planned: int
    begun_at: datetime = _moment()
    ended_at: datetime | None = _moment(nullable=True)
    expectations: int | None = None
    broken: int | None = None


class DrillStepRow(SQLModel, table=True):
    """A step of a run, and what came of its expectations."""

    __tablename__ = "drill_step"

    run_id: str = Field(sa_column=Column(Text, ForeignKey("drill_run.run_id"), primary_key=True))
    number: int = Field(primary_key=True)
    name: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text)
    begun_at: datetime = _moment()
    judged_at: datetime | None = _moment(nullable=True)
    milestones: list[dict[str, Any]] = Field(sa_type=JSONB)


class DrillNoteRow(SQLModel, table=True):
    """What an observer noted, by the drill's clock and by the wall's."""

    __tablename__ = "drill_note"
    __table_args__ = (Index("drill_note_of_run", "run_id", "note_id"),)

    note_id: str = Field(primary_key=True, sa_type=Text)
    run_id: str = Field(sa_column=Column(Text, ForeignKey("drill_run.run_id"), nullable=False))
    by: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    noted_at: datetime = _moment()
    wall_at: datetime = _moment()
