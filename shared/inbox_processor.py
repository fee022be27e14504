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
from opentelemetry import propagate
from opentelemetry.trace import SpanKind
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.envelope import Envelope
from contracts.events import Event, Stream
from contracts.refusals import Refusal
from shared import dead_letters, inbox
from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.dead_letters import Kind
from shared.failures import told
from shared.inbox import Aggregate, aggregate_of
from shared.received import Invalid, Received, Record, read
from shared.settings import ServiceSettings
from shared.telemetry import span

log = structlog.get_logger(__name__)

Context = TypeVar("Context")
Handler = Callable[[Received[Any], UnitOfWork, Context], Awaitable[None]]
Handlers = Mapping[type[Event], Handler[Context]]

UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)
"""Not the record's fault: wait and try again."""
FUSE_WINDOW, FUSE_LEAST, FUSE_SHARE = 50, 20, 0.9
"""Of the last 50 records, once there are 20: stop when nine in ten are invalid."""
ATTEMPTS = 3
UNCOUNTED = frozenset({Stream.MONITORING})
"""Signs of life: a lost one is past, and nothing that follows depends on it."""
_LIMIT_EXCEEDED = "54"
"""The class of PostgreSQL's error codes for what no waiting helps against, e.g. a text too long to index."""


class FuseBlown(RuntimeError):
    """Nearly everything that arrives is invalid; a person has to look before more is parked."""


class LimitExceeded(ValueError):
    """What the event brought exceeds a limit of the database."""


@dataclass(frozen=True)
class _Failure:
    """Why a parked record still has no effect."""

    kind: Kind
    reason: str


