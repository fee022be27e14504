"""The fuse of each topic: when nearly everything on it fails, its reading pauses until a person decides.

Counts are kept in memory, a blown fuse is a row: it survives restarts, holds for every replica, and
remembers at which offsets the topic was left.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson
import structlog
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database
from shared.received import Invalid, Reading, Record, Unknown
from shared.statements import Statement

log = structlog.get_logger(__name__)

WINDOW, LEAST, SHARE = 50, 20, 0.9
"""Of a topic's last 50 records, once there are 20: pause when nine in ten can't be taken."""

Readings = Sequence[tuple[Record, Reading]]
Partition = tuple[str, int]
"""(topic, number)."""

_ALL = Statement("""
SELECT topic, reason, paused_at, offsets, parking_until FROM paused_topic
WHERE consumer = %(consumer)s ORDER BY topic
""")
_PAUSE = text("""
INSERT INTO paused_topic (consumer, topic, reason, offsets) VALUES (:consumer, :topic, :reason, CAST(:offsets AS jsonb))
ON CONFLICT (consumer, topic) DO UPDATE SET
  reason = CASE WHEN paused_topic.parking_until IS NULL THEN paused_topic.reason ELSE excluded.reason END,
  offsets = CASE WHEN paused_topic.parking_until IS NULL THEN excluded.offsets || paused_topic.offsets
                 ELSE excluded.offsets END,
  parking_until = NULL
""")
_RESUME = text("DELETE FROM paused_topic WHERE consumer = :consumer AND topic = :topic")
_PARK = text("""
UPDATE paused_topic SET parking_until = CAST(:until AS jsonb) WHERE consumer = :consumer AND topic = :topic
""")


class PausedTopic(BaseModel):
    """A topic whose fuse is blown, or whose flood is being parked at a person's word.

    ``offsets``: where reading stopped, by partition. ``parking_until``: up to which offsets what fails is
    parked without counting; None while the topic rests.
    """

    topic: str
    reason: str
    paused_at: datetime
    offsets: dict[int, int]
    parking_until: dict[int, int] | None = None

    @property
    def rests(self) -> bool:
        """Whether nothing of it is read."""
        return self.parking_until is None


@dataclass
class _Window:
    """The last outcomes of one topic; True is a failure."""

    recent: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))

    def verdict(self, coming: Sequence[bool]) -> str:
        """Why the fuse blows when these follow; empty while it holds."""
        recent = [*self.recent, *coming][-WINDOW:]
        blows = len(recent) >= LEAST and sum(recent) >= SHARE * len(recent)
        return f"{sum(recent)} of the last {len(recent)} records can't be taken" if blows else ""


class Fuses:
    """The fuses of one consumer."""

    def __init__(self, consumer: str, database: Database) -> None:
        self._consumer, self._database = consumer, database
        self._windows: dict[str, _Window] = defaultdict(_Window)
        self.topics: dict[str, PausedTopic] = {}

    @property
    def resting(self) -> dict[str, PausedTopic]:
        """The topics that are not read now."""
        return {topic: paused for topic, paused in self.topics.items() if paused.rests}

    async def refresh(self) -> set[str]:
        """Take over what stands in the database; the topics that were resting and are to be read again."""
        async with self._database.reading() as connection:
            found = {paused.topic: paused for paused in await self.stored_fuses(connection)}
        released = self.resting.keys() - {topic for topic, paused in found.items() if paused.rests}
        for topic in released:
            self._windows.pop(topic, None)
        self.topics = found
        return set(released)

    async def stored_fuses(self, connection: AsyncConnection) -> list[PausedTopic]:
        """What stands in the database."""
        rows = await _ALL.run(connection, {"consumer": self._consumer})
        names = ("topic", "reason", "paused_at", "offsets", "parking_until")
        return [PausedTopic.model_validate(dict(zip(names, row, strict=True))) for row in rows]

    async def admit(self, readings: Readings) -> tuple[list[tuple[Record, Reading]], dict[Partition, int]]:
        """What may be taken, and where each partition of a resting topic stops; a flood blows its fuse here.

        An unreadable record counts before it is parked, so that of a flood nothing is.
        """
        by_topic: dict[str, list[tuple[Record, Reading]]] = defaultdict(list)
        for record, reading in readings:
            by_topic[record.topic].append((record, reading))
        for topic, own in by_topic.items():
            coming = [
                isinstance(reading, Invalid) for record, reading in own if self._counts(record, reading)
            ]
            if topic not in self.resting and (reason := self._windows[topic].verdict(coming)):
                await self.blow(topic, reason, first_offsets(record for record, _ in own))
        # only now, for blowing one fuse may bring news of others
        resting = self.resting
        admitted = [(record, reading) for record, reading in readings if record.topic not in resting]
        return admitted, first_offsets(record for record, _ in readings if record.topic in resting)

    def count_record(self, record: Record, reading: Reading, failed: bool) -> str:
        """Count how a record ended; why the fuse blows now, empty while it holds."""
        if not self._counts(record, reading):
            return ""
        window = self._windows[record.topic]
        verdict = window.verdict([failed]) if failed else ""
        window.recent.append(failed)
        return verdict

    async def blow(self, topic: str, reason: str, offsets: Mapping[Partition, int]) -> None:
        """Pause a topic at these offsets."""
        log.error("fuse blown, topic paused", topic=topic, reason=reason, consumer=self._consumer)
        own = {partition: offset for (name, partition), offset in offsets.items() if name == topic}
        async with self._database.connect() as connection:
            await connection.execute(
                _PAUSE,
                {
                    "consumer": self._consumer,
                    "topic": topic,
                    "reason": reason,
                    "offsets": _json(own),
                },
            )
            await connection.commit()
        self._windows.pop(topic, None)
        await self.refresh()

    async def note_offsets(self, offsets: Mapping[Partition, int]) -> None:
        """Reading has come this far: a flood that is parked to its end is over."""
        for topic, paused in list(self.topics.items()):
            if paused.parking_until is None:
                continue
            left = {
                number: until
                for number, until in paused.parking_until.items()
                if offsets.get((topic, number), 0) < until
            }
            if left != paused.parking_until:
                async with self._database.connect() as connection:
                    await self.resume(connection, topic, left)
                    await connection.commit()
                await self.refresh()

    async def resume(self, connection: AsyncConnection, topic: str, until: Mapping[int, int] | None) -> None:
        """Read a topic again; up to the offsets of ``until`` what fails is parked without counting."""
        values = {"consumer": self._consumer, "topic": topic}
        if until:
            await connection.execute(_PARK, {**values, "until": _json(until)})
        else:
            await connection.execute(_RESUME, values)

    def _counts(self, record: Record, reading: Reading) -> bool:
        """What a newer neighbour says is no fault, nor is what a person has decided to park."""
        paused = self.topics.get(record.topic)
        parking = (paused and paused.parking_until) or {}
        return not isinstance(reading, Unknown) and record.offset >= parking.get(record.partition, 0)


def first_offsets(records: Iterable[Record]) -> dict[Partition, int]:
    """The smallest offset of each partition."""
    first: dict[Partition, int] = {}
    for record in records:
        place = record.topic, record.partition
        first[place] = min(record.offset, first.get(place, record.offset))
    return first


def _json(offsets: Mapping[int, int]) -> str:
    return orjson.dumps(dict(offsets), option=orjson.OPT_NON_STR_KEYS).decode()
