"""Intake at the console: particulars that are amended, and what somebody is typing, kept until it is a report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("amendments", sa.Integer))
    op.create_table(
        "intake_draft",
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_by_name", sa.Text, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("caller_by_phone", "caller", ["phone"], postgresql_where=sa.text("phone IS NOT NULL"))
    op.create_index("intake_draft_changed", "intake_draft", ["changed_at"])
    for event, side in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        op.execute(f"""
            CREATE TRIGGER intake_draft_{event.lower()} AFTER {event} ON intake_draft
            REFERENCING {side} TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION note_change('draft', 'draft_id')
        """)
