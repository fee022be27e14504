"""``python -m benchmarks.consuming``: our polling loop beside FastStream's own batch loop, in one run."""

import asyncio
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import psutil
import typer
import uvloop
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from rich.console import Console

from benchmarks.chain.load import quantile
from liandong.local import home
from liandong.local.processes import inherited_environment
from liandong.local.servers import Servers
from liandong.running import console_of, started_servers

HERE = Path(__file__).parent
WAYS = ("polled", "5", "10", "20")
BODY = b"x" * 1000
POISON: tuple[tuple[bytes | None, list[tuple[str, bytes]]], ...] = (
    (None, []),
    (b"{", []),
    (BODY, [("ce_id", b"\xff\xfe")]),
    (BODY, [("", b"")]),
)
WARM = 5


@dataclass(frozen=True)
class Result:
    """One way: latencies of single events (ms), share of a core when idle, records a second, after a broker's kill."""

    way: str
    p50_ms: float
    p99_ms: float
    idle_core_percent: float
    records_per_second: float
    past_poison: bool
    back_seconds: float


@dataclass
class Member:
    """A running member and the topic that is its own."""

    way: str
    servers: Servers
    process: subprocess.Popen[str]
    topic: str
    number: int = 0

    def cpu_seconds(self) -> float:
        """What its process has used."""
        return sum(psutil.Process(self.process.pid).cpu_times()[:2])

    def arrivals(self) -> dict[int, int]:
        """End it: when it saw each record."""
        self.process.send_signal(signal.SIGUSR1)
        out, _ = self.process.communicate(timeout=30)
        return {int(number): at for number, at in json.loads(out.splitlines()[-1]).items()}


@contextmanager
def member(way: str, servers: Servers, topic: str) -> Iterator[Member]:
    """A member that has joined; a new topic with three partitions for it."""
    uvloop.run(_create(servers.kafka_bootstrap, topic))
    command = [sys.executable, "-m", "benchmarks.consuming.member", way, servers.kafka_bootstrap, topic]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=inherited_environment()
    )
    try:
        yield Member(way, servers, process, topic)
    finally:
        process.kill()
        process.wait()


async def _create(bootstrap: str, topic: str) -> None:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await client.start()
    await client.create_topics([NewTopic(topic, 3, 1)])
    await client.close()


async def single_events(one: Member, samples: int) -> dict[int, int]:
    """When each event was sent: one after the other, each at another phase of any sleeping loop."""
    producer = AIOKafkaProducer(bootstrap_servers=one.servers.kafka_bootstrap)
    await producer.start()
    sent: dict[int, int] = {}
    await asyncio.sleep(4)
    for number in range(samples + WARM):
        await asyncio.sleep(0.05 + (number * 7 % 41) / 1000)
        sent[number] = time.monotonic_ns()
        await producer.send_and_wait(one.topic, BODY, key=str(number).encode())
    await asyncio.sleep(0.5)
    await producer.stop()
    return sent


async def flood(one: Member, first: int, count: int) -> None:
    """Many records at once."""
    producer = AIOKafkaProducer(bootstrap_servers=one.servers.kafka_bootstrap, linger_ms=5)
    await producer.start()
    futures = [
        await producer.send(one.topic, BODY, key=str(number).encode())
        for number in range(first, first + count)
    ]
    await asyncio.gather(*futures)
    await producer.stop()


async def poison(one: Member, number: int) -> None:
    """Records no parser likes, then a good one in every partition."""
    producer = AIOKafkaProducer(bootstrap_servers=one.servers.kafka_bootstrap)
    await producer.start()
    for partition in range(3):
        for value, headers in POISON:
            await producer.send_and_wait(one.topic, value, key=b"-1", headers=headers, partition=partition)
        await producer.send_and_wait(
            one.topic, BODY, key=str(number + partition).encode(), partition=partition
        )
    await producer.stop()
    await asyncio.sleep(2)


