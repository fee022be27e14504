"""The source's own record of a statement. Nullable: a replica of the program before goes on writing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statement", sa.Column("record", sa.Text, nullable=True))
