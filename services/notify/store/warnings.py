"""Warnings and their acknowledgements: rows ↔ records."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.warning import WarningContent
from contracts.refusals import NotFound
from services.notify.domain.warning import Person, WarningRecord, WarningStatus
from services.notify.store.tables import acknowledgement, warning
from shared.ids import new_id
from shared.statements import Statement, rows

_ADD = Statement("""
INSERT INTO warning (id, incident_id, jurisdiction, origin, origin_key, status, version, content, authors, reviewer,
  signer, drafted_at, published_at, cancelled_at, reason)
SELECT id, incident_id, jurisdiction, origin, origin_key, status, version, content, authors, reviewer, signer,
  drafted_at, published_at, cancelled_at, reason
FROM jsonb_populate_record(NULL::warning, CAST(%(record)s AS jsonb)) ON CONFLICT DO NOTHING RETURNING id
""")


def to_row(record: WarningRecord) -> dict[str, Any]:
    """The columns of a record."""
    row = {name: value for name, value in vars(record).items() if name != "warning_id"}
    return row | {
        "id": record.warning_id,
        "status": record.status.value,
        "content": record.content.model_dump(mode="json"),
        "authors": [asdict(author) for author in record.authors],
        "reviewer": asdict(record.reviewer) if record.reviewer else None,
        "signer": asdict(record.signer) if record.signer else None,
    }


def from_row(row: Row[Any]) -> WarningRecord:
    """The record of a row."""
    return WarningRecord(
        warning_id=row.id,
        incident_id=row.incident_id,
        jurisdiction=row.jurisdiction,
        origin=row.origin,
        status=WarningStatus(row.status),
        version=row.version,
        content=WarningContent.model_validate(row.content),
        authors=tuple(Person(**author) for author in row.authors),
        reviewer=Person(**row.reviewer) if row.reviewer else None,
        signer=Person(**row.signer) if row.signer else None,
        drafted_at=row.drafted_at,
        published_at=row.published_at,
        cancelled_at=row.cancelled_at,
        reason=row.reason,
    )


async def add(connection: AsyncConnection, record: WarningRecord, origin_key: str | None = None) -> bool:
    """Store a new warning; False when this incident has one from the same rule or consultation."""
    values = {"record": rows({**to_row(record), "origin_key": origin_key})}
    return bool(await _ADD.run(connection, values))


async def lock(connection: AsyncConnection, warning_id: str) -> WarningRecord:
    """A warning, nobody else changing it until the end of this unit; raises NotFound."""
    return await _one(connection, warning_id, lock=True)


async def find(connection: AsyncConnection, warning_id: str) -> WarningRecord:
    """A warning; raises NotFound."""
    return await _one(connection, warning_id, lock=False)


async def _one(connection: AsyncConnection, warning_id: str, lock: bool) -> WarningRecord:
    query = select(warning).where(warning.c.id == warning_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        raise NotFound("warning.name", warning_id)
    return from_row(row)


async def save(connection: AsyncConnection, record: WarningRecord) -> None:
    """Write a changed warning."""
    row = to_row(record)
    await connection.execute(update(warning).where(warning.c.id == row.pop("id")).values(**row))


async def page(
    connection: AsyncConnection,
    incident_id: str | None,
    statuses: Collection[str] | None,
    limit: int,
    after: str,
) -> list[WarningRecord]:
    """Warnings in the order of their making, behind the id ``after``."""
    query = select(warning).where(warning.c.id > after).order_by(warning.c.id).limit(limit)
    if incident_id is not None:
        query = query.where(warning.c.incident_id == incident_id)
    if statuses is not None:
        query = query.where(warning.c.status.in_(statuses))
    return [from_row(row) for row in await connection.execute(query)]


async def in_force(connection: AsyncConnection, incident_id: str, now: datetime) -> list[WarningRecord]:
    """Published warnings of an incident that are not lifted and whose period is not over, locked."""
    query = select(warning).where(
        warning.c.incident_id == incident_id, warning.c.status == WarningStatus.PUBLISHED.value
    )
    rows = await connection.execute(query.order_by(warning.c.id).with_for_update())
    return [record for record in map(from_row, rows) if record.content.expires_at > now]


async def of_ids(connection: AsyncConnection, ids: Collection[str]) -> list[WarningRecord]:
    """These warnings, as many of them as there are."""
    return [from_row(row) for row in await connection.execute(select(warning).where(warning.c.id.in_(ids)))]


async def count_acknowledgements(connection: AsyncConnection, ids: Collection[str]) -> dict[str, int]:
    """How many departments have confirmed each of these warnings; those that none has are left out."""
    of = acknowledgement.c.warning_id
    query = select(of, func.count()).where(of.in_(ids)).group_by(of)
    return {row[0]: int(row[1]) for row in await connection.execute(query)}


async def confirmed_by(connection: AsyncConnection, department: str, ids: Collection[str]) -> set[str]:
    """Which of these warnings a department has confirmed."""
    of = acknowledgement.c.warning_id
    query = select(of).where(of.in_(ids), acknowledgement.c.department == department)
    return set(await connection.scalars(query))


async def acknowledge(
    connection: AsyncConnection, warning_id: str, department: str, by: str, now: datetime
) -> tuple[Row[Any], bool]:
    """The department's acknowledgement, and whether it is its first of this warning."""
    values = {"warning_id": warning_id, "department": department, "acknowledged_by": by}
    statement = insert(acknowledgement).values(id=str(new_id()), acknowledged_at=now, **values)
    first = await connection.scalar(statement.on_conflict_do_nothing().returning(acknowledgement.c.id))
    query = select(acknowledgement).where(
        acknowledgement.c.warning_id == warning_id, acknowledgement.c.department == department
    )
    return (await connection.execute(query)).one(), first is not None


async def acknowledgements(connection: AsyncConnection, warning_id: str) -> list[Row[Any]]:
    """Who confirmed a warning, in order."""
    query = select(acknowledgement).where(acknowledgement.c.warning_id == warning_id)
    return list(await connection.execute(query.order_by(acknowledgement.c.id)))
