"""Every record ends in exactly one way: its effect once, known already, or parked with the reason."""

import asyncio
from dataclasses import replace

import pytest
from psycopg.errors import AdminShutdown
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from contracts.refusals import RuleViolated

pytestmark = pytest.mark.servers


async def test_a_repeat_has_one_effect(world):
    record = world.record(statement="once")
    await world.consume(record, record)
    await world.consume(record)
    await world.consume(replace(record, offset=99))
    assert await world.effects() == ["once"]
    assert await world.parked() == []


async def test_two_members_of_a_group_that_get_the_same_record_make_one_effect(world):
    """Trap 11."""
    records = [world.record(n, statement=f"{n}") for n in range(1, 21)]
    await asyncio.gather(*(world.new_processor().process(records) for _ in range(4)))
    assert await world.effects() == [f"{n}" for n in range(1, 21)]


async def test_a_bad_record_is_parked_and_the_rest_of_its_batch_flows(world):
    good = [world.record(1, f"incident-{n}", f"{n}") for n in range(4)]
    nameless = world.record().without_header("ce_id")
    broken = replace(world.record(), value=b"{")
    empty = replace(world.record(), value=None)
    await world.consume(good[0], nameless, good[1], broken, good[2], empty, good[3])
    assert await world.effects() == ["0", "1", "2", "3"]
    assert [kind for kind, _ in await world.parked()] == ["invalid"] * 3
    assert "ce_id" in (await world.parked())[0][1]
    assert world.processor.parked == 3


async def test_what_another_drill_left_behind_is_passed_by_and_counted(make_world):
    drill = make_world(mode="exercise", drill_id="leak-2")
    ours, theirs = (
        drill.record(1, name, statement=name).with_header("ce_drill", name.encode())
        for name in ("leak-2", "leak-1")
    )
    await drill.consume(theirs, ours)
    assert await drill.effects() == ["leak-2"]
    assert (await drill.parked(), drill.processor.of_other_drills) == ([], 1)


async def test_a_record_that_fails_its_handler_is_the_only_one_parked(world):
    world.script.stumbles["bad"] += [ZeroDivisionError("oops")] * 4
    records = [world.record(n, statement="bad" if n == 2 else f"{n}") for n in (1, 2, 3)]
    await world.consume(*records)
    assert await world.effects() == ["1", "3"]
    assert await world.parked() == [("failed", "ZeroDivisionError('oops')")]
    assert world.processor.parked == 1


async def test_what_the_domain_refuses_is_parked_as_refused_and_the_next_events_are_no_gap(world):
    world.script.stumbles["no"] += [RuleViolated("status", "over")] * 4
    await world.consume(world.record(1, statement="no"))
    await world.consume(world.record(2, statement="yes"))
    assert await world.effects() == ["yes"]
    assert [kind for kind, _ in await world.parked()] == ["refused"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO note VALUES ('x'), ('x')",
        "SELECT CAST('x' AS integer)",
        "INSERT INTO note SELECT string_agg(md5(n::text), '') FROM generate_series(1, 5000) AS n",
    ],
)
async def test_what_the_database_will_never_take_is_parked_and_not_retried_for_ever(world, statement):
    world.script.stumbles["bad"] += [statement] * 4
    await world.consume(world.record(1, "a", "bad"), world.record(1, "b", "good"))
    assert await world.effects() == ["good"]
    assert [kind for kind, _ in await world.parked()] == ["failed"]


async def test_an_outage_is_nobodys_fault_and_nothing_is_parked(world):
    world.script.stumbles["good"] += [OperationalError("x", {}, AdminShutdown("gone"))]
    records = [world.record(1, statement="good"), world.record(2, statement="next")]
    with pytest.raises(OperationalError):
        await world.consume(*records)
    assert await world.effects() == []
    await world.consume(*records)
    assert await world.effects() == ["good", "next"]
    assert await world.parked() == []


