"""Incidents, reports, clocks, responses, consultations, the timeline."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _at(*names: str, nullable: bool = False) -> list[sa.Column[sa.DateTime]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _of_incident() -> sa.Column[str]:
    return sa.Column("incident_id", sa.Text, sa.ForeignKey("incident.incident_id"), nullable=False)


def upgrade() -> None:
    _incidents()
    _reports()
    _clocks()
    _responses()
    _consultations()
    _timeline()


def _incidents() -> None:
    op.create_table(
        "incident",
        _key("incident_id"),
        *_text("origin", "sector", "event_type", "title", "description"),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        *_text("address"),
        sa.Column("jurisdiction_unsure", sa.Boolean, nullable=False),
        *_at("occurred_at", "reported_at"),
        *_text("hazard_source_id", nullable=True),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("facts_since", JSONB, nullable=False),
        *_text("grade", "criterion", "article", "status", "commanded_by"),
        *_text("commander", nullable=True),
        *_at("commanded_since", nullable=True),
        *_text("escalated_to", nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("incident_board", "incident", ["status", "sector", "incident_id"])
    op.create_table(
        "statement",
        _key("statement_id"),
        _of_incident(),
        *_text("jurisdiction"),
        sa.Column("facts", JSONB, nullable=False),
        *_text("text", "source"),
        *_at("stated_at", "entered_at"),
    )
    op.create_index("statement_of_incident", "statement", ["incident_id", "stated_at"])


def _reports() -> None:
    op.create_table(
        "report",
        _key("report_id"),
        *_text("incident_id", "channel"),
        *_text("external_reference", nullable=True),
        sa.Column("merged", sa.Boolean, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        *_text("taken_by"),
        *_at("reported_at"),
    )
    op.create_index("report_of_incident", "report", ["incident_id"])
    op.create_index(
        "report_of_source_record",
        "report",
        ["channel", "external_reference"],
        unique=True,
        postgresql_where=sa.text("external_reference IS NOT NULL AND NOT merged"),
    )
    op.create_table("caller", _key("report_id"), *_text("name", "phone", nullable=True))


def _clocks() -> None:
    op.create_table(
        "clock",
        _key("incident_id"),
        _key("duty"),
        *_text("name", "article", "recipient"),
        *_at("started_at", "due_at"),
        *_text("status"),
        *_at("noticed_at", "submitted_at", nullable=True),
        *_text("proof", nullable=True),
    )
    op.create_index("clock_due", "clock", ["due_at"], postgresql_where=sa.text("status = 'running'"))


def _responses() -> None:
    op.create_table(
        "response",
        _key("response_id"),
        _of_incident(),
        *_text("jurisdiction", "level", "matter"),
        sa.Column("expected_duration_hours", sa.Float, nullable=False),
        sa.Column("measures", sa.ARRAY(sa.Text), nullable=False),
        *_text("approved_by"),
        *_at("activated_at"),
        *_text("status"),
        *_at("ended_at", nullable=True),
        *_text("end_reason"),
    )
    op.create_index(
        "response_running",
        "response",
        ["incident_id", "jurisdiction"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )


def _consultations() -> None:
    op.create_table(
        "consultation",
        _key("consultation_id"),
        _of_incident(),
        *_text("jurisdiction", "matter", "brief", "chair"),
        sa.Column("departments", sa.ARRAY(sa.Text), nullable=False),
        *_at("convened_at", "opinions_due_at"),
        *_text("status", "conclusion"),
        *_at("concluded_at", nullable=True),
        *_text("response_level", nullable=True),
    )
    op.create_index("consultation_of_incident", "consultation", ["incident_id"])
    held = sa.ForeignKey("consultation.consultation_id")
    op.create_table(
        "opinion",
        sa.Column("consultation_id", sa.Text, held, primary_key=True),
        _key("department"),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *_text("position", "opinion", "given_by"),
        *_at("given_at"),
    )
    op.create_table(
        "task",
        _key("task_id"),
        sa.Column("consultation_id", sa.Text, sa.ForeignKey("consultation.consultation_id"), nullable=False),
        *_text("department", "action"),
        *_at("due_at"),
    )
    op.create_index("task_of_consultation", "task", ["consultation_id"])


def _timeline() -> None:
    op.create_table(
        "timeline",
        sa.Column("entry_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        *_text("incident_id", "kind", "jurisdiction", "actor"),
        *_at("occurred_at", "entered_at"),
        *_text("summary", "summary_en"),
    )
    op.create_index("timeline_of_incident", "timeline", ["incident_id", "entry_id"])
