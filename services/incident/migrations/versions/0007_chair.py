"""Who concludes a consultation. Nullable: one convened by the program before is concluded as it was then."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("chair_account", "deputy_account", "chair_role"):
        op.add_column("consultation", sa.Column(name, sa.Text, nullable=True))
