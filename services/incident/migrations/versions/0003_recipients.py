"""Several recipients of one duty, and duties at once. Nullable: a replica of the program before goes on writing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clock", sa.Column("recipients", JSONB, nullable=True))
    op.add_column("clock", sa.Column("at_once", sa.Boolean, nullable=True))
