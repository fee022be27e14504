"""Fixtures of the notify tests that need a database."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from services.notify.tests.world import MIGRATIONS, Receiver, World


@pytest.fixture
async def live(migrated_database: Callable[[Path], str], tmp_path) -> AsyncIterator[World]:
    async with World(migrated_database(MIGRATIONS), tmp_path) as world:
        yield world


@pytest.fixture
async def drill(migrated_database: Callable[[Path], str], tmp_path) -> AsyncIterator[World]:
    async with World(migrated_database(MIGRATIONS), tmp_path, "exercise") as world:
        yield world


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running
