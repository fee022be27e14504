"""Parked records get another chance: when their predecessor has come, after an upgrade, or at a person's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text

from contracts.events import BY_TYPE
from shared import dead_letters, inbox
from shared.dead_letters import DeadLetter, Kind, Parking, StoredRecord
from shared.event_application import Arrival, Batch, EventApplication, kind_of
from shared.failures import reason_of
from shared.fuse import Partition
from shared.received import Aggregate, Invalid, Received, Unknown, read_record
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

_TRIMMED = text("""
INSERT INTO trimmed_partition (consumer, topic, partition, first_offset)
VALUES (:consumer, :topic, :partition, :offset)
ON CONFLICT (consumer, topic, partition)
DO UPDATE SET first_offset = excluded.first_offset, noticed_at = clock_timestamp()
WHERE trimmed_partition.first_offset < excluded.first_offset
""")


@dataclass(frozen=True)
class Retried:
    """What came of many retries; ``next_after``: how many to pass over next, None when all were tried."""

    resolved: int
    failures: dict[UUID, str]
    next_after: int | None


class Redelivery:
    """The second chances of one consumer."""

    def __init__(self, application: EventApplication[Any]) -> None:
        self._application = application
        self._unreleased: set[Aggregate] | None = None

    async def prepare(self) -> None:
        """At the start of a process: what one that ended may have left, and what it did not know yet."""
        if self._unreleased is not None:
            return
        async with self._application.database.reading() as connection:
            waiting = await dead_letters.waiting_aggregates(connection, self._application.consumer)
        self._unreleased = waiting
        await self._take_up_known()

    def remember(self, batch: Batch) -> None:
        """A batch was applied: what it may have made due is looked for at the next release."""
        self._unreleased = (self._unreleased or set()) | batch.unreleased_aggregates

    async def note_trimmed(self, first_offsets: Mapping[Partition, int]) -> None:
        """Retention has deleted what stood before these offsets, and this consumer had not read it."""
        log.error("retention deleted records that were not read", first_offsets=first_offsets)
        async with self._application.database.connect() as connection:
            for (topic, partition), offset in first_offsets.items():
                values = {"topic": topic, "partition": partition, "offset": offset}
                await connection.execute(_TRIMMED, {"consumer": self._application.consumer, **values})
            await connection.commit()

    async def release(self) -> None:
        """Take up what was parked as too early, as far as it is due now."""
        while self._unreleased:
            aggregate = min(self._unreleased)
            while due := await self._next_due(aggregate):
                failure = await self._retry_record(*due)
                if failure and failure.kind in {*dead_letters.WAITING, "invalid"}:
                    break
            self._unreleased.discard(aggregate)

    async def retry(self, id_: UUID) -> str | None:
        """Try a parked record again: the reason why it still fails, or None when it took effect.

        Raises KeyError for an unknown id.
        """
        _, record = await self._find_letter(id_)
        await self.prepare()
        failure = await self._retry_record(id_, record)
        await self.release()
        return failure.reason if failure else None

    async def retry_all(self, kind: Kind, limit: int, after: int) -> Retried:
        """Try up to ``limit`` open ones of a kind, behind the first ``after``, which failed before.

        Each aggregate's go in the order of its events.
        """
        ids = await self._open_ids(kind)
        chosen = ids[after : after + limit]
        failures: dict[UUID, str] = {}
        for id_ in chosen:
            if reason := await self.retry(id_):
                failures[id_] = reason
        left = set(await self._open_ids(kind))
        still_open = sum(id_ in left for id_ in chosen)
        more = len(ids) > after + limit
        return Retried(len(chosen) - len(failures), failures, after + still_open if more else None)

    async def _open_ids(self, kind: Kind) -> list[UUID]:
        async with self._application.database.reading() as connection:
            return await dead_letters.open_ids(connection, self._application.consumer, kind)

    async def skip(self, id_: UUID) -> DeadLetter:
        """Go on without: past the missing events for one that waits, and without effect for any other.

        Raises KeyError for an unknown id.
        """
        application = self._application
        letter, record = await self._find_letter(id_)
        await self.prepare()
        reading = read_record(record, application.settings.status)
        async with application.database.begin(application.clock.now(), f"dead-letter:{id_}") as unit:
            if letter.kind in dead_letters.WAITING and not isinstance(reading, Invalid):
                aggregate = reading.aggregate
                first = await dead_letters.first_waiting(unit.connection, application.consumer, aggregate)
                if first is not None:
                    await inbox.advance(unit.connection, application.consumer, {aggregate: first - 1})
                self._unreleased = (self._unreleased or set()) | {aggregate}
            else:
                await dead_letters.resolve(unit.connection, id_, "skipped")
        await self.release()
        return (await self._find_letter(id_))[0]

    async def _find_letter(self, id_: UUID) -> tuple[DeadLetter, StoredRecord]:
        async with self._application.database.reading() as connection:
            letter = await dead_letters.find(connection, id_)
        if letter is None:
            raise KeyError(str(id_))
        return letter

    async def _take_up_known(self) -> None:
        """What an older version of this program did not know and this one does."""
        for id_ in await self._open_ids("unknown"):
            letter, record = await self._find_letter(id_)
            if _type_of(record) in BY_TYPE:
                failure = await self._retry_record(id_, record)
                log.info("parked event taken up", id=str(id_), subject=letter.subject, failure=failure)

    async def _next_due(self, aggregate: Aggregate) -> tuple[UUID, StoredRecord] | None:
        consumer = self._application.consumer
        async with self._application.database.reading() as connection:
            reached = await inbox.position(connection, consumer, aggregate)
            return await dead_letters.next_waiting(connection, consumer, aggregate, reached.sequence)

    async def _retry_record(self, id_: UUID, record: StoredRecord) -> Parking | None:
        reading = read_record(record, self._application.settings.status)
        if isinstance(reading, Invalid):
            failure: Parking | None = Parking("invalid", reading.reason)
        else:
            failure = await self._apply(id_, Arrival(record, reading))
        if failure is not None:
            await self._keep_parked(id_, failure, None if isinstance(reading, Invalid) else reading)
        return failure

    async def _apply(self, id_: UUID, arrival: Arrival) -> Parking | None:
        """Let one parked event have its effect and resolve its row in the same transaction."""
        application = self._application
        if isinstance(arrival.event, Unknown):
            return Parking("unknown", arrival.event.reason)
        try:
            async with application.database.begin(application.clock.now(), f"dead-letter:{id_}") as unit:
                batch = await application.apply(unit, [arrival])
                if batch.early:
                    return Parking("gap", f"sequence {batch.early[0][1]} is still missing")
                await dead_letters.resolve(unit.connection, id_)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - the operator who asked for the retry is told what happened
            return Parking(kind_of(error), reason_of(error))
        self.remember(batch)
        return None

    async def _keep_parked(self, id_: UUID, failure: Parking, event: Received[Any] | Unknown | None) -> None:
        application = self._application
        passed = event is not None and failure.kind not in dead_letters.WAITING
        async with application.database.begin(application.clock.now(), f"dead-letter:{id_}") as unit:
            kind = failure.kind if passed else None
            await dead_letters.note_failed_retry(unit.connection, id_, kind, failure.reason)
            if event is not None and passed:
                await application.pass_by(unit, event)


def _type_of(record: StoredRecord) -> str:
    return next((value or b"" for name, value in record.headers if name.lower() == "ce_type"), b"").decode(
        errors="replace"
    )
