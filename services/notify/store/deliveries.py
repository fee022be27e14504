"""Subscribers, messages and deliveries."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.delivery import Channel
from contracts.refusals import NotFound
from services.notify.domain.delivery import DeliveryStatus, Dispatch, Message, Progress
from services.notify.store.tables import delivery, message, subscriber
from shared import audit
from shared.ids import new_id
from shared.statements import Statement

_AUDIT = Statement(audit.INSERT)
_CLAIM = text("""
WITH ranked AS (
  SELECT d.id, d.subscriber_id, row_number() OVER (PARTITION BY d.subscriber_id ORDER BY d.due_at, d.id) AS nth
  FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id
  WHERE d.status = 'pending' AND d.due_at <= :now AND d.channel = :channel
    AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
    AND (s.resting_until IS NULL OR s.resting_until <= clock_timestamp())
    AND NOT (d.kind = 'cancelled' AND EXISTS (
      SELECT FROM delivery first WHERE first.warning_id = d.warning_id AND first.subscriber_id = d.subscriber_id
        AND first.kind = 'published' AND first.leased_until > clock_timestamp()))
), due AS (
  SELECT d.id FROM delivery d JOIN ranked r ON r.id = d.id
  WHERE d.status = 'pending' AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
    AND r.nth + (
      SELECT count(*) FROM delivery l WHERE l.subscriber_id = r.subscriber_id AND l.leased_until > clock_timestamp()
    ) <= :each
  ORDER BY d.due_at LIMIT :limit FOR UPDATE OF d SKIP LOCKED
)
UPDATE delivery d SET attempts = d.attempts + 1,
  leased_until = clock_timestamp() + make_interval(secs => :lease_seconds)
FROM due, message m
WHERE d.id = due.id AND m.warning_id = d.warning_id AND m.kind = d.kind
RETURNING d.id AS delivery_id, d.warning_id, d.incident_id, d.kind, d.attempts, d.subscriber_id,
  d.recipient AS subscriber, d.channel, d.target, d.mode, d.expires_at, m.status AS message_status, m.body
""")
_TO_EVERY_SUBSCRIBER = text("""
INSERT INTO delivery (id, warning_id, incident_id, subscriber_id, kind, status, attempts, due_at, receipt, reason,
  recipient, channel, target, mode, expires_at, created_at)
SELECT gen.id, :warning_id, :incident_id, s.id, 'published', 'pending', 0, :now, '', '', s.name, s.channel, s.target,
  s.mode, :expires_at, :now
FROM unnest(CAST(:ids AS text[]), CAST(:subscribers AS text[])) AS gen(id, subscriber_id)
JOIN subscriber s ON s.id = gen.subscriber_id
ON CONFLICT DO NOTHING
""")
_TO_THE_LEDGER = text("""
INSERT INTO delivery (id, warning_id, incident_id, subscriber_id, kind, status, attempts, due_at, receipt, reason,
  recipient, channel, target, mode, created_at)
SELECT gen.id, d.warning_id, d.incident_id, d.subscriber_id, :kind, 'pending', 0, :now, '', '', d.recipient, d.channel,
  d.target, d.mode, :now
FROM unnest(CAST(:ids AS text[]), CAST(:told AS text[])) AS gen(id, delivery_id)
JOIN delivery d ON d.id = gen.delivery_id
ON CONFLICT DO NOTHING
""")
_SUPERSEDE = text("""
UPDATE delivery SET status = 'superseded', reason = :reason, finished_at = :now
WHERE warning_id = :warning_id AND kind = 'published' AND status = 'pending'
RETURNING id, warning_id, incident_id, recipient, channel, attempts
""")
_FAILED_AGAIN = text("""
UPDATE subscriber SET failures = failures + 1, resting_until = CASE WHEN failures + 1 >= :after
  THEN clock_timestamp() + make_interval(secs => :rest_seconds) END