@dataclass
class _Batch:
    """What is known while one batch is worked on."""

    reached: dict[Aggregate, int]
    waiting: set[Aggregate]
    gaps: list[tuple[Record, Received[Event], int]] = field(default_factory=list)
    due: list[tuple[Record, Received[Event]]] = field(default_factory=list)
    advanced: dict[Aggregate, int] = field(default_factory=dict)

    def unreleased(self) -> set[Aggregate]:
        """The aggregates with parked events that may be due after this batch."""
        return self.waiting | {aggregate_of(received.envelope) for _, received, _ in self.gaps}


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
        self._unreleased: set[Aggregate] | None = None
        self.handled = 0
        self.parked = 0

    async def process(self, records: Sequence[Record]) -> None:
        """Deal with every record; raises only FuseBlown or that the database is unavailable."""
        readings = [(record, read(record, self._settings.status)) for record in records]
        self._check_fuse(readings)
        await self._load_unreleased()
        try:
            await self._together(readings)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the batch, each record gets its own chance
            log.warning("batch failed, going one by one", error=told(error), records=len(readings))
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
        await self._load_unreleased()
        failure = await self._retry_record(id_, record)
        await self._release()
        return failure.reason if failure else None

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
        invalid = [isinstance(reading, Invalid) for _, reading in readings]
        self._recent.extend(invalid)
        self.handled += len(batch.due)
        self.parked += sum(invalid) + len(batch.gaps)
        self._note(batch)

    async def _claimed(
        self, unit: UnitOfWork, arrived: Sequence[tuple[Record, Received[Event]]]
    ) -> tuple[_Batch, set[UUID]]:
        """What arrived, split into what is due and what comes too early; and the ids that are new."""
        envelopes = [received.envelope for _, received in arrived]
        claim = await inbox.claim(unit.connection, self.consumer, envelopes)
        batch = _sorted(arrived, claim)
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
        with span(f"handle {envelope.type}", parent, SpanKind.CONSUMER):
            try:
                await handler(received, unit, self._context)
            except OperationalError as error:
                if str(getattr(error.orig, "sqlstate", "")).startswith(_LIMIT_EXCEEDED):
                    raise LimitExceeded(str(error.orig)) from error
                raise

    async def _alone(self, record: Record, reading: Received[Event] | Invalid) -> None:
        failure: Exception | None = None
        for _ in range(ATTEMPTS):
            try:
                await self._together([(record, reading)])
            except (Refusal, IntegrityError, DataError, LimitExceeded) as error:
                failure = error
                break
            except UNAVAILABLE:
                raise
            except Exception as error:
                failure = error
                log.exception("handler failed", error=told(error))
            else:
                return
        assert failure is not None
        await self._park_failed(record, reading, _kind_of(failure), told(failure))

    async def _park_failed(
        self, record: Record, reading: Received[Event] | Invalid, kind: Kind, reason: str
    ) -> None:
        """Park it and go on with the aggregate's later ones."""
        async with self._database.begin(self._clock.now(), cause=f"consumer:{self.consumer}") as unit:
            await self._park(unit, record, kind, reason, reading)
            if isinstance(reading, Received):
                await self._pass(unit, reading.envelope)
        self.parked += 1

    async def _pass(self, unit: UnitOfWork, envelope: Envelope) -> None:
        """The event was read and had its chance: those after it are no gap."""
        await inbox.advance(unit.connection, self.consumer, {aggregate_of(envelope): envelope.sequence})

    async def _park(
        self, unit: UnitOfWork, record: Record, kind: Kind, reason: str, reading: Received[Event] | Invalid
    ) -> None:
        unit.cause = str(reading.envelope.id) if reading.envelope else unit.cause
        log.warning("record parked", kind=kind, reason=reason, topic=record.topic, offset=record.offset)
        await dead_letters.park(
            unit, self.consumer, self._settings.node, record, kind, reason, reading.envelope
        )

    def _check_fuse(self, readings: Sequence[tuple[Record, Received[Event] | Invalid]]) -> None:
        recent = [*self._recent, *(isinstance(reading, Invalid) for _, reading in readings)][-FUSE_WINDOW:]
        if len(recent) >= FUSE_LEAST and sum(recent) >= FUSE_SHARE * len(recent):
            raise FuseBlown(f"{sum(recent)} of the last {len(recent)} records are invalid")

    async def _load_unreleased(self) -> None:
        """At the start: what a process that ended may have left to release."""
        if self._unreleased is None:
            async with self._database.reading() as connection:
                self._unreleased = await dead_letters.waiting_aggregates(connection, self.consumer)

    def _note(self, batch: _Batch) -> None:
        assert self._unreleased is not None
        self._unreleased |= batch.unreleased()

    async def _release(self) -> None:
        """Take up what was parked as too early, as far as it is due now."""
        while self._unreleased:
            aggregate = min(self._unreleased)
            while due := await self._next_due(aggregate):
                failure = await self._retry_record(*due)
                if failure and failure.kind in {"gap", "invalid"}:
                    break
            self._unreleased.discard(aggregate)

    async def _next_due(self, aggregate: Aggregate) -> tuple[UUID, Record] | None:
        async with self._database.reading() as connection:
            reached = await inbox.position(connection, self.consumer, aggregate)
            return await dead_letters.next_waiting(connection, self.consumer, aggregate, reached)

    async def _retry_record(self, id_: UUID, record: Record) -> _Failure | None:
        reading = read(record, self._settings.status)
        if isinstance(reading, Invalid):
            failure: _Failure | None = _Failure("invalid", reading.reason)
        else:
            failure = await self._again(id_, record, reading)
        if failure is not None:
            await self._still_parked(id_, failure, reading)
        return failure

    async def _still_parked(self, id_: UUID, failure: _Failure, reading: Received[Event] | Invalid) -> None:
        async with self._database.begin(self._clock.now(), cause=f"dead-letter:{id_}") as unit:
            passed = isinstance(reading, Received) and failure.kind != "gap"
            kind = failure.kind if passed else None
            await dead_letters.retried(unit.connection, id_, kind, failure.reason)
            if isinstance(reading, Received) and passed:
                await self._pass(unit, reading.envelope)

    async def _again(self, id_: UUID, record: Record, received: Received[Event]) -> _Failure | None:
        """Handle one parked event and resolve its row in the same transaction."""
        try:
            async with self._database.begin(self._clock.now(), cause=f"dead-letter:{id_}") as unit:
                batch, fresh = await self._claimed(unit, [(record, received)])
                if batch.gaps:
                    return _Failure("gap", f"sequence {batch.gaps[0][2]} is still missing")
                if fresh:
                    await self._handle(received, unit)
                await inbox.advance(unit.connection, self.consumer, batch.advanced)
                await dead_letters.resolve(unit.connection, id_)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - the operator who asked for the retry is told what happened
            return _Failure(_kind_of(error), told(error))
        self._note(batch)
        return None


def _kind_of(error: Exception) -> Kind:
    return "refused" if isinstance(error, Refusal) else "failed"


def _sorted(arrived: Sequence[tuple[Record, Received[Event]]], claim: inbox.Claim) -> _Batch:
    """Split what arrived into what is due and what comes too early."""
    batch = _Batch(dict(claim.reached), claim.waiting)
    for record, received in arrived:
        aggregate, sequence = aggregate_of(received.envelope), received.envelope.sequence
        last = batch.reached.get(aggregate)
        if last is not None and sequence > last + 1 and aggregate[1] not in UNCOUNTED:
            batch.gaps.append((record, received, last + 1))
            continue
        batch.due.append((record, received))
        if last is None or sequence > last:
            batch.reached[aggregate] = batch.advanced[aggregate] = sequence
    return batch
