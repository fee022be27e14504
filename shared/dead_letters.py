"""Records a consumer could not take: kept whole with the reason, never dropped, retried or skipped on demand."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Row, Table, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.monitoring import DeadLetterParked
from shared.database import UnitOfWork
from shared.ids import new_id
from shared.received import Aggregate, Invalid, Reading, Record
from shared.schema import dead_letter, open_dead_letter

Kind = Literal["invalid", "unknown", "refused", "gap", "trimmed", "failed"]
"""Unreadable; of a type or version not known yet; refused by the domain; events before it are missing;
they are missing because retention deleted them before this node came back; the handler failed repeatedly."""
KINDS: tuple[Kind, ...] = get_args(Kind)
WAITING: tuple[Kind, ...] = ("gap", "trimmed")
"""Taken up by themselves when the missing event comes."""
Resolution = Literal["handled", "skipped", "dismissed"]
_ANNOUNCED_AS = {"unknown": ("invalid", "unknown"), "trimmed": ("gap", "trimmed")}
"""Kind and detail of the announcement, whose ``kind`` was released before these two existed."""


class DeadLetter(BaseModel):
    """A parked record as operators see it."""

    id: UUID
    consumer: str
    kind: Kind
    reason: str
    topic: str
    partition: int
    record_offset: int
    source: str | None
    subject: str | None
    sequence: int | None
    parked_at: datetime
    retries: int
    resolved_at: datetime | None
    resolution: Resolution | None
    headers: dict[str, str] = {}
    body: str = ""


@dataclass(frozen=True)
class StoredRecord:
    """A parked record in the form in which it came from Kafka; of its time nothing is kept."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    timestamp: int = 0


@dataclass(frozen=True)
class Parking:
    """Why a record is put aside."""

    kind: Kind
    reason: str


@dataclass(frozen=True)
class OpenGaps:
    """How many events wait for a missing one, and for how many seconds the longest has."""

    count: int
    oldest_seconds: float


async def park(
    unit: UnitOfWork, jurisdiction: str, record: Record, reading: Reading, parking: Parking
) -> None:
    """Keep the record with its reason, once, and say so on the dead-letter topic."""
    source, stream, subject = (None, None, None) if isinstance(reading, Invalid) else reading.aggregate
    row = {
        "id": new_id(),
        "consumer": unit.service,
        "kind": parking.kind,
        "reason": parking.reason.replace("\x00", "\\0"),
        "topic": record.topic,
        "partition": record.partition,
        "record_offset": record.offset,
        "key": record.key,
        "header_names": [name.replace("\x00", "\\0") for name, _ in record.headers],
        "header_values": [value or b"" for _, value in record.headers],
        "body": record.value,
        "source": source,
        "stream": stream,
        "subject": subject,
        "sequence": reading.envelope.sequence if reading.envelope else None,
        "fingerprint": fingerprint_of(record, reading),
        "parked_at": unit.now,
    }
    identity = {name: row[name] for name in ("consumer", "fingerprint")}
    once = insert(open_dead_letter).values(identity).on_conflict_do_nothing()
    if await unit.connection.scalar(once.returning(open_dead_letter.c.consumer)):
        await unit.connection.execute(insert(dead_letter).values(row))
        unit.publish(_announcement(row, jurisdiction))


def fingerprint_of(record: Record, reading: Reading) -> bytes:
    """What makes a parked record the same as one that comes again.

    An event is known by its content, for it may be sent again to another offset; what is no event by
    its place and time too, for place alone repeats after a topic is made anew.
    """
    place = f"{record.partition} {record.offset} {record.timestamp}" if isinstance(reading, Invalid) else ""
    parts = [record.topic.encode(), place.encode(), record.key or b"", record.value or b""]
    parts += [part for name, value in record.headers for part in (name.encode(), value or b"")]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _announcement(row: dict[str, Any], jurisdiction: str) -> DeadLetterParked:
    kind, detail = _ANNOUNCED_AS.get(row["kind"], (row["kind"], ""))
    return DeadLetterParked.model_validate(
        {
            "dead_letter_id": str(row["id"]),
            "jurisdiction": jurisdiction,
            "consumer": row["consumer"],
            "kind": kind,
            "detail": detail,
            "reason": row["reason"][:2000],
            "topic": row["topic"],
            "partition": row["partition"],
            "offset": row["record_offset"],
            "parked_at": row["parked_at"],
        }
    )


async def page(
    connection: AsyncConnection, include_resolved: bool, limit: int, kind: Kind | None = None
) -> list[DeadLetter]:
    """The parked records, newest first, without their bodies."""
    query = select(dead_letter).order_by(dead_letter.c.parked_at.desc(), dead_letter.c.id.desc()).limit(limit)
    if not include_resolved:
        query = query.where(dead_letter.c.resolved_at.is_(None))
    if kind is not None:
        query = query.where(dead_letter.c.kind == kind)
    return [_to_dead_letter(row) for row in await connection.execute(query)]


