"""Due deliveries: claimed in one unit of work, sent outside any, recorded in another.

A crash between sending and recording leaves the outcome unknown; a life-safety warning is then sent
again with the same Idempotency-Key, so the receiver can tell.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

import httpx
import structlog

from contracts.events.delivery import Channel
from contracts.reasons import ReasonCode
from services.notify.clients import Channels
from services.notify.context import Context
from services.notify.domain.delivery import Dispatch, Forbidden, NotTaken, Obsolete, Outcome, Taken, conclude
from services.notify.policy.sending import (
    LEASE_SECONDS,
    REST_AFTER,
    SLOTS,
    SLOTS_OF_ONE,
    last_check,
    retry_at,
)
from services.notify.settings import NotifySettings
from services.notify.store import deliveries
from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.failures import contain_failure
from shared.service import Running
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5


class Courier:
    """Takes due deliveries to their subscribers, many at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Channels,
        settings: NotifySettings,
        bell: asyncio.Event,
    ) -> None:
        self._database, self._clock, self._channels = database, clock, channels
        self._settings, self._bell = settings, bell
        self._under_way: Counter[Channel] = Counter()

    async def run(self) -> None:
        """Deliver until cancelled: at once when the bell rings, else look every half second."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._bell.clear()
                for dispatch in await self._claim_if_possible():
                    self._under_way[dispatch.channel] += 1
                    group.create_task(self._deliver_one(dispatch))
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._bell.wait()

    async def once(self) -> int:
        """Deliver what is due now; how many attempts were made."""
        claimed = await self.claim(SLOTS)
        await asyncio.gather(*(self._deliver(dispatch) for dispatch in claimed))
        return len(claimed)

    async def claim(self, free: Mapping[Channel, int]) -> list[Dispatch]:
        """Take due deliveries for an attempt each, of every channel as many as it has slots."""
        now = self._clock.now()
        async with self._database.begin(now, cause="tick:deliveries") as unit:
            return [
                dispatch
                for channel, limit in free.items()
                if limit > 0
                for dispatch in await deliveries.claim(
                    unit.connection, channel, now, LEASE_SECONDS, SLOTS_OF_ONE, limit
                )
            ]

    async def attempt(self, dispatch: Dispatch) -> Outcome:
        """The last check, then the wire, for a limited time in all."""
        async with self._database.reading() as connection:
            if not await deliveries.is_pending(connection, dispatch.delivery_id):
                return Obsolete(expired=False)
        if said := last_check(dispatch, self._settings.reach, self._clock.now()):
            return said
        deadline = self._settings.attempt_deadline_seconds
        try:
            async with asyncio.timeout(deadline):
                return await self._channels.send(dispatch)
        except TimeoutError:
            return NotTaken(ReasonCode(key="delivery.too_slow", values={"seconds": deadline}))

    async def record(self, dispatch: Dispatch, outcome: Outcome) -> None:
        """Write down what came of an attempt, and say so to the other services."""
        now, node = self._clock.now(), self._settings.node
        progress, fact = conclude(dispatch, outcome, retry_at(dispatch.attempts, now), node, now)
        async with self._database.begin(now, cause=f"delivery:{dispatch.delivery_id}") as unit:
            await self._count(unit, dispatch, outcome)
            if not await deliveries.record(unit.connection, dispatch, progress, now):
                return
            if isinstance(outcome, Forbidden):
                await deliveries.audit_refusal(unit.connection, dispatch, outcome.rule, node, now)
            if fact is not None:
                unit.publish(fact)
        log.info("delivery", delivery=dispatch.delivery_id, status=progress.status, reason=progress.reason)

    async def _count(self, unit: UnitOfWork, dispatch: Dispatch, outcome: Outcome) -> None:
        """The circuit breaker: after several failures in a row nothing is sent to a subscriber for a while."""
        if not isinstance(outcome, Taken | NotTaken):
            return
        failures, rests = await deliveries.rest(
            unit.connection,
            dispatch.subscriber_id,
            isinstance(outcome, Taken),
            REST_AFTER,
            self._settings.subscriber_rest_seconds,
        )
        if rests:
            log.warning("subscriber rests", subscriber=dispatch.subscriber, failures=failures)

    async def _deliver(self, dispatch: Dispatch) -> None:
        outcome = await contain_failure(self.attempt(dispatch), lambda reason: NotTaken(reason[:200]))
        try:
            await contain_failure(self.record(dispatch, outcome), lambda _: None, UNAVAILABLE)
        except UNAVAILABLE as error:
            # the lease runs out and it is sent again: better twice than unknown
            log.warning("outcome not recorded", delivery=dispatch.delivery_id, error=repr(error))

    async def _deliver_one(self, dispatch: Dispatch) -> None:
        try:
            await self._deliver(dispatch)
        finally:
            self._under_way[dispatch.channel] -= 1
            self._bell.set()

    async def _claim_if_possible(self) -> list[Dispatch]:
        free = {channel: slots - self._under_way[channel] for channel, slots in SLOTS.items()}
        try:
            return await self.claim(free)
        except UNAVAILABLE as error:
            log.warning("deliveries wait for the database", error=repr(error))
            return []


async def deliver(running: Running, context: Context) -> None:
    """The service's courier, until cancelled; in a drill only once the drill's time is known."""
    if running.follower is not None:
        await running.follower.caught_up.wait()
    settings = context.settings
    timeout = httpx.Timeout(settings.webhook_timeout_seconds)
    async with httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        channels = Channels(client, settings.file_channel_dir)
        await Courier(running.database, running.clock, channels, settings, context.bell).run()
