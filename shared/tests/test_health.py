"""Ready means that what comes in goes through; each way of standing still is seen and named, and its end too."""

import asyncio
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from shared.fuse import LEAST
from shared.health import POLL_SECONDS
from shared.provisioning.topics import create_topics
from shared.service import Running
from shared.tests.conftest import MakeWorld
from shared.tests.test_consumer import nonsense
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers
NO_DATABASE = "postgresql+psycopg://nobody@127.0.0.1:1/none"
AGE = "UPDATE outbox SET written_at = written_at - interval '60 seconds' WHERE stream = 'monitoring'"


@dataclass(frozen=True)
class Node:
    """A node whose parts a test starts and stops."""

    world: World

    @property
    def parts(self) -> Running:
        return self.world.app.state.running

    async def ready(self) -> bool:
        return (await self.world.api.get("/health/ready")).status_code == 200

    async def unmet(self) -> set[str]:
        """The conditions that are not met."""
        answer = await self.world.api.get("/health/ready")
        checks = answer.json()["checks"]
        assert all(check["text"] and check["text_en"] for check in checks)
        assert (answer.status_code == 200) == all(check["ok"] for check in checks if check["required"])
        return {check["name"] for check in checks if not check["ok"]}

    async def lacks(self, name: str) -> bool:
        return name in await self.unmet()


@pytest.fixture
async def node(make_world: MakeWorld, servers, node_code: str) -> Node:
    create_topics(servers.kafka_access, [node_code], "live")
    world = make_world(bootstrap=servers.kafka_bootstrap, canary_seconds=0.1)
    world.tree.above.clear()
    return Node(world)


async def test_a_process_that_has_done_nothing_yet_lives_and_is_not_ready(world):
    node = Node(world)
    assert (await world.api.get("/health/live")).json() == {"live": True}
    assert await node.unmet() == {"canary", "assigned", "moving"}


async def test_prometheus_is_told_the_same_as_who_asks_for_readiness(world):
    metrics = (await world.api.get("/metrics")).text
    assert "health_ready 0.0" in metrics and "health_degraded 0.0" in metrics
    unmet = {
        line.split('"')[1]
        for line in metrics.splitlines()
        if line.startswith("health_check_ok") and line.endswith(" 0.0")
    }
    assert unmet == await Node(world).unmet()


async def accepts(world: World) -> bool:
    return (await world.api.get("/health/accepting")).status_code == 200


async def test_a_process_takes_commands_once_it_has_joined_and_whatever_kafka_does_later(node):
    async with running(node.parts.consumer.run()):
        await until(lambda: accepts(node.world))
        assert node.parts.consumer.has_joined
    assert await node.lacks("assigned")
    assert await accepts(node.world)


async def test_a_process_that_joins_nobody_although_kafka_is_there_takes_no_commands(make_world, servers):
    """Its topics are missing: nothing that was sent would be read."""
    node = Node(make_world(bootstrap=servers.kafka_bootstrap))
    async with running(node.parts.consumer.run()):
        await asyncio.sleep(3)
        assert not await accepts(node.world)
        assert not node.parts.consumer.is_kafka_away


@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
async def test_without_kafka_commands_are_taken(make_world):
    """FastStream leaves a producer that never reached Kafka to the garbage collector, which warns."""
    node = Node(make_world(bootstrap="127.0.0.1:1"))
    async with running(node.parts.consumer.run()):
        await until(lambda: accepts(node.world))
        assert await node.lacks("assigned")


async def test_a_process_without_its_database_takes_no_commands(make_world):
    world = make_world(url=NO_DATABASE)
    assert not await accepts(world)


async def test_ready_when_everything_moves_and_not_when_a_part_stands_still(node):
    """One story, for a member's way into its group and out of it takes seconds."""
    parts, world = node.parts, node.world
    async with running(parts.health.send_canaries()):
        async with running(parts.consumer.run()):
            async with running(parts.relay.run()):
                await until(node.ready)
                # the consumer is a member and polls, but nothing gets through
                async with world.database.begin(world.clock.now(), "test") as unit:
                    await unit.connection.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
                    await until(lambda: stuck(world))
                    await world.execute(AGE)
                    assert await node.unmet() == {"canary"}
                await until(node.ready)
                async with world.outage():
                    assert await node.unmet() == {"database"}
                    assert (await world.api.get("/health/live")).status_code == 200
                await until(node.ready)
            # nobody sends any more
            await until(lambda: unsent(world))
            await world.execute(f"{AGE} AND sent_at IS NULL")
            assert "outbox" in await node.unmet()
            async with running(parts.relay.run()):
                await until(node.ready)
                parts.consumer.polled_at -= POLL_SECONDS + 60
                assert await node.unmet() <= {"moving"}
        # it has left its group
        assert "assigned" in await node.unmet()
        async with running(parts.relay.run(), parts.consumer.run()):
            await until(node.ready, 30)


async def stuck(world: World) -> bool:
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(await world.rows(query))


async def unsent(world: World) -> bool:
    return bool(await world.rows("SELECT 1 FROM outbox WHERE sent_at IS NULL"))


async def test_a_blown_fuse_is_seen_with_its_reason_and_the_service_goes_on(node):
    world, parts = node.world, node.parts
    await world.send(*nonsense(world, LEAST))
    async with running(parts.relay.run(), parts.consumer.run(), parts.health.send_canaries()):
        await until(lambda: node.lacks("fuse"))
        await until(node.ready)
        readiness = (await world.api.get("/health/ready")).json()
        metrics = (await world.api.get("/metrics")).text
    (fuse,) = (check for check in readiness["checks"] if check["name"] == "fuse")
    assert fuse["detail"].startswith(f"{world.node}.incident: {LEAST} of the last")
    assert (readiness["ready"], readiness["degraded"]) == (True, True)
    assert "consumer_paused_topics 1.0" in metrics


async def test_a_gap_that_lasts_is_an_alarm_in_readiness_metrics_and_log(node):
    world = node.world
    await world.consume(world.record(1, statement="1"), world.record(3, statement="3"))
    assert not await node.lacks("gaps")
    await world.execute("UPDATE dead_letter SET stored_at = stored_at - interval '301 seconds'")
    assert await node.lacks("gaps")
    metrics = (await world.api.get("/metrics")).text
    assert "inbox_gaps 1.0" in metrics and "inbox_gap_oldest_seconds 30" in metrics
    with capture_logs() as told:
        async with running(node.parts.health.watch_gaps()):
            await until(lambda: alarmed(told))
    await world.consume(world.record(2, statement="2"))
    assert not await node.lacks("gaps")


async def alarmed(told: list) -> bool:
    return any(line["event"] == "events wait too long for a missing one" for line in told)
