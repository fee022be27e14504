"""Who graded and why, places, recipients and reminders of a duty, who concludes a consultation.

All nullable, and a clock without a moment to wake at wakes when it is due: a replica of the program before
goes on writing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = {
    "incident": ("basis", "graded_by", "grade_reason", "computed_grade", "place"),
    "clock": ("owner",),
    "consultation": ("chair_account", "deputy_account", "chair_role"),
}


def upgrade() -> None:
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text, nullable=True))
    op.add_column("clock", sa.Column("recipients", JSONB, nullable=True))
    op.add_column("clock", sa.Column("at_once", sa.Boolean, nullable=True))
    op.add_column("clock", sa.Column("reminders", JSONB, nullable=True))
    op.add_column("clock", sa.Column("wakes_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("clock_due", "clock")
    op.create_index(
        "clock_wakes", "clock", [sa.text("coalesce(wakes_at, due_at)")], postgresql_where="status = 'running'"
    )
