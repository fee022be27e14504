"""The roster: read page by page, found by index, and left by a team that another node has registered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from contracts.events.resource import TeamRegistered
from services.dispatch.tests.world import PLACE, World, exchange

pytestmark = pytest.mark.servers
OTHER, COUNTY, CITY = "210421", "210404", "210400"


def registered(
    world: World, node: str, minutes: int = 0, team: str = "wanghua-social-1", **more: Any
) -> TeamRegistered:
    return TeamRegistered(
        team_id=team,
        jurisdiction=node,
        name="社会救援队",
        kind="social",
        team_class="social",
        capabilities=("rescue",),
        crew=9,
        home=PLACE,
        registered_at=world.clock.now() + timedelta(minutes=minutes),
        **more,
    )


async def names(world: World) -> list[str]:
    return [one["team_id"] for one in await world.get("/teams?limit=200")]


async def test_teams_come_in_pages(county):
    every = await names(county)
    read: list[str] = []
    while page := await county.get(f"/teams?limit=2&after={read[-1] if read else ''}"):
        read += [one["team_id"] for one in page]
    assert read == every and len(every) > 4


async def test_a_team_registered_above_leaves_this_roster_and_can_come_back(county):
    assert "wanghua-social-1" in await names(county)
    await county.feed(registered(county, CITY, minutes=-5), CITY, "resources")
    assert "wanghua-social-1" in await names(county)
    await county.feed(registered(county, CITY, minutes=1), CITY, "resources", sequence=2)
    assert "wanghua-social-1" not in await names(county)
    await county.reported()
    order = {"incident_id": "i-1", "team_ids": ["wanghua-social-1"], "task": "x"}
    assert (await county.post("dispatcher", "/orders", order)).status_code == 404
    await county.feed(registered(county, COUNTY, minutes=2), COUNTY, "resources", sequence=2)
    assert "wanghua-social-1" in await names(county)


async def test_a_team_registered_in_another_county_leaves_by_way_of_the_city(city, county, helper):
    await city.feed(registered(city, COUNTY, minutes=-9), COUNTY, "resources")
    moved = registered(city, OTHER, minutes=1)
    await helper.feed(moved, OTHER, "resources")
    await city.feed(moved, OTHER, "resources")
    await exchange(city, county, helper)
    assert "wanghua-social-1" not in await names(county)
    assert "wanghua-social-1" in await names(helper)
    assert len(await city.events("dispatch.team_transferred")) == 1


async def test_an_order_goes_on_when_its_team_has_left_the_roster(county):
    await county.reported()
    (order,) = await county.order("wanghua-social-1")
    await county.feed(registered(county, CITY, minutes=1), CITY, "resources")
    departed = await county.done("dispatcher", f"/orders/{order['order_id']}/depart")
    released = await county.released(order["order_id"])
    assert (departed["status"], released["status"]) == ("departed", "released")


async def test_able_teams_and_live_orders_are_found_by_index(county):
    plans = {
        "team_able": "SELECT team_id FROM team WHERE capabilities && ARRAY['hazmat']",
        "live_order": "SELECT * FROM team_order WHERE order_id > '' AND released_at IS NULL ORDER BY order_id LIMIT 9",
    }
    async with county.database.reading() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        for index, query in plans.items():
            told = (await connection.execute(text(f"EXPLAIN {query}"))).scalars()
            assert index in "\n".join(told)


async def test_a_team_that_the_roster_takes_out_of_service_is_not_sent_until_it_is_back(county):
    await county.reported()
    order = {"incident_id": "i-1", "team_ids": ["wanghua-social-1"], "task": "x"}
    out = registered(county, COUNTY, minutes=1, service="out_of_service", service_reason="车辆检修")
    await county.feed(out, COUNTY, "resources", sequence=2)
    await county.done("dispatcher", "/teams/wanghua-social-1/mended")
    (shown,) = [one for one in await county.get("/teams") if one["team_id"] == "wanghua-social-1"]
    assert (shown["status"], shown["out_because"]) == ("out", "车辆检修")
    assert (await county.post("dispatcher", "/orders", order)).status_code == 409
    await county.feed(registered(county, COUNTY, minutes=2), COUNTY, "resources", sequence=3)
    assert (await county.post("dispatcher", "/orders", order)).status_code == 201


async def test_a_retired_team_is_on_no_roster_any_more(county):
    gone = registered(county, COUNTY, minutes=1, service="retired", service_reason="撤编")
    await county.feed(gone, COUNTY, "resources", sequence=2)
    assert "wanghua-social-1" not in await names(county)
