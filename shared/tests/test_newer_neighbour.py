"""A neighbour that is one contract version ahead stops nobody; what it says is taken up after an upgrade."""

import pytest

from contracts.events import BY_TYPE
from contracts.events.incident import IncidentControlled
from shared.fuse import LEAST
from shared.tests.world import World

pytestmark = pytest.mark.servers
NEXT_VERSION = b"cn.liandong.incident.controlled.v2"


def newer(world: World, sequence: int, statement: str = "", subject: str = "incident-1"):
    """An event as a program of the next version writes it."""
    return world.record(sequence, subject, statement).with_header("ce_type", NEXT_VERSION)


@pytest.fixture
def upgrade():
    """This program, from now on, knows the next version; it reads like the one before."""

    def learn() -> None:
        BY_TYPE[NEXT_VERSION.decode()] = IncidentControlled

    yield learn
    BY_TYPE.pop(NEXT_VERSION.decode(), None)


async def test_an_unknown_version_is_parked_and_the_aggregate_goes_on(world):
    await world.consume(world.record(1, statement="1"), newer(world, 2), world.record(3, statement="3"))
    assert await world.effects() == ["1", "3"]
    assert [kind for kind, _ in await world.parked()] == ["unknown"]


async def test_a_flood_of_unknown_events_does_not_blow_the_fuse(world):
    records = [newer(world, 1, subject=f"incident-{n}") for n in range(3 * LEAST)]
    assert await world.consume(*records) == {}
    assert len(await world.parked()) == 3 * LEAST


async def test_a_repeat_is_not_parked_twice(world):
    record = newer(world, 1)
    await world.consume(record)
    await world.consume(record)
    assert len(await world.parked()) == 1


async def test_after_an_upgrade_it_is_taken_up_by_itself_in_order(world, upgrade):
    await world.consume(world.record(1, statement="1"), newer(world, 2, "2"), newer(world, 3, "3"))
    upgrade()
    successor = world.new_processor()
    await successor.process([world.record(4, statement="4")])
    assert await world.effects() == ["1", "2", "3", "4"]
    assert await world.parked() == []


async def test_an_unknown_event_that_comes_too_early_waits_like_any_other(world):
    await world.consume(world.record(1, statement="1"), newer(world, 3))
    assert [kind for kind, _ in await world.parked()] == ["gap"]
    await world.consume(world.record(2, statement="2"), world.record(4, statement="4"))
    assert await world.effects() == ["1", "2", "4"]
    assert [kind for kind, _ in await world.parked()] == ["unknown"]
