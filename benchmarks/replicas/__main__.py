"""``python -m benchmarks.replicas``: from a commit on any replica to Kafka, beside the replica that relays."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from aiokafka import AIOKafkaConsumer
from rich.console import Console
from rich.progress import Progress

from benchmarks.chain.load import quantile
from contracts.events.incident import IncidentControlled
from liandong.local import home
from liandong.local.servers import Servers
from liandong.running import bar, console_of, started_servers
from shared.database import Database, migrate_when_reachable
from shared.outbox import Origin
from shared.provisioning.topics import create_topics
from shared.relay import Relay
from shared.settings import ServiceSettings

HERE = Path(__file__).parent
MIGRATIONS = HERE.parents[1] / "services" / "notify" / "migrations"
NODE = "210400"
WAYS = {
    "leader": "the replica that relays (floor)",
    "told": "another replica, which tells",
    "swept": "another replica, found by the sweep",
}
WARM = 20


@dataclass(frozen=True)
class Result:
    """Milliseconds from a commit until a reader of the topic has it."""

    brokers: int
    way: str
    p50_ms: float
    p99_ms: float
    most_ms: float


class Replica:
    """One process's share of a service: its database and its relay."""

    def __init__(self, settings: ServiceSettings, tells: bool) -> None:
        self._database = Database(settings, Origin(settings, "notify"))
        self.relay = Relay(self._database, settings.kafka, "benchmark")
        if tells:
            self._database.on_published = self.relay.wake

    async def publish(self, subject: str) -> int:
        """Commit one event; when it was committed, by the monotonic clock in ns."""
        now = datetime.now(UTC)
        async with self._database.begin(now, "benchmark") as unit:
            event = IncidentControlled(
                incident_id=subject, jurisdiction=NODE, statement="", controlled_at=now
            )
            unit.publish(event)
        return time.monotonic_ns()

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        """Its relay leads or stands by."""
        task = asyncio.create_task(self.relay.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
            await self._database.close()


async def measure(servers: Servers, brokers: int, way: str, samples: int, rate: float) -> Result:
    """One way of committing."""
    settings = ServiceSettings(
        node=NODE,
        database_url=servers.database(f"replicas_{way}", fresh=True),
        kafka_bootstrap_servers=servers.kafka_bootstrap,
    )
    await migrate_when_reachable(settings.database_url, MIGRATIONS)
    leader, other = Replica(settings, tells=True), Replica(settings, tells=way == "told")
    committing = leader if way == "leader" else other
    async with leader.relaying():
        await _until(lambda: leader.relay.leading)
        async with other.relaying(), _reader(servers, way) as seen:
            sent = await _commits(committing, way, samples + WARM, rate)
            await _until(lambda: sent.keys() <= seen.keys())
    measured = list(sent)[WARM:]
    latencies = [(seen[subject] - sent[subject]) / 1e6 for subject in measured]
    return Result(brokers, way, quantile(latencies, 0.5), quantile(latencies, 0.99), max(latencies))


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
        await asyncio.sleep(0.01)


async def _commits(replica: Replica, way: str, count: int, rate: float) -> dict[str, int]:
    sent: dict[str, int] = {}
    for number in range(count):
        subject = f"{way}-{number}"
        sent[subject] = await replica.publish(subject)
        await asyncio.sleep(1 / rate + (number * 7 % 41) / 1000)  # at another phase of every loop each time
    return sent


@asynccontextmanager
async def _reader(servers: Servers, way: str) -> AsyncIterator[dict[str, int]]:
    """When each event was seen on its topic."""
    consumer = AIOKafkaConsumer(
        f"{NODE}.incident", bootstrap_servers=servers.kafka_bootstrap, auto_offset_reset="earliest"
    )
    seen: dict[str, int] = {}
    await consumer.start()

    async def read() -> None:
        async for record in consumer:
            if (subject := record.key.decode()).startswith(way):
                seen.setdefault(subject, time.monotonic_ns())

    task = asyncio.create_task(read())
    try:
        yield seen
    finally:
        task.cancel()
        await asyncio.wait({task})
        await consumer.stop()


def markdown(results: list[Result]) -> str:
    """The table; each way beside the replica that relays."""
    floor = {one.brokers: one for one in results if one.way == "leader"}
    lines = [
        "# From a commit to Kafka, by replica",
        "",
        "| brokers | committed on | p50 (ms) | p99 (ms) | most (ms) | p99, ratio to the floor |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.brokers} | {WAYS[one.way]} | {one.p50_ms:.1f} | {one.p99_ms:.1f} | {one.most_ms:.1f} "
        f"| {one.p99_ms / floor[one.brokers].p99_ms:.2f} |"
        for one in results
    ]
    return "\n".join(lines) + "\n"


def replicas(
    samples: Annotated[int, typer.Option(min=10)] = 500,
    rate: Annotated[float, typer.Option(min=0.1, help="commits a second")] = 20.0,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Each way of committing, on one broker and on three that keep every record three times."""
    console = console_of(stderr=as_json)
    results: list[Result] = []
    for brokers in (1, 3):
        with (
            home.hold("bench", fresh=True) as folder,
            started_servers(folder, console, brokers=brokers) as servers,
        ):
            create_topics(servers.kafka_access, [NODE], "live", servers.replication)
            with bar(console) as progress:
                results += _all_ways(servers, brokers, samples, rate, progress)
    console.print(markdown(results), markup=False)
    if as_json:
        Console().print_json(json.dumps([asdict(result) for result in results]))
    made_by = (
        f"\nMade by `python -m benchmarks.replicas` on {os.cpu_count()} cores that also carry Kafka and PostgreSQL: "
        f"{samples} commits at about {rate:.0f} a second. The goal is p99 ≤ 50 ms on any replica. “Found by the sweep” is "
        "how it was before replicas told each other.\n"
    )
    if save:
        (HERE / "RESULTS.md").write_text(markdown(results) + made_by, encoding="utf-8")


def _all_ways(servers: Servers, brokers: int, samples: int, rate: float, progress: Progress) -> list[Result]:
    task = progress.add_task(f"{brokers}", total=len(WAYS))
    found = []
    for way in WAYS:
        found.append(uvloop.run(measure(servers, brokers, way, samples, rate)))
        progress.advance(task)
    return found


if __name__ == "__main__":
    typer.run(replicas)
