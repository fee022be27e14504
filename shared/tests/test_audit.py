"""Every command and every refusal is written down, for good: no entry can be changed without being found out."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.audit import BATCH, AuditReport, Sealer, verify
from shared.audit_months import ENTRIES, SEALS, forget_months, number_by_month
from shared.http.auth import Principal, Role
from shared.http.commands import Commands, record
from shared.partitions import Partitioned, existing, make_ready
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers
INSERT = """INSERT INTO audit_entry (at, actor, roles, jurisdiction, command, target, outcome, inputs)
SELECT :at, 'wang', '', '', 'test', CAST(n AS text), 'accepted', '{}' FROM generate_series(1, :n) AS n"""

WAITS = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.actor = 'slow' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END $$;
CREATE TRIGGER waits BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION wait()
"""


async def written(world: World, count: int) -> None:
    await world.execute(INSERT, at=world.clock.now(), n=count)


async def refused(world: World, who: str = "wang") -> None:
    """A refusal's entry: the first and only thing that its transaction writes."""
    someone = Principal(who, who, frozenset(), world.node)
    await record(
        Commands(world.database, world.clock), someone, world.clock.now(), "test", "", "refused", "{}"
    )


async def sealed(world: World) -> AuditReport:
    """What is found once every entry is sealed; a transaction of another database may delay that."""
    await until(lambda: none_unsealed(world))
    return await checked(world)


async def none_unsealed(world: World) -> bool:
    await Sealer(world.database).once()
    return not await world.rows("SELECT id FROM audit_entry EXCEPT SELECT entry_id FROM audit_seal")


async def checked(world: World) -> AuditReport:
    async with world.database.reading() as connection:
        return await verify(connection)


async def tampered(world: World, *statements: str) -> None:
    """What only somebody who owns the database can do."""
    for table in (ENTRIES.name, SEALS.name):
        await world.execute(f"DROP TRIGGER append_only ON {table}")
    for partition in (*await months(world, ENTRIES), *await months(world, SEALS)):
        await world.execute(f"DROP TRIGGER append_only ON {partition}")
    for statement in statements:
        await world.execute(statement)


async def months(world: World, table: Partitioned = ENTRIES) -> list[str]:
    async with world.database.reading() as connection:
        return sorted(await connection.run_sync(existing, table))


async def month_of(world: World, now: datetime, count: int) -> None:
    """So many sealed entries of one month, which has just begun."""
    for work in (make_ready, number_by_month):
        async with world.database.begin(world.clock.now(), "test") as unit:
            await unit.connection.run_sync(work, now)
    await written(world, count)
    await sealed(world)


async def forgotten(world: World, now: datetime, kept_days: int) -> list[str]:
    async with world.database.begin(world.clock.now(), "test") as unit:
        return await unit.connection.run_sync(forget_months, now, kept_days)


async def test_a_command_is_audited_with_who_what_when_and_its_inputs_without_personal_ones(world):
    body = {"incident_id": "incident-1", "statement": "火" * 1000, "crew": 3, "caller": "张三"}
    await world.api.post("/notes", json=body, headers=world.headers(Role.DISPATCHER, Role.AUDITOR))
    (entry,) = await world.rows("SELECT * FROM audit_entry")
    assert (entry.actor, entry.roles, entry.jurisdiction) == ("wang", "auditor,dispatcher", world.node)
    assert (entry.command, entry.target, entry.outcome) == ("note.take", "incident-1", "accepted")
    assert entry.at == world.clock.now()
    assert (entry.inputs["caller"], entry.inputs["crew"]) == ("***", 3)
    assert entry.inputs["statement"] == "火" * 500
    assert "张三" not in str(entry)


async def test_a_personal_field_left_empty_is_seen_to_be_empty(world):
    await world.note()
    assert (await world.rows("SELECT inputs FROM audit_entry"))[0].inputs["caller"] is None


async def test_every_refusal_of_somebody_known_is_audited(world):
    await world.note()
    await world.note()
    await world.note(**world.headers(Role.AUDITOR, who="zhao"))
    await world.note(**world.headers(node=world.parent, who="qian"))
    await world.api.post("/notes", json={"incident_id": 5}, headers=world.headers())
    assert (await world.api.post("/notes", json={})).status_code == 401
    assert await world.audited() == [
        ("wang", "note.take", "incident-1", "accepted"),
        ("wang", "note.take", "incident-1", "refused:rule_violated"),
        ("zhao", "POST /notes", "/notes", "refused:wrong_role"),
        ("qian", "POST /notes", "/notes", "refused:foreign_jurisdiction"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'nobody'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_seal SET hash = ''",
        "DELETE FROM audit_seal",
        "DELETE FROM audit_entry_{month:%Y%m}",
        "TRUNCATE audit_seal_{month:%Y%m}",
        "DELETE FROM audit_anchor",
    ],
)
async def test_nothing_is_taken_back(world, statement):
    await world.note()
    await sealed(world)
    statement = statement.format(month=datetime.now(UTC))
    with pytest.raises(DBAPIError, match="append-only"):
        await world.execute(statement)
    assert await checked(world) == AuditReport(1, 1)