WHERE id = :id RETURNING failures, resting_until
""")
_WORKS_AGAIN = text("""
UPDATE subscriber SET failures = 0, resting_until = NULL WHERE id = :id AND failures > 0
""")


async def subscribe(
    connection: AsyncConnection, values: dict[str, Any], now: datetime
) -> tuple[Row[Any], bool]:
    """A subscriber of that name, with these values; and whether it is new."""
    id_ = str(new_id())
    anew = {**values, "failures": 0, "resting_until": None}
    statement = insert(subscriber).values(id=id_, created_at=now, **anew)
    changed = {name: statement.excluded[name] for name in anew}
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
        raise NotFound("warning.subscriber", subscriber_id)
    return row


async def subscribers(connection: AsyncConnection, limit: int, after: str) -> list[Row[Any]]:
    """Current subscribers in the order of their joining."""
    query = select(subscriber).where(subscriber.c.removed_at.is_(None), subscriber.c.id > after)
    return list(await connection.execute(query.order_by(subscriber.c.id).limit(limit)))


async def address(connection: AsyncConnection, sent: Message, now: datetime) -> None:
    """The publication: one delivery, due now, to every subscriber, as he stands now; never a second one."""
    await _keep(connection, sent)
    current = select(subscriber.c.id).where(subscriber.c.removed_at.is_(None)).order_by(subscriber.c.id)
    everyone = list(await connection.scalars(current))
    about = {"warning_id": sent.warning_id, "incident_id": sent.incident_id, "now": now}
    ids = [str(new_id()) for _ in everyone]
    values = {"ids": ids, "subscribers": everyone, "expires_at": sent.content.expires_at}
    await connection.execute(_TO_EVERY_SUBSCRIBER, about | values)


async def follow_up(connection: AsyncConnection, sent: Message, reason: str, now: datetime) -> list[Row[Any]]:
    """What comes after a publication goes to exactly those who were addressed then, on the same channels.

    What of the publication is still pending is superseded; those deliveries are returned. Nothing goes to whom the last
    check kept the publication from.
    """
    await _keep(connection, sent)
    values = {"warning_id": sent.warning_id, "reason": reason, "now": now}
    superseded = list(await connection.execute(_SUPERSEDE, values))
    of_publication = (delivery.c.warning_id == sent.warning_id) & (delivery.c.kind == "published")
    ledger = select(delivery.c.id).where(of_publication, delivery.c.status != "refused")
    told = list(await connection.scalars(ledger.order_by(delivery.c.id)))
    ids = [str(new_id()) for _ in told]
    await connection.execute(_TO_THE_LEDGER, {"ids": ids, "told": told, "kind": sent.kind, "now": now})
    return superseded


async def _keep(connection: AsyncConnection, sent: Message) -> None:
    key = {"warning_id": sent.warning_id, "kind": sent.kind}
    values = {**key, "status": sent.status, "body": sent.model_dump_json()}
    await connection.execute(insert(message).values(**values).on_conflict_do_nothing())


async def claim(
    connection: AsyncConnection, channel: Channel, now: datetime, lease_seconds: float, each: int, limit: int
) -> list[Dispatch]:
    """Take up due deliveries of a channel; until the lease runs out, by the database's clock, no other process will.

    At most ``each`` of one subscriber are under way, none of one that rests. The all-clear waits while an attempt at
    the warning itself is under way, so it never overtakes it.
    """
    values = {"channel": channel, "now": now, "lease_seconds": lease_seconds, "each": each, "limit": limit}
    return [Dispatch(**row._mapping) for row in await connection.execute(_CLAIM, values)]


async def is_pending(connection: AsyncConnection, delivery_id: str) -> bool:
    """Whether a delivery still has to be made; one whose warning was cancelled has not."""
    status = await connection.scalar(select(delivery.c.status).where(delivery.c.id == delivery_id))
    return status == "pending"


async def record(connection: AsyncConnection, dispatch: Dispatch, progress: Progress, now: datetime) -> bool:
    """Write what an attempt came to, and give it out of hand.

    False when the delivery was already finished by another attempt. One that was superseded while it was under way and
    was taken all the same is completed.
    """
    of_attempt = (delivery.c.id == dispatch.delivery_id) & (delivery.c.attempts == dispatch.attempts)
    values: dict[str, Any] = {
        "status": progress.status.value,
        "receipt": progress.receipt,
        "reason": progress.reason,
    }
    if progress.due_at is not None:
        values["due_at"] = progress.due_at
    if progress.status is not DeliveryStatus.PENDING:
        values["finished_at"] = now
    if progress.status is DeliveryStatus.COMPLETED:
        open_ = (delivery.c.id == dispatch.delivery_id) & delivery.c.status.in_(["pending", "superseded"])
    else:
        open_ = of_attempt & (delivery.c.status == "pending")
    written = await connection.scalar(update(delivery).where(open_).values(**values).returning(delivery.c.id))
    await connection.execute(update(delivery).where(of_attempt).values(leased_until=None))
    return written is not None


async def rest(
    connection: AsyncConnection, subscriber_id: str, taken: bool, after: int, rest_seconds: float
) -> tuple[int, bool]:
    """Count how a subscriber's channel does: failures in a row, and whether it rests now."""
    if taken:
        await connection.execute(_WORKS_AGAIN, {"id": subscriber_id})
        return 0, False
    values = {"id": subscriber_id, "after": after, "rest_seconds": rest_seconds}
    row = (await connection.execute(_FAILED_AGAIN, values)).one()
    return row.failures, row.resting_until is not None


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
    """Deliveries with their recipient's name, channel and mode, behind the id ``after``; no address."""
    shown = [
        one for one in delivery.c if one.name not in {"recipient", "target", "leased_until", "expires_at"}
    ]
    query = select(*shown, delivery.c.recipient.label("subscriber")).where(delivery.c.id > after)
    if warning_id is not None:
        query = query.where(delivery.c.warning_id == warning_id)
    if status is not None:
        query = query.where(delivery.c.status == status)
    return list(await connection.execute(query.order_by(delivery.c.id).limit(limit)))


async def counts(connection: AsyncConnection, warning_id: str) -> dict[str, int]:
    """How many deliveries of a warning are in which state."""
    query = select(delivery.c.status, func.count()).where(delivery.c.warning_id == warning_id)
    return {str(status): int(n) for status, n in await connection.execute(query.group_by(delivery.c.status))}
