"""From records to effects: one transaction for a batch, one by one when something in it is wrong.

A record ends in exactly one of these ways: handled, known already, or parked with a reason.
What the database can't do right now is not the record's fault: that error leaves here and is retried.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.events import Event
from contracts.refusals import Refusal
from shared import dead_letters, inbox
from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.dead_letters import Kind
from shared.inbox import Aggregate, aggregate_of
from shared.received import Invalid, Received, Record, read
from shared.settings import ServiceSettings

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)

Context = TypeVar("Context")
Handler = Callable[[Received[Any], UnitOfWork, Context], Awaitable[None]]
Handlers = Mapping[type[Event], Handler[Context]]

UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)
"""Not the record's fault: wait and try again."""
FUSE_WINDOW, FUSE_LEAST, FUSE_SHARE = 50, 20, 0.9
"""Of the last 50 records, once there are 20: stop when nine in ten are invalid."""
ATTEMPTS = 3


class FuseBlown(RuntimeError):
    """Nearly everything that arrives is invalid; a person has to look before more is parked."""


@dataclass
class _Batch:
    """What is known while one batch is worked on."""

    reached: dict[Aggregate, int]
    advanced: dict[Aggregate, int] = field(default_factory=dict)
    gaps: list[tuple[Record, Received[Event], int]] = field(default_factory=list)
    due: list[tuple[Record, Received[Event]]] = field(default_factory=list)


