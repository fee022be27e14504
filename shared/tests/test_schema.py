"""The tables as the code knows them are the tables that the migrations make."""

import alembic.command
import alembic.config
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from shared import migrating
from shared.database import SHARED_MIGRATIONS, migrate
from shared.partitions import is_partition
from shared.schema import metadata
from shared.tests.tiny.service import MIGRATIONS

pytestmark = pytest.mark.servers
OTHERS = {"note", "effect", "due", "shared_version", "service_version"}


def ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or not (name in OTHERS or is_partition(name or ""))


def tables(connection: Connection) -> set[str]:
    """Every table that is not a partition."""
    return {name for name in inspect(connection).get_table_names() if not is_partition(name)}


def test_migrations_make_the_tables_that_the_code_knows(migrated_database):
    engine = create_engine(migrated_database(MIGRATIONS))
    with engine.connect() as connection:
        compared = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_name": ours}
        )
        assert compare_metadata(compared, metadata) == []
        assert tables(connection) == set(metadata.tables) | OTHERS
    engine.dispose()


OUTBOX_ROWS = """
INSERT INTO outbox (event_id, topic, key, stream, subject, sequence, headers, body, sent_at)
SELECT gen_random_uuid(), 't', 'k', 's', n::text, 1, '{}', '{}', CASE WHEN n = 1 THEN now() END
FROM generate_series(1, 3) n
"""
DEAD_LETTERS = """
INSERT INTO dead_letter (id, consumer, kind, reason, topic, partition, record_offset, header_names, header_values,
  fingerprint, parked_at, resolved_at)
SELECT gen_random_uuid(), 'x', 'gap', '', 't', 0, n, '{}', '{}', n::text::bytea, now(), CASE WHEN n = 1 THEN now() END
FROM generate_series(1, 2) n
"""
AUDIT_ENTRIES = """
INSERT INTO audit_entry (at, actor, roles, jurisdiction, command, target, outcome, inputs)
SELECT now(), 'wang', '', '', 'test', n::text, 'accepted', '{}' FROM generate_series(1, 3) n
"""
INBOX_ROW = "INSERT INTO inbox (consumer, event_id) VALUES ('x', gen_random_uuid())"


def test_rows_that_stood_before_the_tables_were_partitioned_are_kept_in_their_order(database_url):
    engine = create_engine(database_url)
    with engine.connect() as connection:
        config = alembic.config.Config()
        config.set_main_option("script_location", str(SHARED_MIGRATIONS))
        config.attributes.update(connection=connection, version_table="shared_version")
        alembic.command.upgrade(config, "0004")
        for statement in (OUTBOX_ROWS, INBOX_ROW, DEAD_LETTERS, AUDIT_ENTRIES):
            connection.execute(text(statement))
        connection.commit()
    migrate(database_url, MIGRATIONS)
    with engine.begin() as connection:
        connection.execute(text(OUTBOX_ROWS))
        ids = list(connection.scalars(text("SELECT id FROM outbox ORDER BY id")))
        unsent = list(
            connection.scalars(text("SELECT subject FROM outbox WHERE sent_at IS NULL ORDER BY id"))
        )
        assert (len(ids), unsent) == (6, ["2", "3", "2", "3"])
        assert connection.scalar(text("SELECT count(*) FROM inbox")) == 1
        assert connection.scalar(text("SELECT count(*) FROM dead_letter")) == 2
        assert list(connection.scalars(text("SELECT fingerprint FROM open_dead_letter"))) == [b"2"]
        connection.execute(text(AUDIT_ENTRIES))
        assert list(connection.scalars(text("SELECT target FROM audit_entry ORDER BY id"))) == [*"123123"]
        assert connection.scalar(text("SELECT count(*) FROM audit_entry_first")) == 3
    engine.dispose()


def test_migrating_twice_changes_nothing(database_url):
    migrate(database_url, MIGRATIONS)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('kept', '')"))
    migrate(database_url, MIGRATIONS)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT incident_id FROM note")) == "kept"
        assert tables(connection) == set(metadata.tables) | OTHERS
    engine.dispose()


def test_a_database_is_brought_up_to_date_beforehand_by_a_command_that_may_run_again(
    database_url, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SERVICE", "notify")
    for _ in range(2):
        migrating.main()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert set(metadata.tables) <= tables(connection)
        assert "delivery" in tables(connection)
    engine.dispose()
