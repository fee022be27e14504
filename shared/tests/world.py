"""A node of the tiny service: its database, its clock, records as Kafka would bring them, people with tokens."""

import asyncio
import itertools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from fastapi import FastAPI
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from contracts.events import Event
from contracts.events.incident import IncidentControlled
from contracts.topics import Mode
from shared.clock import ManualClock
from shared.database import Database
from shared.http.auth import Role
from shared.http.commands import Commands
from shared.http.local_issuer import LocalIssuer
from shared.inbox_processor import InboxProcessor
from shared.outbox import Origin
from shared.partitions import make_ready, uuid7_floor
from shared.service import assemble
from shared.settings import ServiceSettings
from shared.tests.kafka_record import KafkaRecord, sent
from shared.tests.tiny.service import HANDLERS, Script, Tree, parts

START = datetime(2030, 1, 1, 8, tzinfo=UTC)
NOWHERE = "127.0.0.1:1"
PATIENCE = float(os.environ.get("TEST_PATIENCE_SECONDS", "15"))
T = TypeVar("T")


class World:
    """One node: everything is real but the way records come, unless a test starts its consumer."""

    def __init__(
        self, url: str, node: str, folder: Path, bootstrap: str = NOWHERE, mode: Mode = "live", **more: Any
    ) -> None:
        self.node, self.parent, self.child = node, f"8{node[1:]}", f"7{node[1:]}"
        self.settings = ServiceSettings(
            node=node,
            mode=mode,
            database_url=url,
            kafka_bootstrap_servers=bootstrap,
            auth_keys_dir=folder / "keys",
            **more,
        )
        self.script, self.clock = Script(), ManualClock(START)
        self.tree = Tree({node: self.parent, self.child: node})
        self.issuer = LocalIssuer(folder / "keys", mode)
        self.origin = Origin(self.settings, "tiny")
        self.database = Database(self.settings, self.origin)
        self._observer = create_async_engine(url, poolclass=NullPool)
        self.processor = self.new_processor()
        self._offsets = itertools.count()

    def new_processor(self) -> InboxProcessor[Script]:
        """The processor of a process that has just started."""
        return InboxProcessor("tiny", HANDLERS, self.script, self.database, self.clock, self.settings)

    async def close(self) -> None:
        await self.database.close()
        if "app" in self.__dict__:
            await self.app.state.database.close()

    # -- records

    def controlled(self, subject: str = "incident-1", statement: str = "") -> IncidentControlled:
        return IncidentControlled(
            incident_id=subject, jurisdiction=self.node, statement=statement, controlled_at=self.clock.now()
        )

    def record(
        self, sequence: int = 1, subject: str = "incident-1", statement: str = "", node: str = ""
    ) -> KafkaRecord:
        """An event of the tiny service, as it comes from Kafka."""
        settings = self.settings.model_copy(update={"node": node or self.node})
        event = self.controlled(subject, statement).model_copy(update={"jurisdiction": settings.node})
        told = Origin(settings, "tiny").envelop(event, self.clock.now(), "test")
        return sent(told, sequence, next(self._offsets))

    async def consume(self, *records: KafkaRecord) -> dict[tuple[str, int], int]:
        """Where the topics stop whose fuse is blown."""
        return await self.processor.process(records)

    # -- what came of it

    async def rows(self, query: str, **values: object) -> Sequence[Any]:
        async with self._observer.connect() as connection:
            return (await connection.execute(text(query), values)).all()

    async def execute(self, statement: str, **values: object) -> None:
        async with self._observer.begin() as connection:
            await connection.execute(text(statement), values)

    async def make_old(self, table: str, key: str, days: float, where: str) -> None:
        """Rows as they would stand had they been written so long ago: in the partition of that time."""
        then = datetime.now(UTC) - timedelta(days=days)
        async with self.database.begin(self.clock.now(), "test") as unit:
            await unit.connection.run_sync(make_ready, then)
        await self.execute(f"UPDATE {table} SET {key} = :id WHERE {where}", id=uuid7_floor(then))

    async def effects(self) -> list[str]:
        """The statements that had an effect, in order."""
        return [row.statement for row in await self.rows("SELECT statement FROM effect ORDER BY id")]

    async def parked(self) -> list[tuple[str, str]]:
        """(kind, reason) of what is parked and open, in the order of its coming."""
        query = "SELECT kind, reason FROM dead_letter WHERE resolved_at IS NULL ORDER BY record_offset"
        return [(row.kind, row.reason) for row in await self.rows(query)]

    async def audited(self) -> list[tuple[str, str, str, str]]:
        """(actor, command, target, outcome) of every audited command."""
        query = "SELECT actor, command, target, outcome FROM audit_entry ORDER BY id"
        return [tuple(row) for row in await self.rows(query)]

    async def publish(self, *events: Event) -> None:
        """One unit of work that publishes."""
        async with self.database.begin(self.clock.now(), "test") as unit:
            unit.publish(*events)

    async def send(self, *records: KafkaRecord) -> None:
        """Put records on Kafka as they are, whoever they claim to be from."""
        producer = AIOKafkaProducer(bootstrap_servers=self.settings.kafka_bootstrap_servers)
        await producer.start()
        try:
            for record in records:
                headers = list(record.headers)
                await producer.send_and_wait(record.topic, record.value, key=record.key, headers=headers)
        finally:
            await producer.stop()

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """The database drops every connection and takes no new ones."""
        url = make_url(self.settings.database_url)
        admin = create_async_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        allow = f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS '
        drop = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        async with admin.connect() as connection:
            await connection.execute(text(allow + "false"))
            await connection.execute(drop, {"name": url.database})
            try:
                yield
            finally:
                await connection.execute(text(allow + "true"))
        await admin.dispose()

    # -- HTTP

    @cached_property
    def app(self) -> FastAPI:
        """The service's application, on the manual clock, without its lifespan."""
        app = assemble(parts(self.settings, self.script, self.tree))
        app.state.commands = Commands(app.state.database, self.clock)
        app.state.processor = self.processor
        return app

    def token(self, *roles: Role, who: str = "wang", node: str = "") -> str:
        return self.issuer.issue(who, f"{who} 同志", roles or [Role.DISPATCHER], node or self.node)

    def headers(self, *roles: Role, who: str = "wang", node: str = "") -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(*roles, who=who, node=node)}"}

    @cached_property
    def api(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://tiny")

    async def note(self, incident_id: str = "incident-1", **more: str) -> httpx.Response:
        """A command; ``more`` are headers."""
        body = {"incident_id": incident_id, "statement": "noted"}
        return await self.api.post("/notes", json=body, headers={**self.headers(), **more})


async def take_noted(database: Database) -> set[tuple[str, str]]:
    """What screens have not been told yet, each topic and key; from now on they have been."""
    async with database.connect() as connection, connection.begin():
        taken = await connection.execute(text("DELETE FROM change RETURNING topic, key"))
        return {(row.topic, row.key) for row in taken}


async def until(condition: Callable[[], Awaitable[T]], seconds: float = PATIENCE) -> T:
    """What the condition gives once it is true; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not (found := await condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        await asyncio.sleep(0.02)
    return found


@asynccontextmanager
async def running(*works: Awaitable[Any]) -> AsyncIterator[list[asyncio.Task[Any]]]:
    """Work in the background, cancelled at the end; what failed in it fails the test."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in tasks:
        with suppress(asyncio.CancelledError):
            task.result()


async def on_the_wire(bootstrap: str, topic: str, count: int, seconds: float = PATIENCE) -> list[Any]:
    """The first ``count`` records of a topic, of each partition in order."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        known = consumer.partitions_for_topic(topic) or await _known(consumer, topic)
        partitions = [TopicPartition(topic, number) for number in known]
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        found: list[Any] = []
        async with asyncio.timeout(seconds):
            while len(found) < count:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += records
        return found
    finally:
        await consumer.stop()


async def _known(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
    await consumer._client.add_topic(topic)
    return await until(lambda: _partitions(consumer, topic))


async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> set[int]:
    # asked once while the broker is still making the topic, the client would not ask again for minutes
    await consumer._client.force_metadata_update()
    return consumer.partitions_for_topic(topic) or set()
