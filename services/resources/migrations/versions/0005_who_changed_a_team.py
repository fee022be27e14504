"""Who changed a team of the roster last, so that one who acts on an older version is told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roster", sa.Column("changed_by", sa.Text, nullable=False, server_default=""))
