"""Open-loop load: every report has its scheduled send time, and latency counts from there, sent or not."""

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

DONE_SECONDS = 15.0
"""How long after the last send a chain may take before it counts as lost."""
LOOK_SECONDS = 0.05
WANTED = 2
"""Events that end a chain: the recommendation and the warning draft."""


@dataclass(frozen=True)
class Target:
    """Where reports go, the bytes of one request, where the id stands in its answer, and what to watch.

    ``processes`` is how the names of the contender's processes begin.
    """

    port: int
    request: Callable[[int], bytes]
    id_field: str
    topics: Sequence[str]
    processes: str


@dataclass
class Outcome:
    """Latencies in milliseconds of the chains that ended, and how many did not."""

    rate: float
    latencies: list[float] = field(default_factory=list)
    lost: int = 0
    refused: int = 0
    cpu_ms: float = 0.0
    """CPU time of the contender's processes per report."""

    def quantile(self, share: float) -> float:
        """The latency that ``share`` of all reports stayed within; infinite when too many were lost."""
        return quantile([*self.latencies, *[math.inf] * (self.lost + self.refused)], share)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values don't exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else math.inf


def schedule(rate: float, seconds: float, start: float) -> list[float]:
    """When each report is due: evenly spaced, never moved by how the system answers."""
    return [start + number / rate for number in range(int(rate * seconds))]


class Connections:
    """Keep-alive HTTP connections to one port; nothing but what the measurement needs."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of one request's answer."""
        reader, writer = self._open() or await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        body = await reader.readexactly(length)
        self._idle.append((reader, writer))
        return int(head[9:12]), body

    def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """An idle connection that the server has not closed meanwhile."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return None

    def close(self) -> None:
        """Close what is idle."""
        for _, writer in self._idle:
            writer.close()


class Observer:
    """The third party that sees the events: when the last wanted one of each incident came."""

    def __init__(self, bootstrap: str, topics: Sequence[str]) -> None:
        self._bootstrap, self._topics = bootstrap, topics
        self._counts: dict[str, int] = {}
        self.ended: dict[str, float] = {}

    async def __aenter__(self) -> "Observer":
        self._consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap, enable_auto_commit=False)
        await self._consumer.start()
        partitions = []
        for topic in self._topics:
            await self._consumer._client.add_topic(topic)
            while not (found := self._consumer.partitions_for_topic(topic)):
                await self._consumer._client.force_metadata_update()
            partitions += [TopicPartition(topic, number) for number in found]
        self._consumer.assign(partitions)
        await self._consumer.seek_to_end(*partitions)
        for partition in partitions:
            await self._consumer.position(partition)
        self._task = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._consumer.stop()

    async def _follow(self) -> None:
        while True:
            batches = await self._consumer.getmany(timeout_ms=1000)
            now = time.monotonic()
            for records in batches.values():
                for record in records:
                    incident = record.key.decode()
                    self._counts[incident] = self._counts.get(incident, 0) + 1
                    if self._counts[incident] == WANTED:
                        self.ended[incident] = now


async def run(target: Target, bootstrap: str, rate: float, seconds: float, first: int) -> Outcome:
    """Send ``rate`` reports a second for ``seconds``, numbered from ``first``; wait until all chains end."""
    outcome, sent = Outcome(rate), dict[str, float]()
    connections = Connections(target.port)

    async def one(number: int, due: float) -> None:
        try:
            status, body = await connections.post(target.request(number))
        except (OSError, asyncio.IncompleteReadError):
            status, body = 0, b""
        if 200 <= status < 300:
            sent[orjson.loads(body)[target.id_field]] = due
        else:
            outcome.refused += 1

    async with Observer(bootstrap, target.topics) as observer:
        times = schedule(rate, seconds, time.monotonic() + 0.1)
        async with asyncio.TaskGroup() as group:
            for number, due in enumerate(times, start=first):
                if (wait := due - time.monotonic()) > 0:
                    await asyncio.sleep(wait)
                group.create_task(one(number, due))
        for _ in range(int(DONE_SECONDS / LOOK_SECONDS)):
            if sent.keys() <= observer.ended.keys():
                break
            await asyncio.sleep(LOOK_SECONDS)
        outcome.latencies = [
            (observer.ended[key] - due) * 1000 for key, due in sent.items() if key in observer.ended
        ]
        outcome.lost = len(sent) - len(outcome.latencies)
    connections.close()
    return outcome
