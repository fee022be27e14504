"""What duty officers and commanders do with an incident, at the county and at the city."""

from datetime import datetime, timedelta

import pytest

from contracts.events.dispatch import StepUndone, TeamReleased
from contracts.events.incident import IncidentControlled
from services.incident.tests.orders import issued, order_event

pytestmark = pytest.mark.servers

RECEIPT = {"received_by": "市应急局值班员王芳", "receipt": "回执 1"}


async def test_new_facts_grade_again_and_escalate_once(county):
    incident = await county.reported()
    body = {"facts": {"deaths": 3}, "source": "现场"}
    told = await county.update("officer", incident, body)
    assert (told["grade_zh"], told["escalated_to"], told["version"]) == ("较大", "210400", 2)
    await county.update("officer", incident, {**body, "facts": {"deaths": 4}})
    assert len(await county.events("incident.escalated")) == 1


async def test_a_stale_version_is_refused(county):
    incident = await county.reported()
    body = {"facts": {"deaths": 1}, "source": "现场", "version": 1}
    await county.update("officer", incident, body)
    stale = await county.post("officer", f"/incidents/{incident}/updates", body)
    assert (stale.status_code, stale.json()["errors"][0]["rule"]) == (409, "stale_version")
    without = {"facts": {"deaths": 1}, "source": "现场"}
    unversioned = await county.post("officer", f"/incidents/{incident}/updates", without)
    (error,) = unversioned.json()["errors"]
    assert (unversioned.status_code, error["field"], error["rule"]) == (422, "version", "missing")


async def test_an_unknown_incident_is_not_found(county):
    assert (await county.post("officer", "/incidents/nothing/controlled")).status_code == 404


async def test_a_refused_transition_says_which_states_allow_it(county):
    incident = await county.reported()
    refused = await county.post("commander", f"/incidents/{incident}/close", {"outcome": "ended"})
    assert refused.status_code == 409
    assert "已控制" in refused.json()["detail"]


async def test_a_breached_clock_is_told_once_and_a_late_report_says_how_late(county):
    incident = await county.reported()
    county.clock.forward(timedelta(minutes=61))
    assert await county.tick() == 3
    assert await county.tick() == 0
    assert [event.duty for event in await county.events("incident.reporting_due_soon")] == [
        "county_report_up"
    ]
    own, overdue = await county.events("incident.reporting_overdue")
    assert (own.duty, overdue.duty) == ("county_report_own", "unit_report")
    assert own.recipients == ("县级人民政府", "公安机关", "人力资源社会保障部门", "工会", "人民检察院")
    assert overdue.noticed_at - overdue.due_at == timedelta(minutes=1)
    body = {"duty": "unit_report", "proof": "传真 1", "receipt": RECEIPT}
    told = await county.done("officer", f"/incidents/{incident}/submissions", body)
    assert (told["status"], told["late_seconds"]) == ("discharged", 60)


async def test_a_report_in_time_stops_the_clock(county):
    incident = await county.reported()
    for duty in ("unit_report", "county_report_up", "county_report_own"):
        body = {"duty": duty, "proof": "传真", "receipt": RECEIPT}
        await county.done("officer", f"/incidents/{incident}/submissions", body)
    county.clock.forward(timedelta(hours=5))
    assert await county.tick() == 0


