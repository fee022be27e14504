"""An event that comes before its predecessor waits for it and is then taken up in order."""

import random

import pytest

from contracts.events.monitoring import Canary
from contracts.refusals import RuleViolated

pytestmark = pytest.mark.servers


async def test_an_event_after_a_gap_waits_and_is_released_by_the_missing_one(world):
    first, second, third, fourth = (world.record(n, statement=f"{n}") for n in (1, 2, 3, 4))
    await world.consume(first)
    await world.consume(fourth, third)
    assert await world.effects() == ["1"]
    assert {kind for kind, _ in await world.parked()} == {"gap"}
    assert "2 was expected" in (await world.parked())[0][1]
    await world.consume(second)
    assert await world.effects() == ["1", "2", "3", "4"]
    assert await world.parked() == []


async def test_a_gap_holds_up_its_own_aggregate_only(world):
    await world.consume(world.record(1, "a", "a1"), world.record(1, "b", "b1"))
    await world.consume(world.record(3, "a", "a3"), world.record(2, "b", "b2"))
    assert await world.effects() == ["a1", "b1", "b2"]


async def test_the_first_event_heard_of_an_aggregate_may_have_any_number(world):
    """A node that joins late has no claim on what was before."""
    await world.consume(world.record(7, statement="7"), world.record(8, statement="8"))
    assert await world.effects() == ["7", "8"]


async def test_any_order_of_arrival_ends_in_the_order_of_writing(world):
    records = [world.record(n, statement=f"{n:02}") for n in range(1, 21)]
    shuffled = records[1:]
    random.Random(4).shuffle(shuffled)
    await world.consume(records[0])
    while shuffled:
        batch, shuffled = shuffled[:3], shuffled[3:]
        await world.consume(*batch)
    assert await world.effects() == [f"{n:02}" for n in range(1, 21)]
    assert await world.parked() == []


async def test_a_gap_is_closed_by_another_member_of_the_group(world):
    """After a rebalance the missing event may come to a process that parked nothing itself."""
    other = world.new_processor()
    await other.process([world.record(1, statement="1")])
    await world.consume(world.record(3, statement="3"))
    await other.process([world.record(2, statement="2")])
    assert await world.effects() == ["1", "2", "3"]


async def test_what_a_process_did_not_release_before_it_died_its_successor_does(world):
    await world.consume(world.record(1, statement="1"))
    await world.consume(world.record(3, statement="3"))
    await world.execute("UPDATE stream_position SET sequence = 2")
    await world.new_processor().process([world.record(1, "another", "another")])
    assert await world.effects() == ["1", "another", "3"]


async def test_an_event_refused_when_released_does_not_hold_up_those_behind_it(world):
    world.script.stumbles["no"] += [RuleViolated("status", "over")]
    await world.consume(world.record(1, statement="1"))
    await world.consume(world.record(3, statement="no"), world.record(4, statement="4"))
    await world.consume(world.record(2, statement="2"))
    assert await world.effects() == ["1", "2", "4"]
    assert [kind for kind, _ in await world.parked()] == ["refused"]


async def test_a_lost_sign_of_life_is_no_gap(world):
    """Canaries live a day on Kafka; a service that was off for longer must not wait for one for ever."""
    canary = Canary(instance="tiny", jurisdiction=world.node, service="tiny", sent_at=world.clock.now())
    record = world.record()
    for sequence in (1, 2000, 2001):
        heard = world.record(sequence, "tiny")
        await world.consume(
            type(record)(
                f"{world.node}.monitoring",
                heard.offset,
                b"tiny",
                canary.model_dump_json().encode(),
                heard.with_header("ce_type", canary.type_name().encode()).headers,
            )
        )
    assert await world.parked() == []
    assert (await world.rows("SELECT sequence FROM stream_position"))[0].sequence == 2001


async def test_what_retention_deleted_is_told_apart_from_what_is_merely_late(world):
    await world.consume(world.record(1, "old", "o1"), world.record(1, "late", "l1"))
    await world.processor.redelivery.note_trimmed({(f"{world.node}.incident", 0): 100})
    await world.consume(world.record(2, "late", "l2"))
    await world.consume(world.record(5, "old", "o5"), world.record(4, "late", "l4"))
    assert [(kind, "before offset 100" in reason) for kind, reason in await world.parked()] == [
        ("trimmed", True),
        ("gap", False),
    ]
    await world.consume(*(world.record(n, "old", f"o{n}") for n in (2, 3, 4)))
    assert await world.effects() == ["o1", "l1", "l2", "o2", "o3", "o4", "o5"]
    assert [kind for kind, _ in await world.parked()] == ["gap"]
