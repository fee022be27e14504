"""An incident that changes or ends asks whether its warnings still fit; how grave it is gets known here."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def upgrade() -> None:
    op.add_column("incident_view", sa.Column("grade", sa.Text, nullable=True))
    for name, kind, empty in (
        ("grade_revision", sa.Integer, "0"),
        ("grade_node", sa.Text, ""),
        ("grade_by_person", sa.Boolean, sa.false()),
    ):
        op.add_column("incident_view", sa.Column(name, kind, nullable=False, server_default=empty))
        op.alter_column("incident_view", name, server_default=None)
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Text, primary_key=True),
        *_text("warning_id", "incident_id", "jurisdiction", "cause"),
        *_text("grade", "previous_grade", nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *_text("status"),
        *_text("answer", nullable=True),
        *_text("answered_by", "reason"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(
        "one_open_question",
        "adjustment",
        ["warning_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("adjustment_of_incident", "adjustment", ["incident_id", "id"])
