"""What ends or is set aside: paused topics, trimmed partitions, refused outbox rows, parked due work.

A dead letter is known by its content: topic, partition and offset repeat after a topic is made anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _at(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(
        name, sa.DateTime(timezone=True), nullable=False, server_default=sa.text("clock_timestamp()")
    )


def upgrade() -> None:
    _outbox()
    _positions()
    _dead_letters()
    op.create_table(
        "paused_topic",
        *_key("consumer", "topic"),
        sa.Column("reason", sa.Text, nullable=False),
        _at("paused_at"),
        sa.Column("offsets", JSONB, nullable=False),
        sa.Column("parking_until", JSONB),
    )
    op.create_table(
        "trimmed_partition",
        *_key("consumer", "topic"),
        sa.Column("partition", sa.Integer, primary_key=True),
        sa.Column("first_offset", sa.BigInteger, nullable=False),
        _at("noticed_at"),
    )
    op.create_table(
        "parked_work", *_key("tick", "key"), sa.Column("reason", sa.Text, nullable=False), _at("parked_at")
    )


def _outbox() -> None:
    op.add_column("outbox", sa.Column("refused_at", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("refusal", sa.Text))
    refused = sa.text("refused_at IS NOT NULL")
    op.create_index("outbox_refused", "outbox", ["stream", "subject"], postgresql_where=refused)


def _positions() -> None:
    op.add_column("stream_position", _at("updated_at"))
    op.create_table(
        "newest_fact",
        *_key("consumer", "source", "stream", "subject", "fact"),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )


def _dead_letters() -> None:
    op.add_column("dead_letter", sa.Column("fingerprint", sa.LargeBinary))
    op.execute("UPDATE dead_letter SET fingerprint = sha256(convert_to(id::text, 'UTF8'))")
    op.alter_column("dead_letter", "fingerprint", nullable=False)
    op.add_column("dead_letter", _at("stored_at"))
    op.add_column("dead_letter", sa.Column("resolution", sa.Text))
    op.drop_index("dead_letter_record", "dead_letter")
    op.create_index(
        "dead_letter_once",
        "dead_letter",
        ["consumer", "fingerprint"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
