"""Which teams an incident holds. Orders given before are not looked up: closing does not ask for those."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_out",
        sa.Column("order_id", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("incident_id", "team_id", "team_name", "jurisdiction", "commanded_by")
        ),
        sa.Column("out", sa.Boolean, nullable=False),
    )
    op.create_index("team_out_of_incident", "team_out", ["incident_id"], postgresql_where=sa.text("out"))
