"""The three servers liandong needs: existing ones by environment, else real local ones from packages."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError
from sqlalchemy import create_engine, make_url, text

from liandong.local.kafka import LocalCluster, LocalKafka, replication_of
from liandong.local.kafka_jars import Report
from liandong.local.postgres import LocalPostgres
from liandong.local.processes import clear_leftovers
from liandong.local.valkey import LocalValkey
from shared.kafka_access import KafkaAccess, KafkaSettings


class UnusableKafka(ValueError):
    """The environment names a Kafka and not how one gets in; the message says what is missing."""


class Breakable(Protocol):
    """A server that a test or an assault may break."""

    def kill(self) -> None:
        """kill -9."""

    def start(self) -> None:
        """Start it again, at the same address, and wait until it answers."""


@dataclass(frozen=True)
class Servers:
    """Where the servers are, and the local ones among them."""

    kafka_bootstrap: str
    postgres_url: str
    redis_url: str
    kafka: LocalKafka | LocalCluster | None = None
    postgres: LocalPostgres | None = None
    valkey: Breakable | None = None
    external_kafka: KafkaAccess | None = None
    """How a Kafka that is not ours is reached."""

    @property
    def kafka_access(self) -> KafkaAccess:
        """How who may do everything gets into Kafka; on this machine it is open unless it was started locked."""
        if self.kafka is not None:
            return self.kafka.administration
        return self.external_kafka or KafkaAccess(self.kafka_bootstrap)

    @property
    def replication(self) -> int:
        """How many brokers hold each record of topics that we make."""
        return replication_of(len(self.kafka.brokers)) if self.kafka else 1

    def description(self) -> str:
        """One line for a header."""
        kinds = ((self.kafka, "Kafka"), (self.postgres, "PostgreSQL"), (self.valkey, "Valkey"))
        return ", ".join(f"{name}: {'local' if server else 'external'}" for server, name in kinds)

    def database(self, name: str, fresh: bool = False) -> str:
        """The URL of a database on this server; made when it is missing, emptied when ``fresh``."""
        admin = create_engine(self.postgres_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            if fresh:
                connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if not connection.scalar(known, {"name": name}):
                connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.dispose()
        return self.database_url(name)

    def database_url(self, name: str) -> str:
        """The URL of a database on this server."""
        return make_url(self.postgres_url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def servers(
    folder: Path, report: Report, durable: bool = True, kafka_port: int = 0, brokers: int = 1
) -> Iterator[Servers]:
    """Running servers; local ones stop when the block ends, in reverse order.

    ``durable``: what is committed survives a power cut too, as data kept across runs must. ``kafka_port``: where a local
    Kafka listens, 0 for any free port. ``brokers``: how many it has; several listen on free ports.

    ``KAFKA_BOOTSTRAP_SERVERS``, ``DATABASE_URL`` and ``REDIS_URL`` each name an existing server. Raises UnusableKafka.
    """
    clear_leftovers(folder)
    bootstrap, database, redis = (
        os.environ.get(name, "") for name in ("KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL", "REDIS_URL")
    )
    external = _external_kafka() if bootstrap else None
    valkey = None if redis else LocalValkey(folder)
    postgres = None if database else LocalPostgres(folder, durable)
    kafka = None if bootstrap else _local_kafka(folder, report, kafka_port, brokers)
    with ExitStack() as running:
        for server in (valkey, postgres, kafka):
            if server is not None:
                running.callback(server.stop)
        with ThreadPoolExecutor() as threads:
            started = [threads.submit(server.start) for server in (kafka, postgres, valkey) if server]
        for outcome in started:
            outcome.result()
        yield Servers(
            kafka.bootstrap if kafka else bootstrap,
            postgres.url if postgres else sqlalchemy_url(database),
            valkey.url if valkey else redis,
            kafka,
            postgres,
            valkey,
            external,
        )


def _local_kafka(folder: Path, report: Report, port: int, brokers: int) -> LocalKafka | LocalCluster:
    return LocalKafka(folder, report, port) if brokers == 1 else LocalCluster(folder, report, brokers)


def _external_kafka() -> KafkaAccess:
    try:
        return KafkaSettings().kafka
    except ValidationError as error:
        told = (one["msg"].removeprefix("Value error, ") for one in error.errors())
        raise UnusableKafka("; ".join(told)) from error


def sqlalchemy_url(url: str) -> str:
    """A PostgreSQL URL as people write it, for our driver."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
