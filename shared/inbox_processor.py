"""From records to effects: one transaction for a batch, one by one when something in it is wrong.

A record ends in exactly one of these ways: handled, known already, or parked with a reason; or it is left
where it is, because the fuse of its topic is blown. What the database can't do right now is not the
record's fault: that error leaves here and is retried.
"""

import asyncio
from collections.abc import Sequence
from typing import Generic

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from contracts.refusals import Refusal
from shared.clock import Clock
from shared.database import Database
from shared.dead_letters import OpenGaps, Parking
from shared.event_application import (
    Arrival,
    Context,
    EventApplication,
    Handlers,
    LimitExceeded,
    kind_of,
)
from shared.failures import reason_of
from shared.fuse import Fuses, Partition, first_offsets
from shared.received import Invalid, Reading, Record, of_another_drill, read_record
from shared.redelivery import Redelivery
from shared.settings import ServiceSettings
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

FINAL = (Refusal, IntegrityError, DataError, LimitExceeded)
"""What the next attempt would say again."""
ATTEMPT_PAUSES = (0.0, 0.1, 0.5)
"""Seconds before each attempt at one record; after the last it is parked as failed."""


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
        self._application = EventApplication(consumer, handlers, context, database, clock, settings)
        self.redelivery = Redelivery(self._application)
        self.fuses = Fuses(consumer, database)
        self.handled = 0
        self.parked = 0
        self.of_other_drills = 0
        self.gaps = OpenGaps(0, 0.0)
        """As it was when it was last looked at."""

    async def process(self, records: Sequence[Record]) -> dict[Partition, int]:
        """Deal with every record; where the partitions of topics with a blown fuse stop.

        Raises nothing but that the database is unavailable.
        """
        settings = self._application.settings
        ours = [record for record in records if not of_another_drill(record, settings.drill_id)]
        self.of_other_drills += len(records) - len(ours)
        readings, stopped = await self.fuses.admit(
            [(record, read_record(record, settings.status)) for record in ours]
        )
        await self.redelivery.prepare()
        try:
            await self._process_together(readings)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the batch, each record gets its own chance
            log.warning("batch failed, going one by one", error=reason_of(error), records=len(readings))
            stopped |= await self._process_one_by_one(readings)
        await self.redelivery.release()
        return stopped

    async def _process_together(self, readings: Sequence[tuple[Record, Reading]]) -> None:
        """All in one transaction, or none."""
        application = self._application
        now = application.clock.now()
        async with application.database.begin(now, cause=f"consumer:{application.consumer}") as unit:
            for record, reading in readings:
                if isinstance(reading, Invalid):
                    await application.park(unit, record, reading, Parking("invalid", reading.reason))
            batch = await application.apply(
                unit,
                [
                    Arrival(record, reading)
                    for record, reading in readings
                    if not isinstance(reading, Invalid)
                ],
            )
            for arrival, expected in batch.early:
                await application.park_early(unit, arrival, expected)
        for record, reading in readings:
            self.fuses.count_record(record, reading, isinstance(reading, Invalid))
        self.handled += len(batch.due)
        self.parked += len(readings) - len(batch.due)
        self.redelivery.remember(batch)

    async def _process_one_by_one(self, readings: Sequence[tuple[Record, Reading]]) -> dict[Partition, int]:
        """Each in a transaction of its own; where a topic stops whose fuse blows on the way."""
        withheld: list[Record] = []
        for index, (record, reading) in enumerate(readings):
            if record.topic in self.fuses.resting:
                withheld.append(record)
                continue
            failure = await self._attempt(record, reading)
            if failure is None:
                continue
            await self._park_failed(record, reading, failure)
            if verdict := self.fuses.count_record(record, reading, kind_of(failure) == "failed"):
                later = [other for other, _ in readings[index + 1 :] if other.topic == record.topic]
                await self.fuses.blow(record.topic, verdict, first_offsets(later))
        return first_offsets(withheld)

    async def _attempt(self, record: Record, reading: Reading) -> Exception | None:
        """Why one record can't have its effect, after all attempts; None when it had it."""
        failure: Exception | None = None
        for pause in ATTEMPT_PAUSES:
            await asyncio.sleep(pause)
            try:
                await self._process_together([(record, reading)])
            except FINAL as error:
                return error
            except UNAVAILABLE:
                raise
            except Exception as error:
                failure = error
                log.exception("handler failed", error=reason_of(error))
            else:
                return None
        return failure

    async def _park_failed(self, record: Record, reading: Reading, failure: Exception) -> None:
        """Park it and go on with the aggregate's later ones."""
        application = self._application
        now = application.clock.now()
        async with application.database.begin(now, cause=f"consumer:{application.consumer}") as unit:
            await application.park(unit, record, reading, Parking(kind_of(failure), reason_of(failure)))
            if not isinstance(reading, Invalid):
                await application.pass_by(unit, reading)
        self.parked += 1
