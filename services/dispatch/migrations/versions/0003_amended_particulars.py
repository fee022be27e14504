"""An incident that turns out to be something else, or elsewhere, gets a recommendation of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("incident_view", "recommendation"):
        op.add_column(table, sa.Column("amendments", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("recommendation_once", "recommendation")
    op.create_index(
        "recommendation_once", "recommendation", ["incident_id", "grade", "amendments"], unique=True
    )
