"""Worlds to test in, and a broker that may be broken."""

import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from liandong.local.kafka import LocalKafka
from shared.kafka_access import KafkaAccess
from shared.provisioning.topics import create_topics
from shared.tests.breakable_postgres import BreakablePostgres
from shared.tests.tiny.service import MIGRATIONS
from shared.tests.world import World

MakeWorld = Callable[..., World]


@pytest.fixture
async def make_world(
    migrated_database: Callable[[Path], str], node_code: str, tmp_path: Path
) -> AsyncIterator[MakeWorld]:
    """Makes nodes of this test's own; those with the same ``url`` share a database."""
    made: list[World] = []

    def make(url: str = "", **more: object) -> World:
        made.append(World(url or migrated_database(MIGRATIONS), node_code, tmp_path, **more))
        return made[-1]

    yield make
    for world in made:
        await world.close()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A node that nothing connects to Kafka."""
    return make_world()


@pytest.fixture
async def wired(make_world: MakeWorld, servers, node_code: str) -> World:
    """A node whose topics exist on the suite's Kafka."""
    create_topics(servers.kafka_access, [node_code], "live")
    return make_world(bootstrap=servers.kafka_bootstrap)


class BreakableKafka(LocalKafka):
    """A broker of the tests' own that may be frozen and killed."""

    def freeze(self) -> None:
        """It holds its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._child is not None and self._child.process is not None
        self._child.process.send_signal(number)


@pytest.fixture(scope="session")
def _breakable(servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakableKafka]:
    kafka = BreakableKafka(tmp_path_factory.mktemp("breakable"), lambda *_: None)
    yield kafka
    kafka.stop()


@pytest.fixture
def breakable_kafka(_breakable: BreakableKafka) -> Iterator[BreakableKafka]:
    """The breakable broker, whole at the beginning of each test."""
    if not _breakable.alive:
        _breakable.start()
    yield _breakable
    if _breakable.alive:
        _breakable.thaw()


@pytest.fixture
async def fragile(make_world: MakeWorld, breakable_kafka: BreakableKafka, node_code: str) -> World:
    """A node on the broker that may be broken."""
    create_topics(KafkaAccess(breakable_kafka.bootstrap), [node_code], "live")
    return make_world(bootstrap=breakable_kafka.bootstrap)


@pytest.fixture(scope="session")
def _breakable_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakablePostgres]:
    postgres = BreakablePostgres(tmp_path_factory.mktemp("breakable-postgres"), durable=False)
    postgres.start()
    yield postgres
    postgres.thaw()
    postgres.stop()


@pytest.fixture
def breakable_postgres(_breakable_server: BreakablePostgres) -> Iterator[BreakablePostgres]:
    """The breakable database server, whole at the beginning and end of each test."""
    yield _breakable_server
    _breakable_server.thaw()
    if not _breakable_server.alive:
        _breakable_server.start()
