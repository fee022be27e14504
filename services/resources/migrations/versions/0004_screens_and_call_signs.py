"""Screens are told that stock, a reservation, a request or the roster changed, and read it anew; a team's call sign."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEYS = {
    "stock": "depot_id",
    "reservation": "reservation_id",
    "material_request": "request_id",
    "roster": "team_id",
}


def upgrade() -> None:
    op.add_column("roster", sa.Column("call_sign", sa.Text, nullable=False, server_default=""))
    for table, key in KEYS.items():
        for event in ("INSERT", "UPDATE"):
            op.execute(f"""
                CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} REFERENCING NEW TABLE AS written
                FOR EACH STATEMENT EXECUTE FUNCTION note_change('supply', '{key}')
            """)
