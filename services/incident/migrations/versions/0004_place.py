"""The place below the county that an incident lies in."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("place", sa.Text, nullable=True))
