"""Fixtures of the whole suite: real servers, started once, and databases and places of a test's own."""

import itertools
import logging
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import create_engine, make_url, text

from liandong.local.servers import Servers
from shared.database import migrate
from tests import servers as test_servers

_CODES = itertools.count(900_000 + secrets.randbelow(90_000))


def pytest_configure() -> None:
    """Logs without the locals of every frame: rendering those takes seconds per traceback."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


def pytest_report_header(config: pytest.Config) -> str:
    """Say which servers this run uses."""
    if "not servers" in config.option.markexpr:
        return "servers: none (fast tests only)"
    return f"servers: {test_servers.kind()}"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Real Kafka, PostgreSQL and Valkey."""
    with test_servers.running() as found:
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it reports what it retries as errors
        yield found


@pytest.fixture
def database_url(servers: Servers) -> Iterator[str]:
    """An empty database of the test's own."""
    name = f"test_{uuid4().hex[:12]}"
    yield servers.database(name)
    _execute(servers, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _templates(servers: Servers) -> Iterator[dict[Path, str]]:
    made: dict[Path, str] = {}
    yield made
    for name in made.values():
        _execute(servers, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def migrated_database(servers: Servers, _templates: dict[Path, str]) -> Iterator[Callable[[Path], str]]:
    """Makes databases of the test's own that hold the shared tables and those of a migrations folder."""
    made: list[str] = []

    def make(migrations: Path) -> str:
        if migrations not in _templates:
            _templates[migrations] = f"template_{uuid4().hex[:12]}"
            migrate(servers.database(_templates[migrations]), migrations)
        made.append(f"test_{uuid4().hex[:12]}")
        _execute(servers, f'CREATE DATABASE "{made[-1]}" TEMPLATE "{_templates[migrations]}"')
        url = make_url(servers.postgres_url).set(database=made[-1])
        return url.render_as_string(hide_password=False)

    yield make
    for name in made:
        _execute(servers, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def node_code() -> str:
    """The code of a place that no other test uses, nor another run on these servers: its topics are its own."""
    return str(next(_CODES))


def _execute(servers: Servers, statement: str) -> None:
    admin = create_engine(servers.postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()
