"""Outbox, inbox, dead letters, idempotency, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _bytes(*names: str, nullable: bool = False) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary, nullable=nullable) for name in names]


def _at(name: str, default: bool = False, nullable: bool = False) -> sa.Column[sa.DateTime]:
    given = sa.text("clock_timestamp()") if default else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, server_default=given)


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True)


def upgrade() -> None:
    _outbox()
    _inbox()
    _dead_letters()
    _idempotency()
    _audit()


def _outbox() -> None:
    op.create_table(
        "outbox",
        _numbered(),
        sa.Column("event_id", UUID, nullable=False, unique=True),
        *_text("topic", "key", "stream", "subject"),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        *_text("headers", "body"),
        _at("written_at", default=True),
        _at("sent_at", nullable=True),
    )
    op.create_index("outbox_unsent", "outbox", ["id"], postgresql_where=sa.text("sent_at IS NULL"))
    op.create_index("outbox_sent", "outbox", ["sent_at"], postgresql_where=sa.text("sent_at IS NOT NULL"))
    op.create_table(
        "outbox_sequence", *_key("stream", "subject"), sa.Column("last", sa.BigInteger, nullable=False)
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_key("consumer"),
        sa.Column("event_id", UUID, primary_key=True),
        _at("received_at", default=True),
    )
    op.create_index("inbox_received", "inbox", ["received_at"])
    op.create_table(
        "stream_position",
        *_key("consumer", "source", "stream", "subject"),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )


def _dead_letters() -> None:
    op.create_table(
        "dead_letter",
        sa.Column("id", UUID, primary_key=True),
        *_text("consumer", "kind", "reason", "topic"),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("record_offset", sa.BigInteger, nullable=False),
        *_bytes("key", nullable=True),
        sa.Column("header_names", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("header_values", sa.ARRAY(sa.LargeBinary), nullable=False),
        *_bytes("body", nullable=True),
        *_text("source", "stream", "subject", nullable=True),
        sa.Column("sequence", sa.BigInteger),
        _at("parked_at"),
        sa.Column("retries", sa.Integer, nullable=False, server_default=sa.text("0")),
        _at("resolved_at", nullable=True),
    )
    record = ["consumer", "topic", "partition", "record_offset"]
    op.create_index("dead_letter_record", "dead_letter", record, unique=True)
    aggregate = ["source", "stream", "subject"]
    unresolved = sa.text("resolved_at IS NULL")
    op.create_index("dead_letter_open", "dead_letter", aggregate, postgresql_where=unresolved)


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        *_key("principal", "key"),
        *_bytes("fingerprint"),
        sa.Column("status", sa.Integer, nullable=False),
        *_bytes("body"),
        _at("created_at", default=True),
    )
    op.create_index("idempotency_created", "idempotency", ["created_at"])


def _audit() -> None:
    op.create_table(
        "audit_entry",
        _numbered(),
        _at("at"),
        *_text("actor", "roles", "jurisdiction", "command", "target", "outcome"),
        sa.Column("inputs", JSONB, nullable=False),
    )
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.BigInteger, nullable=False, unique=True),
        *_bytes("hash"),
    )
    op.execute("""
        CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
    """)
    for table in ("audit_entry", "audit_seal"):
        op.execute(f"""
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
        """)
