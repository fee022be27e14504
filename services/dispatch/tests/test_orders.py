"""Orders: the fence against double booking, acknowledgement in time, and what teams may do themselves."""

import asyncio
from datetime import timedelta

import pytest

from contracts.events.incident import (
    IncidentAmended,
    IncidentClosed,
    IncidentGraded,
    IncidentMerged,
    IncidentReopened,
    IncidentUnmerged,
)
from contracts.facts import Facts
from contracts.values import Grade
from services.dispatch.tests.world import PLACE

pytestmark = pytest.mark.servers


async def test_a_report_gets_one_recommendation_however_often_it_comes(county):
    await county.reported()
    await county.reported()
    (recommended,) = await county.events("dispatch.recommended")
    assert {pick.capability for pick in recommended.picks} >= {"hazmat", "medical"}
    assert len(await county.get("/recommendations?incident_id=i-1")) == 1


async def test_a_graver_grade_recommends_more_than_is_there(county):
    await county.reported()
    await county.order("wanghua-hazmat-1")
    graded = IncidentGraded(
        incident_id="i-1",
        jurisdiction="210404",
        grade=Grade.SIGNIFICANT,
        previous_grade=Grade.GENERAL,
        criterion="",
        article="x",
        facts=Facts(deaths=3),
    )
    await county.feed(graded, "210404", "incident")
    newest = (await county.get("/recommendations?incident_id=i-1"))[0]
    assert newest["grade"] == "significant"
    assert "wanghua-hazmat-1" not in {pick["team_id"] for pick in newest["picks"]}
    assert newest["shortfalls"]