async def test_a_grave_grade_brings_the_city_more_duties_counted_from_when_it_happened(county, city):
    """国务院应急办 2015-07-31: one clock for the event, also when it becomes grave after the city heard."""
    happened = county.clock.now() - timedelta(minutes=10)
    incident = await county.reported(occurred_at=happened.isoformat(), facts={"deaths": 3})
    await city.hear(county)
    seen = {
        due_report["duty"]
        for due_report in (await city.get("officer", f"/incidents/{incident}"))["due_reports"]
    }
    assert not any(duty.startswith("urgent") for duty in seen)
    body = {"facts": {"deaths": 12}, "source": "现场"}
    await county.update("officer", incident, body)
    await city.hear(county)
    due_reports = {
        due_report["duty"]: due_report
        for due_report in await city.get("officer", f"/due-reports?incident_id={incident}")
    }
    assert datetime.fromisoformat(due_reports["urgent_phone"]["due_at"]) == happened + timedelta(minutes=30)
    assert datetime.fromisoformat(due_reports["urgent_written"]["due_at"]) == happened + timedelta(minutes=60)
    assert [one["kind"] for one in due_reports["urgent_phone"]["recipients"]] == [
        "state_council",
        "next_level",
    ]
    assert "urgent_phone" not in {
        due_report["duty"] for due_report in await county.get("officer", "/due-reports")
    }


async def test_outside_production_the_county_government_reports_at_once_and_no_1_hour_runs(county):
    """突发事件应对法 art. 17; 生产安全事故报告和调查处理条例 art. 2."""
    crash = {"sector": "road_traffic", "event_type": "12H02", "title": "追尾", "facts": {"deaths": 1}}
    incident = await county.reported(**crash)
    (due_report,) = await county.get("officer", f"/due-reports?incident_id={incident}")
    assert (due_report["duty"], due_report["at_once"]) == ("county_report_at_once", True)
    assert [one["name"] for one in due_report["recipients"]] == [
        "抚顺市人民政府",
        "市级主管部门（公安、交通运输）",
        "本级人民政府相关部门",
    ]
    body = {"facts": {"in_production": True}, "source": "交警", "statement": "系营运客车"}
    await county.update("officer", incident, body)
    duties = {
        due_report["duty"]
        for due_report in await county.get("officer", f"/due-reports?incident_id={incident}")
    }
    assert {"unit_report", "county_report_up", "county_report_own"} < duties


async def test_a_city_that_leads_owes_the_duties_of_production_once_it_is_known_to_be_one(county, city):
    crash = {"sector": "road_traffic", "event_type": "12H02", "title": "追尾", "facts": {"deaths": 3}}
    incident = await county.reported(**crash)
    body = {"facts": {"in_production": True}, "source": "交警", "statement": "系营运客车"}
    await county.update("officer", incident, body)
    await city.hear(county)
    duties = {
        due_report["duty"] for due_report in await city.get("officer", f"/due-reports?incident_id={incident}")
    }
    assert duties == {"city_report_at_once", "city_report_up", "city_report_own"}


async def test_a_report_that_went_to_everybody_names_them_and_one_to_another_names_that_one(county):
    incident = await county.reported()
    path = f"/incidents/{incident}/submissions"
    await county.done("officer", path, {"duty": "county_report_own", "proof": "传真 1"})
    await county.done(
        "officer", path, {"duty": "county_report_up", "proof": "传真 2", "recipient": "市政府总值班室"}
    )
    own, up = await county.events("incident.report_submitted")
    assert own.recipients[0] == "县级人民政府" and len(own.recipients) == 5
    assert (up.recipient, up.recipients) == ("市政府总值班室", ("市政府总值班室",))


async def test_a_response_must_state_what_the_law_asks_for(county):
    incident = await county.reported()
    refused = await county.post("commander", f"/incidents/{incident}/response", {"level": "IV"})
    assert refused.status_code == 422
    assert "第七十二条" in refused.json()["detail"]
    whole = {"level": "IV", "matter": "泄漏", "expected_duration_hours": 6, "measures": ["疏散"]}
    await county.done("commander", f"/incidents/{incident}/response", whole)
    assert (await county.post("commander", f"/incidents/{incident}/response", whole)).status_code == 409
    assert (await county.get("officer", f"/incidents/{incident}"))["status"] == "responding"


async def test_only_an_approver_of_the_plan_starts_a_level(county):
    incident = await county.reported()
    whole = {"level": "II", "matter": "泄漏", "expected_duration_hours": 6, "measures": ["疏散"]}
    assert (await county.post("officer", f"/incidents/{incident}/response", whole)).status_code == 403


