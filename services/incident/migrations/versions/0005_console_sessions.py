"""Sessions of the operator console, and what its screens are told of: an incident, its timeline, its duties.

Whatever opens an incident writes a line of its timeline, so an insert needs no trigger of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "console_session",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("console_session_over", "console_session", ["expires_at"])
    for table, event in (("incident", "UPDATE"), ("clock", "UPDATE"), ("timeline", "INSERT")):
        op.execute(f"""
            CREATE TRIGGER {table}_changed AFTER {event} ON {table} REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION note_change('incident', 'incident_id')
        """)
