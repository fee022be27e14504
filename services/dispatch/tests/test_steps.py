"""Steps of an order as a night has them: by radio, by mistake, from a broken-down truck, to another gate."""

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.tests.world import World

pytestmark = pytest.mark.servers
TEAM = "wanghua-hazmat-1"


async def ordered(county: World) -> str:
    await county.reported()
    (order,) = await county.order(TEAM)
    return f"/orders/{order['order_id']}"


async def team(county: World) -> dict[str, Any]:
    return next(one for one in await county.get("/teams") if one["team_id"] == TEAM)


async def test_who_departs_has_acknowledged(county):
    path = await ordered(county)
    departed = await county.done(TEAM, f"{path}/depart")
    assert (departed["status"], departed["acknowledged_at"]) == ("departed", departed["departed_at"])
    names = [event.NAME for event in await county.events()]
    assert names[-2:] == ["dispatch.acknowledged", "dispatch.departed"]


async def test_a_team_cannot_let_itself_go_before_it_acknowledged_and_who_orders_can(county):
    path = await ordered(county)
    refused = await county.post(TEAM, f"{path}/release", {"cause": "completed"})
    assert refused.status_code == 409 and "已接令" in refused.json()["detail"]
    assert (await county.done("commander", f"{path}/release", {"cause": "stood_down"}))[
        "status"
    ] == "released"
    (order,) = await county.order(TEAM)
    await county.done(TEAM, f"/orders/{order['order_id']}/acknowledge")
    await county.released(order["order_id"], who=TEAM)
    causes = [event.cause for event in await county.events("dispatch.released")]
    assert causes == ["stood_down", "completed"]


async def test_why_a_team_goes_home_is_one_of_the_causes(county):
    path = await ordered(county)
    for body in ({"reason": "任务完成"}, {"cause": "tired"}):
        assert (await county.post("dispatcher", f"{path}/release", body)).status_code == 422
    released = await county.done("dispatcher", f"{path}/release", {"cause": "relieved"})
    assert (released["release_cause"], released["release_reason"]) == ("relieved", "换防")


async def test_a_dispatcher_enters_what_the_radio_said_with_its_time_and_reason(county):
    path = await ordered(county)
    begun = county.clock.now()
    county.clock.forward(timedelta(minutes=10))
    said = {"at": (begun + timedelta(minutes=4)).isoformat(), "because": "电台报告，手机无信号"}
    departed = await county.done("dispatcher", f"{path}/depart", said)
    assert departed["departed_at"] == departed["acknowledged_at"] != county.clock.now().isoformat()
    event = (await county.events("dispatch.departed"))[0]
    assert event.departed_at == begun + timedelta(minutes=4)
    assert (event.entered_at, event.entered_because) == (county.clock.now(), "电台报告，手机无信号")
    for minutes, because, rule in (
        (3, "x", "impossible_time"),
        (11, "x", "impossible_time"),
        (5, "", "no_reason"),
    ):
        body = {"at": (begun + timedelta(minutes=minutes)).isoformat(), "because": because}
        refused = await county.post("dispatcher", f"{path}/arrive", body)
        assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, rule)
    naive = {"at": "2031-05-06T07:08:00", "because": "x"}
    assert (await county.post("dispatcher", f"{path}/arrive", naive)).status_code == 422


async def test_a_team_does_not_enter_another_time_itself(county):
    path = await ordered(county)
    body = {"at": county.clock.now().isoformat(), "because": "补"}
    assert (await county.post(TEAM, f"{path}/acknowledge", body)).status_code == 403


async def test_a_step_entered_by_mistake_is_undone_within_a_minute_and_once(county):
    path = await ordered(county)
    await county.done(TEAM, f"{path}/acknowledge")
    await county.done(TEAM, f"{path}/depart")
    undone = await county.done(TEAM, f"{path}/undo")
    assert (undone["status"], undone["departed_at"]) == ("acknowledged", None)
    assert (await county.post(TEAM, f"{path}/undo")).status_code == 409
    await county.done(TEAM, f"{path}/depart")
    county.clock.forward(county.context.undo_within + timedelta(seconds=1))
    assert (await county.post(TEAM, f"{path}/undo")).status_code == 409
    (event,) = await county.events("dispatch.step_undone")
    assert (event.undone, event.status) == ("departed", "acknowledged")


async def test_a_release_by_mistake_is_undone_unless_the_team_has_another_order(county):
    path = await ordered(county)
    await county.done("dispatcher", f"{path}/release", {"cause": "completed"})
    assert (await county.done("dispatcher", f"{path}/undo"))["status"] == "issued"
    assert (await team(county))["status"] == "issued"
    await county.done("dispatcher", f"{path}/release", {"cause": "completed"})
    await county.order(TEAM)
    assert (await county.post("dispatcher", f"{path}/undo")).status_code == 409


async def test_departing_undone_takes_the_acknowledgement_with_it_that_came_with_it(county):
    path = await ordered(county)
    await county.done(TEAM, f"{path}/depart")
    undone = await county.done(TEAM, f"{path}/undo")
    assert (undone["status"], undone["acknowledged_at"]) == ("issued", None)


async def test_a_team_is_sent_to_another_gate(county):
    path = await ordered(county)
    gate = {"lon": 123.779, "lat": 41.839, "address": "东门"}
    moved = await county.done("commander", f"{path}/destination", {"destination": gate, "reason": "西门堵"})
    assert moved["destination"] == gate
    assert (await county.post(TEAM, f"{path}/destination", {"destination": gate})).status_code == 403
    await county.done("dispatcher", f"{path}/release", {"cause": "completed"})
    assert (await county.post("commander", f"{path}/destination", {"destination": gate})).status_code == 409


async def test_a_team_that_broke_down_is_not_sent_again_until_it_is_mended(county):
    path = await ordered(county)
    await county.done(TEAM, f"{path}/depart")
    await county.done(TEAM, f"{path}/release", {"cause": "broken_down", "reason": "水泵故障"})
    assert ((await team(county))["status"], (await team(county))["out_because"]) == ("out", "水泵故障")
    again = {"incident_id": "i-1", "team_ids": [TEAM], "task": "堵漏"}
    refused = await county.post("dispatcher", "/orders", again)
    assert refused.status_code == 409 and TEAM in refused.json()["detail"]
    made = await county.done("dispatcher", "/recommendations", {"incident_id": "i-1"})
    assert TEAM not in {pick["team_id"] for pick in made["picks"]}
    assert (await county.post(TEAM, f"/teams/{TEAM}/mended")).status_code == 403
    assert (await county.done("dispatcher", f"/teams/{TEAM}/mended"))["status"] == "idle"
    assert await county.order(TEAM)
