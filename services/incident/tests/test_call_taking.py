"""接警 at the API: places by a few keys, calls about the same event, drafts that another seat goes on with."""

import asyncio
from datetime import timedelta

import pytest

from services.incident.store import drafts
from services.incident.tests.world import PLACE, REPORT
from services.incident.ticks import draft_retention
from shared.ticks import fire

pytestmark = pytest.mark.servers
CALL = {**REPORT, "facts": {}, "caller": {"name": "李四", "phone": "13800138000"}}


async def test_the_form_says_what_to_ask_and_what_a_call_is_until_its_kind_is_known(county):
    form = await county.get("taker", "/intake/form")
    fire = next(one for one in form["sectors"] if one["slug"] == "fire")
    asked = {one["fact"]: one for one in fire["questions"]}
    assert (asked["deaths"]["kind"], asked["deaths"]["name"]) == ("count", "死亡（人）")
    assert form["undetermined"]["event_type"] == "19000"
    assert form["call_time"] == {"amber_seconds": 30, "red_seconds": 45}
    places = await county.get("taker", "/intake/places?q=hpl")
    assert (places[0]["name"], places[0]["approximate"]) == ("和平路（示例）", True)
    kinds = await county.get("taker", "/intake/kinds?q=gcmy")
    assert kinds[0]["sector"] == "fire"
    assert (await county.read("health", "/intake/places?q=hpl")).status_code == 403


async def test_a_call_near_by_or_by_the_same_number_is_offered_as_the_same_event(county):
    incident = await county.reported(**{key: value for key, value in CALL.items() if key != "channel"})
    unknown = {"approximate": False, "phone": "", "event_type": "", "words": "", "hazard_source_id": None}
    near = {"location": {**PLACE, "lon": PLACE["lon"] + 0.003}, **unknown}
    (found,) = await county.done("taker", "/intake/similar", near)
    assert found["incident"]["incident_id"] == incident and 0.9 < found["score"] < 1
    assert 200 < found["metres"] < 300
    reasons = {one["aspect"]: one["reason_zh"] for one in found["why"]}
    assert reasons["place"] == f"相距 {found['metres']} 米" and reasons["kind"] == "事件类型待定"
    away = {"location": {**PLACE, "lon": PLACE["lon"] + 0.02}}
    assert await county.done("taker", "/intake/similar", away) == []
    (found,) = await county.done("taker", "/intake/similar", {**away, "phone": "13800138000"})
    assert found["score"] < 0.9
    assert "同一电话" in {one["reason_zh"] for one in found["why"]}
    county.clock.forward(timedelta(hours=4))
    assert await county.done("taker", "/intake/similar", {**near, "event_type": "12G03"}) == []


async def test_what_more_is_known_of_a_call_moves_what_it_may_be_about(county):
    fire = {"sector": "fire", "event_type": "12G03", "title": "三楼冒黑烟", "facts": {}}
    at = {**PLACE, "address": "幸福家园3号楼"}
    first = await county.reported(**fire, location=at)
    vague = {"location": {**at, "address": ""}, "approximate": True}
    (by_place,) = await county.done("taker", "/intake/similar", vague)
    told = {**vague, "event_type": "12G03", "words": "三楼在冒黑烟", "location": at, "approximate": False}
    (by_all,) = await county.done("taker", "/intake/similar", told)
    assert by_place["score"] < by_all["score"]
    next_door = {**told, "location": {**at, "address": "幸福家园9号楼"}}
    assert [one["score"] < 0.9 for one in await county.done("taker", "/intake/similar", next_door)] in (
        [],
        [True],
    )
    assert by_all["incident"]["incident_id"] == first


async def test_a_storm_of_calls_on_one_event_makes_one_incident_and_a_fire_600_m_away_another(county):
    """Both callers of each are kept; who sends them lets what is that likely join by itself."""
    words = ("三楼窗户冒黑烟", "居民楼着火了，三楼", "楼上着火，楼道里全是烟", "3号楼在冒烟，有人喊救命")
    fire = {"sector": "fire", "event_type": "12G03", "facts": {}, "if_similar": "join"}
    here, there = (
        {**PLACE, "address": "幸福家园3号楼"},
        {**PLACE, "lat": PLACE["lat"] + 0.0054, "address": "新华街市场"},
    )

    async def call(number, title, location):
        body = {
            **REPORT,
            **fire,
            "title": title,
            "location": location,
            "caller": {"phone": f"139{number:08}"},
        }
        return await county.done("taker", "/reports", body)

    storm = [call(number, words[number % len(words)], here) for number in range(60)]
    told = await asyncio.gather(*storm, *(call(number, "市场棚子着火", there) for number in range(100, 110)))
    one, other = {t["incident_id"] for t in told[:60]}, {t["incident_id"] for t in told[60:]}
    assert len(one) == len(other) == 1 and one != other
    assert [t["merged"] for t in told].count(False) == 2
    reports = await county.get("taker", f"/reports?incident_id={next(iter(one))}&limit=200")
    assert len(reports) == 60
    assert {report["last_step"]["reason"] for report in reports} == {"opened", "likely_same"}
    callers = {
        (await county.get("taker", f"/reports/{report['report_id']}/caller"))["phone"] for report in reports
    }
    assert len(callers) == 60