async def test_an_incident_closes_after_its_response_has_ended(county):
    incident = await county.reported()
    whole = {"level": "IV", "matter": "泄漏", "expected_duration_hours": 6, "measures": ["疏散"]}
    await county.done("commander", f"/incidents/{incident}/response", whole)
    await county.done("commander", f"/incidents/{incident}/controlled", {"statement": "已控制"})
    assert (await county.post("commander", f"/incidents/{incident}/close")).status_code == 409
    await county.done("commander", f"/incidents/{incident}/response/end", {"reason": "险情排除"})
    told = await county.done("commander", f"/incidents/{incident}/close", {"statement": "结束"})
    assert told["status"] == "closed"


async def test_closing_with_teams_out_asks_and_releases_nobody(county):
    incident, now = await county.reported(), county.clock.now()
    for lender, by in (("210404", "210404"), ("210421", "210404"), ("210400", "210400")):
        await county.feed(issued(incident, now, lender, by), lender, "dispatch")
    away = order_event(incident, TeamReleased, "210421", reason="任务完成", released_at=now)
    await county.feed(away, "210421", "dispatch", sequence=2)
    await county.done("commander", f"/incidents/{incident}/controlled", {"statement": "已控制"})
    refused = await county.post("commander", f"/incidents/{incident}/close")
    assert refused.status_code == 409
    assert "210404队" in refused.json()["detail"] and "210421队" not in refused.json()["detail"]
    told = await county.done("commander", f"/incidents/{incident}/close", {"teams_stay_out": True})
    assert told["status"] == "closed"
    (left,) = (await county.get("officer", f"/incidents/{incident}"))["teams_out"]
    assert left["team_id"] == "t-210404"


async def test_a_release_heard_before_the_order_and_one_undone_are_counted_right(county):
    incident, now = await county.reported(), county.clock.now()
    released = order_event(incident, TeamReleased, reason="任务完成", released_at=now)
    await county.feed(released, "210404", "dispatch", sequence=4)
    await county.feed(issued(incident, now), "210404", "dispatch", sequence=1)
    assert (await county.get("officer", f"/incidents/{incident}"))["teams_out"] == []
    undone = {"undone": "released", "status": "arrived", "by": "调度员", "undone_at": now}
    await county.feed(order_event(incident, StepUndone, **undone), "210404", "dispatch", sequence=5)
    assert len((await county.get("officer", f"/incidents/{incident}"))["teams_out"]) == 1


async def test_a_consultation_records_dissent_and_starts_what_it_concludes(county):
    incident = await county.reported()
    held = await county.done(
        "officer",
        f"/incidents/{incident}/consultations",
        {"matter": "处置", "chair": "应急局", "departments": ["health", "ecology", "public_security"]},
    )
    path = f"/consultations/{held['consultation_id']}"
    await county.done("health", f"{path}/opinions", {"position": "agree", "opinion": "同意"})
    await county.done("ecology", f"{path}/opinions", {"position": "dissent", "opinion": "范围应扩大"})
    told = await county.done(
        "commander",
        f"{path}/conclusion",
        {
            "conclusion": "疏散",
            "tasks": [{"department": "health", "action": "救治", "due_minutes": 30}],
            "response_level": "III",
            "warning": {"level": "orange", "area": "园区", "reason": "扩散"},
            "support": [{"target": "210400", "capability": "hazmat", "count": 2}],
        },
    )
    assert (told["dissenting"], told["unanswered"]) == (["ecology"], ["public_security"])
    (concluded,) = await county.events("consultation.concluded")
    assert concluded.support[0].target == "210400"
    assert concluded.tasks[0].due_at == county.clock.now() + timedelta(minutes=30)
    (activated,) = await county.events("incident.response_activated")
    assert activated.level.value == "III" and activated.measures
    late = await county.post("health", f"{path}/opinions", {"position": "agree", "opinion": "晚了"})
    assert late.status_code == 409


