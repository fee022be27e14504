"""Screens are told that more is known of the forces of an incident: recommended, ordered elsewhere, asked or answered."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("recommendation", "foreign_order", "support_request"):
        for event in ("INSERT", "UPDATE"):
            op.execute(f"""
                CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} REFERENCING NEW TABLE AS written
                FOR EACH STATEMENT EXECUTE FUNCTION note_change('force', 'incident_id')
            """)
