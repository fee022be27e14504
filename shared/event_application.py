"""One transaction's work with events: which are due, their effect, and the parking of those that can't have it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from opentelemetry import propagate
from opentelemetry.trace import SpanKind
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events import Event, Stream
from contracts.refusals import Refusal
from shared import dead_letters, inbox
from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.dead_letters import Kind, Parking
from shared.failures import reason_of
from shared.received import Aggregate, Arrived, Reading, Received, Record, Unknown
from shared.settings import ServiceSettings
from shared.statements import Statement
from shared.telemetry import span
from shared.unavailable import OVER_TIME, sqlstate_of

log = structlog.get_logger(__name__)

Context = TypeVar("Context")
Handler = Callable[[Received[Any], UnitOfWork, Context], Awaitable[None]]
Handlers = Mapping[type[Event], Handler[Context]]

UNCOUNTED = frozenset({Stream.MONITORING})
"""Signs of life: a lost one is past, and nothing that follows depends on it."""
_LIMIT_EXCEEDED = "54"
"""The class of PostgreSQL's error codes for what no waiting helps against, e.g. a text too long to index."""

_TURN_SEED = 8417
"""Keeps these locks apart from those that handlers take by name."""
_TURNS = Statement("""
WITH about AS MATERIALIZED (SELECT unnest(CAST(%(about)s AS text[])) AS name)
SELECT count(pg_advisory_xact_lock(hashtextextended(name, %(seed)s))::text) FROM about
""")
_TRIMMED_AFTER = text("""
SELECT first_offset FROM trimmed_partition
WHERE consumer = :consumer AND topic = :topic AND partition = :partition
  AND noticed_at > COALESCE(CAST(:updated_at AS timestamptz), '-infinity')
""")


class LimitExceeded(ValueError):
    """What the event brought exceeds a limit of the database."""


class HandlerInterrupted(RuntimeError):
    """The handler ran into a time-out or an error of the operating system: it may pass."""


@dataclass(frozen=True)
class Arrival:
    """An event, and the record that brought it."""

    record: Record
    event: Arrived


@dataclass
class Batch:
    """What arrived together, sorted: due now, or too early because of a missing predecessor."""

    fresh: set[UUID]
    waiting: set[Aggregate]
    due: list[Arrival] = field(default_factory=list)
    early: list[tuple[Arrival, int]] = field(default_factory=list)
    """With the sequence number that was expected instead."""
    advanced: dict[Aggregate, int] = field(default_factory=dict)

    @property
    def unreleased_aggregates(self) -> set[Aggregate]:
        """The aggregates with parked events that may be due after this batch."""
        return self.waiting | {arrival.event.aggregate for arrival, _ in self.early}


