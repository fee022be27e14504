"""Unsent rows reach Kafka in order per aggregate, whatever Kafka does meanwhile; one relay at a time."""

import asyncio
import time
from collections import defaultdict

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.partitioner import DefaultPartitioner
from confluent_kafka.admin import NewPartitions, NewTopic

from liandong.local.servers import Servers
from shared.http.auth import Role
from shared.provisioning.kafka_admin import admin_of, outcomes
from shared.relay import SWEEP_SECONDS, Relay
from shared.tests.world import PATIENCE, World, on_the_wire, running, until

pytestmark = pytest.mark.servers
SUBJECTS = ["a", "b", "c", "d", "e"]


def relay_of(world: World, **more: float) -> Relay:
    """A relay of this node, woken by its commits."""
    relay = Relay(world.database, world.settings.kafka, "test", **more)
    world.database.on_published = relay.wake
    return relay


async def unsent(world: World) -> int:
    return (await world.rows("SELECT count(*) AS n FROM outbox WHERE sent_at IS NULL"))[0].n


async def nothing_unsent(world: World) -> bool:
    return await unsent(world) == 0


def topic(world: World) -> str:
    return f"{world.node}.incident"


async def test_aggregates_arrive_in_order_while_several_write(wired):
    async def write() -> None:
        for _ in range(15):
            await wired.publish(*(wired.controlled(subject) for subject in SUBJECTS))

    async with running(relay_of(wired).run()):
        await asyncio.gather(*(write() for _ in range(4)))
        records = await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 300)
    arrived, partitions = defaultdict(list), defaultdict(set)
    for record in records:
        headers = dict(record.headers)
        arrived[headers["ce_subject"].decode()].append(int(headers["ce_sequence"]))
        partitions[record.key.decode()].add(record.partition)
    assert arrived == {subject: list(range(1, 61)) for subject in SUBJECTS}
    assert all(len(found) == 1 for found in partitions.values())


async def test_a_unit_that_commits_late_is_not_passed_over(wired):
    """Trap 17: its row has a smaller id than one that was sent already."""
    relay = relay_of(wired)
    async with running(relay.run()), wired.database.begin(wired.clock.now(), "late") as unit:
        unit.publish(wired.controlled("late"))
        await unit._flush()
        unit._pending.clear()
        await wired.publish(wired.controlled("early"))
        early = await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 1)
        assert early[0].key == b"early"
        await unit.connection.commit()
        both = await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 2)
    assert {record.key for record in both} == {b"early", b"late"}


async def test_what_a_process_left_behind_is_sent_by_the_next(wired):
    await wired.publish(wired.controlled("left"))
    async with running(relay_of(wired).run()):
        await until(lambda: nothing_unsent(wired))


async def test_the_stored_trace_travels_with_the_event(wired):
    """Trap 12."""
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await wired.publish(wired.controlled())
    await wired.execute(
        "UPDATE outbox SET headers = (headers::jsonb || jsonb_build_object('traceparent', CAST(:t AS text)))::text",
        t=trace,
    )
    async with running(relay_of(wired).run()):
        record = (await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 1))[0]
    assert dict(record.headers)["traceparent"] == trace.encode()


async def leading(relay: Relay) -> bool:
    return relay.leading


async def test_a_second_relay_sends_nothing_until_the_first_is_gone(wired, make_world):
    first = relay_of(wired)
    other = make_world(url=wired.settings.database_url, bootstrap=wired.settings.kafka_bootstrap_servers)
    second = Relay(other.database, wired.settings.kafka, "second")
    async with running(second.run()):
        async with running(first.run()):
            await until(lambda: one_leads(first, second))
            leader = first if first.leading else second
            follower = second if leader is first else first
            for number in range(5):
                await wired.publish(wired.controlled(f"{number}"))
            await until(lambda: nothing_unsent(wired))
            assert (leader.sent, follower.sent, follower.leading) == (5, 0, False)
        await until(lambda: leading(second))
        await wired.publish(wired.controlled("after"))
        await until(lambda: nothing_unsent(wired))


async def test_what_a_replica_commits_that_does_not_lead_is_sent_at_once_too(wired, make_world):
    other = make_world(url=wired.settings.database_url, bootstrap=wired.settings.kafka_bootstrap_servers)
    async with running(relay_of(wired).run()):
        await until(lambda: nothing_unsent(wired))
        async with running(relay_of(other).run()):
            began = time.monotonic()
            for number in range(20):
                await other.publish(other.controlled(f"{number}"))
                await until(lambda: nothing_unsent(wired))
            assert time.monotonic() - began < 20 * SWEEP_SECONDS / 4