async def test_a_log_that_nobody_touched_holds(world):
    assert await checked(world) == AuditReport(0, 0)
    await written(world, BATCH + 3)
    assert await checked(world) == AuditReport(BATCH + 3, 0)
    assert await sealed(world) == AuditReport(BATCH + 3, BATCH + 3)
    await written(world, 2)
    assert await checked(world) == AuditReport(BATCH + 5, BATCH + 3)
    assert await sealed(world) == AuditReport(BATCH + 5, BATCH + 5)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE audit_entry SET actor = 'li' WHERE id = {n[3]}"], "entry {n[3]} was changed"),
        (["UPDATE audit_entry SET inputs = '[1]' WHERE id = {n[5]}"], "entry {n[5]} was changed"),
        (
            ["UPDATE audit_entry SET at = at + interval '1 second' WHERE id = {n[1]}"],
            "entry {n[1]} was changed",
        ),
        (["DELETE FROM audit_entry WHERE id = {n[4]}"], "entry {n[4]} is missing"),
        (["DELETE FROM audit_entry WHERE id = {n[9]}"], "entry {n[9]} is missing"),
        (["DELETE FROM audit_seal WHERE number = 2"], "seal 2 is missing"),
        (
            ["DELETE FROM audit_seal WHERE number = 2", "DELETE FROM audit_entry WHERE id = {n[2]}"],
            "seal 2 is missing",
        ),
        (
            [
                "UPDATE audit_entry SET target = '8' WHERE id = {n[7]}",
                "UPDATE audit_entry SET target = '7' WHERE id = {n[8]}",
            ],
            "entry {n[7]} was changed",
        ),
        (
            [
                "UPDATE audit_seal SET entry_id = -6 WHERE number = 6",
                "UPDATE audit_seal SET entry_id = {n[6]} WHERE number = 7",
                "UPDATE audit_seal SET entry_id = {n[7]} WHERE number = 6",
            ],
            "entry {n[7]} was changed",
        ),
        (["UPDATE audit_seal SET hash = sha256('x') WHERE number = 5"], "entry {n[5]} was changed"),
        (
            [
                """INSERT INTO audit_entry OVERRIDING SYSTEM VALUE
                SELECT {n[0]}, at, actor, roles, jurisdiction, command, target, outcome, inputs
                FROM audit_entry WHERE id = {n[1]}"""
            ],
            "entry {n[0]} was added behind the seals",
        ),
    ],
)
async def test_what_was_changed_taken_out_put_in_or_moved_is_found(world, statements, found):
    await written(world, 9)
    await sealed(world)
    numbers = [row.id for row in await world.rows("SELECT id FROM audit_entry ORDER BY id")]
    n = [numbers[0] - 1, *numbers]
    await tampered(world, *(statement.format(n=n) for statement in statements))
    assert (await checked(world)).broken == found.format(n=n)


async def test_months_that_are_no_longer_kept_go_whole_and_the_rest_still_holds(world):
    first, second, third = (datetime(2040, month, 1, tzinfo=UTC) for month in (1, 2, 3))
    for month, count in ((first, 3), (second, 2), (third, 4)):
        await month_of(world, month, count)
    assert await checked(world) == AuditReport(9, 9)
    before = await forgotten(world, second + timedelta(days=89), 90)
    assert before[0] == "audit_entry_first" and before[-1] < "audit_entry_204001"
    assert await forgotten(world, second + timedelta(days=90), 90) == ["audit_entry_204001"]
    assert await checked(world) == AuditReport(6, 6, forgotten=3)
    await written(world, 1)
    assert await sealed(world) == AuditReport(7, 7, forgotten=3)
    assert (await world.rows("SELECT max(number) AS n FROM audit_seal"))[0].n == 10
    (anchor,) = await world.rows("SELECT number FROM audit_anchor")
    assert anchor.number == 3


