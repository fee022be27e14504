"""The ledger of a warning: who was sent it, over which channel, to which address, frozen when it was addressed.

A lease is a time of its own, by the database's clock, and no longer the time when the next attempt is due.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
FROZEN = ("recipient", "channel", "target", "mode")


def _at(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    for name in FROZEN:
        op.add_column("delivery", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("delivery", _at("expires_at"))
    op.add_column("delivery", _at("leased_until"))
    op.execute("""
        UPDATE delivery d SET recipient = s.name, channel = s.channel, target = s.target, mode = s.mode
        FROM subscriber s WHERE s.id = d.subscriber_id
    """)
    op.execute("""
        UPDATE delivery d SET expires_at = CAST(w.content->>'expires_at' AS timestamptz)
        FROM warning w WHERE w.id = d.warning_id AND d.kind = 'published'
    """)
    op.execute("""
        UPDATE delivery d SET status = 'superseded', reason = '预警已解除', finished_at = clock_timestamp()
        FROM warning w WHERE w.id = d.warning_id AND d.kind = 'published' AND d.status = 'pending' AND w.status = 'cancelled'
    """)
    for name in FROZEN:
        op.alter_column("delivery", name, server_default=None)
    op.add_column("subscriber", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
    op.add_column("subscriber", _at("resting_until"))
    leased = sa.text("leased_until IS NOT NULL")
    op.create_index("delivery_leased", "delivery", ["subscriber_id"], postgresql_where=leased)