async def test_an_aggregate_stays_in_its_partition_when_some_are_added(world, servers, make_world):
    """Else what comes behind could be read before what was there: members read partitions at their own pace."""
    admin = admin_of(servers.kafka_access)
    outcomes(admin.create_topics([NewTopic(topic(world), 1, 1)]))
    wired = make_world(url=world.settings.database_url, bootstrap=servers.kafka_bootstrap)
    await wired.publish(*(wired.controlled(subject) for subject in SUBJECTS))
    async with running(relay_of(wired).run()):
        await until(lambda: nothing_unsent(wired))
    outcomes(admin.create_partitions([NewPartitions(topic(world), 4)]))
    await until(lambda: has_partitions(servers, topic(world), 4))
    later = [f"later-{number}" for number in range(12)]
    async with running(relay_of(wired).run()):
        await wired.publish(*(wired.controlled(subject) for subject in [*SUBJECTS, *later]))
        await until(lambda: nothing_unsent(wired))
        await wired.publish(*(wired.controlled(subject) for subject in [*SUBJECTS, *later]))
        await until(lambda: nothing_unsent(wired))
    records = await on_the_wire(servers.kafka_bootstrap, topic(world), 3 * len(SUBJECTS) + 2 * len(later))
    places = defaultdict(set)
    for record in records:
        places[record.key.decode()].add(record.partition)
    assert all(places[subject] == {0} for subject in SUBJECTS)
    assert all(len(places[subject]) == 1 for subject in later)
    assert set.union(*(places[subject] for subject in later)) == {0, 1, 2, 3}
    for subject in SUBJECTS:
        assert in_order_of_first_arrival(records, subject.encode()) == [1, 2, 3]


async def test_a_key_goes_where_kafkas_own_partitioner_puts_it(wired):
    async with running(relay_of(wired).run()):
        await wired.publish(*(wired.controlled(subject) for subject in SUBJECTS))
        await until(lambda: nothing_unsent(wired))
    for record in await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), len(SUBJECTS)):
        assert record.partition == DefaultPartitioner()(record.key, [0, 1, 2], [0, 1, 2])


async def has_partitions(servers: Servers, name: str, count: int) -> bool:
    admin = admin_of(servers.kafka_access)
    found = (await asyncio.to_thread(admin.list_topics, name, 10)).topics[name]
    return len(found.partitions) == count


async def one_leads(*relays: Relay) -> bool:
    return any(relay.leading for relay in relays)


async def test_while_kafka_stalls_commits_go_on_and_the_rows_wait(fragile, breakable_kafka):
    relay = relay_of(fragile, send_seconds=0.5)
    async with running(relay.run()):
        await fragile.publish(fragile.controlled("before"))
        await until(lambda: nothing_unsent(fragile))
        breakable_kafka.freeze()
        began = time.monotonic()
        for number in range(20):
            await fragile.publish(fragile.controlled("during"), fragile.controlled(f"{number}"))
        assert time.monotonic() - began < 2
        await until(lambda: gave_up(relay))
        assert await unsent(fragile) == 40
        breakable_kafka.thaw()
        await until(lambda: nothing_unsent(fragile))
    records = await on_the_wire(breakable_kafka.bootstrap, topic(fragile), 41)
    assert in_order_of_first_arrival(records, b"during") == list(range(1, 21))


def in_order_of_first_arrival(records, key: bytes) -> list[int]:
    """The sequence numbers of one key; a repeat, which an unknown outcome may make, counts once."""
    numbers = [int(dict(record.headers)["ce_sequence"]) for record in records if record.key == key]
    return list(dict.fromkeys(numbers))


async def gave_up(relay: Relay) -> bool:
    return not relay.leading


async def test_a_relay_that_waits_for_a_dead_kafka_can_be_stopped(fragile, breakable_kafka):
    relay = relay_of(fragile, send_seconds=0.5)
    async with running(relay.run()):
        await fragile.publish(fragile.controlled("before"))
        await until(lambda: nothing_unsent(fragile))
        breakable_kafka.freeze()
        await fragile.publish(fragile.controlled("during"))
        await until(lambda: gave_up(relay))
        began = time.monotonic()
    assert time.monotonic() - began < 4
    assert await unsent(fragile) == 1


async def test_a_relay_that_starts_without_kafka_sends_when_it_comes(fragile, breakable_kafka):
    breakable_kafka.kill()
    relay = relay_of(fragile, send_seconds=1)
    await fragile.publish(fragile.controlled("a"), fragile.controlled("a"))
    async with running(relay.run()):
        await asyncio.to_thread(breakable_kafka.start)
        await until(lambda: nothing_unsent(fragile), 30)
    records = await on_the_wire(breakable_kafka.bootstrap, topic(fragile), 2)
    assert in_order_of_first_arrival(records, b"a") == [1, 2]


async def limit(world: World, size: int) -> int:
    """Change how big a record the node's topic takes, and wait until the broker keeps to it, a moment later.

    Returns how many probes it took meanwhile.
    """
    client = AIOKafkaAdminClient(bootstrap_servers=world.settings.kafka_bootstrap_servers)
    producer = AIOKafkaProducer(bootstrap_servers=world.settings.kafka_bootstrap_servers)
    config = {"max.message.bytes": str(size)}
    await client.start()
    await producer.start()
    try:
        await client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic(world), config)])
        probes = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                beyond = await took(producer, topic(world), size + 500)
                within = await took(producer, topic(world), size - 500)
                probes += beyond + within
                if within and not beyond:
                    return probes
    finally:
        await producer.stop()
        await client.close()