def measure(way: str, servers: Servers, samples: int, idle: float, count: int) -> Result:
    """One way by every measure."""
    with member(way, servers, f"latency.{way}") as one:
        sent = uvloop.run(single_events(one, samples))
        before = one.cpu_seconds()
        time.sleep(idle)
        idle_share = (one.cpu_seconds() - before) / idle
        seen = one.arrivals()
    latencies = [(seen[n] - at) / 1e6 if n in seen else math.inf for n, at in list(sent.items())[WARM:]]
    rate = _throughput(way, servers, count)
    with member(way, servers, f"poison.{way}") as one:
        uvloop.run(single_events(one, 1))
        uvloop.run(poison(one, 100))
        past = {100, 101, 102} <= one.arrivals().keys()
    return Result(
        way,
        statistics.median(latencies),
        quantile(latencies, 0.99),
        idle_share * 100,
        rate,
        past,
        _seconds_back(way, servers),
    )


def _throughput(way: str, servers: Servers, count: int) -> float:
    with member(way, servers, f"flood.{way}") as one:
        uvloop.run(single_events(one, 1))
        one.process.send_signal(signal.SIGSTOP)
        uvloop.run(flood(one, 1000, count))
        one.process.send_signal(signal.SIGCONT)
        time.sleep(max(6.0, count / 4000))
        seen = [at for number, at in one.arrivals().items() if number >= 1000]
    return len(seen) / ((max(seen) - min(seen)) / 1e9) if len(seen) == count else 0.0


def _seconds_back(way: str, servers: Servers) -> float:
    """From the broker's being back until the first event after it is handled."""
    assert servers.kafka is not None
    with member(way, servers, f"killed.{way}") as one:
        uvloop.run(single_events(one, 1))
        servers.kafka.kill()
        time.sleep(2)
        servers.kafka.start()
        back = time.monotonic_ns()
        uvloop.run(flood(one, 1000, 1))
        time.sleep(15)
        seen = one.arrivals()
    return (seen[1000] - back) / 1e9 if 1000 in seen else math.inf


def markdown(results: list[Result]) -> str:
    """The table and what each way costs beside ours."""
    lines = [
        "# Consuming: our polling loop beside FastStream's batch loop",
        "",
        "| way | p50 (ms) | p99 (ms) | idle (% of a core) | records/s | past poison | back after a broker's kill (s) |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {_name(one.way)} | {one.p50_ms:.1f} | {one.p99_ms:.1f} | {one.idle_core_percent:.2f} "
        f"| {one.records_per_second:,.0f} | {'yes' if one.past_poison else 'no'} | {one.back_seconds:.1f} |"
        for one in results
    ]
    ours = results[0]
    lines += [""] + [
        f"- {_name(one.way)}: p99 {one.p99_ms - ours.p99_ms:+.1f} ms, idle "
        f"{one.idle_core_percent - ours.idle_core_percent:+.2f} % of a core, records/s "
        f"{one.records_per_second / ours.records_per_second:.2f} × ours"
        for one in results[1:]
    ]
    return "\n".join(lines) + "\n"


def _name(way: str) -> str:
    return "polled by us" if way == "polled" else f"FastStream, batch_timeout_ms={way}"


def consuming(
    samples: Annotated[int, typer.Option(min=10)] = 500,
    idle_seconds: Annotated[float, typer.Option(min=1)] = 20.0,
    records: Annotated[int, typer.Option(min=1000)] = 30_000,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Latency of single events, CPU when idle, throughput, poison, a killed broker: each way on the same servers."""
    console = console_of(stderr=as_json)
    with home.hold("bench", fresh=True) as folder, started_servers(folder, console) as servers:
        results = []
        for way in WAYS:
            results.append(measure(way, servers, samples, idle_seconds, records))
            console.print(markdown(results).splitlines()[len(results) + 3], markup=False)
    if as_json:
        Console().print_json(json.dumps([asdict(result) for result in results]))
    made_by = f"\nMade by `python -m benchmarks.consuming` on {os.cpu_count()} cores, with Kafka on the same machine.\n"
    if save:
        (HERE / "RESULTS.md").write_text(markdown(results) + made_by, encoding="utf-8")


if __name__ == "__main__":
    typer.run(consuming)
