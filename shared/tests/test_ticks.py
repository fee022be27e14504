"""Due work is rows: fired once however many look, the longest overdue first, and none lost to a restart."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from contracts.events.incident import IncidentControlled
from shared.http.auth import Role
from shared.tests.tiny.service import DUE, fire_due, take_due
from shared.tests.world import START, World, running, until
from shared.ticks import Tick, Ticker

pytestmark = pytest.mark.servers
NOTED = """
CREATE TABLE fired (name text);
CREATE FUNCTION note_firing() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO fired VALUES (NEW.name); RETURN NEW; END $$;
CREATE TRIGGER noted AFTER UPDATE ON due FOR EACH ROW EXECUTE FUNCTION note_firing()
"""


async def plan(world: World, **minutes: float) -> None:
    """Work that is due so many minutes after the start."""
    for name, after in minutes.items():
        due_at = START + timedelta(minutes=after)
        await world.execute(
            "INSERT INTO due (name, due_at) VALUES (:name, :due_at)", name=name, due_at=due_at
        )


async def fired(world: World) -> list[tuple[str, float]]:
    """What was fired and how many seconds late, in the order of firing."""
    query = "SELECT name, late_seconds FROM due WHERE late_seconds IS NOT NULL ORDER BY nth"
    return [tuple(row) for row in await world.rows(query)]


async def count(world: World, number: int) -> bool:
    return len(await fired(world)) == number


def ticker(world: World, **more) -> Ticker:
    return Ticker({**more, "due": DUE}, world.database, world.clock)


async def test_nothing_is_fired_before_its_time_and_all_that_is_due_at_once_then(world):
    await plan(world, soon=1, later=10, much_later=100)
    ticking = ticker(world)
    async with running(ticking.run()):
        assert await fired(world) == []
        world.clock.forward(timedelta(minutes=10))
        ticking.wake()
        await until(lambda: count(world, 2))
    assert await fired(world) == [("soon", 540.0), ("later", 0.0)]
    assert ticking.fired["due"] == 2


async def test_what_became_due_while_nobody_looked_is_fired_first_and_says_how_late_it_is(world):
    """Trap 21: a restart loses no timer."""
    await plan(world, c=30, a=10, b=20, d=120)
    world.clock.forward(timedelta(minutes=60))
    async with running(ticker(world).run()):
        await until(lambda: count(world, 3))
    assert await fired(world) == [("a", 3000.0), ("b", 2400.0), ("c", 1800.0)]


async def test_what_need_not_be_looked_for_each_time_is_looked_for_at_a_jump_of_time(world):
    looks = Counter()

    def looked_for(name: str, every_seconds: float = 0.0) -> Tick[str]:
        async def take(*_) -> list[str]:
            looks[name] += 1
            return []

        return Tick(take, str, fire_due, every_seconds)

    async def at_least(often: int, seldom: int) -> bool:
        return looks["often"] >= often and looks["seldom"] >= seldom

    ticks = {"often": looked_for("often"), "seldom": looked_for("seldom", 3600.0)}
    ticking = Ticker(ticks, world.database, world.clock)
    async with running(ticking.run()):
        await until(lambda: at_least(4, 1))
        assert looks["seldom"] == 1
        ticking.wake()
        await until(lambda: at_least(5, 2))
    assert looks["seldom"] == 2


async def test_several_processes_fire_each_row_once(world, make_world):
    await world.execute(NOTED)
    await plan(world, **{f"{n:02}": -1 for n in range(40)})
    url = world.settings.database_url
    processes = [ticker(world), *(ticker(make_world(url=url)) for _ in range(2))]
    async with running(*(process.run() for process in processes)):
        await until(lambda: count(world, 40))
    assert [row.name for row in await world.rows("SELECT name FROM fired ORDER BY 1")] == [
        f"{n:02}" for n in range(40)
    ]


async def fails_on_b(unit, name: str) -> None:
    await fire_due(unit, name)
    unit.publish(unit_event(name))
    if name == "b":
        raise ZeroDivisionError


def unit_event(name: str) -> IncidentControlled:
    return IncidentControlled(incident_id=name, jurisdiction="210404", controlled_at=START)


async def test_one_bad_row_is_put_aside_with_its_reason_and_holds_up_no_other(world):
    await plan(world, a=-3, b=-2, c=-1)
    ticking = Ticker({"due": Tick(take_due, str, fails_on_b)}, world.database, world.clock)
    async with running(ticking.run()):
        await until(lambda: count(world, 2))
        await plan(world, d=-1)
        ticking.wake()
        await until(lambda: count(world, 3))
    assert [name for name, _ in await fired(world)] == ["a", "c", "d"]
    rows = await world.rows("SELECT tick, key, reason FROM parked_work")
    assert [tuple(row) for row in rows] == [("due", "b", "ZeroDivisionError()")]
    assert [row.subject for row in await world.rows("SELECT subject FROM outbox ORDER BY id")] == [
        "a",
        "c",
        "d",
    ]


async def test_what_was_put_aside_is_tried_again_by_the_next_process(world):
    await plan(world, b=-1)
    async with running(Ticker({"due": Tick(take_due, str, fails_on_b)}, world.database, world.clock).run()):
        await until(lambda: aside(world, 1))
    async with running(ticker(world).run()):
        await until(lambda: count(world, 1))
    assert await aside(world, 0)


async def test_an_officer_sees_what_was_put_aside_and_has_it_tried_again(world):
    await plan(world, b=-1)
    ticking = Ticker({"due": Tick(take_due, str, fails_on_b)}, world.database, world.clock)
    async with running(ticking.run()):
        await until(lambda: aside(world, 1))
    officer = world.headers(Role.DUTY_OFFICER)
    (parked,) = (await world.api.get("/due-work", headers=officer)).json()
    assert (parked["tick"], parked["key"], parked["reason"]) == ("due", "b", "ZeroDivisionError()")
    assert (await world.api.post("/due-work/retry", json={}, headers=world.headers())).status_code == 403
    assert (await world.api.post("/due-work/retry", json={}, headers=officer)).json() == {"released": 1}
    assert await aside(world, 0)


async def aside(world: World, number: int) -> bool:
    return len(await world.rows("SELECT 1 FROM parked_work")) == number


async def test_a_tick_that_finds_no_rows_for_a_fault_of_its_own_stops_no_other(world):
    await plan(world, a=-1)

    async def broken(*_) -> list[str]:
        raise ZeroDivisionError

    ticking = ticker(world, broken=Tick(broken, str, fire_due))
    async with running(ticking.run()):
        await until(lambda: count(world, 1))
        ticking.wake()
        await until(lambda: failed(ticking, 2))


async def failed(ticking: Ticker, times: int) -> bool:
    return ticking.failed["broken"] >= times


async def test_due_work_waits_for_a_database_that_is_away_and_goes_on_when_it_is_back(world):
    ticking = ticker(world)
    async with running(ticking.run()):
        await plan(world, a=-1)
        await until(lambda: count(world, 1))
        with capture_logs() as told:
            async with world.outage():
                ticking.wake()
                await until(lambda: waits(told))
        await plan(world, b=-1)
        await until(lambda: count(world, 2))
    assert ticking.failed == {}


async def waits(told: list) -> bool:
    return any(line["event"] == "due work waits for the database" for line in told)


async def test_the_counts_are_told_to_prometheus(world):
    await plan(world, a=-60 * 24 * 365 * 10)
    async with running(world.app.state.running.ticker.run()):
        await until(lambda: count(world, 1))
    metrics = (await world.api.get("/metrics")).text
    assert 'ticks_fired_total{tick="due"} 1.0' in metrics


async def test_a_tick_that_takes_long_is_not_started_twice_by_one_process(world):
    under_way, most = 0, 0

    async def slow(*_) -> list[str]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return []

    ticking = ticker(world, slow=Tick(slow, str, fire_due))
    async with running(ticking.run()):
        for n in range(20):
            await plan(world, **{f"{n}": -1})
            ticking.wake()
        await until(lambda: count(world, 20))
    assert most == 1
