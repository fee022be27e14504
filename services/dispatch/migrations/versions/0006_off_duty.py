"""A team may be out for two reasons: it broke down here, or the roster took it out of service."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("team", "out_because", new_column_name="broken_down")
    op.add_column("team", sa.Column("off_duty", sa.Text, nullable=False, server_default=""))
    op.execute("""
        ALTER TABLE team ADD COLUMN out_because text NOT NULL
        GENERATED ALWAYS AS (CASE WHEN off_duty <> '' THEN off_duty ELSE broken_down END) STORED
    """)
