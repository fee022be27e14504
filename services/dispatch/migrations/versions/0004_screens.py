"""What screens are told of: a team, and the order that holds it."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("team", "team_order"):
        for event in ("INSERT", "UPDATE"):
            op.execute(f"""
                CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} REFERENCING NEW TABLE AS written
                FOR EACH STATEMENT EXECUTE FUNCTION note_change('team', 'team_id')
            """)
