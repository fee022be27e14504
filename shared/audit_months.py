"""The months of the audit log: entries are numbered by them, and the oldest are dropped if the city says so.

Entries and their seals lie in partitions by the month that their number begins with. So a month ends at one place of
the chain, and the seal there is the anchor from which the rest is verified once it is gone.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.engine import Connection

from shared.partitions import PARTITIONED, drop, existing, take_turns

ENTRIES, SEALS = (table for table in PARTITIONED if table.name in ("audit_entry", "audit_seal"))
_NUMBER_FROM = text("""
SELECT setval(ids, :number) FROM CAST(pg_get_serial_sequence('audit_entry', 'id') AS regclass) AS ids
WHERE COALESCE(pg_sequence_last_value(ids), 0) < :number
""")
_ANCHORED = """
INSERT INTO audit_anchor (number, entry_id, hash, forgotten_at)
SELECT number, entry_id, hash, :now FROM {seals} ORDER BY number DESC LIMIT 1
"""


def number_by_month(connection: Connection, now: datetime) -> None:
    """Entries are numbered by the present month from now on, if its partition is there; numbers never go back.

    The partition must be committed before: numbers are drawn outside of transactions.
    """
    take_turns(connection)
    starts = [ENTRIES.start_of(name) for name in existing(connection, ENTRIES)]
    begun = [start for start in starts if start is not None and start <= now]
    if begun:
        connection.execute(_NUMBER_FROM, {"number": ENTRIES.floor(max(begun))})


def forget_months(connection: Connection, now: datetime, kept_days: int) -> list[str]:
    """Drop the oldest months whose entries are all sealed and older than so many days; their partitions' names.

    The last seal of each becomes an anchor, in the same transaction.
    """
    take_turns(connection)
    dropped = []
    for entries in sorted(existing(connection, ENTRIES), key=_begins):
        seals = entries.replace(ENTRIES.name, SEALS.name)
        if not _is_over(connection, entries, now, kept_days) or _has_unsealed(connection, entries, seals):
            break
        anchored = connection.begin_nested()
        connection.execute(text(_ANCHORED.format(seals=seals)), {"now": now})
        if not drop(connection, entries, seals):
            anchored.rollback()
            break
        anchored.commit()
        dropped.append(entries)
    return dropped


def _begins(entries: str) -> datetime:
    """Entries from before there were partitions lie in one without a month."""
    return ENTRIES.start_of(entries) or datetime.min.replace(tzinfo=UTC)


def _is_over(connection: Connection, entries: str, now: datetime, kept_days: int) -> bool:
    """Whether a partition is older than its entries are kept; without a month, the time of its newest entry counts."""
    if ENTRIES.start_of(entries) is not None:
        return ENTRIES.is_old(entries, now, kept_days)
    newest = connection.scalar(text(f"SELECT max(at) FROM {entries}"))  # noqa: S608 - a partition of ours
    return newest is None or newest < now - timedelta(days=kept_days)


def _has_unsealed(connection: Connection, entries: str, seals: str) -> bool:
    unsealed = f"SELECT id FROM {entries} EXCEPT SELECT entry_id FROM {seals}"  # noqa: S608 - partitions of ours
    return bool(connection.scalar(text(f"SELECT EXISTS ({unsealed})")))