async def test_two_dispatchers_ordering_one_team_at_once_get_one_order(county):
    await county.reported()
    body = {"incident_id": "i-1", "team_ids": ["wanghua-hazmat-1"], "task": "堵漏"}
    answers = await asyncio.gather(*(county.post("dispatcher", "/orders", body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    order = next(a for a in answers if a.status_code == 201).json()["orders"][0]["order_id"]
    refused = next(a for a in answers if a.status_code == 409).json()
    assert order in refused["detail"]
    assert len(await county.events("dispatch.order_issued")) == 1


async def test_all_teams_or_none(county):
    await county.reported()
    await county.order("wanghua-hazmat-1")
    body = {"incident_id": "i-1", "team_ids": ["wanghua-fire-1", "wanghua-hazmat-1"], "task": "堵漏"}
    assert (await county.post("dispatcher", "/orders", body)).status_code == 409
    assert len(await county.events("dispatch.order_issued")) == 1


async def test_order_numbers_rise_and_a_released_team_is_free(county):
    await county.reported()
    (first,) = await county.order("wanghua-hazmat-1")
    await county.released(first["order_id"])
    (second,) = await county.order("wanghua-hazmat-1")
    assert second["order_no"] == first["order_no"] + 1


async def test_a_team_walks_its_order_by_its_own_token_and_nobody_else_s(county):
    await county.reported()
    (order,) = await county.order("wanghua-hazmat-1")
    path = f"/orders/{order['order_id']}"
    assert (await county.post("wanghua-fire-1", f"{path}/acknowledge")).status_code == 403
    assert (await county.post("wanghua-hazmat-1", f"{path}/arrive")).status_code == 409
    for step, status in (("acknowledge", "acknowledged"), ("depart", "departed"), ("arrive", "arrived")):
        assert (await county.done("wanghua-hazmat-1", f"{path}/{step}"))["status"] == status
    team = next(t for t in await county.get("/teams") if t["team_id"] == "wanghua-hazmat-1")
    assert (team["status"], team["incident_id"]) == ("arrived", "i-1")


async def test_silence_is_noticed_once_and_by_how_much(county):
    await county.reported()
    await county.order("wanghua-hazmat-1", "wanghua-fire-1")
    county.clock.forward(timedelta(seconds=county.context.acknowledge_within.total_seconds() + 30))
    assert await county.tick() == 2
    assert await county.tick() == 0
    overdue = await county.events("dispatch.acknowledgement_overdue")
    assert {event.noticed_at - event.due_at for event in overdue} == {timedelta(seconds=30)}


async def test_an_ended_incident_takes_no_new_order_but_teams_still_go_home(county):
    await county.reported()
    (order,) = await county.order("wanghua-hazmat-1")
    closed = IncidentClosed(
        incident_id="i-1", jurisdiction="210404", outcome="ended", facts=Facts(), closed_at=county.clock.now()
    )
    await county.feed(closed, "210404", "incident")
    body = {"incident_id": "i-1", "team_ids": ["wanghua-fire-1"], "task": "x"}
    assert (await county.post("dispatcher", "/orders", body)).status_code == 409
    await county.released(order["order_id"])


async def test_an_incident_opened_again_takes_orders_again(county):
    await county.reported()
    now = county.clock.now()
    about = {"incident_id": "i-1", "jurisdiction": "210404"}
    closed = IncidentClosed(**about, outcome="false_report", facts=Facts(), closed_at=now)
    reopened = IncidentReopened(**about, report_id="r-2", reason="确认", by="值班员", reopened_at=now)
    await county.feed(closed, "210404", "incident", sequence=2)
    await county.feed(reopened, "210404", "incident", sequence=3)
    assert await county.order("wanghua-hazmat-1")
    await county.feed(closed, "210404", "incident", sequence=2)
    assert await county.order("wanghua-fire-1")


async def test_a_merged_incident_takes_no_order_until_it_is_one_of_its_own_again(county):
    await county.reported()
    about = {"incident_id": "i-1", "jurisdiction": "210404", "reason": "同一泄漏", "by": "值班员"}
    now = county.clock.now()
    await county.feed(IncidentMerged(**about, into="i-0", merged_at=now), "210404", "incident", sequence=2)
    body = {"incident_id": "i-1", "team_ids": ["wanghua-fire-1"], "task": "x"}
    assert (await county.post("dispatcher", "/orders", body)).status_code == 409
    undone = IncidentUnmerged(**about, out_of="i-0", responding=False, unmerged_at=now + timedelta(hours=2))
    await county.feed(undone, "210404", "incident", sequence=3)
    assert await county.order("wanghua-fire-1")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"incident_id": "nothing"}, 404),
        ({"team_ids": ["nobody"]}, 404),
        ({"team_ids": []}, 422),
        ({"team_ids": ["fushunxian-hazmat-1"]}, 404),
        ({"task": ""}, 422),
        ({"surprise": 1}, 422),
    ],
)
async def test_a_bad_order_is_refused(county, changes, status):
    await county.reported()
    body = {"incident_id": "i-1", "team_ids": ["wanghua-hazmat-1"], "task": "堵漏", **changes}
    assert (await county.post("dispatcher", "/orders", body)).status_code == status
    assert (await county.post("logistics", "/orders", body)).status_code == 403


async def test_an_incident_that_turns_out_to_be_elsewhere_or_something_else_gets_another_force(county):
    incident = await county.reported()
    told = {
        "incident_id": incident,
        "jurisdiction": county.node,
        "sector": "fire",
        "event_type": "12G01",
        "title": "居民楼火灾",
        "location": PLACE,
        "grade": Grade.GENERAL,
        "by": "接警员",
        "amended_at": county.clock.now(),
    }
    renamed = IncidentAmended(**told, changed=("title",), amendments=1)
    await county.feed(renamed, county.node, "incident", sequence=2)
    assert len(await county.events("dispatch.recommended")) == 1
    amended = IncidentAmended(**told, changed=("sector", "event_type"), amendments=2)
    for _ in range(2):
        await county.feed(amended, county.node, "incident", sequence=3)
    first, second = await county.events("dispatch.recommended")
    assert first.run_card != second.run_card
    orders = await county.order(second.picks[0].team_id, incident=incident)
    assert orders


async def test_who_sends_others_than_recommended_says_why_and_the_order_tells_it(county):
    await county.reported()
    body = {"incident_id": "i-1", "team_ids": ["wanghua-fire-1"], "task": "灭火", "reason": "该队实际更近"}
    await county.done("dispatcher", "/orders", body)
    (issued,) = await county.events("dispatch.order_issued")
    assert issued.override == "该队实际更近"
