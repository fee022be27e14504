"""A short number for each incident at this node, to be spoken and typed: it goes round and is not the identity."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE incident_number MINVALUE 1 MAXVALUE 9999 CYCLE")
    op.execute("ALTER TABLE incident ADD COLUMN number smallint NOT NULL DEFAULT nextval('incident_number')")
