"""Warnings and subscribers over HTTP, on a real database."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from contracts.plan.warnings import Issuer, LevelAuthority
from contracts.values import WarningLevel
from services.notify.tests.world import DRAFT
from shared.http.auth import unguarded_routes

pytestmark = pytest.mark.servers


async def test_a_warning_goes_all_the_way_through_three_people(live):
    warning_id = await live.published()
    cancelled = await live.post("signer", f"/warnings/{warning_id}/cancel", {"reason": "险情解除"})
    assert cancelled.json()["status"] == "cancelled"
    assert await live.event_names() == [
        "warning.drafted",
        "warning.reviewed",
        "warning.signed",
        "warning.published",
        "warning.cancelled",
    ]
    shown = (await live.get("health", f"/warnings/{warning_id}")).json()
    assert shown["content"]["issuer"] == "望花区人民政府"
    assert shown["content"]["measures"] == DRAFT["measures"]
    people = [shown["authors"][0]["subject"], shown["reviewer"]["subject"], shown["signer"]["subject"]]
    assert people == ["author", "reviewer", "signer"]


@pytest.mark.parametrize("step", ["review", "sign"])
async def test_nobody_does_two_of_the_three_parts(live, step):
    made = await live.post("all-rounder", "/warnings", DRAFT)
    warning_id = made.json()["warning_id"]
    if step == "sign":
        await live.step("reviewer", warning_id, "review")
    refused = await live.step("all-rounder", warning_id, step)
    problem = refused.json()
    assert (refused.status_code, problem["errors"][0]["rule"]) == (422, "same_person")
    assert "三个不同的人" in problem["title"]
    assert "DB45/T 2427-2021" in problem["title"]


async def test_a_step_too_early_says_which_states_allow_it(live):
    warning_id = await live.drafted()
    refused = await live.step("signer", warning_id, "sign")
    assert refused.status_code == 409
    assert "已审核" in refused.json()["detail"]


async def test_a_returned_draft_is_revised_and_reviewed_again(live):
    warning_id = await live.drafted()
    path = f"/warnings/{warning_id}"
    await live.step("reviewer", warning_id, "review")
    returned = await live.post("signer", f"{path}/return", {"reason": "范围有误"})
    assert (returned.json()["status"], returned.json()["reason"]) == ("drafted", "范围有误")
    revised = await live.post("author", f"{path}/revise", {"area": "和平街道、光明街道", "version": 3})
    assert revised.json()["content"]["area"] == "和平街道、光明街道"
    stale = await live.post("reviewer", f"{path}/review", {"version": 3})
    assert stale.status_code == 409
    again = await live.post("reviewer", f"{path}/review", {"version": 4})
    assert again.json()["status"] == "reviewed"


@pytest.mark.parametrize(
    ("changes", "status", "rule", "field"),
    [
        ({"instruction": " "}, 422, "missing_statements", "instruction"),
        ({"measures": []}, 422, "missing_statements", "measures"),
        ({"area": "\t"}, 422, "missing_statements", "area"),
        ({"area_codes": ["210421"]}, 422, "foreign_area", "area_codes"),
        ({"area_codes": []}, 422, "length", "area_codes"),
        ({"places": ["210421901"]}, 422, "foreign_area", "places"),
        ({"places": ["2104"]}, 422, "format", "places"),
        ({"sector": "no_such"}, 422, "unknown_sector", "sector"),
        ({"event_type": "99Z99"}, 422, "unknown_event_type", "event_type"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, 422, "implausible_start", "starts_at"),
        ({"starts_at": "9999-12-31T23:59:59+08:00"}, 422, "implausible_start", "starts_at"),
        ({"starts_at": "2031-01-01T00:00:00"}, 422, "format", "starts_at"),
        ({"valid_hours": 0}, 422, "range", "valid_hours"),
        ({"headline": "x" * 151}, 422, "length", "headline"),
        ({"headline": "\x00"}, 422, "null_character", "headline"),
        ({"level": "purple"}, 422, "choice", "level"),
        ({"surprise": 1}, 422, "extra_forbidden", "surprise"),
    ],
)
async def test_a_bad_draft_is_refused_with_field_and_rule(live, changes, status, rule, field):
    refused = await live.post("author", "/warnings", {**DRAFT, **changes})
    problem = refused.json()
    assert (refused.status_code, problem["errors"][0]["rule"]) == (status, rule)
    assert problem["errors"][0]["field"].startswith(field)
    assert await live.event_names() == []


WEATHER = {"sector": "weather", "event_type": "11B03", "incident_id": None}


async def test_a_weather_warning_is_left_to_its_station_from_the_first_to_the_last_step(live):
    """气象灾害防御条例 art. 30: 其他组织和个人不得向社会发布."""
    refused = await live.post("author", "/warnings", {**DRAFT, **WEATHER})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "reserved_event_type")
    made = await live.post("meteorology", "/warnings", {**DRAFT, **WEATHER})
    assert (made.status_code, made.json()["content"]["issuer"]) == (201, "气象主管机构所属的气象台站")
    warning_id = made.json()["warning_id"]
    refused = await live.step("reviewer", warning_id, "review")
    assert refused.json()["errors"][0]["rule"] == "reserved_event_type"
    assert (await live.step("forecaster", warning_id, "review")).json()["status"] == "reviewed"


async def test_forecasts_of_earthquakes_are_nobody_s_here(live):
    quake = {"sector": "earthquake", "event_type": "11C02"}
    for who in ("author", "meteorology"):
        refused = await live.post(who, "/warnings", {**DRAFT, **quake})
        assert refused.json()["errors"][0]["rule"] == "reserved_event_type"


async def test_measures_are_offered_and_never_filled_in(live):
    """突发事件应对法 arts 66, 67: 采取下列一项或者多项措施; art. 64: 明确应当采取的措施."""
    without = {name: value for name, value in DRAFT.items() if name != "measures"}
    refused = await live.post("author", "/warnings", without)
    assert refused.json()["errors"][0]["field"] == "measures"
    query = "sector=hazardous_chemicals&event_type=12D02&level=red"
    offers = (await live.get("author", f"/warning-offers?{query}")).json()
    assert (offers["issuer"], offers["reserved"], len(offers["measures"])) == ("望花区人民政府", False, 13)
    assert (offers["criterion"], offers["criterion_to_confirm"]) == ("", True)
    shown = (await live.get("author", f"/warnings/{await live.drafted()}")).json()
    assert shown["offers"]["measures"] and shown["content"]["measures"] == DRAFT["measures"]


async def test_who_is_to_be_told_is_named_with_the_places_beside(live):
    """突发事件应对法 art. 64: 向上一级人民政府报告, 向当地驻军和…毗邻或者相关地区的人民政府通报."""
    query = "sector=气象灾害&event_type=11B03&level=blue"
    offers = (await live.get("author", f"/warning-offers?{query}")).json()
    told = {one["kind"]: one["places"] for one in offers["recipients"]}
    assert told["next_level"] == ["抚顺市"]
    assert told["garrison"] == []
    assert "抚顺县" in told["neighbours"] and "望花区" not in told["neighbours"]
    assert (offers["criterion"], offers["reserved"]) == ("暴雨：12 小时内降雨量 50 毫米以上", True)
    unknown = await live.get("author", "/warning-offers?sector=no&event_type=11B03&level=blue")
    assert unknown.status_code == 422


async def test_a_warning_can_name_the_places_below_the_county_that_it_is_for(live):
    warning_id = await live.drafted(places=["210404901", "210404901001"])
    shown = (await live.get("officer", f"/warnings/{warning_id}")).json()
    assert shown["content"]["places"] == ["210404901", "210404901001"]


async def test_the_number_that_the_public_is_to_call_stays_in_a_warning(live):
    """突发事件应对法 art. 66: 公布咨询或者求助电话等联络方式和渠道."""
    await live.published(instruction="撤离；咨询电话 024-52812345。")
    (body,) = [body for name, body in await live.events() if "published" in name]
    assert "024-52812345" in body["content"]["instruction"]


async def test_strange_ids_are_answered_and_never_a_server_error(live):
    for path in ("/warnings/nothing", "/warnings/%00", f"/warnings/{'x' * 101}", "/deliveries?after=%00"):
        assert 400 <= (await live.get("officer", path)).status_code < 500
    assert (await live.get("officer", "/warnings?limit=201")).status_code == 422


async def test_no_route_is_open(live):
    assert unguarded_routes(live.app) == []
    assert (await live.post("health", "/warnings", DRAFT)).status_code == 403


async def test_the_same_key_gives_the_same_warning(live):
    first, again = [await live.post("author", "/warnings", DRAFT, key="k-1") for _ in range(2)]
    assert first.json() == again.json()
    assert await live.event_names() == ["warning.drafted"]


async def test_of_two_signers_at_once_one_wins(live):
    warning_id = await live.drafted()
    await live.step("reviewer", warning_id, "review")
    seen = {"version": 2}
    path = f"/warnings/{warning_id}/sign"
    answers = await asyncio.gather(*(live.post("signer", path, seen) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]


async def test_a_drill_s_texts_and_reasons_say_so(drill):
    warning_id = await drill.published()
    await drill.post("author", f"/warnings/{warning_id}/cancel", {"reason": "演练结束"})
    events = dict(await drill.events())
    content = events["cn.liandong.warning.published.v1"]["content"]
    cancelled = events["cn.liandong.warning.cancelled.v1"]
    texts = [content[name] for name in ("headline", "description", "instruction", "area", "issuer")]
    texts += [*content["measures"], cancelled["headline"], cancelled["reason"]]
    assert len(texts) == 5 + len(DRAFT["measures"]) + 2
    assert all(words.startswith("【演练】") and words.count("【演练】") == 1 for words in texts)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "【演练】氯气泄漏橙色预警"),
        ("description", "本次演练模拟液氯储罐泄漏。"),
        ("instruction", "演练期间勿恐慌。"),
        ("area", "和平街道（演练区）"),
        ("measures", ["启动应急预案", "演练疏散"]),
    ],
)
async def test_a_real_warning_never_speaks_of_a_drill(live, field, value):
    refused = await live.post("author", "/warnings", {**DRAFT, field: value})
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["rule"]) == (422, field, "says_exercise")
    warning_id = await live.published()
    refused = await live.post("author", f"/warnings/{warning_id}/cancel", {"reason": "演练结束"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")


async def test_what_a_machine_took_from_an_incident_s_title_is_not_adopted_with_a_drill_s_words(live):
    warning_id = await live.drafted()
    async with live.database.begin(live.clock.now(), cause="test") as unit:
        await unit.connection.execute(
            text("UPDATE warning SET content = jsonb_set(content, '{headline}', '\"消防演练\"')")
        )
    refused = await live.step("reviewer", warning_id, "review")
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "says_exercise")


async def test_warnings_are_listed_by_incident_status_and_page(live):
    for known in ("i-0", "i-1"):
        await live.knows(known)
    ids = [await live.drafted(incident_id=f"i-{n % 2}") for n in range(4)]
    listed = (await live.get("officer", "/warnings?incident_id=i-0")).json()
    assert [one["warning_id"] for one in listed] == [ids[0], ids[2]]
    page = (await live.get("officer", f"/warnings?limit=2&after={ids[1]}&status=drafted")).json()
    assert [one["warning_id"] for one in page] == ids[2:]


async def test_a_department_acknowledges_once(live):
    warning_id = await live.drafted()
    path = f"/warnings/{warning_id}/acknowledgements"
    assert (await live.post("health", path)).status_code == 409
    warning_id = await live.published()
    path = f"/warnings/{warning_id}/acknowledgements"
    first, again = await live.post("health", path), await live.post("health", path)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (await live.event_names()).count("delivery.acknowledged") == 1
    shown = (await live.get("officer", f"/warnings/{warning_id}")).json()
    assert [one["department"] for one in shown["acknowledgements"]] == ["health"]


async def test_a_department_that_the_plan_does_not_have_acknowledges_nothing(live):
    path = f"/warnings/{await live.published()}/acknowledgements"
    refused = await live.post("weisheng", path)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "unknown_department")
    assert "delivery.acknowledged" not in await live.event_names()


async def test_subscribers_are_added_changed_listed_and_removed(live):
    body = {"name": "电台", "department": "publicity", "channel": "file", "target": "radio"}
    added = await live.post("officer", "/subscribers", body)
    changed = await live.post("officer", "/subscribers", {**body, "target": "radio/two"})
    assert (added.status_code, changed.status_code) == (201, 200)
    subscriber_id = changed.json()["subscriber_id"]
    assert subscriber_id == added.json()["subscriber_id"]
    listed = (await live.get("officer", "/subscribers")).json()
    assert [one["target"] for one in listed] == ["radio/two"]
    assert (await live.get("health", "/subscribers")).status_code == 403
    assert (await live.delete("officer", f"/subscribers/{subscriber_id}")).status_code == 200
    assert (await live.delete("officer", f"/subscribers/{subscriber_id}")).status_code == 404
    assert (await live.get("officer", "/subscribers")).json() == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"channel": "webhook", "target": "http://example.org/in"}, "unknown_host"),
        ({"channel": "webhook", "target": "gopher://127.0.0.1/"}, "unsafe_url"),
        ({"target": "../../etc"}, "unsafe_path"),
        ({"department": "no_such"}, "unknown_department"),
        ({"mode": "live"}, "extra_forbidden"),
    ],
)
async def test_a_bad_subscriber_is_refused(live, changes, rule):
    body = {"name": "电台", "channel": "file", "target": "radio", **changes}
    refused = await live.post("officer", "/subscribers", body)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, rule)


async def test_an_expired_warning_is_sent_back_instead_of_published(live):
    starts = datetime.now(UTC) - timedelta(hours=2)
    warning_id = await live.drafted(starts_at=starts.isoformat(), valid_hours=1)
    await live.step("reviewer", warning_id, "review")
    await live.step("signer", warning_id, "sign")
    refused = await live.step("signer", warning_id, "publish")
    assert refused.json()["errors"][0]["rule"] == "already_expired"


@pytest.mark.parametrize("step", ["review", "sign", "publish"])
async def test_nobody_answers_for_a_text_without_saying_which_one_was_shown(live, step):
    warning_id = await live.drafted()
    refused = await live.post("all-rounder", f"/warnings/{warning_id}/{step}")
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["rule"]) == (422, "version", "missing")


def rules(live, **changes: object) -> None:
    """Another plan for warnings."""
    warnings = live.context.plan.warnings.model_copy(update=changes)
    plan = live.context.plan.model_copy(update={"warnings": warnings})
    live.app.state.context = replace(live.context, plan=plan)


async def test_a_level_that_is_not_ours_is_refused_at_every_step(live):
    warning_id = await live.drafted()
    ours = {WarningLevel.ORANGE: LevelAuthority(from_level="city", source="示例")}
    await live.step("reviewer", warning_id, "review")
    rules(live, authority=ours)
    refused = await live.step("signer", warning_id, "sign")
    assert refused.json()["errors"][0]["rule"] == "level_not_ours"
    assert "市级" in refused.json()["title"]
    drafted = await live.post("author", "/warnings", DRAFT)
    assert drafted.json()["errors"][0]["rule"] == "level_not_ours"
    rules(live, authority={})
    assert (await live.step("signer", warning_id, "sign")).status_code == 200
    rules(live, authority=ours)
    refused = await live.step("signer", warning_id, "publish")
    assert refused.json()["errors"][0]["rule"] == "level_not_ours"


async def test_a_level_is_signed_by_whom_the_plan_names(live):
    warning_id = await live.drafted()
    rules(live, authority={WarningLevel.ORANGE: LevelAuthority(signers=("commander",), source="示例")})
    assert (await live.step("reviewer", warning_id, "review")).status_code == 200
    refused = await live.step("signer", warning_id, "sign")
    assert refused.json()["errors"][0]["rule"] == "not_your_level"


async def test_what_became_another_body_s_after_it_was_signed_is_not_published(live):
    warning_id = await live.drafted()
    for who, step in (("reviewer", "review"), ("signer", "sign")):
        assert (await live.step(who, warning_id, step)).status_code == 200
    station = Issuer(
        event_types=("12D02",),
        issuer="某台站",
        department="meteorology",
        reserved=True,
        article="x",
        source="x",
    )
    rules(live, issuers=(station,))
    refused = await live.step("signer", warning_id, "publish")
    assert refused.json()["errors"][0]["rule"] == "reserved_event_type"
    renamed = station.model_copy(update={"reserved": False})
    rules(live, issuers=(renamed,))
    refused = await live.step("signer", warning_id, "publish")
    assert refused.json()["errors"][0]["rule"] == "foreign_issuer"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("description", "{title}泄漏"),
        ("instruction", "撤离至____"),
        ("headline", "××区预警"),
        ("area", "（填写范围）"),
    ],
)
async def test_a_text_with_something_to_fill_in_is_not_signed(live, field, words):
    warning_id = await live.drafted(**{field: words})
    await live.step("reviewer", warning_id, "review")
    refused = await live.step("signer", warning_id, "sign")
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["rule"]) == (422, field, "unfilled_placeholder")


async def test_measures_are_offered_by_level_and_none_is_chosen(live):
    warning_id = await live.drafted()
    offers = (await live.get("author", f"/warnings/{warning_id}")).json()["offers"]
    groups = offers["measure_groups"]
    assert [group["level"] for group in groups] == ["blue", "orange"]
    assert sorted(m for group in groups for m in group["measures"]) == sorted(offers["measures"])


async def test_the_token_in_an_address_is_in_no_event_audit_or_refusal(live):
    secret = "s3cret-token"
    target = f"http://127.0.0.1:9/{secret}?key={secret}"
    await live.subscriber("台网", "webhook", target)
    refused = await live.post(
        "officer",
        "/subscribers",
        {"name": "外", "channel": "webhook", "target": f"http://far.example/{secret}"},
    )
    assert refused.status_code == 422 and "far.example" in refused.text and secret not in refused.text
    await live.published()
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    assert secret not in (await live.get("officer", "/deliveries")).text
    assert secret not in json.dumps(await live.events())
    async with live.database.reading() as connection:
        audited = (await connection.execute(text("SELECT inputs::text AS inputs FROM audit_entry"))).scalars()
        assert secret not in " ".join(audited)


async def test_drafts_are_on_a_topic_that_partners_do_not_read(live):
    await live.published()
    async with live.database.reading() as connection:
        rows = (await connection.execute(text("SELECT topic, headers FROM outbox ORDER BY id"))).all()
    told = [(row.topic, json.loads(row.headers)["ce_type"].split(".")[-2]) for row in rows]
    assert [name for topic, name in told if topic == "210404.warning"] == ["published"]
    assert {name for topic, name in told if topic == "210404.warning-draft"} == {
        "drafted",
        "reviewed",
        "signed",
    }


def test_partners_read_what_is_in_force_and_no_draft():
    streams = yaml.safe_load(Path("contracts/topics.yaml").read_text())["streams"]
    assert "partners" in streams["warning"]["readers"]
    assert "partners" not in streams["warning-draft"]["readers"]


async def test_a_plan_that_changes_keeps_no_warning_in_force(live):
    warning_id = await live.published()
    renamed = Issuer(event_types=("12D02",), issuer="某单位", article="x", source="x")
    authority = {WarningLevel.ORANGE: LevelAuthority(from_level="city", source="示例")}
    rules(live, issuers=(renamed,), authority=authority)
    lifted = await live.post("signer", f"/warnings/{warning_id}/cancel", {"reason": "险情排除"})
    assert (lifted.status_code, lifted.json()["status"]) == (200, "cancelled")


async def test_who_may_not_issue_a_kind_does_not_send_it_back_either(live):
    made = await live.post("meteorology", "/warnings", {**DRAFT, **WEATHER})
    path = f"/warnings/{made.json()['warning_id']}/return"
    refused = await live.post("reviewer", path, {"reason": "x"})
    assert refused.json()["errors"][0]["rule"] == "reserved_event_type"
