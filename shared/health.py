"""Health is progress: not "a process answers" but "what comes in goes through".

Ready means: the database answers, the consumer is assigned and polls, the oldest unsent outbox row is
young, and this service's own canary event came back through Kafka. Where traffic is led by an orchestrator that asks
each process, it asks for less: see ``acceptance``.
"""

import asyncio
import time
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import structlog
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.monitoring import Canary
from contracts.messages import both
from shared import dead_letters
from shared.clock import Clock
from shared.consumer import Consumer
from shared.database import Database
from shared.relay import Relay
from shared.settings import ServiceSettings
from shared.statements import Statement
from shared.supervision import Supervisor
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

OLDEST_UNSENT_SECONDS = 15.0
POLL_SECONDS = 15.0
GAPS_SECONDS = 10.0

_PROGRESS = Statement("""
WITH reached AS (
  SELECT sequence FROM stream_position
  WHERE consumer = %(service)s AND source = %(source)s AND stream = 'monitoring' AND subject = %(service)s
)
SELECT
  (SELECT extract(epoch FROM clock_timestamp() - min(written_at)) FROM outbox o
   WHERE sent_at IS NULL AND NOT EXISTS (
     SELECT FROM outbox r
     WHERE r.refused_at IS NOT NULL AND (r.stream, r.subject) = (o.stream, o.subject) AND r.id <= o.id
   )) AS unsent,
  (SELECT count(*) FROM outbox WHERE refused_at IS NOT NULL) AS refused,
  (SELECT count(*) FROM parked_work) AS parked_work,
  (SELECT sequence FROM reached) AS reached,
  (SELECT extract(epoch FROM clock_timestamp() - min(written_at)) FROM outbox
   WHERE stream = 'monitoring' AND subject = %(service)s AND sequence > (SELECT sequence FROM reached)) AS missing
""")


class DatabaseProgress(NamedTuple):
    """How far what goes out and what comes back is, as the database knows it; ages in seconds."""

    unsent: Decimal | None
    """The age of the oldest event that waits for Kafka."""
    refused: int
    parked_work: int
    reached: int | None
    """The number of the last own sign of life that came back."""
    missing: Decimal | None
    """The age of the oldest that did not."""


class Check(BaseModel):
    """One condition, in Chinese and English; one that is not ``required`` leaves the service ready."""

    name: str
    ok: bool
    required: bool = True
    detail: str = ""
    text: str = ""
    text_en: str = ""


class Readiness(BaseModel):
    """Ready, and why not; ``degraded`` when it is ready and a person has something to look at."""

    ready: bool
    degraded: bool
    checks: list[Check]
    now: datetime = Field(description="what time it is here, in a drill by the drill's clock")