async def test_the_record_of_a_sensor_that_joined_stays_its_own(county):
    """Its next reading belongs to the incident that its first one joined."""
    incident = await county.reported(title="氯气泄漏")
    reading = {
        **REPORT,
        "channel": "sensor",
        "title": "氯气 35 ppm",
        "external_reference": "GD-07",
        "source_system": "scada",
    }
    first = await county.done("sensor", "/reports", {**reading, "if_similar": "join"})
    county.clock.forward(timedelta(hours=5))
    again = await county.done("sensor", "/reports", {**reading, "title": "氯气 60 ppm"})
    assert [one["incident_id"] for one in (first, again)] == [incident, incident]


async def test_a_machine_adds_nothing_to_an_incident_that_it_may_not_read(county):
    incident = await county.reported()
    refused = await county.post("sensor", "/reports", {**CALL, "incident_id": incident})
    assert refused.status_code == 404
    mine = (await county.done("sensor", "/reports", CALL))["incident_id"]
    assert (await county.done("sensor", "/reports", {**CALL, "incident_id": mine}))["merged"]


async def test_a_call_about_a_known_incident_joins_it_and_keeps_its_own_caller(county):
    incident = await county.reported()
    body = {**CALL, "incident_id": incident, "facts": {"deaths": 3}}
    told = await county.done("taker", "/reports", body)
    assert (told["incident_id"], told["merged"], told["grade_zh"]) == (incident, True, "较大")
    report = await county.get("officer", f"/reports/{told['report_id']}")
    assert report["last_step"]["reason_zh"] == "接警员认定为同一事件，并入"
    assert (await county.get("taker", f"/reports/{told['report_id']}/caller"))["name"] == "李四"
    assert len(await county.get("officer", f"/reports?incident_id={incident}")) == 2
    (merged,) = await county.events("incident.report_merged")
    assert "同一事件" in merged.reason
    missing = await county.post("taker", "/reports", {**CALL, "incident_id": "nothing"})
    assert missing.status_code == 404


async def test_a_call_about_an_incident_that_is_over_waits_for_a_person(county):
    incident = await county.reported()
    await county.done("commander", f"/incidents/{incident}/close", {"outcome": "false_report"})
    told = await county.post("taker", "/reports", {**CALL, "incident_id": incident})
    assert (told.status_code, told.json()["report_status"]) == (202, "parked")


async def test_who_calls_may_be_told_later(county):
    taken = await county.done("taker", "/reports", REPORT)
    path = f"/reports/{taken['report_id']}/caller"
    await county.done("taker", path, {"name": "张三", "phone": "13900139000"})
    told = await county.get("taker", path)
    assert (told["name"], told["phone"]) == ("张三", "13900139000")
    assert "13900139000" not in str(await county.events())


async def test_a_draft_is_gone_on_with_at_another_seat_and_neither_overwrites_the_other(county):
    path = "/intake/drafts/d-1"
    first = await county.put("taker", path, {"version": 0, "body": {"address": "和平路", "trapped": 2}})
    assert (first.status_code, first.json()["version"]) == (200, 1)
    (line,) = await county.get("officer", "/intake/drafts")
    assert (line["address"], line["taken_by"]) == ("和平路", "taker 同志")
    assert "body" not in line
    second = await county.put("officer", path, {"version": 1, "body": {"address": "和平路 118 号"}})
    assert second.json()["version"] == 2
    stale = await county.put("taker", path, {"version": 1, "body": {"address": "别处"}})
    assert (stale.status_code, stale.json()["errors"][0]["rule"]) == (409, "stale_version")
    assert (await county.get("taker", path))["body"] == {"address": "和平路 118 号"}
    assert (await county.delete("taker", path)).status_code == 204
    assert await county.get("officer", "/intake/drafts") == []
    gone = await county.put("taker", path, {"version": 2, "body": {}})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"version": 0, "body": {"address": "a\x00b"}},
        {"version": 0, "body": {"address": ["x"]}},
        {"version": 0, "body": {"Not a name": "x"}},
        {"version": -1, "body": {}},
        {"version": 2**40, "body": {}},
        {"body": {}},
        {"version": 0, "body": {f"field_{number}": "x" for number in range(101)}},
    ],
)
async def test_a_draft_that_can_t_be_kept_is_refused_in_words(county, body):
    refused = await county.put("taker", "/intake/drafts/d-1", body)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


