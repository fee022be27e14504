"""Tables that only ever grow lie in partitions by time, so that what is old is dropped and not deleted.

A row lies where its id says that it was made: UUIDs of version 7 begin with the time. What fits in none of the
partitions, for instance an id that somebody else made in another way, lies in the default partition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

AHEAD = 3
"""So many periods are ready beside the present one: a service may stand still, and clocks of drills run ahead."""


@dataclass(frozen=True)
class Partitioned:
    """One table, how long a partition's time is, and how long its rows are kept."""

    name: str
    period: Literal["day", "month"]
    kept_days: int
    keeps: tuple[str, ...] = ()
    """Rows that must stay whatever their age: a partition that has one is not dropped. An index finds each kind."""

    def starts(self, now: datetime) -> Iterator[datetime]:
        """The beginnings of the present period and of those ahead."""
        start = self._floor(now.astimezone(UTC))
        for _ in range(AHEAD + 1):
            yield start
            start = self.end(start)

    def end(self, start: datetime) -> datetime:
        """When the period that begins then is over."""
        if self.period == "day":
            return start + timedelta(days=1)
        return (start + timedelta(days=31)).replace(day=1)

    def partition(self, start: datetime) -> str:
        """``outbox_20270131`` or ``inbox_202701``."""
        return f"{self.name}_{start:%Y%m%d}" if self.period == "day" else f"{self.name}_{start:%Y%m}"

    def start_of(self, partition: str) -> datetime | None:
        """When a partition's period begins, None for one that is not of a period."""
        digits = partition.removeprefix(f"{self.name}_")
        try:
            return datetime.strptime(digits, "%Y%m%d" if self.period == "day" else "%Y%m").replace(tzinfo=UTC)
        except ValueError:
            return None

    def is_old(self, partition: str, now: datetime) -> bool:
        """Whether all of a partition's time lies further back than its rows are kept."""
        start = self.start_of(partition)
        return start is not None and self.end(start) <= now - timedelta(days=self.kept_days)

    def _floor(self, moment: datetime) -> datetime:
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return day if self.period == "day" else day.replace(day=1)


PARTITIONS_LOCK = 0x11A0D3
OUTBOX_DAYS, INBOX_DAYS, DEAD_LETTER_DAYS = 7, 90, 90
"""An inbox row must outlive the longest topic retention (trap 9), so that a replay finds it."""


def younger(column: str, days: int) -> str:
    """The condition that a time lies less far back; ``clock_timestamp()`` would be asked for each row, past any index."""
    return f"{column} > now() - interval '{days} days'"


PARTITIONED = (
    Partitioned("outbox", "day", OUTBOX_DAYS, keeps=("sent_at IS NULL", younger("sent_at", OUTBOX_DAYS))),
    Partitioned("inbox", "month", INBOX_DAYS),
    Partitioned(
        "dead_letter",
        "month",
        DEAD_LETTER_DAYS,
        keeps=("resolved_at IS NULL", younger("resolved_at", DEAD_LETTER_DAYS)),
    ),
)

_EXISTING = text(
    "SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass(:name)"
)


def uuid7_floor(moment: datetime) -> UUID:
    """The least UUID of version 7 that is made at a moment or later."""
    return UUID(int=round(moment.timestamp() * 1000) << 80)


def existing(connection: Connection, table: Partitioned) -> list[str]:
    """The names of a table's partitions."""
    return list(connection.scalars(_EXISTING, {"name": table.name}))


def make_ready(
    connection: Connection, now: datetime, tables: Iterable[Partitioned] = PARTITIONED
) -> list[str]:
    """Make the partitions of the present and of some time ahead; the names of those that are new.

    A partition is made beside the table and then attached, which holds up nobody. Where the default partition has
    rows of its time already, they stay there.
    """
    _take_turns(connection)
    made = []
    for table in tables:
        known = set(existing(connection, table))
        missing = [start for start in table.starts(now) if table.partition(start) not in known]
        made += [table.partition(start) for start in missing if _attach(connection, table, start)]
    return made


def _take_turns(connection: Connection) -> None:
    """Replicas do this one after the other; until the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PARTITIONS_LOCK})


def _attach(connection: Connection, table: Partitioned, start: datetime) -> bool:
    name, first, end = table.partition(start), uuid7_floor(start), uuid7_floor(table.end(start))
    try:
        with connection.begin_nested():
            connection.execute(
                text(f"CREATE TABLE {name} (LIKE {table.name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
            )
            connection.execute(
                text(
                    f"ALTER TABLE {table.name} ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{end}')"
                )
            )
    except IntegrityError:
        return False
    return True


def drop_old(connection: Connection, now: datetime) -> list[str]:
    """Drop the partitions whose rows are no longer kept; their names."""
    _take_turns(connection)
    dropped = []
    for table in PARTITIONED:
        for name in existing(connection, table):
            if table.is_old(name, now) and not _must_stay(connection, name, table.keeps):
                connection.execute(text(f"DROP TABLE {name}"))
                dropped.append(name)
    return dropped


def _must_stay(connection: Connection, partition: str, keeps: Iterable[str]) -> bool:
    questions = (f"SELECT EXISTS (SELECT FROM {partition} WHERE {kept})" for kept in keeps)  # noqa: S608 - both are ours
    return any(connection.scalar(text(question)) for question in questions)


def is_partition(name: str) -> bool:
    """Whether a table's name is that of a partition of ours."""
    return any(name == f"{table.name}_default" or table.start_of(name) is not None for table in PARTITIONED)
