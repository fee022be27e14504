"""Stock on a real database: what is promised is promised once."""

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from contracts.events.incident import IncidentClosed, IncidentMerged, IncidentReopened, IncidentUnmerged
from contracts.facts import Facts
from services.resources.store import tables
from services.resources.tests.world import INCIDENT, WISH
from shared.http.auth import Role

pytestmark = pytest.mark.servers

NEAR, FAR = "wanghua-depot-1", "wanghua-depot-2"


async def test_the_nearest_depot_gives_first_and_the_next_one_the_rest(county):
    answer = await county.done("/reservations", {**WISH, "quantity": 75})
    parts = [(one["depot_id"], one["quantity"], one["status"]) for one in answer["reservations"]]
    assert parts == [(NEAR, 60, "reserved"), (FAR, 15, "reserved")]
    assert answer["missing"] == 0
    assert await county.stock() == {NEAR: (60, 60), FAR: (40, 15)}
    facts = await county.events("resource.reserved")
    assert [(fact.depot_id, fact.quantity, fact.for_jurisdiction) for fact in facts] == [
        (NEAR, 60, "210404"),
        (FAR, 15, "210404"),
    ]


async def test_what_nobody_has_is_told_as_missing(county):
    answer = await county.done("/reservations", {**WISH, "quantity": 130})
    assert (sum(one["quantity"] for one in answer["reservations"]), answer["missing"]) == (100, 30)
    nothing = await county.done("/reservations", WISH)
    assert nothing == {"reservations": [], "missing": 50}


async def test_a_named_depot_gives_alone(county):
    answer = await county.done("/reservations", {**WISH, "quantity": 45, "depot_id": FAR})
    assert [(one["depot_id"], one["quantity"]) for one in answer["reservations"]] == [(FAR, 40)]
    assert answer["missing"] == 5
    assert (await county.stock())[NEAR] == (60, 0)


async def test_many_at_once_never_get_more_than_there_is(county):
    wishes = [county.done("/reservations", {**WISH, "quantity": 30}) for _ in range(8)]
    answers = await asyncio.gather(*wishes)
    given = sum(one["quantity"] for answer in answers for one in answer["reservations"])
    assert given == 100
    assert sum(answer["missing"] for answer in answers) == 8 * 30 - 100
    assert await county.stock() == {NEAR: (60, 60), FAR: (40, 40)}


async def test_the_database_itself_refuses_to_promise_more_than_there_is(county):
    for change in ("reserved = quantity + 1", "reserved = -1", "quantity = reserved - 1"):
        with pytest.raises(IntegrityError, match="never_promised_twice"):
            async with county.database.begin(county.clock.now(), "test") as unit:
                await unit.connection.execute(text(f"UPDATE stock SET {change}"))


async def test_shipping_takes_it_out_of_the_depot_and_less_may_arrive(county):
    (one,) = await county.reserved()
    path = f"/reservations/{one['reservation_id']}"
    shipped = await county.done(f"{path}/ship", {"carrier": "运输队"})
    assert (shipped["status"], shipped["carrier"], shipped["destination"]["lon"]) == (
        "shipped",
        "运输队",
        123.782,
    )
    assert (await county.stock())[NEAR] == (10, 0)
    received = await county.done(f"{path}/receive", {"received_by": "现场指挥部", "quantity": 48})
    assert (received["status"], received["quantity"], received["received"]) == ("received", 50, 48)
    assert (await county.stock())[NEAR] == (10, 0)
    assert await county.names() == ["reserved", "shipped", "received"]
    assert (await county.events())[-1].quantity == 48


async def test_cancelling_frees_the_stock(county):
    (one,) = await county.reserved()
    cancelled = await county.done(f"/reservations/{one['reservation_id']}/cancel", {"reason": "不需要"})
    assert (cancelled["status"], cancelled["reason"]) == ("cancelled", "不需要")
    assert (await county.stock())[NEAR] == (60, 0)
    assert await county.names() == ["reserved", "cancelled"]


async def test_of_shipping_and_cancelling_at_once_one_wins(county):
    (one,) = await county.reserved()
    path = f"/reservations/{one['reservation_id']}"
    tries = [county.send("POST", f"{path}/ship", {"carrier": "运输队"}) for _ in range(3)]
    tries += [county.send("POST", f"{path}/cancel", {"reason": "不需要"}) for _ in range(3)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*tries))
    assert statuses == [200, 409, 409, 409, 409, 409]
    assert (await county.stock())[NEAR] in {(10, 0), (60, 0)}
    assert len(await county.names()) == 2


async def test_nobody_signs_for_more_than_was_shipped(county):
    (one,) = await county.reserved()
    path = f"/reservations/{one['reservation_id']}"
    await county.done(f"{path}/ship", {"carrier": "运输队"})
    refused = await county.send("POST", f"{path}/receive", {"received_by": "指挥部", "quantity": 51})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "more_than_shipped")


async def test_whatever_people_do_the_stock_adds_up(county):
    chance = random.Random(20)  # the same walk every time

    async def somebody():
        for one in await county.reserved(quantity=chance.randint(1, 40), item="gas_mask"):
            path = f"/reservations/{one['reservation_id']}"
            if chance.random() < 0.6:
                await county.send("POST", f"{path}/cancel", {"reason": "不需要"})
            if chance.random() < 0.4:
                await county.send("POST", f"{path}/ship", {"carrier": "运输队"})

    for _ in range(3):
        await asyncio.gather(*(somebody() for _ in range(6)))
    made = await county.get("/reservations?limit=200")
    for depot_id, (quantity, reserved) in (await county.stock()).items():
        mine = [one for one in made if one["depot_id"] == depot_id]
        gone = sum(one["quantity"] for one in mine if one["status"] == "shipped")
        assert quantity + gone == {NEAR: 60, FAR: 40}[depot_id]
        assert reserved == sum(one["quantity"] for one in mine if one["status"] == "reserved")