async def test_a_lock_that_others_hold_is_nobodys_fault_and_waited_for(world):
    wanted = "SET LOCAL lock_timeout = 20; SELECT pg_advisory_xact_lock(77)"
    world.script.stumbles["good"] += [wanted] * 4
    records = [world.record(1, statement="good"), world.record(2, statement="next")]
    async with world.database.begin(world.clock.now(), "other") as unit:
        await unit.connection.exec_driver_sql("SELECT pg_advisory_xact_lock(77)")
        with pytest.raises(OperationalError):
            await world.consume(*records)
    await world.consume(*records)
    assert await world.effects() == ["good", "next"]
    assert await world.parked() == []


async def test_batches_about_the_same_incidents_in_another_order_do_not_deadlock(world):
    """As two replicas read them, from partitions of their own."""
    for lock, incident in enumerate("ab"):
        held = f"SELECT pg_advisory_xact_lock({lock}); SELECT pg_sleep(0.2)"
        world.script.stumbles[incident] += [held] * 9
    one, other = ([world.record(1, name, statement=name) for name in order] for order in ("ab", "ba"))
    with capture_logs() as told:
        await asyncio.gather(world.new_processor().process(one), world.new_processor().process(other))
    assert sorted(await world.effects()) == ["a", "a", "b", "b"]
    assert [line for line in told if line["log_level"] != "info"] == []


@pytest.mark.parametrize(
    ("interruption", "reason"),
    [
        (OSError("no such file"), "OSError"),
        (TimeoutError("too slow"), "TimeoutError"),
        ("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)", "57014"),
    ],
)
async def test_a_handler_that_is_interrupted_by_its_own_doing_is_parked_and_blocks_nobody(
    world, interruption, reason
):
    world.script.stumbles["bad"] += [interruption] * 4
    await world.consume(world.record(1, "a", "bad"), world.record(1, "b", "good"))
    assert await world.effects() == ["good"]
    ((kind, told),) = await world.parked()
    assert kind == "failed" and reason in told


async def test_a_fault_that_passes_is_tried_again_before_it_is_parked(world):
    world.script.stumbles["good"] += [ZeroDivisionError()] * 3
    await world.consume(world.record(statement="good"))
    assert await world.effects() == ["good"]
    assert await world.parked() == []


@pytest.mark.parametrize("name", ["nu\x00l", "代码", ""])
async def test_a_header_of_any_name_can_be_parked(world, name):
    record = world.record().without_header("ce_id")
    await world.consume(replace(record, headers=[*record.headers, (name, b"\x00\xff"), ("none", None)]))
    assert [kind for kind, _ in await world.parked()] == ["invalid"]


async def test_a_parked_record_is_kept_whole_once_and_announced_once(world):
    record = world.record().without_header("ce_time")
    await world.consume(record)
    await world.new_processor().process([record])
    rows = await world.rows("SELECT * FROM dead_letter")
    announced = await world.rows("SELECT * FROM outbox")
    assert [(bytes(row.body), row.record_offset, row.topic) for row in rows] == [
        (record.value, record.offset, record.topic)
    ]
    assert list(zip(rows[0].header_names, map(bytes, rows[0].header_values), strict=True)) == record.headers
    assert [row.topic for row in announced] == [f"{world.node}.dead-letter"]
    assert str(rows[0].id) in announced[0].body


async def test_an_event_of_the_other_mode_is_parked(world, make_world):
    drill = make_world(url=world.settings.database_url, mode="exercise")
    await world.consume(drill.record())
    await drill.consume(world.record())
    assert ["status" in reason for _, reason in await world.parked()] == [True, True]
    assert await world.effects() == []


async def test_effects_name_the_event_that_caused_them(world):
    first, second = world.record(1, "a", "1"), world.record(1, "b", "2")
    await world.consume(first, second)
    causes = [row.cause for row in await world.rows("SELECT cause FROM effect ORDER BY id")]
    assert causes == [record.header("ce_id").decode() for record in (first, second)]