@dataclass(frozen=True)
class EventApplication(Generic[Context]):
    """What a consumer does with events inside a unit of work."""

    consumer: str
    handlers: Handlers[Context]
    context: Context
    database: Database
    clock: Clock
    settings: ServiceSettings

    async def apply(self, unit: UnitOfWork, arrivals: Sequence[Arrival]) -> Batch:
        """Let everything that is due and new have its effect, and record how far each aggregate is.

        What is of an unknown type is parked and passed. What comes too early is left to the caller.
        """
        batch = await self._sort_batch(unit, arrivals)
        await _take_turns(unit.connection, batch.due)
        for arrival in batch.due:
            event = arrival.event
            if isinstance(event, Unknown):
                await self.park(unit, arrival.record, event, Parking("unknown", event.reason))
            elif event.envelope.id in batch.fresh:
                batch.fresh.discard(event.envelope.id)  # the same event may stand twice in a batch
                await self._handle(event, unit)
        await inbox.advance(unit.connection, self.consumer, batch.advanced)
        return batch

    async def park(self, unit: UnitOfWork, record: Record, reading: Reading, parking: Parking) -> None:
        """Put a record aside."""
        unit.cause = str(reading.envelope.id) if reading.envelope else unit.cause
        log.warning(
            "record parked",
            kind=parking.kind,
            reason=parking.reason,
            topic=record.topic,
            offset=record.offset,
        )
        await dead_letters.park(unit, self.settings.node, record, reading, parking)

    async def park_early(self, unit: UnitOfWork, arrival: Arrival, expected: int) -> None:
        """Put an event aside until its predecessor comes, if it still can."""
        sequence = arrival.event.envelope.sequence
        reason = f"sequence {sequence} came, {expected} was expected"
        first = await self._first_kept_offset(unit.connection, arrival)
        if first is None:
            parking = Parking("gap", reason)
        else:
            parking = Parking(
                "trimmed", f"{reason}; retention deleted what stood before offset {first} while we were away"
            )
        await self.park(unit, arrival.record, arrival.event, parking)

    async def pass_by(self, unit: UnitOfWork, event: Arrived) -> None:
        """An event was read and had its chance: those after it are no gap."""
        await inbox.advance(unit.connection, self.consumer, {event.aggregate: event.envelope.sequence})

    async def _sort_batch(self, unit: UnitOfWork, arrivals: Sequence[Arrival]) -> Batch:
        claim = await inbox.claim(unit.connection, self.consumer, [arrival.event for arrival in arrivals])
        batch = _sorted_by_sequence(arrivals, claim)
        unclaimed = [arrival for arrival, _ in batch.early]
        unclaimed += [arrival for arrival in batch.due if isinstance(arrival.event, Unknown)]
        ids = [arrival.event.envelope.id for arrival in unclaimed]
        await inbox.unclaim(unit.connection, self.consumer, [id_ for id_ in ids if id_ in batch.fresh])
        return batch

    async def _handle(self, received: Received[Event], unit: UnitOfWork) -> None:
        handler = self.handlers.get(type(received.event))
        if handler is None:
            return
        envelope = received.envelope
        unit.cause = str(envelope.id)
        parent = propagate.extract({"traceparent": envelope.traceparent or ""})
        with span(f"handle {envelope.type}", parent, SpanKind.CONSUMER):
            try:
                await handler(received, unit, self.context)
            except OperationalError as error:
                if sqlstate_of(error).startswith(_LIMIT_EXCEEDED):
                    raise LimitExceeded(str(error.orig)) from error
                if sqlstate_of(error) == OVER_TIME:
                    raise HandlerInterrupted(reason_of(error)) from error
                raise
            except (OSError, TimeoutError) as error:
                raise HandlerInterrupted(reason_of(error)) from error

    async def _first_kept_offset(self, connection: AsyncConnection, arrival: Arrival) -> int | None:
        """Where a trimmed partition begins, if nothing of this aggregate has come since that was noticed."""
        at = await inbox.position(connection, self.consumer, arrival.event.aggregate)
        place = {"topic": arrival.record.topic, "partition": arrival.record.partition}
        values = {"consumer": self.consumer, **place, "updated_at": at.updated_at}
        first: int | None = await connection.scalar(_TRIMMED_AFTER, values)
        return first


async def _take_turns(connection: AsyncConnection, due: Sequence[Arrival]) -> None:
    """Of two batches about the same incidents, one goes first.

    Replicas read one incident's events from several partitions. A batch locks its incidents as its events come, and
    so two of them would wait for each other. A single incident is no danger: its own lock is taken first everywhere.
    """
    about = {_about(arrival.event) for arrival in due}
    if len(about) > 1:
        await _TURNS.run(connection, {"about": sorted(about), "seed": _TURN_SEED})


def _about(arrived: Arrived) -> str:
    incident_id = None if isinstance(arrived, Unknown) else getattr(arrived.event, "incident_id", None)
    return str(incident_id or arrived.envelope.subject)


def kind_of(error: Exception) -> Kind:
    """Which kind of dead letter a failure makes."""
    return "refused" if isinstance(error, Refusal) else "failed"


def _sorted_by_sequence(arrivals: Sequence[Arrival], claim: inbox.Claim) -> Batch:
    batch, reached = Batch(claim.fresh, claim.waiting), dict(claim.reached)
    for arrival in arrivals:
        aggregate, sequence = arrival.event.aggregate, arrival.event.envelope.sequence
        last = reached.get(aggregate)
        if last is not None and sequence > last + 1 and aggregate[1] not in UNCOUNTED:
            batch.early.append((arrival, last + 1))
            continue
        batch.due.append(arrival)
        if last is None or sequence > last:
            reached[aggregate] = batch.advanced[aggregate] = sequence
    return batch
