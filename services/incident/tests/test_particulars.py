"""更正接报要素: what a call turns out to be, and where; everything that hangs on it follows."""

import pytest

from services.incident.tests.world import REPORT

pytestmark = pytest.mark.servers
UNDETERMINED = {"sector": "other", "event_type": "19000", "title": "望花区示例化工园", "facts": {}}
FIRE = {"sector": "fire", "event_type": "12G01"}


async def test_a_call_that_turns_out_to_be_a_fire_is_graded_and_owed_as_one(county):
    incident = await county.reported(**UNDETERMINED)
    body = {**FIRE, "title": "居民楼火灾", "version": 1}
    told = await county.done("taker", f"/incidents/{incident}/particulars", body)
    assert (told["sector"], told["title"], told["version"], told["alarm_level"]) == (
        "fire",
        "居民楼火灾",
        2,
        1,
    )
    assert told["article"] != ""
    (amended,) = await county.events("incident.amended")
    assert (amended.changed, amended.amendments) == (("sector", "event_type", "title"), 1)
    lines = await county.get("officer", f"/incidents/{incident}/timeline")
    assert lines[-1]["summary"].startswith("更正接报要素：行业领域 消防；类别 ")
    body = {"facts": {"trapped": 4}, "source": "报警人"}
    told = await county.update("taker", incident, body)
    assert told["alarm_level"] == 3
    body = {"sector": "hazardous_chemicals", "event_type": "12D02", "version": told["version"]}
    told = await county.done("taker", f"/incidents/{incident}/particulars", body)
    assert told["alarm_level"] is None


async def test_a_kind_without_a_table_is_assumed_to_need_the_level_above_until_a_person_grades(county):
    incident = await county.reported(facts={"deaths": 1})
    body = {"sector": "earthquake", "event_type": "11C02", "version": 1}
    told = await county.done("taker", f"/incidents/{incident}/particulars", body)
    assert (told["grade_basis"], told["escalated_to"]) == ("assumed", "210400")


async def test_a_corrected_place_is_judged_as_a_reported_one(county):
    incident = await county.reported(hazard_source_id="wanghua-chlorine-1")
    path = f"/incidents/{incident}/particulars"
    away = {"lon": 116.4, "lat": 39.9, "address": "北京"}
    refused = await county.post("taker", path, {"location": away, "version": 1})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "location")
    refused = await county.post("taker", path, {"place": "210421901", "version": 1})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "place")
    there = {"lon": 123.79, "lat": 41.848, "address": "和平路 118 号，电话 13800138000"}
    told = await county.done("taker", path, {"location": there, "place": "210404901", "version": 1})
    assert told["place"] == "210404901"
    assert told["hazard_source_id"] is None
    assert "13800138000" not in told["location"]["address"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"title": REPORT["title"], "version": 1}, 422),
        ({"title": "别的"}, 422),
        ({"title": "别的", "version": 7}, 409),
        ({"sector": "nothing", "version": 1}, 422),
        ({"sector": "fire", "version": 1}, 422),
        ({"title": "  ", "version": 1}, 422),
    ],
)
async def test_a_wrong_amendment_is_refused_and_says_why(county, body, status):
    incident = await county.reported()
    refused = await county.post("taker", f"/incidents/{incident}/particulars", body)
    assert refused.status_code == status
    assert refused.json()["detail"]


async def test_only_the_origin_amends_and_the_city_follows(county, city):
    incident = await county.reported(**UNDETERMINED)
    await city.hear(county)
    seen = await city.get("officer", f"/incidents/{incident}")
    body = {"title": "x", "version": seen["version"]}
    refused = await city.post("officer", f"/incidents/{incident}/particulars", body)
    assert (refused.status_code, "望花区" in refused.json()["detail"]) == (409, True)
    for title in ("火灾", "居民楼火灾"):
        found = await county.get("officer", f"/incidents/{incident}")
        body = {**FIRE, "title": title, "version": found["version"]}
        await county.done("taker", f"/incidents/{incident}/particulars", body)
    first, second = await county.events("incident.amended")
    await city.feed(second, county.node, sequence=9)
    await city.feed(first, county.node, sequence=8)
    found = await city.get("officer", f"/incidents/{incident}")
    assert (found["sector"], found["title"], found["alarm_level"]) == ("fire", "居民楼火灾", 1)
