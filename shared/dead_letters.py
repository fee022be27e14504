"""Records a consumer could not take: kept whole with the reason, never dropped, retried on demand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from contracts.events import BY_TYPE
from contracts.events.monitoring import DeadLetterParked
from shared.database import UnitOfWork
from shared.ids import new_id
from shared.inbox import Aggregate, aggregate_of
from shared.received import Record
from shared.schema import dead_letter

Kind = Literal["invalid", "refused", "gap", "failed"]
"""Unreadable; refused by the domain; events before it are missing; the handler failed repeatedly."""


class DeadLetter(BaseModel):
    """A parked record as operators see it."""

    id: UUID
    consumer: str
    kind: Kind
    reason: str
    topic: str
    partition: int
    record_offset: int
    subject: str | None
    sequence: int | None
    parked_at: datetime
    retries: int
    resolved_at: datetime | None
    headers: dict[str, str] = {}
    body: str = ""


@dataclass(frozen=True)
class StoredRecord:
    """A parked record in the form in which it came from Kafka."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]


async def park(
    unit: UnitOfWork,
    consumer: str,
    jurisdiction: str,
    record: Record,
    kind: Kind,
    reason: str,
    envelope: Envelope | None,
) -> None:
    """Keep the record with its reason, once, and say so on the dead-letter topic."""
    known = envelope is not None and envelope.type in BY_TYPE
    source, stream, subject = aggregate_of(envelope) if envelope and known else (None, None, None)
    row = {
        "id": new_id(),
        "consumer": consumer,
        "kind": kind,
        "reason": reason,
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
        "sequence": envelope.sequence if envelope else None,
        "parked_at": unit.now,
    }
    statement = insert(dead_letter).values(row).on_conflict_do_nothing().returning(dead_letter.c.id)
    if await unit.connection.scalar(statement):
        unit.publish(_announcement(row, jurisdiction))


def _announcement(row: dict[str, Any], jurisdiction: str) -> DeadLetterParked:
    return DeadLetterParked(
        dead_letter_id=str(row["id"]),
        jurisdiction=jurisdiction,
        consumer=row["consumer"],
        kind=row["kind"],
        reason=row["reason"][:2000],
        topic=row["topic"],
        partition=row["partition"],
        offset=row["record_offset"],
        parked_at=row["parked_at"],
    )


async def listed(connection: AsyncConnection, include_resolved: bool, limit: int) -> list[DeadLetter]:
    """The parked records, newest first, without their bodies."""
    query = select(dead_letter).order_by(dead_letter.c.parked_at.desc()).limit(limit)
    if not include_resolved:
        query = query.where(dead_letter.c.resolved_at.is_(None))
    return [_shown(row) for row in await connection.execute(query)]


async def found(connection: AsyncConnection, id_: UUID) -> tuple[DeadLetter, StoredRecord] | None:
    """One parked record, whole."""
    row = (await connection.execute(select(dead_letter).where(dead_letter.c.id == id_))).one_or_none()
    if row is None:
        return None
    headers = {name: value.decode(errors="replace") for name, value in _headers(row)}
    body = bytes(row.body or b"").decode(errors="replace")
    return _shown(row).model_copy(update={"headers": headers, "body": body}), _stored(row)


async def waiting_aggregates(connection: AsyncConnection, consumer: str) -> set[Aggregate]:
    """The aggregates that have events parked because an earlier one is missing."""
    query = select(dead_letter.c.source, dead_letter.c.stream, dead_letter.c.subject).where(
        dead_letter.c.consumer == consumer, dead_letter.c.kind == "gap", dead_letter.c.resolved_at.is_(None)
    )
    return {(row.source, row.stream, row.subject) for row in await connection.execute(query)}


async def next_waiting(
    connection: AsyncConnection, consumer: str, aggregate: Aggregate, sequence: int
) -> tuple[UUID, StoredRecord] | None:
    """The parked event that comes directly after ``sequence``, if it is here."""
    source, stream, subject = aggregate
    query = select(dead_letter).where(
        dead_letter.c.consumer == consumer,
        dead_letter.c.source == source,
        dead_letter.c.stream == stream,
        dead_letter.c.subject == subject,
        dead_letter.c.sequence == sequence + 1,
        dead_letter.c.kind == "gap",
        dead_letter.c.resolved_at.is_(None),
    )
    row = (await connection.execute(query.limit(1))).one_or_none()
    return (row.id, _stored(row)) if row else None


async def resolve(connection: AsyncConnection, id_: UUID) -> None:
    """The record has had its effect."""
    await connection.execute(
        update(dead_letter)
        .where(dead_letter.c.id == id_)
        .values(resolved_at=func.clock_timestamp(), retries=dead_letter.c.retries + 1)
    )


async def retried(connection: AsyncConnection, id_: UUID, kind: Kind | None, reason: str) -> None:
    """A retry did not help; ``reason`` and, where it is another than before, ``kind`` say why now."""
    change = {"reason": reason, "retries": dead_letter.c.retries + 1} | ({"kind": kind} if kind else {})
    await connection.execute(update(dead_letter).where(dead_letter.c.id == id_).values(change))


def _headers(row: Row[Any]) -> list[tuple[str, bytes]]:
    return list(zip(row.header_names, (bytes(value) for value in row.header_values), strict=True))


def _stored(row: Row[Any]) -> StoredRecord:
    body = None if row.body is None else bytes(row.body)
    key = None if row.key is None else bytes(row.key)
    return StoredRecord(row.topic, row.partition, row.record_offset, key, body, tuple(_headers(row)))


def _shown(row: Row[Any]) -> DeadLetter:
    return DeadLetter.model_validate(
        {
            name: row._mapping[name]
            for name in DeadLetter.model_fields
            if name in row._mapping and name != "body"
        }
    )
