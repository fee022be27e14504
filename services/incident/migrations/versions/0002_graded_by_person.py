"""Who graded and why, where no table does. Nullable: a replica of the program before goes on writing."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("basis", "graded_by", "grade_reason"):
        op.add_column("incident", sa.Column(name, sa.Text, nullable=True))