async def test_only_the_chair_named_at_convening_or_the_deputy_concludes(county):
    incident = await county.reported()
    body = {"matter": "处置", "chair": "区长", "chair_account": "commander", "deputy_account": "deputy"}
    held = await county.done("officer", f"/incidents/{incident}/consultations", body)
    assert (held["chair_account"], held["deputy_account"]) == ("commander", "deputy")
    path = f"/consultations/{held['consultation_id']}/conclusion"
    refused = await county.post("officer", path, {"conclusion": "疏散"})
    assert (refused.status_code, refused.json()["type"]) == (
        403,
        "urn:liandong:problem:consultation.not_in_the_chair",
    )
    assert "区长" in refused.json()["title"] and "deputy" in refused.json()["title"]
    assert (await county.done("commander", path, {"conclusion": "疏散"}))["status"] == "concluded"


async def test_without_a_named_chair_the_role_of_the_plan_s_chair_concludes(county):
    incident = await county.reported(facts={"deaths": 3})
    held = await county.done("officer", f"/incidents/{incident}/consultations", {"matter": "处置"})
    assert (held["chair"], held["chair_role"]) == ("分管副市长", "commander")
    path = f"/consultations/{held['consultation_id']}/conclusion"
    assert (await county.post("officer", path, {"conclusion": "疏散"})).status_code == 403
    assert (await county.done("commander", path, {"conclusion": "疏散"}))["status"] == "concluded"


async def test_the_plan_s_matrix_invites_when_nobody_is_named(county):
    incident = await county.reported()
    held = await county.done(
        "officer", f"/incidents/{incident}/consultations", {"matter": "处置", "chair": "应急局"}
    )
    assert "ecology" in held["departments"]
    refused = await county.post("logistics", f"/consultations/{held['consultation_id']}/opinions", {})
    assert refused.status_code == 403


@pytest.mark.parametrize("target", ["210421", "999999", "210404"])
async def test_support_is_asked_of_the_level_above_or_of_one_below_and_of_nobody_who_would_not_hear_it(
    county, target
):
    incident = await county.reported()
    held = await county.done("officer", f"/incidents/{incident}/consultations", {"matter": "处置"})
    body = {"conclusion": "x", "support": [{"target": target, "capability": "hazmat", "count": 1}]}
    refused = await county.post("officer", f"/consultations/{held['consultation_id']}/conclusion", body)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["rule"]) == (422, "support.target", "unknown_target")
    assert (await county.get("officer", f"/consultations/{held['consultation_id']}"))["status"] == "convened"


async def test_a_conclusion_with_an_unknown_department_changes_nothing(county):
    incident = await county.reported()
    held = await county.done(
        "officer", f"/incidents/{incident}/consultations", {"matter": "处置", "chair": "应急局"}
    )
    body = {"conclusion": "x", "tasks": [{"department": "nobody", "action": "a", "due_minutes": 1}]}
    refused = await county.post("officer", f"/consultations/{held['consultation_id']}/conclusion", body)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "unknown_department")
    assert (await county.get("officer", f"/consultations/{held['consultation_id']}"))["status"] == "convened"


async def test_the_city_follows_takes_command_and_the_county_s_view_follows(county, city):
    incident = await county.reported(facts={"deaths": 3})
    reported, graded, escalated = await county.events()
    for event in (reported, graded, escalated):
        await city.feed(event, "210404")
    seen = await city.get("officer", f"/incidents/{incident}")
    assert (seen["grade_zh"], seen["jurisdiction"], seen["escalated_to"]) == ("较大", "210404", "210400")
    assert {due_report["duty"] for due_report in seen["due_reports"]} == {"city_report_up", "city_report_own"}
    await city.done("commander", f"/incidents/{incident}/command", {"commander": "市指挥长"})
    (assumed,) = await city.events("incident.command_assumed")
    assert assumed.target == "210404"
    await county.feed(assumed, "210400")
    view = await county.get("officer", f"/incidents/{incident}")
    assert view["command"]["jurisdiction"] == "210400"
    refused = await county.post("commander", f"/incidents/{incident}/controlled", {})
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:liandong:problem:incident.not_in_command",
    )
    await city.done("commander", f"/incidents/{incident}/controlled", {"statement": "控制"})
    (controlled,) = await city.events("incident.controlled")
    await county.feed(controlled, "210400")
    assert (await county.get("officer", f"/incidents/{incident}"))["status"] == "controlled"