async def test_two_seats_that_begin_the_same_draft_at_once_make_one(county):
    body = {"version": 0, "body": {"address": "x"}}
    answers = await asyncio.gather(*(county.put("taker", "/intake/drafts/d-1", body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]


async def test_a_draft_that_nobody_touches_goes_and_the_caller_with_it(county):
    await county.put("taker", "/intake/drafts/d-1", {"version": 0, "body": {"caller_phone": "13800138000"}})
    county.clock.forward(drafts.KEPT - timedelta(minutes=1))
    await county.put("taker", "/intake/drafts/d-2", {"version": 0, "body": {}})
    county.clock.forward(timedelta(minutes=2))
    async with county.database.begin(county.clock.now(), cause="tick") as unit:
        assert await fire(draft_retention(), unit) == 1
    assert [one["draft_id"] for one in await county.get("taker", "/intake/drafts")] == ["d-2"]


STORM = {"sector": "fire", "event_type": "12G03", "if_similar": "join"}
SAID = ["商场三楼起火，浓烟很大", "三楼冒黑烟，有明火", "商场着火，很多人往外跑", "起火了，浓烟很大，请快来"]
METRE = 1 / 111_195


async def storm_call(county, number: int, lat: float, house: str = "18号"):
    """One of many callers of one fire: not quite the same place, not the same words."""
    location = {
        "lon": 123.78 + (number % 7) * 4e-5,
        "lat": lat + (number % 5) * 3e-5,
        "address": f"和平路{house}",
    }
    body = {**STORM, "channel": ["119", "110"][number % 2], "title": SAID[number % 4], "location": location}
    caller = {"phone": f"139{number:08d}"}
    return await county.done("taker", "/reports", {**body, "caller": caller})


async def test_a_storm_of_500_calls_on_one_event_makes_one_incident_that_keeps_every_caller(county):
    answers = await asyncio.gather(*(storm_call(county, number, 41.84) for number in range(8)))
    for first in range(8, 500, 12):
        more = (storm_call(county, number, 41.84) for number in range(first, min(first + 12, 500)))
        answers += await asyncio.gather(*more)
    assert len({told["incident_id"] for told in answers}) == 1
    assert sum(not told["merged"] for told in answers) == 1
    shown = await county.get("officer", f"/incidents/{answers[0]['incident_id']}")
    assert shown["reports"] == len(answers) == 500
    last = await county.get("taker", f"/reports/{answers[-1]['report_id']}/caller")
    assert last["phone"] == "13900000499"
    assert len(await county.events("incident.reported")) == 1


async def test_two_fires_600_m_apart_in_one_minute_stay_two_however_many_call(county):
    near, far = [], []
    for number in range(20):
        near.append((await storm_call(county, number, 41.84))["incident_id"])
        far.append((await storm_call(county, number, 41.84 + 600 * METRE, "92号"))["incident_id"])
        county.clock.forward(timedelta(seconds=3))
    assert (len(set(near)), len(set(far))) == (1, 1)
    assert set(near) != set(far)


async def test_a_sensor_and_a_caller_report_the_same_leak(county):
    """The sensor's record opens it, the caller's words come to the same incident, and the sensor's next reading too."""
    source = next(iter(county.context.plan.seed.hazard_sources))
    place = {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"}
    leak = {
        "sector": "hazardous_chemicals",
        "event_type": "12D02",
        "location": place,
        "hazard_source_id": source,
    }
    reading = {
        **leak,
        "channel": "sensor",
        "title": "氯气浓度超限",
        "external_reference": "GDS-7",
        "if_similar": "join",
    }
    opened = await county.done("sensor", "/reports", reading)
    county.clock.forward(timedelta(minutes=2))
    asked = {
        "location": place,
        "event_type": "12D02",
        "words": "化工园有刺鼻氯气味",
        "hazard_source_id": source,
    }
    (match, *_) = await county.done("taker", "/intake/similar", asked)
    assert match["incident"]["incident_id"] == opened["incident_id"]
    assert {"place", "kind", "hazard_source"} <= {why["aspect"] for why in match["why"]}
    call = {**leak, "channel": "119", "title": "化工园有刺鼻氯气味", "facts": {"serious_injuries": 2}}
    told = await county.done("taker", "/reports", {**call, "incident_id": opened["incident_id"]})
    assert (told["incident_id"], told["merged"]) == (opened["incident_id"], True)
    again = await county.done("sensor", "/reports", {**reading, "title": "氯气浓度继续上升"})
    assert again["incident_id"] == opened["incident_id"]
    shown = await county.get("officer", f"/incidents/{opened['incident_id']}")
    assert (shown["reports"], shown["facts"]["serious_injuries"]) == (3, 2)
    channels = {
        one["channel"] for one in await county.get("officer", f"/reports?incident_id={opened['incident_id']}")
    }
    assert channels == {"sensor", "119"}
