"""The clock of a drill, brought to the times at which recorded calls came in: only ever ahead, by whole weeks later."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiokafka import AIOKafkaProducer

from contracts.events import Stream
from contracts.messages import text
from contracts.topics import topic_name
from contracts.values import LOCAL
from drills.clock import ClockMaster
from liandong.addresses import NoNodes
from liandong.local import home
from liandong.local.nodes import ADDRESSES
from shared.kafka_access import KafkaAccess
from shared.plan_folder import load_plan

WEEK = timedelta(weeks=1)
HEARD_SECONDS = 0.25
"""How long the services of a drill may take to hear of its time."""


class OriginalTimes:
    """Brings a drill to each call's time of its weekday; the first one falls behind the drill's own time by less than a week."""

    def __init__(self, clock: ClockMaster) -> None:
        self._clock = clock
        self._later: timedelta | None = None

    async def reach(self, at: datetime) -> None:
        """The time at which a call came in, by the source's clock in local time."""
        wanted = at.replace(tzinfo=LOCAL)
        if self._later is None:
            weeks = max(0, -(-(self._clock.now() - wanted) // WEEK))
            self._later = weeks * WEEK
        ahead = wanted + self._later - self._clock.now()
        if ahead > timedelta():
            await self._clock.forward(ahead)
            await asyncio.sleep(HEARD_SECONDS)

    @property
    def later(self) -> timedelta:
        """How much later than it happened it is replayed: whole weeks."""
        return self._later or timedelta()


@asynccontextmanager
async def original_times(purpose: str, node: str) -> AsyncIterator[OriginalTimes]:
    """The clock of the drill that was started here for this purpose; raises NoNodes, also for live nodes."""
    file = home.root() / purpose / ADDRESSES
    try:
        told = json.loads(file.read_text())
    except FileNotFoundError:
        raise NoNodes(text("local.no_such_folder", folder=file.parent)) from None
    if told["mode"] != "exercise":
        raise NoNodes(text("intake.times_in_a_drill_only", purpose=purpose))
    plan, root = load_plan(Path(told["plan"])), node
    while above := plan.parent(root):
        root = above
    kafka = KafkaAccess(told["kafka"])
    producer = AIOKafkaProducer(**kafka.client_options(), acks="all")
    await producer.start()
    try:
        topic = topic_name(root, Stream.CLOCK, "exercise")
        clock = ClockMaster(producer, topic, root, told["drill"])
        await clock.catch_up(kafka)
        yield OriginalTimes(clock)
    finally:
        await producer.stop()
