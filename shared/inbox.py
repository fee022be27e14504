"""The inbox: which events a consumer has dealt with, and how far it is in each aggregate.

The unique row ``(consumer, event_id)`` in the transaction of the effect is what makes a repeat harmless.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from contracts.events import BY_TYPE

Aggregate = tuple[str, str, str]
"""(source, stream, subject): what a sequence counts."""

_CLAIM = text("""
INSERT INTO inbox (consumer, event_id) SELECT :consumer, id FROM unnest(CAST(:ids AS uuid[])) AS id ORDER BY id
ON CONFLICT DO NOTHING RETURNING event_id
""")
_POSITIONS = text("""
SELECT source, stream, subject, sequence FROM stream_position
JOIN unnest(CAST(:sources AS text[]), CAST(:streams AS text[]), CAST(:subjects AS text[])) AS w(source, stream, subject)
  USING (source, stream, subject)
WHERE consumer = :consumer
""")
_ADVANCE = text("""
INSERT INTO stream_position (consumer, source, stream, subject, sequence)
SELECT :consumer, source, stream, subject, sequence
FROM unnest(CAST(:sources AS text[]), CAST(:streams AS text[]), CAST(:subjects AS text[]), CAST(:sequences AS bigint[]))
  AS w(source, stream, subject, sequence) ORDER BY source, stream, subject
ON CONFLICT (consumer, source, stream, subject)
DO UPDATE SET sequence = GREATEST(stream_position.sequence, excluded.sequence)
""")


def aggregate_of(envelope: Envelope) -> Aggregate:
    """The aggregate an event's sequence number counts in."""
    return envelope.source, BY_TYPE[envelope.type].STREAM, envelope.subject


async def claim(connection: AsyncConnection, consumer: str, ids: Sequence[UUID]) -> set[UUID]:
    """Mark events as dealt with; those that are new."""
    result = await connection.execute(_CLAIM, {"consumer": consumer, "ids": list(ids)})
    return set(result.scalars())


async def positions(
    connection: AsyncConnection, consumer: str, aggregates: Iterable[Aggregate]
) -> dict[Aggregate, int]:
    """The last sequence number dealt with, of each aggregate that has one."""
    found = await connection.execute(_POSITIONS, {"consumer": consumer, **_columns(list(aggregates))})
    return {(row.source, row.stream, row.subject): row.sequence for row in found}


async def advance(connection: AsyncConnection, consumer: str, reached: dict[Aggregate, int]) -> None:
    """Record how far each aggregate is."""
    if reached:
        columns = {**_columns(list(reached)), "sequences": list(reached.values())}
        await connection.execute(_ADVANCE, {"consumer": consumer, **columns})


def _columns(aggregates: list[Aggregate]) -> dict[str, list[str]]:
    names = ("sources", "streams", "subjects")
    return {name: [aggregate[i] for aggregate in aggregates] for i, name in enumerate(names)}
