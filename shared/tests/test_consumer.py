"""On a real broker: nothing is committed before its effect, nothing is lost or repeated, nothing blocks the rest."""

import asyncio
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.records_to_delete import RecordsToDelete
from psycopg.errors import AdminShutdown
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from shared.consumer import LOOK_SECONDS, Consumer, KafkaAway
from shared.fuse import LEAST
from shared.kafka_access import KafkaAccess
from shared.provisioning.topics import create_topics
from shared.service import topics_of
from shared.tests.kafka_record import KafkaRecord
from shared.tests.process import TinyProcess
from shared.tests.tiny.service import parts
from shared.tests.world import World, on_the_wire, running, until

pytestmark = pytest.mark.servers
SUBJECTS = [f"incident-{n}" for n in range(10)]


def consumer(world: World, *streams: str) -> Consumer:
    """A member of this node's group, with a processor of its own."""
    topics = [f"{world.node}.{stream}" for stream in streams or ("incident",)]
    return Consumer(world.settings.kafka, topics, f"test.{world.node}", world.new_processor())


async def committed(world: World) -> int:
    """How many records the group has committed."""
    client = AIOKafkaAdminClient(bootstrap_servers=world.settings.kafka_bootstrap_servers)
    await client.start()
    try:
        offsets = await client.list_consumer_group_offsets(f"test.{world.node}")
    finally:
        await client.close()
    return sum(found.offset for found in offsets.values() if found.offset > 0)


async def has_committed(world: World, number: int) -> bool:
    return await committed(world) == number


async def has_effects(world: World, number: int) -> bool:
    return len(await world.effects()) >= number


def story(world: World, per_subject: int, start: int = 1) -> list[KafkaRecord]:
    """The next events of ten aggregates; each statement names its aggregate and number."""
    return [
        world.record(n, subject, f"{subject}:{n:03}")
        for n in range(start, start + per_subject)
        for subject in SUBJECTS
    ]


def nonsense(world: World, number: int) -> list[KafkaRecord]:
    return [replace(world.record(subject=f"{n}"), value=b"?") for n in range(number)]


async def each_once_in_order(world: World, per_subject: int) -> None:
    effects = await world.effects()
    assert [number for number in Counter(effects).values() if number != 1] == []
    for subject in SUBJECTS:
        own = [effect for effect in effects if effect.startswith(f"{subject}:")]
        assert own == [f"{subject}:{n:03}" for n in range(1, per_subject + 1)]


async def test_a_member_beyond_the_partitions_stands_by_and_takes_over(wired):
    first, second = (consumer(wired, "monitoring") for _ in range(2))  # which has one partition
    async with running(first.run()):
        await until(lambda: reads(first))
        async with running(second.run()):
            await until(lambda: stands_by(first, second), 30)
            standing = first if first.stands_by else second
            assert (standing.assigned_partitions, standing.trouble) == (0, "")
            began = time.monotonic()
            await until(lambda: polls(standing, after=began), 10)
            assert standing.stands_by


async def reads(member: Consumer) -> bool:
    return member.assigned_partitions > 0


async def stands_by(*members: Consumer) -> bool:
    return sorted((one.assigned_partitions, one.stands_by) for one in members) == [(0, True), (1, False)]


async def polls(member: Consumer, after: float) -> bool:
    return member.polled_at > after


async def test_what_was_written_before_the_group_began_is_read_and_then_committed(wired):
    """Trap 9."""
    await wired.send(*story(wired, 3))
    async with running(consumer(wired).run()):
        await until(lambda: has_effects(wired, 30))
        await until(lambda: has_committed(wired, 30))
    await each_once_in_order(wired, 3)


async def test_a_member_that_ends_before_the_effect_has_committed_nothing(wired):
    """Traps 1 and 2: not even when it ends in order."""
    wired.script.stumbles["x"] += [OperationalError("x", {}, AdminShutdown("gone"))] * 1000
    await wired.send(wired.record(1, statement="x"), wired.record(2, statement="y"))
    async with running(consumer(wired).run()):
        await until(lambda: tried(wired, 2))
    assert await wired.effects() == []
    assert await committed(wired) == 0
    wired.script.stumbles.clear()
    async with running(consumer(wired).run()):
        await until(lambda: has_committed(wired, 2))
    assert await wired.effects() == ["x", "y"]
    assert await wired.parked() == []


async def tried(world: World, times: int) -> bool:
    return len(world.script.stumbles["x"]) <= 1000 - times


async def test_a_database_that_goes_away_is_waited_for_and_nothing_is_parked(wired):
    await wired.send(*story(wired, 1))
    async with running(consumer(wired).run()):
        await until(lambda: has_effects(wired, 10))
        with capture_logs() as told:
            async with wired.outage():
                await wired.send(*story(wired, 2, start=2))
                await until(lambda: waits(told))
        await until(lambda: has_committed(wired, 30))
    await each_once_in_order(wired, 3)
    assert await wired.parked() == []