class Health:
    """Judges one service process by its progress."""

    def __init__(
        self,
        service: str,
        settings: ServiceSettings,
        database: Database,
        consumer: Consumer,
        relay: Relay,
        clock: Clock,
        supervisor: Supervisor,
    ) -> None:
        self._service, self._settings = service, settings
        self._database, self._consumer, self._clock = database, consumer, clock
        self._relay, self._supervisor = relay, supervisor

    async def send_canaries(self) -> None:
        """Send signs of life until cancelled."""
        while True:
            try:
                async with self._database.begin(self._clock.now(), cause="canary") as unit:
                    unit.publish(
                        Canary(
                            instance=self._service,
                            jurisdiction=self._settings.node,
                            service=self._service,
                            sent_at=unit.now,
                        )
                    )
            except UNAVAILABLE as error:
                log.warning("no canary sent", error=repr(error))
            await asyncio.sleep(self._settings.canary_seconds)

    async def watch_gaps(self) -> None:
        """Say once in the log when a gap becomes older than the setting, until cancelled."""
        alarmed = False
        while True:
            try:
                async with self._database.reading() as connection:
                    check = await self._gap_check(connection)
            except UNAVAILABLE as error:
                log.info("gaps not looked up", error=repr(error))
            else:
                if not check.ok and not alarmed:
                    log.error("events wait too long for a missing one", gaps=check.detail)
                alarmed = not check.ok
            await asyncio.sleep(GAPS_SECONDS)

    async def readiness(self) -> Readiness:
        """All conditions, in the order in which one would look."""
        checks = [self._background_check(), *await self._database_checks(), *self._consumer_checks()]
        ready = all(check.ok for check in checks if check.required)
        degraded = ready and not all(check.ok for check in checks)
        return Readiness(ready=ready, degraded=degraded, checks=checks, now=self._clock.now())

    async def acceptance(self) -> Readiness:
        """Whether commands belong here: what Kafka does later decides nothing, for they are kept until it is back.

        A process that has just started is asked for more: that it has joined its siblings, unless Kafka is away. So a
        version that cannot work takes no traffic from one that can, and without Kafka reports are still taken.
        """
        checks = [self._background_check(), await self._database_check(), self._joined_check()]
        ready = all(check.ok for check in checks)
        return Readiness(ready=ready, degraded=False, checks=checks, now=self._clock.now())

    async def _database_check(self) -> Check:
        try:
            async with asyncio.timeout(3), self._database.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except (*UNAVAILABLE, TimeoutError) as error:
            return _check("database", False, type(error).__name__)
        return _check("database", True)

    def _joined_check(self) -> Check:
        consumer = self._consumer
        joined = consumer.has_joined or consumer.is_kafka_away or not consumer.has_begun
        return _check("joined", joined, consumer.trouble)

    def _background_check(self) -> Check:
        ended = self._supervisor.ended_works
        return _check("background", not ended, ", ".join(ended))

    async def _database_checks(self) -> list[Check]:
        source = f"/{self._settings.node}/{self._service}"
        try:
            async with asyncio.timeout(3), self._database.reading() as connection:
                row = await database_progress(connection, self._service, source)
                gaps = await self._gap_check(connection)
        except (*UNAVAILABLE, TimeoutError) as error:
            return [_check("database", False, type(error).__name__)]
        unsent, missing = float(row.unsent or 0), float(row.missing or 0)
        came_back = (
            row.reached is not None and missing < self._settings.canary_seconds + OLDEST_UNSENT_SECONDS
        )
        return [
            _check("database", True),
            _check("outbox", unsent < OLDEST_UNSENT_SECONDS, f"{unsent:.1f} s"),
            _check("canary", came_back, f"{missing:.1f} s" if row.reached is not None else "-"),
            gaps,
            _check("outbox_refused", not row.refused, str(row.refused), required=False),
            _check("due_work", not row.parked_work, str(row.parked_work), required=False),
        ]

    def _fuse_check(self) -> Check:
        resting = self._consumer.processor.fuses.resting.values()
        detail = "; ".join(f"{paused.topic}: {paused.reason}" for paused in resting)
        return _check("fuse", not resting, detail, required=False)

    async def _gap_check(self, connection: AsyncConnection) -> Check:
        gaps = await dead_letters.open_gaps(connection, self._service)
        self._consumer.processor.gaps = gaps
        held = gaps.oldest_seconds < self._settings.gap_alarm_seconds
        return _check("gaps", held, f"{gaps.count}, {gaps.oldest_seconds:.0f} s", required=False)

    def _consumer_checks(self) -> list[Check]:
        idle = time.monotonic() - self._consumer.polled_at
        trouble = self._consumer.trouble or self._relay.trouble
        closed = sorted(self._consumer.closed_topics)
        return [
            _check("kafka", not trouble, trouble),
            _check("readable", not closed, ", ".join(closed), required=False),
            self._fuse_check(),
            _check(
                "assigned",
                self._consumer.is_member,
                str(self._consumer.assigned_partitions),
            ),
            _check("moving", idle < POLL_SECONDS, f"{min(idle, 9999):.1f} s"),
        ]


async def database_progress(connection: AsyncConnection, service: str, source: str) -> DatabaseProgress:
    """What goes out and what comes back; asked every few seconds."""
    (row,) = await _PROGRESS.run(connection, {"service": service, "source": source})
    return DatabaseProgress(*row)


def _check(name: str, ok: bool, detail: str = "", required: bool = True) -> Check:
    zh, en = both(f"health.{name}")
    return Check(name=name, ok=ok, required=required, detail=detail, text=zh, text_en=en)
