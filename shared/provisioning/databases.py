"""Creates each service's database with a role of its own, which alone may connect to it."""

from collections.abc import Iterable
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import make_url
from sqlalchemy.engine import URL


def create_databases(admin_url: str, urls: Iterable[str]) -> list[str]:
    """Create roles and databases that are missing and set every role's password; the names of new databases.

    Raises psycopg.Error.
    """
    with psycopg.connect(_libpq(admin_url), autocommit=True) as connection:
        return [str(url.database) for url in map(make_url, urls) if _create(connection, url)]


def _create(connection: psycopg.Connection, url: URL) -> bool:
    """Whether the database is new."""
    role, database = Identifier(str(url.username)), Identifier(str(url.database))
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", url.username):
        connection.execute(SQL("CREATE ROLE {} LOGIN").format(role))
    connection.execute(
        SQL("ALTER ROLE {} PASSWORD {}").format(role, Literal(_scram_verifier(connection, url)))
    )
    if _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", url.database):
        return False
    connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(database, role))
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    return True


def _exists(connection: psycopg.Connection, query: LiteralString, name: str | None) -> bool:
    return connection.execute(query, [name]).fetchone() is not None


def _scram_verifier(connection: psycopg.Connection, url: URL) -> str:
    """The password as PostgreSQL keeps it, so that the plain one is in no statement and no log."""
    plain, role = str(url.password).encode(), str(url.username).encode()
    return connection.pgconn.encrypt_password(plain, role, b"scram-sha-256").decode()


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
