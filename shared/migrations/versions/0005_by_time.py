"""Outbox, inbox and dead letters in partitions by time; which dead letters are open, beside them.

A unique index of a partitioned table must hold its key, so each is partitioned by its own id, which begins with the time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEYS = {"outbox": "event_id", "inbox": "event_id", "dead_letter": "id"}
PRIMARY = {"outbox": "event_id", "inbox": "consumer, event_id", "dead_letter": "id"}
UNSENT, CANARY = sa.text("sent_at IS NULL"), sa.text("stream = 'monitoring'")


def upgrade() -> None:
    _open_dead_letters()
    for table in KEYS:
        _partition(table)
    op.create_index("outbox_unsent", "outbox", ["id"], postgresql_where=UNSENT)
    op.create_index(
        "outbox_refused", "outbox", ["stream", "subject"], postgresql_where=sa.text("refused_at IS NOT NULL")
    )
    op.create_index("outbox_sent", "outbox", ["sent_at"], postgresql_where=sa.text("sent_at IS NOT NULL"))
    op.create_index("outbox_canary", "outbox", ["subject", "sequence"], postgresql_where=CANARY)
    op.create_index("inbox_received", "inbox", ["received_at"])
    op.create_index(
        "dead_letter_resolved",
        "dead_letter",
        ["resolved_at"],
        postgresql_where=sa.text("resolved_at IS NOT NULL"),
    )
    op.create_index(
        "dead_letter_open",
        "dead_letter",
        ["source", "stream", "subject"],
        postgresql_where=sa.text("resolved_at IS NULL"),
    )


def _open_dead_letters() -> None:
    op.create_table(
        "open_dead_letter",
        sa.Column("consumer", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, primary_key=True),
    )
    op.execute(
        "INSERT INTO open_dead_letter SELECT consumer, fingerprint FROM dead_letter WHERE resolved_at IS NULL"
    )


def _partition(table: str) -> None:
    """The same columns, the same rows, in a partitioned table; what there was goes into the default partition."""
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    for index in op.get_bind().scalars(
        sa.text(
            "SELECT indexname FROM pg_indexes WHERE tablename = :table AND schemaname = current_schema()"
        ),
        {"table": f"{table}_before"},
    ):
        op.execute(f"ALTER INDEX {index} RENAME TO {index}_before")
    op.execute(
        f"CREATE TABLE {table} (LIKE {table}_before INCLUDING DEFAULTS INCLUDING IDENTITY) "
        f"PARTITION BY RANGE ({KEYS[table]})"
    )
    op.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({PRIMARY[table]})")
    op.execute(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")
    op.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {table}_before")  # noqa: S608
    op.execute(f"DROP TABLE {table}_before")
    if table == "outbox":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('outbox', 'id'), COALESCE((SELECT max(id) FROM outbox), 0) + 1, false)"
        )
