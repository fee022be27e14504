"""Incidents end; a request keeps where the material is to go; nobody signs for more than was reserved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("known_incident", sa.Column("origin", sa.Text, nullable=False, server_default=""))
    op.add_column("known_incident", sa.Column("over", sa.Boolean, nullable=False, server_default=sa.false()))
    for name, kind, empty in (("lon", sa.Float, "0"), ("lat", sa.Float, "0"), ("address", sa.Text, "")):
        op.add_column("material_request", sa.Column(name, kind, nullable=False, server_default=empty))
        op.alter_column("material_request", name, server_default=None)
    op.alter_column("known_incident", "origin", server_default=None)
    op.alter_column("known_incident", "over", server_default=None)
    op.create_check_constraint(
        "no_more_than_reserved", "reservation", "quantity > 0 AND delivered BETWEEN 0 AND quantity"
    )
