"""Screens are told what becomes of a warning's deliveries, and of a question whether it still fits."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, topic in (("delivery", "delivery"), ("adjustment", "warning")):
        for event in ("INSERT", "UPDATE"):
            op.execute(f"""
                CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} REFERENCING NEW TABLE AS written
                FOR EACH STATEMENT EXECUTE FUNCTION note_change('{topic}', 'warning_id')
            """)
