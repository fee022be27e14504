"""The audit log in partitions by month, and the seals from which it goes on where a city keeps it for a time only.

Numbers begin with year and month from now on; what is there has small numbers and lies in a partition of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEYS = {"audit_entry": "id", "audit_seal": "entry_id"}
FIRST_MONTH = 190001_000_000_000
"""Less than the least number of any month."""


def upgrade() -> None:
    for table in KEYS:
        _partition(table)
    op.create_index("audit_seal_number", "audit_seal", ["number"])
    op.create_table(
        "audit_anchor",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
    )
    _refuse_changes("audit_anchor")


def _partition(table: str) -> None:
    """The same columns, the same rows, in a partitioned table."""
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    op.execute(
        f"CREATE TABLE {table} (LIKE {table}_before INCLUDING DEFAULTS INCLUDING IDENTITY) "
        f"PARTITION BY RANGE ({KEYS[table]})"
    )
    op.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({KEYS[table]})")
    op.execute(
        f"CREATE TABLE {table}_first PARTITION OF {table} FOR VALUES FROM (MINVALUE) TO ({FIRST_MONTH})"
    )
    op.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {table}_before")  # noqa: S608
    op.execute(f"DROP TABLE {table}_before")
    for name in (table, f"{table}_first"):
        _refuse_changes(name)


def _refuse_changes(name: str) -> None:
    op.execute(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
