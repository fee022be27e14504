"""The outbox: events are written in the transaction that makes them true, and leave only from here.

One statement gives every event the next sequence number of its aggregate and stores it. The row of
``outbox_sequence`` stays locked until the commit, so the ids of one aggregate commit in order.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import orjson
from opentelemetry import propagate
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import CONTENT_TYPE
from contracts.events import Event, Stream
from contracts.privacy import holds_number, masked_values
from contracts.topics import topic_name
from shared.ids import new_id
from shared.settings import ServiceSettings
from shared.statements import Statement, rows

ISSUED = frozenset({Stream.WARNING, Stream.WARNING_DRAFT, Stream.DELIVERY})
"""Streams of texts that people issue as they stand."""
LARGEST_BODY = 900_000
"""Bytes; below Kafka's default limit of one record with room for headers."""


class EventTooLarge(ValueError):
    """An event whose body Kafka would refuse; carries its type and size in bytes."""

    def __init__(self, type_name: str, size: int) -> None:
        super().__init__(f"{type_name} has {size} bytes, the limit is {LARGEST_BODY}")
        self.type_name, self.size = type_name, size


@dataclass(frozen=True)
class Pending:
    """An event on its way into the outbox, complete but for its sequence number."""

    event_id: UUID
    topic: str
    key: str
    stream: str
    subject: str
    headers: str
    body: str


@dataclass(frozen=True)
class Origin:
    """Who writes: the fixed part of every envelope of one service of one node."""

    settings: ServiceSettings
    service: str

    def envelop(self, event: Event, now: datetime, cause: str) -> Pending:
        """Wrap an event; the current trace context travels with it.

        Raises EventTooLarge.
        """
        body = _leaving(event)
        if len(body) * 4 > LARGEST_BODY and (size := len(body.encode())) > LARGEST_BODY:
            raise EventTooLarge(event.type_name(), size)
        event_id, settings = new_id(), self.settings
        headers = {
            "ce_specversion": "1.0",
            "content-type": CONTENT_TYPE,
            "ce_id": str(event_id),
            "ce_type": event.type_name(),
            "ce_source": f"/{settings.node}/{self.service}",
            "ce_subject": event.subject,
            "ce_time": now.isoformat(),
            "ce_dataschema": event.schema_uri(),
            "ce_status": settings.status.value,
            "ce_correlationid": event.correlation,
            "ce_causationid": cause,
        }
        if settings.drill_id:
            headers["ce_drill"] = settings.drill_id
        propagate.inject(headers)
        topic = topic_name(settings.node, event.STREAM, settings.mode)
        return Pending(
            event_id,
            topic,
            event.correlation,
            event.STREAM,
            event.subject,
            orjson.dumps(headers).decode(),
            body,
        )


def _leaving(event: Event) -> str:
    """The body as it leaves: no phone or identity number in free text, but for what is issued to the public.

    A warning gives the numbers that the public is to call (突发事件应对法 art. 66), written by three people.
    """
    body = event.model_dump_json()
    if event.STREAM in ISSUED or not holds_number(body):
        return body
    return orjson.dumps(masked_values(event.model_dump(mode="json"))).decode()


_INSERT = Statement("""
WITH event AS (
  SELECT * FROM jsonb_to_recordset(CAST(%(events)s AS jsonb)) AS e(event_id uuid, topic text, key text,
    stream text, subject text, headers text, body text, nth bigint, position bigint)
), wanted AS (
  SELECT stream, subject, count(*) AS n FROM event GROUP BY stream, subject ORDER BY stream, subject
), given AS (
  INSERT INTO outbox_sequence (stream, subject, last) SELECT stream, subject, n FROM wanted
  ON CONFLICT (stream, subject) DO UPDATE SET last = outbox_sequence.last + excluded.last
  RETURNING stream, subject, last
)
INSERT INTO outbox (event_id, topic, key, stream, subject, headers, body, sequence)
SELECT event_id, topic, key, stream, subject, headers, body, given.last - wanted.n + nth
FROM event JOIN given USING (stream, subject) JOIN wanted USING (stream, subject) ORDER BY position
""")


_RESEND = text("""
UPDATE outbox SET sent_at = NULL, refused_at = NULL, refusal = NULL WHERE id IN (
  SELECT id FROM outbox WHERE id > :after AND sent_at IS NOT NULL AND stream <> 'monitoring'
    AND (CAST(:since AS timestamptz) IS NULL OR written_at >= :since)
    AND (CAST(:until AS timestamptz) IS NULL OR written_at <= :until)
    AND (CAST(:stream AS text) IS NULL OR stream = :stream)
    AND (CAST(:subject AS text) IS NULL OR subject = :subject)
  ORDER BY id LIMIT :most
) RETURNING id
""")
_UNSENT = text("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
_REFUSED = text("""
SELECT id, event_id, topic, stream, subject, refusal AS reason, refused_at FROM outbox
WHERE refused_at IS NOT NULL ORDER BY id LIMIT 200
""")
_RETRY_REFUSED = text("UPDATE outbox SET refused_at = NULL, refusal = NULL WHERE refused_at IS NOT NULL")


class RefusedRow(BaseModel):
    """An event that Kafka does not take, and why; those of its aggregate behind it wait."""

    id: int
    event_id: UUID
    topic: str
    stream: str
    subject: str
    reason: str
    refused_at: datetime


@dataclass(frozen=True)
class Sent:
    """Which of the events that were sent: by the time of their writing, stream, subject, behind an id."""

    since: datetime | None = None
    until: datetime | None = None
    stream: str | None = None
    subject: str | None = None
    after: int = 0


async def resend(connection: AsyncConnection, sent: Sent, most: int) -> list[int]:
    """Mark sent events as unsent again, in their order, at most so many; their ids. Signs of life excepted."""
    found = await connection.scalars(_RESEND, {**asdict(sent), "most": most})
    return list(found)


async def unsent(connection: AsyncConnection) -> tuple[int, list[RefusedRow]]:
    """How many events wait for Kafka, and those it refuses."""
    count: int = (await connection.execute(_UNSENT)).scalar_one()
    rows = await connection.execute(_REFUSED)
    return count, [RefusedRow.model_validate(dict(row._mapping)) for row in rows]


async def retry_refused(connection: AsyncConnection) -> int:
    """Offer refused events to Kafka again; how many."""
    return (await connection.execute(_RETRY_REFUSED)).rowcount


async def store(connection: AsyncConnection, pending: list[Pending]) -> None:
    """Write the events of one unit of work with one statement."""
    if not pending:
        return
    nth: Counter[tuple[str, str]] = Counter()
    events = []
    for position, event in enumerate(pending):
        nth[event.stream, event.subject] += 1
        events.append({**vars(event), "nth": nth[event.stream, event.subject], "position": position})
    await _INSERT.run(connection, {"events": rows(events)})