async def waits(told: list) -> bool:
    return any(line["event"] == "database unavailable" for line in told)


async def test_poison_is_parked_and_the_partition_moves_on(wired):
    good = story(wired, 2)
    poison = [replace(wired.record(), value=value) for value in (None, b"", b"{", b"\xff", b"[" * 10_000)]
    await wired.send(*good[:10], *poison, wired.record().without_header("ce_id"), *good[10:])
    async with running(consumer(wired).run()):
        await until(lambda: has_committed(wired, 26))
    await each_once_in_order(wired, 2)
    assert [kind for kind, _ in await wired.parked()] == ["invalid"] * 6


async def test_a_blown_fuse_pauses_its_topic_only_and_leaves_the_flood_where_it_is(wired):
    flood = nonsense(wired, LEAST * 3)
    await wired.send(*flood)
    reading = consumer(wired, "incident", "dispatch")
    with capture_logs() as told:
        async with running(reading.run()):
            await until(lambda: rests(reading))
            await wired.send(replace(wired.record(statement="x"), topic=f"{wired.node}.dispatch", value=b"?"))
            await until(lambda: has_parked(wired, 1))
            assert await committed(wired) <= 1
    assert [line["event"] for line in told if line["log_level"] == "error"] == ["fuse blown, topic paused"]


async def rests(reading: Consumer) -> bool:
    return bool(reading.processor.fuses.resting)


async def has_parked(world: World, number: int) -> bool:
    return len(await world.parked()) == number


async def test_a_blown_fuse_survives_a_restart_and_what_stood_behind_it_flows_when_resumed(wired):
    await wired.send(*nonsense(wired, LEAST))
    async with running(consumer(wired).run()):
        await until(lambda: has_rows(wired, "paused_topic"))
    await wired.send(*story(wired, 2))
    reading = consumer(wired)
    async with running(reading.run()):
        await until(lambda: rests(reading))
        await asyncio.sleep(2)
        assert await wired.effects() == []
        async with wired.database.begin(wired.clock.now(), "test") as unit:
            topic = f"{wired.node}.incident"
            await reading.processor.fuses.resume(unit.connection, topic, await reading.unread(topic))
        await until(lambda: has_effects(wired, 20))
        await until(lambda: has_parked(wired, LEAST))
        await until(lambda: nothing_left(wired, "paused_topic"))
    await each_once_in_order(wired, 2)


async def test_where_a_topic_ends_is_not_waited_for_while_kafka_hangs(fragile, breakable_kafka):
    reading = consumer(fragile)
    async with running(reading.run()):
        await until(lambda: share(reading))
        breakable_kafka.freeze()
        with pytest.raises(KafkaAway):
            async with asyncio.timeout(LOOK_SECONDS + 2):
                await reading.unread(f"{fragile.node}.incident")
        assert await reading.backlog() == {}
        breakable_kafka.thaw()


async def has_rows(world: World, table: str) -> bool:
    return bool(await world.rows(f"SELECT 1 FROM {table}"))


async def nothing_left(world: World, table: str) -> bool:
    return not await has_rows(world, table)


async def test_what_retention_deleted_while_the_group_was_away_is_noticed(wired):
    """The topic's beginning lies behind what the group had committed: what is missing will not come."""
    await wired.send(*(wired.record(n, statement=f"{n}") for n in (1, 2)))
    async with running(consumer(wired).run()):
        await until(lambda: has_committed(wired, 2))
    await wired.send(*(wired.record(n, statement=f"{n}") for n in (3, 4, 5)))
    await delete_up_to(wired, "incident-1", 4)
    with capture_logs() as told:
        async with running(consumer(wired).run()):
            await until(lambda: has_parked(wired, 1))
    ((kind, reason),) = await wired.parked()
    assert (kind, "before offset 4" in reason) == ("trimmed", True)
    assert any(line["event"] == "retention deleted records that were not read" for line in told)


async def delete_up_to(world: World, key: str, offset: int) -> None:
    """What retention does: the partition of ``key`` begins at this offset now."""
    bootstrap = world.settings.kafka_bootstrap_servers
    (first, *_) = [
        one for one in await on_the_wire(bootstrap, f"{world.node}.incident", 5) if one.key == key.encode()
    ]
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await client.start()
    try:
        place = TopicPartition(f"{world.node}.incident", first.partition)
        await client.delete_records({place: RecordsToDelete(offset)})
    finally:
        await client.close()


