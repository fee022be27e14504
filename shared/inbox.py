"""The inbox: which events a consumer has dealt with, and how far it is in each aggregate.

The unique row ``(consumer, event_id)`` in the transaction of the effect is what makes a repeat harmless.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import UnitOfWork
from shared.received import Aggregate, Arrived
from shared.statements import Statement, rows

_NAMES = ("source", "stream", "subject")

_CLAIM = Statement("""
WITH event AS (
  SELECT * FROM jsonb_to_recordset(CAST(%(events)s AS jsonb)) AS e(id uuid, source text, stream text, subject text)
), claimed AS (
  INSERT INTO inbox (consumer, event_id) SELECT DISTINCT %(consumer)s, id FROM event ORDER BY id
  ON CONFLICT DO NOTHING RETURNING event_id
), reached AS (
  SELECT p.source, p.stream, p.subject, p.sequence, EXISTS (
    SELECT FROM dead_letter d
    WHERE (d.source, d.stream, d.subject, d.consumer) = (p.source, p.stream, p.subject, p.consumer)
      AND d.kind IN ('gap', 'trimmed') AND d.resolved_at IS NULL
  ) AS waiting FROM stream_position p
  JOIN (SELECT DISTINCT source, stream, subject FROM event) e USING (source, stream, subject)
  WHERE p.consumer = %(consumer)s
)
SELECT (SELECT array_agg(event_id) FROM claimed) AS fresh,
  (SELECT jsonb_agg(jsonb_build_array(source, stream, subject, sequence, waiting)) FROM reached) AS positions
""")
_UNCLAIM = Statement("DELETE FROM inbox WHERE consumer = %(consumer)s AND event_id = ANY(%(ids)s)")
_ADVANCE = Statement("""
INSERT INTO stream_position (consumer, source, stream, subject, sequence)
SELECT %(consumer)s, source, stream, subject, sequence
FROM jsonb_to_recordset(CAST(%(reached)s AS jsonb)) AS r(source text, stream text, subject text, sequence bigint)
ORDER BY source, stream, subject
ON CONFLICT (consumer, source, stream, subject) DO UPDATE SET
  sequence = GREATEST(stream_position.sequence, excluded.sequence), updated_at = clock_timestamp()
""")
_POSITION = Statement("""
SELECT sequence, updated_at FROM stream_position
WHERE consumer = %(consumer)s AND source = %(source)s AND stream = %(stream)s AND subject = %(subject)s
""")
_NEWEST_FACT = Statement("""
INSERT INTO newest_fact (consumer, source, stream, subject, fact, sequence)
VALUES (%(consumer)s, %(source)s, %(stream)s, %(subject)s, %(fact)s, %(sequence)s)
ON CONFLICT (consumer, source, stream, subject, fact) DO UPDATE SET sequence = excluded.sequence
WHERE newest_fact.sequence <= excluded.sequence RETURNING sequence
""")


@dataclass(frozen=True)
class Claim:
    """Which events are new; how far each of their aggregates was, and which have parked ones that wait."""

    fresh: set[UUID]
    reached: dict[Aggregate, int]
    waiting: set[Aggregate]


@dataclass(frozen=True)
class Position:
    """The last sequence number of an aggregate that was dealt with, 0 for none, and when."""

    sequence: int
    updated_at: datetime | None


async def claim(connection: AsyncConnection, consumer: str, arrived: Sequence[Arrived]) -> Claim:
    """Mark events as dealt with, and look up where their aggregates stand."""
    if not arrived:
        return Claim(set(), {}, set())
    events = [{"id": one.envelope.id, **_aggregate_values(one.aggregate)} for one in arrived]
    ((fresh, positions),) = await _CLAIM.run(connection, {"consumer": consumer, "events": rows(events)})
    reached = {(source, stream, subject): last for source, stream, subject, last, _ in positions or ()}
    waiting = {(source, stream, subject) for source, stream, subject, _, waits in positions or () if waits}
    return Claim(set(fresh or ()), reached, waiting)


async def unclaim(connection: AsyncConnection, consumer: str, ids: Sequence[UUID]) -> None:
    """These were not dealt with after all."""
    if ids:
        await _UNCLAIM.run(connection, {"consumer": consumer, "ids": list(ids)})


async def position(connection: AsyncConnection, consumer: str, aggregate: Aggregate) -> Position:
    """How far a consumer is in an aggregate."""
    found = await _POSITION.run(connection, {"consumer": consumer, **_aggregate_values(aggregate)})
    return Position(*found[0]) if found else Position(0, None)


async def advance(connection: AsyncConnection, consumer: str, reached: dict[Aggregate, int]) -> None:
    """Record how far each aggregate is."""
    if reached:
        values = [
            {**_aggregate_values(aggregate), "sequence": sequence} for aggregate, sequence in reached.items()
        ]
        await _ADVANCE.run(connection, {"consumer": consumer, "reached": rows(values)})


async def is_newest(unit: UnitOfWork, arrived: Arrived, fact: str) -> bool:
    """Whether an event is the newest that says ``fact`` (a name the handler gives) of its aggregate.

    A handler that overwrites asks first: an event that is retried late must not put an older fact over a
    newer one. Events of different writers are not compared, for their numbers aren't comparable.
    """
    values = {"consumer": unit.service, "fact": fact, "sequence": arrived.envelope.sequence}
    return bool(await _NEWEST_FACT.run(unit.connection, {**values, **_aggregate_values(arrived.aggregate)}))


def _aggregate_values(aggregate: Aggregate) -> dict[str, str]:
    return dict(zip(_NAMES, aggregate, strict=True))
