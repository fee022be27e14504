"""Fixtures of the dispatch tests that need a database."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from services.dispatch.tests.world import MIGRATIONS, World


@pytest.fixture
async def county(migrated_database: Callable[[Path], str], tmp_path) -> AsyncIterator[World]:
    async with World(migrated_database(MIGRATIONS), tmp_path, "210404") as world:
        yield world


@pytest.fixture
async def helper(migrated_database: Callable[[Path], str], tmp_path) -> AsyncIterator[World]:
    async with World(migrated_database(MIGRATIONS), tmp_path, "210421") as world:
        yield world


@pytest.fixture
async def city(migrated_database: Callable[[Path], str], tmp_path) -> AsyncIterator[World]:
    async with World(migrated_database(MIGRATIONS), tmp_path, "210400") as world:
        yield world