async def test_when_every_entry_is_forgotten_the_chain_goes_on_from_its_anchor(world):
    month, later = datetime(2040, 1, 1, tzinfo=UTC), datetime(2040, 2, 1, tzinfo=UTC)
    await month_of(world, month, 3)
    await forgotten(world, later, 0)
    assert await checked(world) == AuditReport(0, 0, forgotten=3)
    await month_of(world, later, 2)
    assert await checked(world) == AuditReport(2, 2, forgotten=3)


async def test_an_entry_that_is_not_sealed_keeps_its_month_and_all_after_it(world):
    month, later = datetime(2040, 1, 1, tzinfo=UTC), datetime(2040, 3, 1, tzinfo=UTC)
    await month_of(world, month, 1)
    await written(world, 1)
    assert "audit_entry_204001" not in await forgotten(world, later, 0)
    await sealed(world)
    assert "audit_entry_204001" in await forgotten(world, later, 0)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DROP TABLE audit_entry_204001, audit_seal_204001", "seal 1 is missing"),
        (
            "UPDATE audit_entry SET actor = 'li' WHERE id = 204002000000001",
            "entry 204002000000001 was changed",
        ),
        ("DELETE FROM audit_seal WHERE number = 3", "seal 3 is missing"),
        (
            "INSERT INTO audit_anchor SELECT number, entry_id, sha256('x'), now() FROM audit_seal WHERE number = 3",
            "seal 4 is missing",
        ),
    ],
)
async def test_a_month_dropped_by_hand_or_changed_behind_an_anchor_is_found(world, statement, found):
    for month, count in ((1, 2), (2, 2)):
        await month_of(world, datetime(2040, month, 1, tzinfo=UTC), count)
    if "DROP" not in statement:
        await forgotten(world, datetime(2040, 2, 1, tzinfo=UTC), 0)
    await tampered(world, statement)
    assert (await checked(world)).broken == found


async def test_numbers_follow_the_months_and_never_go_back(world):
    later, now = datetime(2040, 1, 15, tzinfo=UTC), datetime.now(UTC)
    await written(world, 1)
    await month_of(world, later, 1)
    async with world.database.begin(world.clock.now(), "test") as unit:
        await unit.connection.run_sync(number_by_month, now)
    await written(world, 1)
    numbers = [row.id for row in await world.rows("SELECT id FROM audit_entry ORDER BY id")]
    assert numbers == [int(f"{now:%Y%m}") * 10**9 + 1, 204001 * 10**9 + 1, 204001 * 10**9 + 2]


async def test_entries_of_many_writers_are_sealed_once_each_in_their_order(world, make_world):
    """Two processes seal while others write: nobody's entry is passed over or sealed twice."""
    other, done = make_world(url=world.settings.database_url), asyncio.Event()

    async def seal(sealing: World) -> None:
        while not done.is_set():
            await Sealer(sealing.database).once()

    async def write() -> None:
        for _ in range(30):
            await refused(world)

    async with asyncio.TaskGroup() as group:
        group.create_task(seal(world))
        group.create_task(seal(other))
        await asyncio.gather(*(write() for _ in range(5)))
        done.set()
    assert await sealed(world) == AuditReport(150, 150)


async def test_an_entry_is_not_sealed_while_an_earlier_one_may_still_come(world):
    """Trap 17, of the chain: an id is drawn before its row is written."""
    await refused(world, "first")
    assert await sealed(world) == AuditReport(1, 1)
    await world.execute(WAITS)
    async with world.database.reading() as gate:
        await gate.exec_driver_sql("SELECT pg_advisory_lock(1)")
        async with running(refused(world, "slow")) as (slow,):
            await until(lambda: waiting(world))
            await refused(world, "quick")
            assert [row.backend_xid is not None for row in await waiting(world)] == [True]
            assert await Sealer(world.database).once() == 0
            await gate.exec_driver_sql("SELECT pg_advisory_unlock(1)")
            await slow
    assert await sealed(world) == AuditReport(3, 3)


async def test_a_transaction_that_began_first_may_draw_its_id_last(world):
    """An entry with a larger id but an older transaction must not be sealed before the smaller one."""
    async with world.database.engine.connect() as older, world.database.engine.connect() as younger:
        for connection in (older, younger):
            await connection.execute(text("SELECT pg_current_xact_id()"))
        for connection in (younger, older):
            await connection.execute(text(INSERT), {"at": world.clock.now(), "n": 1})
        await older.commit()
        assert await Sealer(world.database).once() == 0
        await younger.commit()
    assert await sealed(world) == AuditReport(2, 2)


async def waiting(world: World) -> Sequence[Any]:
    """The writers that have drawn an id and not written their row, and what the horizon knows them by."""
    query = """SELECT backend_xid FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event = 'advisory'"""
    return await world.rows(query)
