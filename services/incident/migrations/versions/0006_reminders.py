"""Reminders before a reporting clock runs out, and who owes the report.

Nullable, and what has no moment to wake at wakes when it is due: a replica of the program before goes on writing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clock", sa.Column("owner", sa.Text, nullable=True))
    op.add_column("clock", sa.Column("reminders", JSONB, nullable=True))
    op.add_column("clock", sa.Column("wakes_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("clock_due", "clock")
    op.create_index(
        "clock_wakes", "clock", [sa.text("coalesce(wakes_at, due_at)")], postgresql_where="status = 'running'"
    )
