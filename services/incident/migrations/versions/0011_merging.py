"""Incidents are merged, split and linked: a statement knows the report and the incident that brought it. What an alarm
level does not fall below is kept for each scale.

A program of the version before does not know what is merged, so it is stopped first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("merged_into", sa.Text))
    op.add_column("incident", sa.Column("alarm_leasts", JSONB))
    op.create_index(
        "incident_merged", "incident", ["merged_into"], postgresql_where=sa.text("merged_into IS NOT NULL")
    )
    for name in ("report_id", "from_incident"):
        op.add_column("statement", sa.Column(name, sa.Text))
    op.add_column("statement", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    texts = ("incident_id", "kind", "other")
    op.create_table(
        "incident_link",
        *(sa.Column(name, sa.Text, primary_key=True) for name in texts),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("incident_link_other", "incident_link", ["other"])
