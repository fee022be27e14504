"""Stock changes by movements only, and they add up over any history."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.resources.domain.refusals import MoreThanFree
from services.resources.domain.stock import MOST, Balance, MovementKind, balance_after
from services.resources.tests.world import PLACE, carry

servers = pytest.mark.servers
NEAR, FAR = "wanghua-depot-1", "wanghua-depot-2"


@given(
    st.lists(st.tuples(st.sampled_from(MovementKind), st.integers(0, 50)), max_size=30), st.integers(0, 50)
)
def test_over_any_history_the_balance_is_the_sum_of_its_changes_and_covers_what_is_promised(
    history, promised
):
    balance, changes = Balance(promised, promised), promised
    for kind, quantity in history:
        if kind is MovementKind.ISSUE and quantity > balance.reserved:
            continue  # what is issued was promised before: the database says the same
        before = balance
        try:
            balance = balance_after(before, kind, quantity)
        except MoreThanFree as refused:
            assert refused.values["free"] == before.free
            continue
        changes += balance.quantity - before.quantity
        assert balance.quantity == changes
        assert 0 <= balance.reserved <= balance.quantity


@pytest.fixture
def books(county):
    async def read(item="gas_mask"):
        """(what the movements add up to, the last balance, what the stock says) by depot."""
        rows = await county.get(f"/stock-movements?item={item}&limit=200")
        stock = await county.stock(item)
        return {
            depot: (
                sum(row["change"] for row in rows if row["depot_id"] == depot),
                [row["balance"] for row in rows if row["depot_id"] == depot][-1],
                stock[depot][0],
            )
            for depot in stock
        }

    return read


async def moves(county, depot, status=201, **body):
    answer = await county.send(
        "POST", f"/depots/{depot}/movements", {"item": "gas_mask", "reason": "日常", **body}
    )
    assert answer.status_code == status, answer.text
    return answer.json()


@servers
async def test_what_comes_in_goes_lost_is_counted_or_past_its_date_is_written_down(county, books):
    await moves(county, NEAR, kind="receipt", quantity=20)
    await moves(county, NEAR, kind="loss", quantity=5)
    await moves(county, NEAR, kind="expiry", quantity=10)
    counted = await moves(county, NEAR, kind="count", quantity=62)
    assert (counted["quantity"], counted["available"]) == (62, 62)
    rows = await county.get(f"/stock-movements?depot_id={NEAR}&item=gas_mask")
    assert [(row["kind"], row["change"], row["balance"]) for row in rows] == [
        ("opening", 60, 60),
        ("receipt", 20, 80),
        ("loss", -5, 75),
        ("expiry", -10, 65),
        ("count", -3, 62),
    ]
    assert rows[-1]["by"] == "logistics 同志"
    assert all(len(set(books)) == 1 for books in (await books()).values())


@servers
async def test_an_item_that_a_depot_did_not_have_can_come_in(county):
    assert (await moves(county, NEAR, kind="receipt", quantity=3, item="tent"))["quantity"] == 3
    assert (await county.stock("tent"))[NEAR] == (3, 0)


@servers
async def test_what_is_promised_is_not_lost_counted_away_or_moved_elsewhere(county):
    await county.reserved(quantity=50)
    for body in ({"kind": "loss", "quantity": 11}, {"kind": "count", "quantity": 49}):
        refused = await moves(county, NEAR, status=422, **body)
        assert refused["errors"][0]["rule"] == "more_than_free"
    way = {"to_depot_id": FAR, "item": "gas_mask", "reason": "调拨"}
    refused = await county.send("POST", f"/depots/{NEAR}/transfers", {**way, "quantity": 11})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "more_than_free")
    assert await county.stock() == {NEAR: (60, 50), FAR: (40, 0)}


@servers
async def test_a_transfer_is_out_of_one_depot_and_into_the_other(county, books):
    way = {"to_depot_id": FAR, "item": "gas_mask", "quantity": 10, "reason": "调拨"}
    moved_ = (await county.send("POST", f"/depots/{NEAR}/transfers", way)).json()
    assert (moved_["out_of"]["quantity"], moved_["into"]["quantity"]) == (50, 50)
    assert await books() == {NEAR: (50, 50, 50), FAR: (50, 50, 50)}
    for changes, status in (({"to_depot_id": NEAR}, 422), ({"to_depot_id": "nowhere"}, 404)):
        assert (
            await county.send("POST", f"/depots/{NEAR}/transfers", {**way, **changes})
        ).status_code == status


@servers
async def test_a_depot_s_books_end_at_a_number_and_not_in_a_server_error(county):
    await county.execute(
        f"UPDATE stock SET quantity = {MOST} WHERE depot_id = '{NEAR}' AND item = 'gas_mask'"
    )
    refused = await moves(county, NEAR, status=422, kind="receipt", quantity=1)
    assert refused["errors"][0]["rule"] == "too_many"


@servers
async def test_movements_are_never_changed_or_deleted(county):
    for change in (
        "UPDATE stock_movement SET change = 0",
        "DELETE FROM stock_movement",
        "TRUNCATE stock_movement",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            async with county.database.begin(county.clock.now(), "test") as unit:
                await unit.connection.execute(text(change))


async def goes_on(one, chance, city, county):
    """Somebody does something with a reservation that it is ready for."""
    path = f"/reservations/{one['reservation_id']}"
    if one["status"] == "reserved" and chance.random() < 0.8:
        await county.done(f"{path}/ship", {"carrier": "运输队"})
    elif one["status"] == "reserved":
        await county.done(f"{path}/cancel", {"reason": "本县急用"})
    elif one["status"] == "shipped":
        count = chance.randint(0, one["quantity"])
        body = {"received_by": "市", "quantity": count, "damaged": chance.randint(0, count)}
        await city.done(f"{path}/receive", body)
    elif one["left"]:
        by, act = chance.choice([(city, "use"), (county, "return")])
        await by.done(f"{path}/{act}", {"quantity": chance.randint(1, one["left"])})
    elif one["difference"] and not one["settlement"]:
        how = chance.choice(["lost", "returned", "arrived_late"])
        await county.done(f"{path}/settle", {"outcome": how, "reason": "核对"})


@servers
async def test_over_any_history_between_nodes_no_piece_appears_or_vanishes(county, city, books):
    """What was there, came in and came back is what is there, is under way, was used, was lost or is damaged."""
    chance = random.Random(18)  # the same walk every time
    county.plans(
        materials=county.context.plan.mutual_aid.materials.model_copy(
            update={"share": 1.0, "keep_share": 0.0}
        )
    )
    asked = {"incident_id": "incident-1", "target": "210404", "item": "gas_mask", "destination": PLACE}
    received_in = written_off = 0
    for _ in range(12):
        await city.done("/material-requests", {**asked, "quantity": chance.randint(1, 12)})
        await carry(city, county)
        for one in await county.get("/reservations?limit=200"):
            await goes_on(one, chance, city, county)
            await carry(city, county)
        received_in += (await moves(county, FAR, kind="receipt", quantity=2)) and 2
        written_off += (await moves(county, FAR, kind="loss", quantity=1)) and 1
    made = await county.get("/reservations?limit=200")
    away = [one for one in made if one["shipped_at"]]
    lost = sum(
        one["difference"] for one in away if one["received"] is not None and one["settlement"] != "returned"
    )
    under_way = sum(one["quantity"] for one in away if one["received"] is None)
    outside = sum(one["used"] + one["damaged"] + one["left"] for one in away)
    here = sum(quantity for quantity, _ in (await county.stock()).values())
    assert 100 + received_in - written_off == here + under_way + outside + lost
    promised = sum(one["quantity"] for one in made if one["status"] == "reserved")
    assert promised == sum(reserved for _, reserved in (await county.stock()).values())
    assert all(len(set(one)) == 1 for one in (await books()).values())
    views = {one["reservation_id"]: one for one in await city.get("/reservations?limit=200")}
    assert views == {one["reservation_id"]: one for one in made}
    assert {one["status"] for one in made} >= {"received", "cancelled"}
    assert await city.parked() == await county.parked() == []
