"""The tables every service database has beside the service's own; made by ``shared/migrations``."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData()
_at = DateTime(timezone=True)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("event_id", UUID, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("written_at", _at, nullable=False, server_default=text("clock_timestamp()")),
    Column("sent_at", _at),
    Column("refused_at", _at),
    Column("refusal", Text),
    Index("outbox_unsent", "id", postgresql_where=text("sent_at IS NULL")),
    Index("outbox_refused", "stream", "subject", postgresql_where=text("refused_at IS NOT NULL")),
    Index("outbox_sent", "sent_at", postgresql_where=text("sent_at IS NOT NULL")),
    Index("outbox_canary", "subject", "sequence", postgresql_where=text("stream = 'monitoring'")),
    postgresql_partition_by="RANGE (event_id)",
)

change = Table(
    "change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("noted_at", _at, nullable=False, server_default=text("clock_timestamp()")),
)

outbox_sequence = Table(
    "outbox_sequence",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

outbox_partitions = Table(
    "outbox_partitions",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("partitions", SmallInteger, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", UUID, primary_key=True),
    Column("received_at", _at, nullable=False, server_default=text("clock_timestamp()")),
    Index("inbox_received", "received_at"),
    postgresql_partition_by="RANGE (event_id)",
)

stream_position = Table(
    "stream_position",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("updated_at", _at, nullable=False, server_default=text("clock_timestamp()")),
)

newest_fact = Table(
    "newest_fact",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)

paused_topic = Table(
    "paused_topic",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("paused_at", _at, nullable=False, server_default=text("clock_timestamp()")),
    Column("offsets", JSONB, nullable=False),
    Column("parking_until", JSONB),
)

trimmed_partition = Table(
    "trimmed_partition",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("first_offset", BigInteger, nullable=False),
    Column("noticed_at", _at, nullable=False, server_default=text("clock_timestamp()")),
)

parked_work = Table(
    "parked_work",
    metadata,
    Column("tick", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("parked_at", _at, nullable=False, server_default=text("clock_timestamp()")),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("consumer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("record_offset", BigInteger, nullable=False),
    Column("key", LargeBinary),
    Column("header_names", ARRAY(Text), nullable=False),
    Column("header_values", ARRAY(LargeBinary), nullable=False),
    Column("body", LargeBinary),
    Column("source", Text),
    Column("stream", Text),
    Column("subject", Text),
    Column("sequence", BigInteger),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("parked_at", _at, nullable=False),
    Column("stored_at", _at, nullable=False, server_default=text("clock_timestamp()")),
    Column("retries", Integer, nullable=False, server_default=text("0")),
    Column("resolved_at", _at),
    Column("resolution", Text),
    Index("dead_letter_resolved", "resolved_at", postgresql_where=text("resolved_at IS NOT NULL")),
    Index("dead_letter_open", "source", "stream", "subject", postgresql_where=text("resolved_at IS NULL")),
    postgresql_partition_by="RANGE (id)",
)

open_dead_letter = Table(
    "open_dead_letter",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("fingerprint", LargeBinary, primary_key=True),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("principal", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", _at, nullable=False, server_default=text("clock_timestamp()")),
    Index("idempotency_created", "created_at"),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", _at, nullable=False),
    Column("actor", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("inputs", JSONB, nullable=False),
    postgresql_partition_by="RANGE (id)",
)

audit_seal = Table(
    "audit_seal",
    metadata,
    Column("number", BigInteger, nullable=False),
    Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Index("audit_seal_number", "number"),
    postgresql_partition_by="RANGE (entry_id)",
)

audit_anchor = Table(
    "audit_anchor",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("forgotten_at", _at, nullable=False),
)
