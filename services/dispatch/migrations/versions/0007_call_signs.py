"""A team's call sign, as it is spoken and typed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("team", sa.Column("call_sign", sa.Text, nullable=False, server_default=""))
