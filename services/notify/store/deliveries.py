"""Subscribers, messages and deliveries."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.refusals import NotFound
from services.notify.domain.delivery import DeliveryStatus, Dispatch, Message, Progress
from services.notify.store.tables import delivery, message, subscriber
from shared import audit
from shared.ids import new_id
from shared.statements import Statement

_AUDIT = Statement(audit.INSERT)
_CLAIM = text("""
WITH due AS (
  SELECT d.id FROM delivery d
  WHERE d.status = 'pending' AND d.due_at <= :now
    AND NOT (d.kind = 'cancelled' AND EXISTS (
      SELECT 1 FROM delivery first WHERE first.warning_id = d.warning_id
        AND first.subscriber_id = d.subscriber_id AND first.kind = 'published' AND first.status = 'pending'))
  ORDER BY d.due_at LIMIT :limit FOR UPDATE OF d SKIP LOCKED
)
UPDATE delivery d SET attempts = d.attempts + 1, due_at = :lease_until
FROM due, subscriber s, message m
WHERE d.id = due.id AND s.id = d.subscriber_id AND m.warning_id = d.warning_id AND m.kind = d.kind
RETURNING d.id AS delivery_id, d.warning_id, d.incident_id, d.kind, d.attempts, s.name AS subscriber,
  s.channel, s.target, s.mode, m.status AS message_status, m.body
""")


async def subscribe(
    connection: AsyncConnection, values: dict[str, Any], now: datetime
) -> tuple[Row[Any], bool]:
    """A subscriber of that name, with these values; and whether it is new."""
    id_ = str(new_id())
    statement = insert(subscriber).values(id=id_, created_at=now, **values)
    changed = {name: statement.excluded[name] for name in values}
    upsert = statement.on_conflict_do_update(
        index_elements=["name"], index_where=subscriber.c.removed_at.is_(None), set_=changed
    )
    row = (await connection.execute(upsert.returning(subscriber))).one()
    return row, row.id == id_


async def unsubscribe(connection: AsyncConnection, subscriber_id: str, now: datetime) -> Row[Any]:
    """End a subscription; what is under way still goes out. Raises NotFound."""
    current = (subscriber.c.id == subscriber_id) & subscriber.c.removed_at.is_(None)
    statement = update(subscriber).where(current).values(removed_at=now).returning(subscriber)
    row: Row[Any] | None = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("订阅者", subscriber_id)
    return row


async def subscribers(connection: AsyncConnection, limit: int, after: str) -> list[Row[Any]]:
    """Current subscribers in the order of their joining."""
    query = select(subscriber).where(subscriber.c.removed_at.is_(None), subscriber.c.id > after)
    return list(await connection.execute(query.order_by(subscriber.c.id).limit(limit)))


async def address(connection: AsyncConnection, sent: Message, now: datetime) -> None:
    """One delivery, due now, to every subscriber; never a second one of the same kind."""
    key = {"warning_id": sent.warning_id, "kind": sent.kind}
    values = {**key, "status": sent.status, "body": sent.model_dump_json()}
    await connection.execute(insert(message).values(**values).on_conflict_do_nothing())
    everyone = await connection.scalars(select(subscriber.c.id).where(subscriber.c.removed_at.is_(None)))
    fresh = {
        "status": "pending",
        "attempts": 0,
        "due_at": now,
        "receipt": "",
        "reason": "",
        "created_at": now,
    }
    rows = [
        {**key, **fresh, "incident_id": sent.incident_id, "id": str(new_id()), "subscriber_id": id_}
        for id_ in everyone
    ]
    if rows:
        await connection.execute(insert(delivery).on_conflict_do_nothing(), rows)


async def claim(
    connection: AsyncConnection, now: datetime, lease_until: datetime, limit: int
) -> list[Dispatch]:
    """Take up due deliveries; until ``lease_until`` no other process will.

    The all-clear waits until the warning itself is dealt with, so it never overtakes it.
    """
    rows = await connection.execute(_CLAIM, {"now": now, "lease_until": lease_until, "limit": limit})
    return [Dispatch(**row._mapping) for row in rows]


async def record(connection: AsyncConnection, dispatch: Dispatch, progress: Progress, now: datetime) -> bool:
    """Write what an attempt came to; False when the delivery was already finished by another attempt."""
    values: dict[str, Any] = {
        "status": progress.status.value,
        "receipt": progress.receipt,
        "reason": progress.reason,
    }
    if progress.due_at is not None:
        values["due_at"] = progress.due_at
    if progress.status is not DeliveryStatus.PENDING:
        values["finished_at"] = now
    pending = (delivery.c.id == dispatch.delivery_id) & (delivery.c.status == "pending")
    if progress.status is not DeliveryStatus.COMPLETED:
        pending &= delivery.c.attempts == dispatch.attempts
    written = await connection.scalar(
        update(delivery).where(pending).values(**values).returning(delivery.c.id)
    )
    return written is not None


async def audit_refusal(
    connection: AsyncConnection, dispatch: Dispatch, rule: str, node: str, now: datetime
) -> None:
    """A message that was kept from the wire is on record like any refused command."""
    values = {"at": now, "actor": "notify", "roles": "system", "jurisdiction": node, "inputs": "{}"}
    entry = {"command": "delivery.send", "target": dispatch.delivery_id, "outcome": f"refused:{rule}"}
    await _AUDIT.run(connection, values | entry)


async def deliveries(
    connection: AsyncConnection, warning_id: str | None, status: str | None, limit: int, after: str
) -> list[Row[Any]]:
    """Deliveries with their subscriber's name, channel and mode, behind the id ``after``."""
    columns = (subscriber.c.name.label("subscriber"), subscriber.c.channel, subscriber.c.mode)
    joined = delivery.join(subscriber, subscriber.c.id == delivery.c.subscriber_id)
    query = select(delivery, *columns).select_from(joined).where(delivery.c.id > after)
    if warning_id is not None:
        query = query.where(delivery.c.warning_id == warning_id)
    if status is not None:
        query = query.where(delivery.c.status == status)
    return list(await connection.execute(query.order_by(delivery.c.id).limit(limit)))


async def counts(connection: AsyncConnection, warning_id: str) -> dict[str, int]:
    """How many deliveries of a warning are in which state."""
    query = select(delivery.c.status, func.count()).where(delivery.c.warning_id == warning_id)
    return {str(status): int(n) for status, n in await connection.execute(query.group_by(delivery.c.status))}
