"""The audit log: every accepted or refused command, append-only, sealed into a hash chain.

Entries are written by the transaction of the command itself; a sealer links them afterwards, so the
chain costs no command a lock. Ids commit out of order, and transactions draw them in another order than
they began in. So a fence is noted first, the largest id there is and a transaction number drawn after it;
once every older transaction has ended, no smaller id can come any more, and what is within is sealed.

Ids begin with year and month, so entries and their seals lie in partitions by months of the real time. Where the city
keeps entries for a time only, the oldest months go as a whole, and the seal that they ended with stays as an anchor.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

SEAL_LOCK = 0x11A0D2
SEAL_SECONDS = 1.0
BATCH = 500

INSERT = """
INSERT INTO audit_entry (at, actor, roles, jurisdiction, command, target, outcome, inputs)
SELECT %(at)s, %(actor)s, %(roles)s, %(jurisdiction)s, %(command)s, %(target)s, %(outcome)s,
  CAST(%(inputs)s AS jsonb)
WHERE pg_current_xact_id() IS NOT NULL
"""
"""The condition is always true: it makes the transaction known to the horizon before the id is drawn."""

_LAST_SEALED = """
COALESCE((SELECT max(entry_id) FROM audit_seal), (SELECT max(entry_id) FROM audit_anchor), 0)
"""
_FENCE = text(f"""
SELECT last_id, CAST(CAST(pg_current_xact_id() AS text) AS bigint) AS number
FROM (SELECT max(id) AS last_id FROM audit_entry) AS entry WHERE last_id > {_LAST_SEALED}
""")  # noqa: S608 - of this file
_OLDEST_RUNNING = text("SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)")
_UNSEALED = text(f"""
SELECT id, at, actor, roles, jurisdiction, command, target, outcome, inputs FROM audit_entry
WHERE id > {_LAST_SEALED} AND id <= :last_id
ORDER BY id LIMIT :batch
""")  # noqa: S608 - of this file
_ANCHOR = "SELECT number, entry_id, hash FROM audit_anchor ORDER BY number DESC LIMIT 1"
_LAST = text(f"""
(SELECT number, entry_id, hash FROM audit_seal ORDER BY entry_id DESC LIMIT 1) UNION ALL ({_ANCHOR})
ORDER BY number DESC LIMIT 1
""")  # noqa: S608 - of this file
_SEAL = text("INSERT INTO audit_seal (number, entry_id, hash) VALUES (:number, :entry_id, :hash)")
_CHAIN = text("""
SELECT s.number, s.entry_id, s.hash, e.id, at, actor, roles, jurisdiction, command, target, outcome, inputs
FROM audit_seal s FULL JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.number NULLS LAST, e.id
""")
_BEGINNING = (0, b"", 0)


@dataclass(frozen=True)
class AuditReport:
    """What a verification found; ``broken`` is empty when every seal holds."""

    entries: int
    sealed: int
    broken: str = ""
    forgotten: int = 0
    """So many entries before these are no longer kept; the chain goes on from the seal of the last of them."""


def digest(previous: bytes, entry: Row[Any]) -> bytes:
    """The seal of an entry: SHA-256 over the previous seal and the entry's canonical JSON."""
    names = ("id", "actor", "roles", "jurisdiction", "command", "target", "outcome", "inputs")
    values = {name: getattr(entry, name) for name in names} | {"at": entry.at.timestamp()}
    return hashlib.sha256(previous + orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).digest()


class Sealer:
    """Seals what was written since the last seal; one per database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fence: Row[Any] | None = None

    async def run(self) -> None:
        """Seal every second until cancelled."""
        while True:
            try:
                while await self.once() == BATCH:
                    pass
            except UNAVAILABLE as error:
                log.warning("sealer waits for the database", error=repr(error))
            await asyncio.sleep(SEAL_SECONDS)

    async def once(self) -> int:
        """Seal one batch; how many entries it sealed."""
        async with self._database.connect() as connection:
            taken = await connection.scalar(
                text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": SEAL_LOCK}
            )
            sealed = await self._seal(connection) if taken else 0
            await connection.commit()
        return sealed

    async def _seal(self, connection: AsyncConnection) -> int:
        self._fence = self._fence or (await connection.execute(_FENCE)).one_or_none()
        if self._fence is None or await connection.scalar(_OLDEST_RUNNING) < self._fence.number:
            return 0
        sealed = await _seal_batch(connection, self._fence.last_id)
        if sealed < BATCH:
            self._fence = None
        return sealed


async def _seal_batch(connection: AsyncConnection, last_id: int) -> int:
    """Seal a batch of what is within the fence; how many entries it sealed."""
    last = (await connection.execute(_LAST)).one_or_none()
    number, previous = (last.number, bytes(last.hash)) if last else (0, b"")
    entries = (await connection.execute(_UNSEALED, {"batch": BATCH, "last_id": last_id})).all()
    seals = []
    for offset, entry in enumerate(entries, start=1):
        previous = digest(previous, entry)
        seals.append({"number": number + offset, "entry_id": entry.id, "hash": previous})
    if seals:
        await connection.execute(_SEAL, seals)
    return len(seals)


async def verify(connection: AsyncConnection) -> AuditReport:
    """Follow the chain from its beginning, or from the last entry no longer kept; needs nothing but the database."""
    await connection.execute(text("LOCK TABLE audit_entry, audit_seal IN ACCESS SHARE MODE"))
    anchor = (await connection.execute(text(_ANCHOR))).one_or_none()
    forgotten, previous, last_id = (
        (anchor.number, bytes(anchor.hash), anchor.entry_id) if anchor else _BEGINNING
    )
    entries = sealed = 0

    def report(broken: str = "") -> AuditReport:
        return AuditReport(entries, sealed, broken, forgotten)

    async with connection.stream(_CHAIN) as chain:
        async for row in chain:
            entries += row.id is not None
            if row.number is None:
                if row.id < last_id:
                    return report(f"entry {row.id} was added behind the seals")
                continue
            sealed += 1
            if row.number != forgotten + sealed:
                return report(f"seal {forgotten + sealed} is missing")
            if row.id is None:
                return report(f"entry {row.entry_id} is missing")
            previous, last_id = digest(previous, row), row.id
            if previous != bytes(row.hash):
                return report(f"entry {row.id} was changed")
    return report()