async def find(
    connection: AsyncConnection, id_: UUID, lock: bool = False
) -> tuple[DeadLetter, StoredRecord] | None:
    """One parked record, whole."""
    query = select(dead_letter).where(dead_letter.c.id == id_)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        return None
    headers = {name: value.decode(errors="replace") for name, value in _headers(row)}
    body = bytes(row.body or b"").decode(errors="replace")
    return _to_dead_letter(row).model_copy(update={"headers": headers, "body": body}), _stored_record(row)


async def open_ids(connection: AsyncConnection, consumer: str, kind: Kind) -> list[UUID]:
    """The open ones of a kind, each aggregate's in the order of its events; what is no event comes last."""
    order = (dead_letter.c.source, dead_letter.c.stream, dead_letter.c.subject, dead_letter.c.sequence)
    query = select(dead_letter.c.id).where(*_open(consumer), dead_letter.c.kind == kind)
    return list(await connection.scalars(query.order_by(*order, dead_letter.c.id)))


async def waiting_aggregates(connection: AsyncConnection, consumer: str) -> set[Aggregate]:
    """The aggregates that have events parked because an earlier one is missing."""
    query = select(dead_letter.c.source, dead_letter.c.stream, dead_letter.c.subject).where(
        *_open(consumer), dead_letter.c.kind.in_(WAITING)
    )
    return {(row.source, row.stream, row.subject) for row in await connection.execute(query)}


async def next_waiting(
    connection: AsyncConnection, consumer: str, aggregate: Aggregate, sequence: int
) -> tuple[UUID, StoredRecord] | None:
    """The parked event that comes directly after ``sequence``, if it is here."""
    query = select(dead_letter).where(
        *_of_aggregate(consumer, aggregate), dead_letter.c.sequence == sequence + 1
    )
    row = (await connection.execute(query.limit(1))).one_or_none()
    return (row.id, _stored_record(row)) if row else None


async def first_waiting(connection: AsyncConnection, consumer: str, aggregate: Aggregate) -> int | None:
    """The sequence number of the first event that waits in an aggregate."""
    query = select(func.min(dead_letter.c.sequence)).where(*_of_aggregate(consumer, aggregate))
    number: int | None = await connection.scalar(query)
    return number


async def open_gaps(connection: AsyncConnection, consumer: str) -> OpenGaps:
    """What waits for missing events, by the database's own clock: a drill's time may jump."""
    age = func.extract("epoch", func.clock_timestamp() - func.min(dead_letter.c.stored_at))
    query = select(func.count(), age).where(*_open(consumer), dead_letter.c.kind.in_(WAITING))
    count, seconds = (await connection.execute(query)).one()
    return OpenGaps(int(count), float(seconds or 0))


async def resolve(connection: AsyncConnection, id_: UUID, resolution: Resolution = "handled") -> None:
    """The record has had its effect, or a person decided that it shall have none."""
    change: dict[str, Any] = {"resolved_at": func.clock_timestamp(), "resolution": resolution}
    if resolution == "handled":
        change["retries"] = dead_letter.c.retries + 1
    here = (dead_letter.c.id == id_, dead_letter.c.resolved_at.is_(None))
    resolved = update(dead_letter).where(*here).values(change).returning(*_identity(dead_letter))
    found = (await connection.execute(resolved)).one_or_none()
    if found is not None:  # one that was resolved before may stand open again as another
        gone = tuple_(*_identity(open_dead_letter)) == tuple(found)
        await connection.execute(delete(open_dead_letter).where(gone))


def _identity(table: Table) -> tuple[ColumnElement[str], ColumnElement[bytes]]:
    """What makes an open dead letter the same as one that comes again."""
    return table.c.consumer, table.c.fingerprint


async def note_failed_retry(connection: AsyncConnection, id_: UUID, kind: Kind | None, reason: str) -> None:
    """A retry did not help; ``reason`` and, where it is another than before, ``kind`` say why now."""
    change: dict[str, Any] = {"reason": reason, "retries": dead_letter.c.retries + 1}
    await connection.execute(
        update(dead_letter).where(dead_letter.c.id == id_).values(change | ({"kind": kind} if kind else {}))
    )


def _open(consumer: str) -> Sequence[ColumnElement[bool]]:
    return dead_letter.c.consumer == consumer, dead_letter.c.resolved_at.is_(None)


def _of_aggregate(consumer: str, aggregate: Aggregate) -> Sequence[ColumnElement[bool]]:
    source, stream, subject = aggregate
    return (
        *_open(consumer),
        dead_letter.c.source == source,
        dead_letter.c.stream == stream,
        dead_letter.c.subject == subject,
        dead_letter.c.kind.in_(WAITING),
    )


def _headers(row: Row[Any]) -> list[tuple[str, bytes]]:
    return list(zip(row.header_names, (bytes(value) for value in row.header_values), strict=True))


def _stored_record(row: Row[Any]) -> StoredRecord:
    body = None if row.body is None else bytes(row.body)
    key = None if row.key is None else bytes(row.key)
    return StoredRecord(row.topic, row.partition, row.record_offset, key, body, tuple(_headers(row)))


def _to_dead_letter(row: Row[Any]) -> DeadLetter:
    return DeadLetter.model_validate(
        {
            name: row._mapping[name]
            for name in DeadLetter.model_fields
            if name in row._mapping and name != "body"
        }
    )