async def test_a_county_cannot_take_command_of_its_own_incident(county):
    incident = await county.reported()
    refused = await county.post("commander", f"/incidents/{incident}/command", {"commander": "x"})
    assert refused.status_code == 409


async def test_an_escalation_before_its_report_opens_the_view(city, county):
    incident = await county.reported(facts={"deaths": 3})
    (escalated,) = await county.events("incident.escalated")
    await city.feed(escalated, "210404")
    (reported,) = await county.events("incident.reported")
    await city.feed(reported, "210404")
    assert (await city.get("officer", f"/incidents/{incident}"))["grade_zh"] == "较大"


async def test_what_above_says_about_a_stranger_s_incident_is_not_kept(county):
    event = IncidentControlled(
        incident_id="elsewhere", jurisdiction="210400", controlled_at=county.clock.now()
    )
    await county.feed(event, "210400")
    missing = await county._api.get("/incidents/elsewhere", headers=county.headers("officer"))
    assert missing.status_code == 404


QUAKE = {"sector": "earthquake", "event_type": "11C02", "title": "有感地震", "facts": {"deaths": 100}}


async def test_an_earthquake_counts_as_needing_the_city_until_a_person_grades_it(county):
    """突发事件应对法 art. 3: no table here, and 100 dead are not 一般 by default."""
    incident = await county.reported(**QUAKE)
    told = await county.get("officer", f"/incidents/{incident}")
    assert (told["grade"], told["grade_basis"], told["escalated_to"]) == ("significant", "assumed", "210400")
    assert told["grade_zh"] == "未定级（暂按较大）"
    body = {"grade": "catastrophic", "reason": "按地震专项预案，死亡百人以上"}
    told = await county.done("officer", f"/incidents/{incident}/grade", body)
    assert (told["grade"], told["grade_basis"], told["grade_reason"]) == (
        "catastrophic",
        "person",
        body["reason"],
    )
    assert told["graded_by"]
    _, graded = await county.events("incident.graded")
    assert (graded.basis, graded.previous_grade, graded.reason) == ("person", "significant", body["reason"])
    lines = await county.get("officer", f"/incidents/{incident}/timeline")
    assert any("尚未定级" in line["summary"] for line in lines)
    assert any("人工定级" in line["summary"] and body["reason"] in line["summary"] for line in lines)
    again = await county.update("officer", incident, {"facts": {"deaths": 1}, "source": "现场"})
    assert again["grade"] == "catastrophic"


async def test_a_grade_by_a_person_needs_its_reason_and_somebody_who_may(county):
    quake = await county.reported(**QUAKE)
    for body in ({"grade": "major"}, {"grade": "major", "reason": " "}, {"grade": "huge", "reason": "x"}):
        assert (await county.post("officer", f"/incidents/{quake}/grade", body)).status_code == 422
    assert (await county.post("taker", f"/incidents/{quake}/grade", {})).status_code == 403