async def test_a_closed_incident_gets_nothing_new_but_what_is_under_way_arrives(county):
    under_way, (waiting,) = (await county.reserved(quantity=5))[0], await county.reserved(quantity=7)
    await county.done(f"/reservations/{under_way['reservation_id']}/ship", {"carrier": "运输队"})
    now = county.clock.now()
    closed = {"incident_id": INCIDENT, "outcome": "ended", "facts": Facts(), "closed_at": now}
    await county.hear(IncidentClosed(jurisdiction="210400", **closed), "210400", "incident")
    assert await county.reserved(quantity=1)
    await county.hear(IncidentClosed(jurisdiction="210404", **closed), "210404", "incident")
    refused = await county.send("POST", "/reservations", WISH)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (409, "incident_over")
    assert (await county.stock())[NEAR] == (55, 0)
    ended = await county.send("POST", f"/reservations/{waiting['reservation_id']}/ship", {"carrier": "队"})
    assert ended.status_code == 409
    body = {"received_by": "指挥部", "quantity": 5}
    await county.done(f"/reservations/{under_way['reservation_id']}/receive", body)
    again = IncidentReopened(
        incident_id=INCIDENT,
        jurisdiction="210404",
        report_id="r-2",
        reason="确认",
        by="值班员",
        reopened_at=now + timedelta(seconds=1),
    )
    await county.hear(again, "210404", "incident")
    assert await county.reserved(quantity=1)


async def test_what_is_set_aside_for_a_merged_incident_is_free_again_until_it_is_one_of_its_own(county):
    await county.reserved(quantity=7)
    now = county.clock.now()
    about = {"incident_id": INCIDENT, "jurisdiction": "210404", "reason": "同一泄漏", "by": "值班员"}
    await county.hear(IncidentMerged(**about, into="i-0", merged_at=now), "210404", "incident")
    assert (await county.stock())[NEAR] == (60, 0)
    assert (await county.send("POST", "/reservations", WISH)).status_code == 409
    undone = IncidentUnmerged(**about, out_of="i-0", responding=False, unmerged_at=now + timedelta(hours=2))
    await county.hear(undone, "210404", "incident")
    assert await county.reserved(quantity=1)


@pytest.mark.parametrize("round_", range(4))
async def test_closing_never_overlooks_what_is_being_reserved_at_the_same_time(county, round_):
    now = county.clock.now()
    end = IncidentClosed(
        incident_id=INCIDENT, jurisdiction="210404", outcome="ended", facts=Facts(), closed_at=now
    )
    wishes = [county.send("POST", "/reservations", {**WISH, "quantity": 3}) for _ in range(6)]
    await asyncio.gather(*wishes[:round_], county.hear(end, "210404", "incident"), *wishes[round_:])
    assert {one["status"] for one in await county.get("/reservations")} <= {"cancelled"}
    assert {reserved for _, reserved in (await county.stock()).values()} == {0}


async def test_somebody_with_a_very_long_name_is_told_of_in_one_line(county):
    token = county._issuer.issue("long", "名" * 300, (Role.LOGISTICS,), county.node, None)
    (one,) = await county.reserved(quantity=5)
    path = f"/reservations/{one['reservation_id']}"
    steps = (
        ("ship", {"carrier": "运输队"}),
        ("receive", {"received_by": "指挥部", "quantity": 4}),
        ("use", {"quantity": 1}),
        ("settle", {"outcome": "returned", "reason": "找到"}),
        ("return", {"quantity": 1}),
    )
    for step, body in steps:
        answer = await county.send("POST", f"{path}/{step}", body, authorization=f"Bearer {token}")
        assert answer.status_code == 200, answer.text


async def test_a_second_start_adds_nothing_and_undoes_nothing(county):
    teams = await county.get("/teams")
    registered = await county.events("resource.team_registered")
    assert sorted(event.team_id for event in registered) == [team["team_id"] for team in teams]
    assert {team["jurisdiction"] for team in teams} == {"210404"}
    await county.reserved()
    await county.send(
        "PUT",
        f"/teams/{teams[0]['team_id']}",
        {**{k: teams[0][k] for k in ("name", "kind", "home")}, "crew": 3, "version": 1},
    )
    await county.start()
    assert len(await county.events("resource.team_registered")) == len(teams) + 1
    assert (await county.get("/teams"))[0]["crew"] == 3
    assert (await county.stock())[NEAR] == (60, 50)


async def test_the_tables_are_as_the_migrations_make_them(county):
    mine = [
        one.__table__
        for one in vars(tables).values()
        if getattr(one, "__module__", "") == tables.__name__ and hasattr(one, "__table__")
    ]
    async with county.database.reading() as connection:
        query = "SELECT table_name, column_name, is_nullable FROM information_schema.columns"
        found = {(row[0], row[1], row[2] == "YES") for row in await connection.execute(text(query))}
    assert len(mine) == 11
    for table in mine:
        assert {one[1:] for one in found if one[0] == table.name} == {
            (c.name, c.nullable) for c in table.columns
        }
