"""The tables as the code knows them are the tables that the migrations make."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from shared.database import migrate
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