async def test_a_commander_s_grade_stands_beside_the_table_s_until_the_facts_grade_higher(county, city):
    leak = await county.reported()
    body = {"grade": "significant", "reason": "社会影响大"}
    refused = await county.post("officer", f"/incidents/{leak}/grade", body)
    assert (refused.status_code, "一般" in refused.json()["title"]) == (403, True)
    told = await county.done("commander", f"/incidents/{leak}/grade", body)
    assert (told["grade"], told["grade_basis"], told["computed_grade"]) == (
        "significant",
        "person",
        "general",
    )
    assert told["escalated_to"] == "210400"
    lines = await county.get("officer", f"/incidents/{leak}/timeline")
    assert any("社会影响大" in line["summary"] and "分级标准计为一般" in line["summary"] for line in lines)
    await city.hear(county)
    assert (await city.get("officer", f"/incidents/{leak}"))["computed_grade"] == "general"
    source = {"source": "现场"}
    told = await county.update("officer", leak, {**source, "facts": {"deaths": 1}})
    assert (told["grade"], told["grade_basis"], told["computed_grade"]) == (
        "significant",
        "person",
        "general",
    )
    told = await county.update("officer", leak, {**source, "facts": {"deaths": 12}})
    assert (told["grade"], told["grade_basis"], told["computed_grade"]) == ("major", "table", None)


async def test_a_person_who_grades_as_the_table_does_leaves_it_the_table_s(county):
    leak = await county.reported()
    for grade, basis in (("significant", "person"), ("general", "table")):
        body = {"grade": grade, "reason": "复核"}
        told = await county.done("commander", f"/incidents/{leak}/grade", body)
        assert (told["grade"], told["grade_basis"]) == (grade, basis)


async def test_the_level_above_takes_over_a_person_s_grade(county, city):
    incident = await county.reported(**QUAKE)
    await county.done("officer", f"/incidents/{incident}/grade", {"grade": "major", "reason": "专项预案"})
    await city.hear(county)
    told = await city.get("officer", f"/incidents/{incident}")
    assert (told["grade"], told["grade_basis"], told["grade_reason"]) == ("major", "person", "专项预案")
    refused = await city.post("officer", f"/incidents/{incident}/grade", {"grade": "general", "reason": "x"})
    assert refused.status_code == 409
    await city.done("commander", f"/incidents/{incident}/command", {"commander": "市指挥长"})
    told = await city.done(
        "commander", f"/incidents/{incident}/grade", {"grade": "catastrophic", "reason": "灾情扩大"}
    )
    assert told["grade"] == "catastrophic"


async def test_the_plan_proposes_a_response_and_whom_to_consult_and_says_what_is_to_confirm(county):
    """突发事件应对法 arts 62, 71, 72."""
    incident = await county.reported()
    told = await county.get("officer", f"/incidents/{incident}/proposals")
    response, consultation = told["response"], told["consultation"]
    assert (response["level"], response["approvers"], response["to_confirm"]) == (
        "IV",
        ["commander", "duty_officer"],
        True,
    )
    assert any("第七十三条第一项" in one["source"] for one in response["measures"])
    assert (consultation["chair"], consultation["to_confirm"]) == ("县（区）应急管理局", True)
    assert {"department": "transport", "name": "交通运输", "name_en": "Transport"} in consultation[
        "departments"
    ]
    await county.update("officer", incident, {"facts": {"deaths": 30}, "source": "现场"})
    graver = (await county.get("officer", f"/incidents/{incident}/proposals"))["response"]
    assert (graver["level"], graver["approvers"], graver["starter"]) == ("I", [], "")
    assert len(graver["measures"]) > len(response["measures"])


async def test_a_county_does_not_start_what_the_city_starts_and_a_conclusion_s_measures_add_up(county, city):
    incident = await county.reported(facts={"deaths": 12})
    whole = {"level": "II", "matter": "泄漏", "expected_duration_hours": 6, "measures": ["疏散"]}
    refused = await county.post("commander", f"/incidents/{incident}/response", whole)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (403, "level")
    await city.hear(county)
    held = await city.done("officer", f"/incidents/{incident}/consultations", {"matter": "处置"})
    assert held["chair"] == "市长"
    path = f"/consultations/{held['consultation_id']}/conclusion"
    await city.done("commander", path, {"conclusion": "启动", "response_level": "II"})
    (activated,) = await city.events("incident.response_activated")
    assert any("营救" in text for text in activated.measures)
    assert any("财政预备费" in text for text in activated.measures)