class InboxProcessor(Generic[Context]):
    """Applies records to a service's database through its handlers, each event exactly once."""

    def __init__(
        self,
        consumer: str,
        handlers: Handlers[Context],
        context: Context,
        database: Database,
        clock: Clock,
        settings: ServiceSettings,
    ) -> None:
        self.consumer, self._handlers, self._context = consumer, handlers, context
        self._database, self._clock, self._settings = database, clock, settings
        self._recent: deque[bool] = deque(maxlen=FUSE_WINDOW)
        self._waiting: set[Aggregate] | None = None
        self.handled = 0
        self.parked = 0

    async def process(self, records: Sequence[Record]) -> None:
        """Deal with every record; raises only FuseBlown or that the database is unavailable."""
        readings = [(record, read(record, self._settings.status)) for record in records]
        self._check_fuse(readings)
        await self._load_waiting()
        try:
            await self._together(readings)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the batch, each record gets its own chance
            log.warning("batch failed, going one by one", error=repr(error), records=len(readings))
            for record, reading in readings:
                await self._alone(record, reading)
        await self._release()

    async def retry(self, id_: UUID) -> str | None:
        """Try a parked record again: the reason why it still fails, or None when it took effect.

        Raises KeyError for an unknown id.
        """
        async with self._database.reading() as connection:
            found = await dead_letters.found(connection, id_)
        if found is None:
            raise KeyError(str(id_))
        _, record = found
        reason = await self._retry_record(id_, record)
        await self._load_waiting()
        if reason is None:
            await self._release()
        return reason

    async def _together(self, readings: Sequence[tuple[Record, Received[Event] | Invalid]]) -> None:
        now = self._clock.now()
        async with self._database.begin(now, cause=f"consumer:{self.consumer}") as unit:
            for record, reading in readings:
                if isinstance(reading, Invalid):
                    await self._park(unit, record, "invalid", reading.reason, reading)
            arrived = [(record, reading) for record, reading in readings if isinstance(reading, Received)]
            batch, fresh = await self._claimed(unit, arrived)
            for _, received in batch.due:
                if received.envelope.id in fresh:
                    fresh.discard(received.envelope.id)
                    await self._handle(received, unit)
            for record, received, expected in batch.gaps:
                reason = f"sequence {received.envelope.sequence} came, {expected} was expected"
                await self._park(unit, record, "gap", reason, received)
            await inbox.advance(unit.connection, self.consumer, batch.advanced)
        self._recent.extend(isinstance(reading, Invalid) for _, reading in readings)
        self.handled += len(batch.due)
        self._note_gaps(batch)

    async def _claimed(
        self, unit: UnitOfWork, arrived: Sequence[tuple[Record, Received[Event]]]
    ) -> tuple[_Batch, set[UUID]]:
        """What arrived, split into what is due and what comes too early; and the ids that are new."""
        envelopes = [received.envelope for _, received in arrived]
        claim = await inbox.claim(unit.connection, self.consumer, envelopes)
        batch = _sorted(arrived, claim.reached)
        too_early = [
            received.envelope.id for _, received, _ in batch.gaps if received.envelope.id in claim.fresh
        ]
        await inbox.unclaim(unit.connection, self.consumer, too_early)
        return batch, claim.fresh

    async def _handle(self, received: Received[Event], unit: UnitOfWork) -> None:
        handler = self._handlers.get(type(received.event))
        if handler is None:
            return
        envelope = received.envelope
        unit.cause = str(envelope.id)
        parent = propagate.extract({"traceparent": envelope.traceparent or ""})
        with tracer.start_as_current_span(f"handle {envelope.type}", parent, kind=SpanKind.CONSUMER):
            await handler(received, unit, self._context)

    async def _alone(self, record: Record, reading: Received[Event] | Invalid) -> None:
        failure: Exception | None = None
        for _ in range(ATTEMPTS):
            try:
                await self._together([(record, reading)])
            except (Refusal, IntegrityError, DataError) as error:
                failure = error
                break
            except UNAVAILABLE:
                raise
            except Exception as error:
                failure = error
                log.exception("handler failed", error=repr(error))
            else:
                return
        assert failure is not None
        kind: Kind = "refused" if isinstance(failure, Refusal) else "failed"
        await self._park_failed(record, reading, kind, repr(failure))

    async def _park_failed(
        self, record: Record, reading: Received[Event] | Invalid, kind: Kind, reason: str
    ) -> None:
        """Park it and go on: the event was read and refused, so the aggregate's later ones are no gap."""
        async with self._database.begin(self._clock.now(), cause=f"consumer:{self.consumer}") as unit:
            await self._park(unit, record, kind, reason, reading)
            if isinstance(reading, Received):
                reached = {aggregate_of(reading.envelope): reading.envelope.sequence}
                await inbox.advance(unit.connection, self.consumer, reached)

    async def _park(
        self, unit: UnitOfWork, record: Record, kind: Kind, reason: str, reading: Received[Event] | Invalid
    ) -> None:
        self.parked += 1
        log.warning("record parked", kind=kind, reason=reason, topic=record.topic, offset=record.offset)
        await dead_letters.park(
            unit, self.consumer, self._settings.node, record, kind, reason, reading.envelope
        )

    def _check_fuse(self, readings: Sequence[tuple[Record, Received[Event] | Invalid]]) -> None:
        recent = [*self._recent, *(isinstance(reading, Invalid) for _, reading in readings)][-FUSE_WINDOW:]
        if len(recent) >= FUSE_LEAST and sum(recent) >= FUSE_SHARE * len(recent):
            raise FuseBlown(f"{sum(recent)} of the last {len(recent)} records are invalid")

    async def _load_waiting(self) -> None:
        if self._waiting is None:
            async with self._database.reading() as connection:
                self._waiting = await dead_letters.waiting_aggregates(connection, self.consumer)

    def _note_gaps(self, batch: _Batch) -> None:
        assert self._waiting is not None
        self._waiting |= {aggregate_of(received.envelope) for _, received, _ in batch.gaps}

    async def _release(self) -> None:
        """Take up what was parked as too early, as far as it is due now."""
        for aggregate in sorted(self._waiting or ()):
            while due := await self._next_due(aggregate):
                if await self._retry_record(*due) is not None:
                    break

    async def _next_due(self, aggregate: Aggregate) -> tuple[UUID, Record] | None:
        async with self._database.reading() as connection:
            reached = await inbox.position(connection, self.consumer, aggregate)
            due = await dead_letters.next_waiting(connection, self.consumer, aggregate, reached)
            if due is None and self._waiting is not None:
                left = await dead_letters.waiting_aggregates(connection, self.consumer)
                self._waiting &= left
        return due

    async def _retry_record(self, id_: UUID, record: Record) -> str | None:
        reading = read(record, self._settings.status)
        reason = reading.reason if isinstance(reading, Invalid) else await self._again(id_, record, reading)
        if reason is not None:
            async with self._database.begin(self._clock.now(), cause=f"dead-letter:{id_}") as unit:
                await dead_letters.retried(unit.connection, id_, reason)
        return reason

    async def _again(self, id_: UUID, record: Record, received: Received[Event]) -> str | None:
        """Handle one parked event and resolve its row in the same transaction."""
        try:
            async with self._database.begin(self._clock.now(), cause=f"dead-letter:{id_}") as unit:
                batch, fresh = await self._claimed(unit, [(record, received)])
                if batch.gaps:
                    return f"sequence {batch.gaps[0][2]} is still missing"
                if fresh:
                    await self._handle(received, unit)
                await inbox.advance(unit.connection, self.consumer, batch.advanced)
                await dead_letters.resolve(unit.connection, id_)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - the operator who asked for the retry is told what happened
            return repr(error)
        return None


def _sorted(arrived: Sequence[tuple[Record, Received[Event]]], reached: Mapping[Aggregate, int]) -> _Batch:
    batch = _Batch(dict(reached))
    for record, received in arrived:
        aggregate, sequence = aggregate_of(received.envelope), received.envelope.sequence
        last = batch.reached.get(aggregate)
        if last is not None and sequence > last + 1:
            batch.gaps.append((record, received, last + 1))
            continue
        batch.due.append((record, received))
        if last is None or sequence > last:
            batch.reached[aggregate] = batch.advanced[aggregate] = sequence
    return batch