async def took(producer: AIOKafkaProducer, topic: str, size: int) -> bool:
    try:
        await producer.send_and_wait(topic, bytes(size))
    except MessageSizeTooLargeError:
        return False
    return True


async def refused(world: World) -> list[str]:
    rows = await world.rows("SELECT subject FROM outbox WHERE refused_at IS NOT NULL ORDER BY id")
    return [row.subject for row in rows]


async def test_a_row_that_kafka_refuses_is_set_aside_its_aggregate_waits_and_the_others_go_on(wired):
    probes = await limit(wired, 3_000)
    big = wired.controlled("b").model_copy(update={"statement": "大" * 1500})
    await wired.publish(*(wired.controlled(subject) for subject in SUBJECTS), big, wired.controlled("b"))
    await wired.publish(*(wired.controlled(subject) for subject in SUBJECTS))
    async with running(relay_of(wired).run()):
        await until(lambda: is_refused(wired, ["b"]))
        await until(lambda: unsent_are(wired, ["b", "b", "b"]))
        officer = wired.headers(Role.DUTY_OFFICER)
        status = (await wired.api.get("/outbox", headers=officer)).json()
        assert status["unsent"] == 3
        assert "MessageSizeTooLarge" in status["refused"][0]["reason"]
        checks = (await wired.api.get("/health/ready")).json()["checks"]
        assert [check["ok"] for check in checks if check["name"] in {"outbox", "outbox_refused"}] == [
            True,
            False,
        ]
        probes += await limit(wired, 100_000)
        assert (await wired.api.post("/outbox/refused/retry", json={}, headers=officer)).json()["resent"] == 1
        await until(lambda: nothing_unsent(wired), 30)
    records = await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 12 + probes)
    assert in_order_of_first_arrival(records, b"b") == [1, 2, 3, 4]


async def is_refused(world: World, subjects: list[str]) -> bool:
    return await refused(world) == subjects


async def unsent_are(world: World, subjects: list[str]) -> bool:
    rows = await world.rows("SELECT subject FROM outbox WHERE sent_at IS NULL ORDER BY id")
    return [row.subject for row in rows] == subjects


async def test_rows_of_a_topic_that_is_missing_wait_and_those_of_others_go_on(wired):
    await wired.publish(wired.controlled("a"))
    await wired.execute("UPDATE outbox SET topic = topic || '.missing'")
    await wired.publish(wired.controlled("b"))
    relay = relay_of(wired)
    async with running(relay.run()):
        await until(lambda: unsent_are(wired, ["a"]))
        assert relay.blocked_topics == [f"{topic(wired)}.missing"]
        assert await refused(wired) == []
        await wired.execute("UPDATE outbox SET topic = :topic WHERE sent_at IS NULL", topic=topic(wired))
        await until(lambda: nothing_unsent(wired))


async def resent(world: World, **body: object):
    return await world.api.post("/outbox/resend", json=body, headers=world.headers(Role.DUTY_OFFICER))


async def test_what_was_sent_is_sent_again_with_the_same_ids_and_numbers(wired):
    await wired.publish(*(wired.controlled(subject) for subject in ("a", "b", "a")))
    async with running(relay_of(wired).run()):
        await until(lambda: nothing_unsent(wired))
        assert (await resent(wired, subject="a")).json() == {"resent": 2, "next": None}
        await until(lambda: nothing_unsent(wired))
        records = await on_the_wire(wired.settings.kafka_bootstrap_servers, topic(wired), 5)
    sent = [
        (dict(one.headers)["ce_id"], dict(one.headers)["ce_sequence"]) for one in records if one.key == b"a"
    ]
    assert len(sent) == 4 and set(sent[:2]) == set(sent[2:])
    assert [number for _, number in sent] == [b"1", b"2"] * 2


async def test_which_events_to_send_again_must_be_said(wired):
    await wired.publish(wired.controlled("a"))
    for body in ({}, {"stream": "incident"}, {"since": "yesterday"}, {"subject": "a", "stream": "nothing"}):
        assert (await resent(wired, **body)).status_code == 422
    denied = await wired.api.post("/outbox/resend", json={"subject": "a"}, headers=wired.headers())
    assert denied.status_code == 403
    assert (await resent(wired, since="2099-01-01T00:00:00Z")).json()["resent"] == 0


async def test_a_producer_whose_work_was_cancelled_does_not_take_the_relay_with_it(wired):
    """One that still waits for its number is cancelled, and who stops it waits for that: the whole process ended by it."""
    relay = relay_of(wired)
    producer = await relay._producing()
    producer._sender._sender_task.cancel()
    producer._sender._sender_task = asyncio.create_task(asyncio.sleep(PATIENCE))
    await relay._discard()
    async with running(relay.run()):
        await wired.publish(wired.controlled("a"))
        await until(lambda: nothing_unsent(wired))
