"""The fuse of a topic: a flood of what can't be taken pauses that topic, is remembered, and a person decides."""

from dataclasses import replace

import pytest

from contracts.refusals import RuleViolated
from shared.fuse import LEAST, WINDOW
from shared.http.auth import Role
from shared.tests.kafka_record import KafkaRecord
from shared.tests.world import World

pytestmark = pytest.mark.servers


def nonsense(world: World, count: int) -> list[KafkaRecord]:
    return [replace(world.record(), value=b"?") for _ in range(count)]


def topic(world: World) -> str:
    return f"{world.node}.incident"


async def resting(world: World) -> list[tuple[str, dict]]:
    return [(row.topic, row.offsets) for row in await world.rows("SELECT * FROM paused_topic")]


async def test_it_blows_before_a_flood_is_parked_and_says_where_it_stopped(world):
    records = nonsense(world, LEAST)
    assert await world.consume(*records) == {(topic(world), 0): records[0].offset}
    assert await world.parked() == []
    assert await resting(world) == [(topic(world), {"0": records[0].offset})]


async def test_it_counts_over_batches(world):
    for record in nonsense(world, LEAST - 1):
        assert await world.consume(record) == {}
    assert await world.consume(*nonsense(world, 1))
    assert len(await world.parked()) == LEAST - 1


async def test_it_holds_while_one_in_five_is_good(world):
    for n in range(WINDOW):
        record = world.record(1, f"incident-{n}")
        await world.consume(record if n % 5 == 0 else replace(record, value=b"?"))
    assert len(await world.effects()) == WINDOW / 5


async def test_other_topics_of_the_same_batch_flow(world):
    other = world.record(1, statement="other", node=world.child)
    stopped = await world.consume(*nonsense(world, LEAST), other)
    assert stopped.keys() == {(topic(world), 0)}
    assert await world.effects() == ["other"]


async def test_a_topic_that_another_replica_paused_meanwhile_loses_nothing(world):
    """This member hears of it only because it blows the fuse of another topic in the same batch."""
    other = f"{world.child}.incident"
    good = world.record(1, statement="good", node=world.child)
    replica = world.new_processor()
    await replica.fuses.blow(other, "there", {(other, 0): good.offset})
    stopped = await world.consume(good, *nonsense(world, LEAST))
    assert stopped[other, 0] == good.offset
    assert await world.effects() == []


async def test_nothing_of_a_resting_topic_is_taken_also_after_a_restart(world):
    await world.consume(*nonsense(world, LEAST))
    good = world.record(1, statement="good")
    successor = world.new_processor()
    await successor.fuses.refresh()
    assert await successor.process([good]) == {(topic(world), 0): good.offset}
    assert await world.effects() == []


async def test_a_handler_that_fails_on_everything_blows_it_too_and_the_rest_waits(world):
    world.script.stumbles["bug"] += [ZeroDivisionError()] * 1000
    records = [world.record(1, f"incident-{n}", "bug") for n in range(LEAST + 5)]
    stopped = await world.consume(*records)
    assert stopped == {(topic(world), 0): records[LEAST].offset}
    assert [kind for kind, _ in await world.parked()] == ["failed"] * LEAST
    assert "can't be taken" in (await world.rows("SELECT reason FROM paused_topic"))[0].reason


async def test_what_the_domain_refuses_does_not_count(world):
    world.script.stumbles["no"] += [RuleViolated("status", "over")] * 1000
    assert await world.consume(*(world.record(1, f"incident-{n}", "no") for n in range(WINDOW))) == {}
    assert len(await world.parked()) == WINDOW


def officer(world: World) -> dict[str, str]:
    return world.headers(Role.DUTY_OFFICER, who="chen")


async def resumed(world: World, **headers: str):
    url = f"/consumer/topics/{topic(world)}/resume"
    return await world.api.post(url, json={"park": False}, headers=headers or officer(world))


async def test_a_person_sees_it_resumes_it_and_it_blows_again_if_nothing_was_mended(world):
    flood = nonsense(world, LEAST)
    await world.consume(*flood)
    status = (await world.api.get("/consumer", headers=officer(world))).json()
    (paused,) = [one["paused"] for one in status["topics"] if one["paused"]]
    assert (paused["topic"], paused["offsets"]) == (topic(world), {"0": flood[0].offset})
    assert (await resumed(world)).status_code == 200
    assert await world.processor.fuses.refresh() == {topic(world)}
    assert await resting(world) == []
    assert await world.consume(*flood) != {}
    assert [(who, command, outcome) for who, command, _, outcome in await world.audited()] == [
        ("chen", "consumer.resume", "accepted")
    ]


async def test_only_an_officer_of_the_place_resumes_and_only_what_rests(world):
    assert (await resumed(world)).status_code == 409
    await world.consume(*nonsense(world, LEAST))
    for headers in (world.headers(), world.headers(Role.DUTY_OFFICER, node=world.child)):
        assert (await resumed(world, **headers)).status_code == 403
    assert (await resumed(world, authorization="")).status_code == 401
    assert len(await resting(world)) == 1


async def test_parking_needs_kafka_to_know_where_the_flood_ends(world):
    await world.consume(*nonsense(world, LEAST))
    url = f"/consumer/topics/{topic(world)}/resume"
    answer = await world.api.post(url, json={"park": True}, headers=officer(world))
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:liandong:problem:kafka_unreachable")


async def test_a_flood_that_is_parked_does_not_blow_it_and_what_comes_behind_counts_again(world):
    flood = nonsense(world, WINDOW)
    await world.consume(*flood)
    async with world.database.begin(world.clock.now(), "test") as unit:
        await world.processor.fuses.resume(unit.connection, topic(world), {0: flood[-1].offset + 1})
    await world.processor.fuses.refresh()
    assert await world.consume(*flood) == {}
    assert len(await world.parked()) == WINDOW
    assert len(await resting(world)) == 1, "it is parking"
    await world.processor.fuses.note_offsets({(topic(world), 0): flood[-1].offset + 1})
    assert await resting(world) == []
    assert await world.consume(*nonsense(world, LEAST)) != {}
