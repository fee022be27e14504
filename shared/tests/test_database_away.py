"""A database that hangs, is restarted, fails over or can't be reached: answered in time, noticed, and survived."""

import asyncio
import time
from collections import Counter
from functools import partial

import httpx
import pytest

from shared.relay import LOCK_SECONDS, SWEEP_SECONDS, Relay
from shared.tests.breakable_postgres import BreakablePostgres, SwallowingProxy
from shared.tests.conftest import MakeWorld
from shared.tests.world import World, running, until
from shared.unavailable import UNAVAILABLE

pytestmark = pytest.mark.servers
ANSWER_SECONDS = 5.0


async def timed(request) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    return await request, time.monotonic() - began


async def notes(world: World, first: int, count: int) -> list[tuple[httpx.Response, float]]:
    """Commands all at once, more of them than the pool has connections; each with a key of its own."""
    numbers = range(first, first + count)
    return await asyncio.gather(
        *(timed(world.note(f"incident-{n}", **{"idempotency-key": f"{n}"})) for n in numbers)
    )


async def are_done(world: World, first: int, count: int) -> bool:
    """Whether they are done when they are given again under their keys."""
    return statuses(await notes(world, first, count)) == {201: count}


def statuses(answers: list[tuple[httpx.Response, float]]) -> Counter[int]:
    return Counter(answer.status_code for answer, _ in answers)


@pytest.fixture
def world_on(make_world: MakeWorld):
    def on(url: str, **more) -> World:
        return make_world(url=url, **more)

    return on


async def test_while_the_server_hangs_every_request_is_answered_in_time(
    world_on, breakable_postgres: BreakablePostgres
):
    world = world_on(breakable_postgres.new_database())
    assert statuses(await notes(world, 0, 12)) == {201: 12}
    breakable_postgres.freeze()
    frozen_at, number, answers = time.monotonic(), 100, []
    while time.monotonic() - frozen_at < 20:
        answers += await notes(world, number, 12)
        number += 12
    reading = await timed(world.api.get("/notes", headers=world.headers()))
    breakable_postgres.thaw()
    assert statuses([*answers, reading]) == {503: len(answers) + 1}
    assert max(seconds for _, seconds in [*answers, reading]) < ANSWER_SECONDS
    assert all(answer.headers["retry-after"] for answer, _ in answers)
    for first in range(100, number, 12):
        await until(partial(are_done, world, first, 12))
    assert (await world.rows("SELECT count(*) AS n FROM note"))[0].n == number - 100 + 12


async def test_after_a_restart_no_request_meets_a_dead_connection(
    world_on, breakable_postgres: BreakablePostgres
):
    world = world_on(breakable_postgres.new_database())
    await notes(world, 0, 12)
    breakable_postgres.kill()
    assert statuses(await notes(world, 100, 3)) == {503: 3}
    await asyncio.to_thread(breakable_postgres.start)
    assert statuses(await notes(world, 200, 12)) == {201: 12}


async def test_a_connection_that_dies_in_the_middle_is_noticed_by_a_statement_of_the_driver(
    world_on, breakable_postgres: BreakablePostgres
):
    """What goes past SQLAlchemy must not leave the dead connection in the pool."""
    world = world_on(breakable_postgres.new_database(), database_pool=1)
    with pytest.raises(UNAVAILABLE):
        async with world.database.begin(world.clock.now(), "test") as unit:
            await end_sessions(world)
            unit.publish(world.controlled())
    await world.publish(world.controlled())
    assert (await world.rows("SELECT count(*) AS n FROM outbox"))[0].n == 1


async def end_sessions(world: World) -> None:
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
    await world.rows(f"{others} AND pid <> pg_backend_pid() AND application_name = 'liandong'")


async def test_a_server_that_takes_no_writes_is_unavailable_and_nothing_is_parked(
    world_on, breakable_postgres: BreakablePostgres
):
    world = world_on(breakable_postgres.new_database())
    records = [world.record(n, statement=f"{n}") for n in (1, 2)]
    assert (await world.note("before")).status_code == 201
    breakable_postgres.set_read_only(True)
    try:
        await until(lambda: refused(world))
        answer = await world.note("during")
        assert (answer.json()["type"], answer.headers["retry-after"]) == (
            "urn:liandong:problem:unavailable",
            "1",
        )
        with pytest.raises(UNAVAILABLE):
            await world.consume(*records)
    finally:
        breakable_postgres.set_read_only(False)
    await until(lambda: taken(world))
    await world.consume(*records)
    assert await world.effects() == ["1", "2"]
    assert await world.parked() == []


async def refused(world: World) -> bool:
    return (await world.note("probe")).status_code == 503


async def taken(world: World) -> bool:
    return (await world.note("after")).status_code == 201


async def test_when_packets_are_swallowed_requests_are_answered_and_work_goes_on_on_another_way(
    world_on, breakable_postgres: BreakablePostgres, tmp_path
):
    async with SwallowingProxy(breakable_postgres.new_database(), tmp_path).running() as proxy:
        world = world_on(proxy.url)
        await notes(world, 0, 12)
        proxy.swallow()
        answers = await notes(world, 100, 24)
        assert statuses(answers) == {503: 24}
        assert max(seconds for _, seconds in answers) < ANSWER_SECONDS


async def test_a_relay_whose_machine_vanished_gives_up_its_lock(
    world_on, servers, breakable_postgres: BreakablePostgres, tmp_path
):
    url = breakable_postgres.new_database()
    async with SwallowingProxy(url, tmp_path).running() as proxy:
        lost = world_on(proxy.url, bootstrap=servers.kafka_bootstrap)
        other = world_on(url, bootstrap=servers.kafka_bootstrap)
        first = Relay(lost.database, lost.settings.kafka, "lost", lock_seconds=3)
        second = Relay(other.database, other.settings.kafka, "other", lock_seconds=3)
        async with running(first.run()):
            await until(lambda: leads(first))
            async with running(second.run()):
                proxy.swallow()
                vanished_at = time.monotonic()
                await until(lambda: leads(second))
                assert time.monotonic() - vanished_at < 3 + 2 * SWEEP_SECONDS
                await until(lambda: gave_up(first))
    assert LOCK_SECONDS + 2 * SWEEP_SECONDS < 30


async def leads(relay: Relay) -> bool:
    return relay.leading


async def gave_up(relay: Relay) -> bool:
    return not relay.leading
