"""Warnings, subscribers, deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False, **options: object) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **options)


def _at(name: str, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _warnings()
    _incidents()
    _deliveries()


def _warnings() -> None:
    op.create_table(
        "warning",
        _text("id", primary_key=True),
        _text("incident_id", nullable=True),
        _text("jurisdiction"),
        _text("origin"),
        _text("origin_key", nullable=True),
        _text("status"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("authors", JSONB, nullable=False),
        sa.Column("reviewer", JSONB),
        sa.Column("signer", JSONB),
        _at("drafted_at"),
        _at("published_at", nullable=True),
        _at("cancelled_at", nullable=True),
        _text("reason"),
    )
    op.create_index("warning_incident", "warning", ["incident_id", "id"])
    op.create_index(
        "warning_proposed_once",
        "warning",
        ["incident_id", "origin_key"],
        unique=True,
        postgresql_where=sa.text("origin_key IS NOT NULL"),
    )
    op.create_table(
        "acknowledgement",
        _text("id", primary_key=True),
        sa.Column("warning_id", sa.Text, sa.ForeignKey("warning.id"), nullable=False),
        _text("department"),
        _text("acknowledged_by"),
        _at("acknowledged_at"),
        sa.UniqueConstraint("warning_id", "department"),
    )


def _incidents() -> None:
    op.create_table(
        "incident_view",
        _text("incident_id", primary_key=True),
        *(_text(name) for name in ("jurisdiction", "sector", "event_type", "title", "address")),
    )
    op.create_table(
        "waiting_proposal",
        _text("consultation_id", primary_key=True),
        _text("incident_id", index=True),
        sa.Column("proposed", JSONB, nullable=False),
    )


def _deliveries() -> None:
    op.create_table(
        "subscriber",
        _text("id", primary_key=True),
        _text("name"),
        _text("department", nullable=True),
        *(_text(name) for name in ("channel", "target", "mode")),
        _at("created_at"),
        _at("removed_at", nullable=True),
    )
    op.create_index(
        "subscriber_name",
        "subscriber",
        ["name"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "message",
        sa.Column("warning_id", sa.Text, sa.ForeignKey("warning.id"), primary_key=True),
        _text("kind", primary_key=True),
        _text("status"),
        _text("body"),
    )
    op.create_table(
        "delivery",
        _text("id", primary_key=True),
        _text("warning_id"),
        _text("incident_id", nullable=True),
        sa.Column("subscriber_id", sa.Text, sa.ForeignKey("subscriber.id"), nullable=False),
        _text("kind"),
        _text("status"),
        sa.Column("attempts", sa.Integer, nullable=False),
        _at("due_at"),
        _text("receipt"),
        _text("reason"),
        _at("created_at"),
        _at("finished_at", nullable=True),
        sa.ForeignKeyConstraint(["warning_id", "kind"], ["message.warning_id", "message.kind"]),
        sa.UniqueConstraint("warning_id", "subscriber_id", "kind"),
    )
    op.create_index("delivery_due", "delivery", ["due_at"], postgresql_where=sa.text("status = 'pending'"))
