"""Tables that only ever grow lie in partitions by time, so that what is old is dropped and not deleted.

A row lies where its id says that it was made: UUIDs of version 7 begin with the time, numbers of the audit log with
year and month. What fits in none of the partitions, for instance an id that somebody else made in another way, lies
in the default partition.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

AHEAD = 3
"""So many periods are ready beside the present one: a service may stand still, and clocks of drills run ahead."""


IN_A_MONTH = 10**9
"""So many numbers a month of the audit log has; year and month stand before them, and JSON keeps them exact."""


def uuid7_floor(moment: datetime) -> UUID:
    """The least UUID of version 7 that is made at a moment or later."""
    return UUID(int=round(moment.timestamp() * 1000) << 80)


def month_floor(month: datetime) -> int:
    """The number before the first of a month in the audit log: 202701000000000."""
    return (month.year * 100 + month.month) * IN_A_MONTH


@dataclass(frozen=True)
class Partitioned:
    """One table, how long a partition's time is, and how long its rows are kept; None: for ever, or as a setting says."""

    name: str
    period: Literal["day", "month"]
    kept_days: int | None
    keeps: tuple[str, ...] = ()
    """Rows that must stay whatever their age: a partition that has one is not dropped. An index finds each kind."""
    floor: Callable[[datetime], UUID | int] = uuid7_floor
    """The least key of a time."""
    statement_trigger: str = ""
    """The function that refuses what would change a row; a partition can be named in a statement, so each has it."""

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

    def is_old(self, partition: str, now: datetime, kept_days: int) -> bool:
        """Whether all of a partition's time lies further back than so many days."""
        start = self.start_of(partition)
        return start is not None and self.end(start) <= now - timedelta(days=kept_days)

    def _floor(self, moment: datetime) -> datetime:
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return day if self.period == "day" else day.replace(day=1)


PARTITIONS_LOCK = 0x11A0D3
LOCK_MS = 200
"""How long a drop waits for who reads the table, and writers behind it."""
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
    *(
        Partitioned(name, "month", None, floor=month_floor, statement_trigger="audit_is_append_only")
        for name in ("audit_entry", "audit_seal")
    ),
)

_EXISTING = text(
    "SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass(:name)"
)


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
    take_turns(connection)
    made = []
    for table in tables:
        known = set(existing(connection, table))
        missing = [start for start in table.starts(now) if table.partition(start) not in known]
        made += [table.partition(start) for start in missing if _attach(connection, table, start)]
    return made


def take_turns(connection: Connection) -> None:
    """Replicas do this one after the other; until the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PARTITIONS_LOCK})


def _attach(connection: Connection, table: Partitioned, start: datetime) -> bool:
    name, first, end = table.partition(start), table.floor(start), table.floor(table.end(start))
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
            if table.statement_trigger:
                refuse_changes(connection, name, table.statement_trigger)
    except IntegrityError:
        return False
    return True


def refuse_changes(connection: Connection, name: str, function: str) -> None:
    """Statements that would change or empty a table end with the function's error."""
    connection.execute(
        text(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    )


def drop_old(connection: Connection, now: datetime) -> list[str]:
    """Drop the partitions whose rows are no longer kept; their names."""
    take_turns(connection)
    dropped = []
    for table in PARTITIONED:
        for name in existing(connection, table):
            if table.kept_days is None or not table.is_old(name, now, table.kept_days):
                continue
            if not _must_stay(connection, name, table.keeps) and drop(connection, name):
                dropped.append(name)
    return dropped


def drop(connection: Connection, *names: str) -> bool:
    """Drop these partitions, all or none; False where somebody reads the table, a backup for instance.

    Who waits for such a lock makes every writer wait behind it, so this one does not.
    """
    try:
        with connection.begin_nested():
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_MS}ms'"))
            connection.execute(text(f"DROP TABLE {', '.join(names)}"))
            connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        return False
    return True


def _must_stay(connection: Connection, partition: str, keeps: Iterable[str]) -> bool:
    questions = (f"SELECT EXISTS (SELECT FROM {partition} WHERE {kept})" for kept in keeps)  # noqa: S608 - both are ours
    return any(connection.scalar(text(question)) for question in questions)


def is_partition(name: str) -> bool:
    """Whether a table's name is that of a partition of ours."""
    apart = {f"{table.name}_{rest}" for table in PARTITIONED for rest in ("default", "first")}
    return name in apart or any(table.start_of(name) is not None for table in PARTITIONED)
