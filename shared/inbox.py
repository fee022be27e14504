"""The inbox: which events a consumer has dealt with, and how far it is in each aggregate.

The unique row ``(consumer, event_id)`` in the transaction of the effect is what makes a repeat harmless.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from contracts.events import BY_TYPE
from shared.statements import Statement, rows

Aggregate = tuple[str, str, str]
"""(source, stream, subject): what a sequence counts."""
_NAMES = ("source", "stream", "subject")

_CLAIM = Statement("""
WITH event AS (
  SELECT * FROM jsonb_to_recordset(CAST(%(events)s AS jsonb)) AS e(id uuid, source text, stream text, subject text)
), claimed AS (
  INSERT INTO inbox (consumer, event_id) SELECT DISTINCT %(consumer)s, id FROM event ORDER BY id
  ON CONFLICT DO NOTHING RETURNING event_id
)
SELECT event_id, NULL AS source, NULL AS stream, NULL AS subject, NULL AS sequence, NULL AS waiting FROM claimed
UNION ALL
SELECT NULL, p.source, p.stream, p.subject, p.sequence, EXISTS (
  SELECT FROM dead_letter d
  WHERE (d.source, d.stream, d.subject, d.consumer) = (p.source, p.stream, p.subject, p.consumer)
    AND d.kind = 'gap' AND d.resolved_at IS NULL
) FROM stream_position p
JOIN (SELECT DISTINCT source, stream, subject FROM event) e USING (source, stream, subject)
WHERE p.consumer = %(consumer)s
""")
_UNCLAIM = Statement("DELETE FROM inbox WHERE consumer = %(consumer)s AND event_id = ANY(%(ids)s)")
_ADVANCE = Statement("""
INSERT INTO stream_position (consumer, source, stream, subject, sequence)
SELECT %(consumer)s, source, stream, subject, sequence
FROM jsonb_to_recordset(CAST(%(reached)s AS jsonb)) AS r(source text, stream text, subject text, sequence bigint)
ORDER BY source, stream, subject
ON CONFLICT (consumer, source, stream, subject)
DO UPDATE SET sequence = GREATEST(stream_position.sequence, excluded.sequence)
""")
_REACHED = Statement("""
SELECT sequence FROM stream_position
WHERE consumer = %(consumer)s AND source = %(source)s AND stream = %(stream)s AND subject = %(subject)s
""")


@dataclass(frozen=True)
class Claim:
    """Which events are new; how far each of their aggregates was, and which have parked ones that wait."""

    fresh: set[UUID]
    reached: dict[Aggregate, int]
    waiting: set[Aggregate]


def aggregate_of(envelope: Envelope) -> Aggregate:
    """The aggregate an event's sequence number counts in."""
    return envelope.source, BY_TYPE[envelope.type].STREAM, envelope.subject


async def claim(connection: AsyncConnection, consumer: str, envelopes: Sequence[Envelope]) -> Claim:
    """Mark events as dealt with, and look up where their aggregates stand."""
    if not envelopes:
        return Claim(set(), {}, set())
    events = [
        {"id": envelope.id, **dict(zip(_NAMES, aggregate_of(envelope), strict=True))}
        for envelope in envelopes
    ]
    found = await _CLAIM.run(connection, {"consumer": consumer, "events": rows(events)})
    fresh = {event_id for event_id, *_ in found if event_id is not None}
    positions = {(row[1], row[2], row[3]): row for row in found if row[0] is None}
    reached = {aggregate: row[4] for aggregate, row in positions.items()}
    return Claim(fresh, reached, {aggregate for aggregate, row in positions.items() if row[5]})


async def unclaim(connection: AsyncConnection, consumer: str, ids: Sequence[UUID]) -> None:
    """These were not dealt with after all."""
    if ids:
        await _UNCLAIM.run(connection, {"consumer": consumer, "ids": list(ids)})


async def position(connection: AsyncConnection, consumer: str, aggregate: Aggregate) -> int:
    """The last sequence number of an aggregate that was dealt with, 0 for none."""
    values = {"consumer": consumer, **dict(zip(_NAMES, aggregate, strict=True))}
    found = await _REACHED.run(connection, values)
    return int(found[0][0]) if found else 0


async def advance(connection: AsyncConnection, consumer: str, reached: dict[Aggregate, int]) -> None:
    """Record how far each aggregate is."""
    if reached:
        values = [
            {**dict(zip(_NAMES, aggregate, strict=True)), "sequence": sequence}
            for aggregate, sequence in reached.items()
        ]
        await _ADVANCE.run(connection, {"consumer": consumer, "reached": rows(values)})
