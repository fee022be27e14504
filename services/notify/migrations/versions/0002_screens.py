"""What screens are told of: a warning, and who has confirmed it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, event, key in (
        ("warning", "INSERT", "id"),
        ("warning", "UPDATE", "id"),
        ("acknowledgement", "INSERT", "warning_id"),
    ):
        op.execute(f"""
            CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION note_change('warning', '{key}')
        """)
