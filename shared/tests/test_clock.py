"""Time is a value; in a drill every process takes it from the drill's clock topic."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.events.monitoring import ClockSet
from shared.clock import DrillClock, ManualClock, SystemClock
from shared.drill_clock import ClockFollower
from shared.kafka_access import KafkaAccess
from shared.provisioning.topics import create_topics
from shared.relay import Relay
from shared.service import _follower
from shared.tests.conftest import MakeWorld
from shared.tests.tiny.service import parts
from shared.tests.world import START, World, running, until
from shared.ticks import Ticker

LATER = datetime(2031, 5, 12, 14, 30, tzinfo=UTC)


def test_the_machines_clock_is_aware_and_right():
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_until_it_is_set_a_drills_clock_is_the_machines():
    wall = ManualClock(START)
    assert DrillClock(wall).now() == START


@pytest.mark.parametrize(("rate", "after"), [(1.0, 10), (60.0, 600), (0.5, 5)])
def test_a_drills_time_runs_from_its_last_reading_at_its_rate(rate, after):
    wall = ManualClock(START)
    clock = DrillClock(wall)
    clock.set_time(LATER, START, rate)
    assert clock.now() == LATER
    wall.forward(timedelta(minutes=10))
    assert clock.now() == LATER + timedelta(minutes=after)
    clock.set_time(LATER + timedelta(hours=20), START + timedelta(minutes=10), 1.0)
    assert clock.now() == LATER + timedelta(hours=20)


def test_a_drills_clock_never_goes_back():
    wall = ManualClock(START)
    clock = DrillClock(wall)
    clock.set_time(LATER, START, 1.0)
    assert clock.now() == LATER
    clock.set_time(LATER - timedelta(minutes=5), START, 1.0)
    assert clock.now() == LATER
    wall.forward(timedelta(minutes=4))
    assert clock.now() == LATER
    wall.forward(timedelta(minutes=2))
    assert clock.now() == LATER + timedelta(minutes=1)


def test_a_reading_that_was_told_some_time_ago_has_run_on_since():
    wall = ManualClock(START + timedelta(hours=1))
    clock = DrillClock(wall)
    clock.set_time(LATER, START, 2.0)
    assert clock.now() == LATER + timedelta(hours=2)


@pytest.fixture
async def drill(make_world: MakeWorld, servers, node_code: str) -> World:
    """A node in a drill; it is the root of its tree, so the clock topic is its own."""
    create_topics(servers.kafka_access, [node_code], "exercise")
    world = make_world(bootstrap=servers.kafka_bootstrap, mode="exercise", drill_id="drill-1")
    world.tree.above.pop(node_code)
    return world


class Following:
    """A follower of the drill's clock and what it made of it."""

    def __init__(self, world: World) -> None:
        self.clock, self.changes = DrillClock(ManualClock(START)), 0
        bootstrap, topic = world.settings.kafka_bootstrap_servers, f"drill.{world.node}.clock"
        self.follower = ClockFollower(self.clock, KafkaAccess(bootstrap), topic, self._changed, "drill-1")

    def _changed(self) -> None:
        self.changes += 1

    async def caught_up(self) -> bool:
        return self.follower.caught_up.is_set()

    async def changed(self, times: int) -> bool:
        return self.changes == times


async def tell(world: World, drill_time: datetime, rate: float = 1.0, drill: str = "drill-1") -> None:
    """A reading of the clock, as the drill's runner tells it."""
    reading = ClockSet(
        drill_id=drill, jurisdiction=world.node, drill_time=drill_time, wall_time=START, rate=rate
    )
    relay = Relay(world.database, world.settings.kafka, "test")
    await world.publish(reading)
    async with running(relay.run()):
        await until(lambda: sent(world))


async def sent(world: World) -> bool:
    return not await world.rows("SELECT 1 FROM outbox WHERE sent_at IS NULL")


@pytest.mark.servers
async def test_a_process_that_starts_takes_the_last_reading_before_it_does_anything(drill):
    await tell(drill, LATER - timedelta(days=1))
    await tell(drill, LATER)
    following = Following(drill)
    assert not await following.caught_up()
    async with running(following.follower.run()):
        await until(following.caught_up)
        assert following.clock.now() == LATER


@pytest.mark.servers
async def test_where_no_reading_was_told_yet_the_machines_time_counts_until_one_is(drill):
    following = Following(drill)
    async with running(following.follower.run()):
        await until(following.caught_up)
        assert following.clock.now() == START
        await tell(drill, LATER, 60)
        await until(lambda: following.changed(1))
        assert following.clock.now() == LATER


@pytest.mark.servers
async def test_what_is_no_reading_of_this_drill_moves_no_clock(drill, make_world):
    live = make_world(url=drill.settings.database_url)
    topic = f"drill.{drill.node}.clock"
    for record in (drill.record(), live.record()):
        await drill.send(type(record)(topic, 0, b"x", record.value, record.headers))
    await drill.send(type(record)(topic, 0, b"x", None, [("x", b"\xff")]))
    await tell(drill, LATER)
    following = Following(drill)
    async with running(following.follower.run()):
        await until(following.caught_up)
    assert (following.clock.now(), following.changes) == (LATER, 1)


@pytest.mark.servers
async def test_the_clock_of_another_drill_moves_none_of_this_one(drill, make_world):
    url, bootstrap = drill.settings.database_url, drill.settings.kafka_bootstrap_servers
    other = make_world(url=url, bootstrap=bootstrap, mode="exercise", drill_id="drill-0")
    await tell(drill, LATER)
    await tell(other, LATER + timedelta(days=9), drill="drill-0")
    following = Following(drill)
    async with running(following.follower.run()):
        await until(following.caught_up)
    assert (following.clock.now(), following.changes) == (LATER, 1)


@pytest.mark.servers
async def test_a_reading_wakes_the_due_work_of_every_node_below_the_root(drill):
    """The county follows the city's clock topic."""
    settings = drill.settings.model_copy(update={"node": drill.child})
    clock = DrillClock()
    ticker = Ticker({}, drill.database, clock)
    follower = _follower(parts(settings, drill.script, drill.tree), clock, ticker)
    assert follower is not None
    await tell(drill, LATER)
    async with running(follower.run()):
        await until(lambda: woken(ticker))
    assert abs(clock.now() - SystemClock().now() - (LATER - START)) < timedelta(seconds=1)


async def woken(ticker: Ticker) -> bool:
    return ticker._wake.is_set()
