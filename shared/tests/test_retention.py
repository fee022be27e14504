"""What only repeats need is forgotten in time; what still matters never is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from shared.contract_files import load_topics
from shared.partitions import INBOX_DAYS, PARTITIONED, drop_old, existing, make_ready, uuid7_floor
from shared.retention import keep_forgetting
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers


async def aged(world: World, table: str, column: str, days: float, where: str = "true") -> None:
    await world.execute(
        f"UPDATE {table} SET {column} = {column} - make_interval(secs => :seconds) WHERE {where}",
        seconds=days * 86400,
    )


async def forgotten(world: World, audit_kept_days: int = 0) -> None:
    """One round; a marker that must go shows that it is over."""
    marker = "INSERT INTO idempotency VALUES ('', 'marker', '', 200, '', now() - interval '1000 days')"
    await world.execute(marker)
    async with running(keep_forgetting(world.database, world.clock, audit_kept_days)):
        await until(lambda: gone(world))


async def gone(world: World) -> bool:
    return not await world.rows("SELECT 1 FROM idempotency WHERE key = 'marker'")


async def test_a_repeat_outlives_every_record_that_could_be_replayed():
    longest = max(stream.retention_days for stream in load_topics().streams.values())
    assert longest < INBOX_DAYS


async def partitions(world: World, name: str) -> list[str]:
    (table,) = (one for one in PARTITIONED if one.name == name)
    async with world.database.reading() as connection:
        return sorted(await connection.run_sync(existing, table))


async def test_old_inbox_rows_go_with_their_partition_and_younger_ones_still_stop_repeats(world):
    old, young = world.record(1, "old", "old"), world.record(1, "young", "young")
    await world.consume(old, young)
    await world.make_old("inbox", "event_id", 125, f"event_id = '{old.header('ce_id').decode()}'")
    before = await partitions(world, "inbox")
    await forgotten(world)
    assert set(await partitions(world, "inbox")) < set(before)
    await world.consume(young)
    assert await world.effects() == ["old", "young"]
    assert len(await world.rows("SELECT 1 FROM inbox")) == 1


async def test_ids_that_tell_no_time_lie_apart_and_go_by_the_time_of_their_coming(world):
    await world.execute("INSERT INTO inbox VALUES ('x', gen_random_uuid(), now() - interval '91 days')")
    await world.execute("INSERT INTO inbox VALUES ('x', gen_random_uuid(), now() - interval '89 days')")
    await forgotten(world)
    assert len(await world.rows("SELECT 1 FROM inbox_default")) == 1


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
    for subject, days in (("sent", 9), ("recent", 2), ("unsent", 30)):
        await world.publish(world.controlled(subject))
        await world.make_old("outbox", "event_id", days, f"subject = '{subject}'")
    await world.execute("UPDATE outbox SET sent_at = now() - interval '9 days' WHERE subject = 'sent'")
    await world.execute("UPDATE outbox SET sent_at = now() - interval '2 days' WHERE subject = 'recent'")
    await forgotten(world)
    left = [row.subject for row in await world.rows("SELECT subject FROM outbox ORDER BY id")]
    assert left == ["recent", "unsent"]
    await world.publish(world.controlled("sent"))
    assert (await world.rows("SELECT max(sequence) AS n FROM outbox WHERE subject = 'sent'"))[0].n == 2


async def test_what_was_sent_late_can_be_sent_again_for_as_long_as_anything_else(world):
    await world.publish(world.controlled("late"))
    await world.make_old("outbox", "event_id", 30, "true")
    await world.execute("UPDATE outbox SET sent_at = now() - interval '6 days'")
    await forgotten(world)
    assert len(await world.rows("SELECT 1 FROM outbox")) == 1


async def test_rows_of_a_time_that_the_default_partition_has_already_stay_there(world):
    """A drill's clock, or a service that stood still for long, may be ahead of the partitions that are ready."""
    later = datetime.now(UTC) + timedelta(days=300)
    await world.execute("INSERT INTO inbox VALUES ('x', :id)", id=uuid7_floor(later))
    before = await partitions(world, "inbox")
    async with world.database.begin(world.clock.now(), "test") as unit:
        made = await unit.connection.run_sync(make_ready, later)
    assert f"inbox_{later:%Y%m}" not in made and made
    assert set(before) < set(await partitions(world, "inbox"))
    assert len(await world.rows("SELECT 1 FROM inbox_default")) == 1


async def test_partitions_are_ready_before_their_time_and_made_once(world):
    now = datetime.now(UTC)
    assert f"outbox_{now + timedelta(days=1):%Y%m%d}" in await partitions(world, "outbox")
    async with world.database.begin(world.clock.now(), "test") as unit:
        assert await unit.connection.run_sync(make_ready, now) == []
        assert await unit.connection.run_sync(drop_old, now) == []


@given(
    st.integers(1_700_000_000, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(0, 400),
)
@pytest.mark.parametrize("table", PARTITIONED, ids=lambda table: table.name)
def test_periods_follow_each_other_and_each_partition_says_its_own(table, now, kept_days):
    starts = list(table.starts(now))
    assert starts[0] <= now < table.end(starts[0])
    assert [table.end(start) for start in starts[:-1]] == starts[1:]
    assert [table.start_of(table.partition(start)) for start in starts] == starts
    assert not any(table.is_old(table.partition(start), now, kept_days) for start in starts)
    assert table.is_old(
        table.partition(starts[0]), table.end(starts[0]) + timedelta(days=kept_days), kept_days
    )
    floors = [table.floor(start) for start in starts]
    assert floors == sorted(set(floors))


async def test_who_reads_a_table_is_not_waited_for_and_holds_up_nobody(world):
    """A backup reads for minutes; whoever waits for it with a drop makes every writer wait behind him."""
    await world.consume(world.record())
    await world.make_old("inbox", "event_id", 125, "true")
    before = await partitions(world, "inbox")
    async with world.database.reading() as backup:
        await backup.execute(text("SELECT count(*) FROM inbox"))
        await forgotten(world)
        assert await partitions(world, "inbox") == before
    await forgotten(world)
    assert set(await partitions(world, "inbox")) < set(before)


async def test_audit_and_open_dead_letters_are_kept_for_ever(world):
    await world.note()
    await world.consume(world.record().without_header("ce_id"))
    await world.make_old("dead_letter", "id", 4000, "true")
    await forgotten(world)
    assert len(await world.rows("SELECT 1 FROM audit_entry")) == 1
    assert len(await world.rows("SELECT 1 FROM dead_letter")) == 1
