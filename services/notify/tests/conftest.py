"""Fixtures of the notify tests that need a database."""

import os
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from services.notify.tests.world import Receiver, World


@pytest.fixture
def database_url() -> Iterator[str]:
    """An empty database of its own on the server DATABASE_URL names."""
    server = make_url(os.environ["DATABASE_URL"])
    name = f"notify_{uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
async def live(database_url: str, tmp_path) -> AsyncIterator[World]:
    async with World(database_url, tmp_path) as world:
        yield world


@pytest.fixture
async def drill(database_url: str, tmp_path) -> AsyncIterator[World]:
    async with World(database_url, tmp_path, "exercise") as world:
        yield world


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running
