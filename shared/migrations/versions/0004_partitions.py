"""In how many partitions the topic of an aggregate's first event lay: so it stays in one partition when some are added."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_partitions",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("partitions", sa.SmallInteger, nullable=False),
    )
