"""What only repeats need is forgotten in time; what still matters never is."""

import pytest

from contracts.events.monitoring import Canary
from shared.contract_files import load_topics
from shared.retention import KEPT_DAYS, keep_forgetting
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers


async def aged(world: World, table: str, column: str, days: float, where: str = "true") -> None:
    await world.execute(
        f"UPDATE {table} SET {column} = {column} - make_interval(secs => :seconds) WHERE {where}",
        seconds=days * 86400,
    )


async def forgotten(world: World) -> None:
    """One round; a marker that must go shows that it is over."""
    marker = "INSERT INTO idempotency VALUES ('', 'marker', '', 200, '', now() - interval '1000 days')"
    await world.execute(marker)
    async with running(keep_forgetting(world.database, world.clock)):
        await until(lambda: gone(world))


async def gone(world: World) -> bool:
    return not await world.rows("SELECT 1 FROM idempotency WHERE key = 'marker'")


async def test_a_repeat_outlives_every_record_that_could_be_replayed():
    longest = max(stream.retention_days for stream in load_topics().streams.values())
    assert KEPT_DAYS["inbox"] > longest


async def test_old_inbox_rows_go_and_younger_ones_still_stop_repeats(world):
    old, young = world.record(1, "old", "old"), world.record(1, "young", "young")
    await world.consume(old, young)
    await aged(world, "inbox", "received_at", 91, f"event_id = '{old.header('ce_id').decode()}'")
    await aged(world, "inbox", "received_at", 89, f"event_id = '{young.header('ce_id').decode()}'")
    await forgotten(world)
    await world.consume(young)
    assert await world.effects() == ["old", "young"]
    assert len(await world.rows("SELECT 1 FROM inbox")) == 1


async def test_a_key_is_good_for_a_week_then_the_command_counts_anew(world):
    key = {"idempotency-key": "key"}
    await world.note(**key)
    await aged(world, "idempotency", "created_at", 6.9)
    await forgotten(world)
    assert (await world.note(**key)).status_code == 201
    await aged(world, "idempotency", "created_at", 0.2)
    await forgotten(world)
    assert (await world.note(**key)).status_code == 409


async def test_only_what_kafka_has_taken_is_forgotten_however_old(world):
    canary = Canary(instance="tiny", jurisdiction=world.node, service="tiny", sent_at=world.clock.now())
    await world.publish(
        world.controlled("sent"), world.controlled("recent"), world.controlled("unsent"), canary
    )
    await aged(world, "outbox", "written_at", 400)
    await world.execute("UPDATE outbox SET sent_at = now() WHERE subject <> 'unsent'")
    await aged(world, "outbox", "sent_at", 7.1, "subject = 'sent'")
    await aged(world, "outbox", "sent_at", 0.1, "subject IN ('recent', 'tiny')")
    await forgotten(world)
    left = [row.subject for row in await world.rows("SELECT subject FROM outbox ORDER BY id")]
    assert left == ["recent", "unsent"]
    await world.publish(world.controlled("sent"))
    assert (await world.rows("SELECT max(sequence) AS n FROM outbox WHERE subject = 'sent'"))[0].n == 2


async def test_audit_and_open_dead_letters_are_kept_for_ever(world):
    await world.note()
    await world.consume(world.record().without_header("ce_id"))
    await aged(world, "dead_letter", "parked_at", 4000)
    await forgotten(world)
    assert len(await world.rows("SELECT 1 FROM audit_entry")) == 1
    assert len(await world.rows("SELECT 1 FROM dead_letter")) == 1
