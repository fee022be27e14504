"""Which departments an incident concerns, so that each reads its own.

Consultations heard before are not looked up: until the next one of an incident a department reads by its sector.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "concern",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("department", sa.Text, primary_key=True),
    )
    op.create_index("concern_of_department", "concern", ["department", "incident_id"])