async def test_members_that_come_and_go_lose_and_repeat_nothing(wired):
    """Traps 10 and 11."""
    first, second = consumer(wired), consumer(wired)
    await wired.send(*story(wired, 5))
    async with running(second.run()):
        async with running(first.run()):
            await wired.send(*story(wired, 5, start=6))
            await until(lambda: share(first, second))
            await wired.send(*story(wired, 5, start=11))
        await wired.send(*story(wired, 5, start=16))
        await until(lambda: has_committed(wired, 200))
    await each_once_in_order(wired, 20)
    assert await wired.parked() == []


async def share(*members: Consumer) -> bool:
    return all(member.assigned_partitions for member in members)


async def test_a_commit_that_hangs_when_its_session_breaks_stops_nothing(fragile, breakable_kafka):
    """The task of the commit is cancelled with its session; the next session must not wait for it."""
    reading = consumer(fragile)
    async with running(reading.run()) as (task,):
        await fragile.send(fragile.record(1, statement="1"))
        await until(lambda: has_effects(fragile, 1))
        await fragile.send(fragile.record(2, statement="2"))
        await until(lambda: has_effects(fragile, 2))
        breakable_kafka.freeze()
        await until(lambda: commits(reading))
        stopping = asyncio.create_task(reading._session.kafka.stop())
        await asyncio.sleep(2)
        breakable_kafka.thaw()
        await stopping
        await fragile.send(fragile.record(3, statement="3"))
        await until(lambda: has_effects(fragile, 3), 30)
        assert not task.done()
    assert await fragile.effects() == ["1", "2", "3"]


async def commits(reading: Consumer) -> bool:
    task = reading._session._rebalances.committing if reading._session else None
    return task is not None and not task.done()


async def test_offsets_of_a_kafka_that_lost_its_data_are_never_committed_to_its_successor(
    fragile, breakable_kafka
):
    """aiokafka's commit goes on trying while Kafka is away; the topics that come after are others of the same name."""
    reading = consumer(fragile)
    async with running(reading.run()):
        for number in (1, 2, 3):
            await fragile.send(fragile.record(number, statement=f"{number}"))
            await until(lambda wanted=number: has_effects(fragile, wanted))
        await asyncio.to_thread(breakable_kafka.lose_data)
        await until(lambda: commits(reading))
        await asyncio.to_thread(breakable_kafka.start)
        await asyncio.sleep(3)
        create_topics(KafkaAccess(breakable_kafka.bootstrap), [fragile.node], "live")
        await fragile.send(*(fragile.record(n, statement=f"{n}") for n in range(4, 10)))
        await until(lambda: has_effects(fragile, 9), 40)
    assert await fragile.effects() == [f"{n}" for n in range(1, 10)]
    assert await fragile.parked() == []


async def test_what_a_killed_process_had_not_finished_its_successor_does(wired, tmp_path: Path):
    process, successor = TinyProcess(wired, tmp_path), TinyProcess(wired, tmp_path)
    try:
        await process.start()
        await wired.send(*story(wired, 15))
        await until(lambda: has_effects(wired, 20))
        process.kill()
        await wired.send(*story(wired, 5, start=16))
        await successor.start()
        await until(lambda: has_effects(wired, 200))
    finally:
        process.kill()
        successor.kill()
    await each_once_in_order(wired, 20)
    assert await wired.parked() == []


@pytest.mark.parametrize("work", ["relay", "consumer", "sealer"])
async def test_a_process_whose_background_work_ends_for_whatever_reason_ends(wired, tmp_path: Path, work):
    process = TinyProcess(wired, tmp_path)
    try:
        await process.start()
        url = f"{process.url}/background/{work}/cancel"
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.post(url, headers=wired.headers())).status_code == 200
        await until(lambda: ended(process))
    finally:
        process.kill()
    assert f'"work": "{work}"' in process.log.read_text()


async def ended(process: TinyProcess) -> bool:
    return not process.alive


async def test_the_consumer_commits_nothing_by_itself_and_reads_what_was_declared(wired):
    """Traps 1, 5, 8 and 10, as the client itself has them."""
    reading = consumer(wired)
    async with running(reading.run()):
        await until(lambda: share(reading))
        kafka = reading._session.kafka
        assert kafka._enable_auto_commit is False
        assert kafka._auto_offset_reset == "earliest"
        assert kafka.subscription() == {f"{wired.node}.incident"}
        assert kafka._client._request_timeout_ms == 40_000
        assert kafka._group_instance_id is None


def test_a_service_reads_its_streams_of_its_own_node_and_of_those_above_and_below(world):
    read = topics_of(parts(world.settings, world.script, world.tree))
    expected = [f"{code}.incident" for code in (world.node, world.child, world.parent)]
    assert read == [*expected, f"{world.node}.monitoring"]
