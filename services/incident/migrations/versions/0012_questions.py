"""What is answered to the plan's questions; where a caller is; what lies in which place near a border; calls that are no
report; the newest reports of an incident are found by themselves.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("incident", "statement"):
        op.add_column(table, sa.Column("answers", JSONB))
    op.add_column("incident", sa.Column("lies_in", sa.Text))
    op.drop_index("report_of_incident", "report")
    op.create_index("report_of_incident", "report", ["incident_id", "report_id"])
    op.create_index(
        "report_about",
        "report",
        ["incident_id"],
        postgresql_where=sa.text("status = 'attached' AND body ->> 'approximate' = 'true'"),
    )
    op.add_column("caller", sa.Column("place", JSONB))
    op.create_table(
        "parked_call",
        sa.Column("call_id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("channel", "reason", "status")),
        sa.Column("phone", sa.Text),
        sa.Column("place", JSONB),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_id", sa.Text),
        sa.Column("lineage", JSONB, nullable=False),
        sa.Column("personal_removed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("parked_call_board", "parked_call", ["status", "call_id"])
    op.create_index(
        "parked_call_by_phone", "parked_call", ["phone"], postgresql_where=sa.text("phone IS NOT NULL")
    )
    op.create_index(
        "parked_call_with_personal",
        "parked_call",
        ["called_at"],
        postgresql_where=sa.text("personal_removed_at IS NULL"),
    )
    for event in ("INSERT", "UPDATE"):
        op.execute(f"""
            CREATE TRIGGER parked_call_{event.lower()} AFTER {event} ON parked_call
            REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION note_change('call', 'call_id')
        """)
