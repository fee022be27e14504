"""A report becomes exactly one incident, or a clear refusal that names field and rule."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from services.incident.tests.world import REPORT

pytestmark = pytest.mark.servers


async def test_a_report_opens_a_graded_incident_with_its_due_reports_and_timeline(county):
    answer = await county.post("taker", "/reports", {**REPORT, "caller": {"name": "张三", "phone": "138"}})
    told = answer.json()
    assert answer.status_code == 201
    assert (told["grade_zh"], told["status"], told["merged"], told["version"]) == (
        "一般",
        "reported",
        False,
        1,
    )
    assert "第三条" in told["article"]
    assert await county.names() == ["incident.reported", "incident.graded"]
    shown = await county.get("officer", f"/incidents/{told['incident_id']}")
    assert {due_report["duty"] for due_report in shown["due_reports"]} == {
        "unit_report",
        "county_report_up",
        "county_report_own",
    }
    lines = await county.get("officer", f"/incidents/{told['incident_id']}/timeline")
    assert [line["kind"] for line in lines] == ["incident.reported", "incident.graded"]


async def test_no_event_line_or_audit_entry_holds_the_caller(county):
    await county.post("taker", "/reports", {**REPORT, "caller": {"name": "张三丰", "phone": "13800009999"}})
    for table in ("outbox", "timeline", "audit_entry", "incident"):
        async with county.database.reading() as connection:
            rows = await connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t"))
        assert not [row for (row,) in rows if "张三丰" in row or "13800009999" in row]


async def test_the_same_record_again_is_merged(county):
    first = await county.done("taker", "/reports", {**REPORT, "external_reference": "A-1"})
    again = await county.post("taker", "/reports", {**REPORT, "external_reference": "A-1"})
    assert (again.status_code, again.json()["merged"]) == (200, True)
    assert again.json()["incident_id"] == first["incident_id"]
    other = await county.done("taker", "/reports", {**REPORT, "external_reference": "A-2"})
    assert other["incident_id"] != first["incident_id"]


async def test_a_repeat_that_knows_more_is_an_update(county):
    first = await county.done("taker", "/reports", {**REPORT, "external_reference": "A-1"})
    again = {**REPORT, "external_reference": "A-1", "facts": {"deaths": 3}}
    told = await county.done("taker", "/reports", again)
    assert (told["incident_id"], told["grade_zh"]) == (first["incident_id"], "较大")
    assert (await county.names())[-3:] == ["incident.updated", "incident.graded", "incident.escalated"]


async def test_many_seats_reporting_one_record_at_once_open_one_incident(county):
    answers = await asyncio.gather(
        *(county.post("taker", "/reports", {**REPORT, "external_reference": "A-1"}) for _ in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["incident_id"] for answer in answers}) == 1
    assert len(await county.events("incident.reported")) == 1


async def test_a_command_sent_twice_with_its_key_has_one_effect(county):
    answers = [await county.post("taker", "/reports", REPORT, **{"idempotency-key": "k"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert len(await county.events("incident.reported")) == 1


async def test_a_usable_place_is_enough_and_all_else_may_come_later(county):
    place = {"lon": 123.782, "lat": 41.842, "address": "和平路 118 号"}
    told = await county.done("taker", "/reports", {"channel": "110", "location": place})
    shown = await county.get("officer", f"/incidents/{told['incident_id']}")
    assert (shown["sector"], shown["title"]) == ("other", "和平路 118 号 其它突发事件")
    nameless = await county.done(
        "taker", "/reports", {"channel": "walk_in", "location": {**place, "address": ""}}
    )
    later = await county.get("officer", f"/incidents/{nameless['incident_id']}")
    assert later["title"] == "123.78200, 41.84200 其它突发事件"


@pytest.mark.parametrize(
    "channel", ["119", "110", "120", "12350", "walk_in", "enterprise", "partner", "sensor"]
)
async def test_every_channel_is_taken_and_told(county, channel):
    await county.reported(channel=channel)
    (event,) = await county.events("incident.reported")
    assert event.channel == channel


async def test_a_grave_report_goes_upward_at_once(county):
    await county.reported(facts={"deaths": 3})
    (escalated,) = await county.events("incident.escalated")
    assert (escalated.target, escalated.grade.value) == ("210400", "significant")


@pytest.mark.parametrize(
    ("changes", "status", "field", "rule"),
    [
        ({"title": 3}, 422, "title", "type"),
        ({"event_type": None}, 422, "event_type", "kind_missing"),
        ({"sector": None}, 422, "sector", "kind_missing"),
        ({"title": "  "}, 422, "title", "format"),
        ({"title": "长" * 201}, 422, "title", "length"),
        ({"title": "a\x00b"}, 422, "title", "null_character"),
        ({"description": "长" * 20_001}, 422, "description", "length"),
        ({"channel": "twitter"}, 422, "channel", "choice"),
        ({"sector": "nonsense"}, 422, "sector", "unknown_sector"),
        ({"event_type": "99Z99"}, 422, "event_type", "unknown_event_type"),
        ({"location": {"lon": 181, "lat": 41.8}}, 422, "location.lon", "range"),
        ({"location": {"lon": "east", "lat": 41.8}}, 422, "location.lon", "format"),
        ({"location": {"lon": 41.84, "lat": 123.78}}, 422, "location", "swapped"),
        ({"location": {"lon": 123.78, "lat": 41.84, "address": "  "}}, 422, "location", "blank"),
        ({"location": {"lon": 116.4, "lat": 39.9}}, 422, "location", "outside_jurisdiction"),
        ({"facts": {"deaths": -1}}, 422, "facts.deaths", "range"),
        ({"facts": {"deaths": 1.5}}, 422, "facts.deaths", "type"),
        ({"facts": {"dead": 1}}, 422, "facts.dead", "extra_forbidden"),
        ({"occurred_at": "yesterday"}, 422, "occurred_at", "format"),
        ({"occurred_at": "2026-01-01T00:00:00"}, 422, "occurred_at", "format"),
        ({"surprise": 1}, 422, "surprise", "extra_forbidden"),
    ],
)
async def test_a_bad_report_is_refused_with_field_and_rule(county, changes, status, field, rule):
    answer = await county.post("taker", "/reports", {**REPORT, **changes})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert (error["field"], error["rule"]) == (field, rule)
    assert error["message"] and error["message_en"]
    assert await county.names() == []


async def test_a_missing_field_is_named(county):
    answer = await county.post(
        "taker", "/reports", {name: REPORT[name] for name in REPORT if name != "location"}
    )
    assert answer.json()["errors"][0]["field"] == "location"
    assert "location" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("moved", "rule"),
    [(timedelta(hours=1), "occurred_in_future"), (timedelta(days=-500), "occurred_too_long_ago")],
)
async def test_an_impossible_time_is_refused(county, moved, rule):
    answer = await county.post(
        "taker", "/reports", {**REPORT, "occurred_at": (datetime.now(UTC) + moved).isoformat()}
    )
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, rule)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"text"', b"null", b"\xff\xfe", b'{"title": NaN}'])
async def test_a_body_that_is_no_report_is_refused(county, content):
    answer = await county.raw("taker", "/reports", content)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_megabyte_is_refused(county):
    answer = await county.post("taker", "/reports", {**REPORT, "description": "x" * 1_000_000})
    assert answer.status_code == 413
    assert "detail_en" in answer.json()


async def test_a_place_near_the_border_is_taken_and_marked(county):
    told = await county.done("taker", "/reports", {**REPORT, "location": {"lon": 123.83, "lat": 41.845}})
    assert told["jurisdiction_unsure"]


@pytest.mark.parametrize(
    ("who", "node"), [("logistics", ""), ("health", ""), ("taker", "210421"), ("taker", "210400")]
)
async def test_wrong_role_and_foreign_jurisdiction_are_refused_and_audited(county, who, node):
    answer = await county.post(who, "/reports", REPORT, node=node)
    assert answer.status_code == 403
    async with county.database.reading() as connection:
        outcomes = (await connection.execute(text("SELECT outcome FROM audit_entry"))).scalars().all()
    assert outcomes and outcomes[0].startswith("refused:")


async def test_the_level_above_may_read_but_not_the_neighbour(county):
    incident = await county.reported()
    assert await county.get("officer", f"/incidents/{incident}", node="210400")
    answer = await county._api.get(f"/incidents/{incident}", headers=county.headers("officer", "210421"))
    assert answer.status_code == 403


async def test_a_report_can_name_the_place_below_the_county_and_the_city_knows_it_too(county, city):
    incident = await county.reported(place="210404901001")
    told = await county.get("officer", f"/incidents/{incident}")
    assert (told["place"], told["place_name"]) == ("210404901001", "望花区示例街道第一网格")
    await city.hear(county)
    assert (await city.get("officer", f"/incidents/{incident}"))["place"] == "210404901001"


async def test_what_the_plan_knows_of_a_hazard_source_comes_back_with_the_receipt(county):
    receipt = await county.done("taker", "/reports", {**REPORT, "hazard_source_id": "wanghua-chlorine-1"})
    known = receipt["hazard_source"]
    assert (known["name"], known["substance"]) == ("用氯企业（示例）", "液氯")
    assert known["contact"] == known["plan_file"] == ""  # the city's to fill
    told = await county.get("officer", f"/incidents/{receipt['incident_id']}")
    assert told["hazard_source"] == known
    assert (await county.done("taker", "/reports", REPORT))["hazard_source"] is None


async def test_a_hazard_source_that_the_plan_does_not_have_is_refused(county):
    unknown = {"hazard_source_id": "wanghua-nothing"}
    refused = await county.post("taker", "/reports", {**REPORT, **unknown})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["rule"]) == (
        422,
        "hazard_source_id",
        "unknown_hazard_source",
    )
    assert "wanghua-nothing" in refused.json()["detail"] or "wanghua-nothing" in error["message"]
    incident = await county.reported()
    moved = {"location": REPORT["location"], "version": 1, **unknown}
    assert (await county.post("officer", f"/incidents/{incident}/particulars", moved)).status_code == 422


@pytest.mark.parametrize(
    ("place", "rule"), [("210421901", "unknown_place"), ("210404999", "unknown_place"), ("望花", "format")]
)
async def test_a_place_of_another_county_or_of_none_is_refused(county, place, rule):
    refused = await county.post("taker", "/reports", {**REPORT, "place": place})
    problem = refused.json()
    assert (refused.status_code, problem["errors"][0]["field"], problem["errors"][0]["rule"]) == (
        422,
        "place",
        rule,
    )
