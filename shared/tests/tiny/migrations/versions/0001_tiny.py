"""What the tiny service keeps: notes taken over HTTP, effects of events, due work."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("statement", sa.Text),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    )
    op.create_table(
        "effect",  # nothing unique here: what happens twice is seen twice
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("event_id", sa.UUID, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
    )
    op.create_table(
        "due",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_seconds", sa.Float),
        sa.Column("nth", sa.Integer),
    )
