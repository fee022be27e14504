"""What is owed follows the incident, on both nodes: duties start, change recipients, end, and start again."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.servers

COAL = {"sector": "coal_mine", "event_type": "12A01", "title": "瓦斯突出"}


async def update(world, incident: str, **facts: object) -> None:
    await world.update("officer", incident, {"facts": facts, "source": "现场"})


async def owed(world, incident: str) -> dict[str, str]:
    """The status of each duty of an incident at a node, the last time that it was owed."""
    due_reports = await world.get("officer", f"/due-reports?incident_id={incident}")
    return {one["duty"]: one["status"] for one in sorted(due_reports, key=lambda one: int(one["occurrence"]))}


async def recipients(world, incident: str, duty: str) -> list[str]:
    due_reports = await world.get("officer", f"/due-reports?incident_id={incident}")
    (due_report,) = [one for one in due_reports if one["duty"] == duty]
    return [one["name"] for one in due_report["recipients"]]


async def sent(world, incident: str, duty: str, confirmed: bool = False) -> dict[str, Any]:
    """A report goes out, and its receipt comes at once or not."""
    receipt = {"received_by": "值班员王芳", "receipt": "回执 1"} if confirmed else None
    body = {"duty": duty, "proof": "传真 1", "receipt": receipt}
    return dict(await world.done("officer", f"/incidents/{incident}/submissions", body))


async def of_duty(world, incident: str, duty: str) -> list[dict[str, Any]]:
    """Every time that a duty was owed, the first one first."""
    due_reports = await world.get("officer", f"/due-reports?incident_id={incident}")
    return sorted((one for one in due_reports if one["duty"] == duty), key=lambda one: one["occurrence"])


async def test_the_city_owes_its_own_government_a_report_of_a_general_accident_too(county, city):
    """条例 第十条: 一般事故上报至设区的市级…; 应当同时报告本级人民政府."""
    incident = await county.reported(**COAL)
    await city.hear(county)
    assert await owed(city, incident) == {"city_report_own": "running"}


async def test_a_grade_that_rises_twice_overnight_and_what_each_level_owes(county, city):
    incident = await county.reported(**COAL)
    await update(county, incident, deaths=3)
    await city.hear(county)
    assert set(await owed(city, incident)) == {"city_report_own", "city_report_up"}
    county.clock.forward(timedelta(hours=3))
    city.clock.forward(timedelta(hours=3))
    await update(county, incident, deaths=12)
    await city.hear(county)
    assert {"urgent_phone", "urgent_written"} < set(await owed(city, incident))
    assert (await recipients(county, incident, "county_report_up"))[
        0
    ] == "抚顺市应急管理局（逐级报国务院有关部门）"
    assert (await recipients(city, incident, "city_report_up"))[
        0
    ] == "辽宁省应急管理厅（逐级报国务院有关部门）"


async def test_a_typed_30_corrected_to_3_ends_what_only_the_30_brought(county, city):
    incident = await county.reported(**COAL, facts={"deaths": 30})
    await city.hear(county)
    assert (await owed(city, incident))["urgent_phone"] == "running"
    await update(county, incident, deaths=3)
    await city.hear(county)
    assert await owed(city, incident) == {
        "city_report_own": "running",
        "city_report_up": "running",
        "urgent_phone": "cancelled",
        "urgent_written": "cancelled",
    }
    await update(county, incident, deaths=10)
    await city.hear(county)
    assert (await owed(city, incident))["urgent_phone"] == "running"


async def test_a_report_that_went_out_stays_on_record_when_the_grade_falls(county, city):
    incident = await county.reported(**COAL, facts={"deaths": 30})
    await city.hear(county)
    await sent(city, incident, "urgent_phone", confirmed=True)
    await update(county, incident, deaths=3)
    await city.hear(county)
    assert (await owed(city, incident))["urgent_phone"] == "discharged"


async def test_a_record_sent_again_with_more_victims_changes_whom_to_report_to(county):
    record = {**COAL, "external_reference": "A-1"}
    incident = await county.reported(**record)
    assert (await recipients(county, incident, "county_report_up"))[0] == "抚顺市应急管理局"
    await county.reported(**record, facts={"deaths": 3})
    assert (await recipients(county, incident, "county_report_up"))[0] == "抚顺市应急管理局（逐级报省）"


async def test_a_false_report_ends_every_duty_on_both_nodes(county, city):
    incident = await county.reported(**COAL, facts={"deaths": 3})
    await city.hear(county)
    await county.done("officer", f"/incidents/{incident}/close", {"outcome": "false_report"})
    await city.hear(county)
    for world in (county, city):
        assert set((await owed(world, incident)).values()) == {"cancelled"}


async def test_a_county_s_word_that_it_was_false_ends_nothing_while_the_city_commands(county, city):
    incident = await county.reported(**COAL, facts={"deaths": 3})
    await city.hear(county)
    await city.done("commander", f"/incidents/{incident}/command", {"commander": "市指挥长"})
    await county.done("officer", f"/incidents/{incident}/close", {"outcome": "false_report"})
    await city.hear(county)
    assert set((await owed(city, incident)).values()) == {"running"}
    assert (await city.get("officer", f"/incidents/{incident}"))["status"] == "reported"


@pytest.mark.parametrize("attempt", range(5))
async def test_a_dismissal_that_races_an_activation_leaves_no_running_response(county, attempt):
    incident = await county.reported(**COAL)
    whole = {"level": "IV", "matter": "险情", "expected_duration_hours": 6, "measures": ["疏散"]}
    await asyncio.gather(
        county.post("commander", f"/incidents/{incident}/response", whole),
        county.post("officer", f"/incidents/{incident}/close", {"outcome": "false_report"}),
    )
    shown = await county.get("officer", f"/incidents/{incident}")
    running = [one for one in shown["responses"] if one["status"] == "active"]
    assert not (shown["status"] == "false_report" and running)


async def reminded(world, duty: str) -> list[float]:
    return [one.elapsed for one in await world.events("incident.reporting_due_soon") if one.duty == duty]


async def test_whoever_owes_a_report_is_reminded_at_half_and_at_four_fifths_of_its_time_once_each(county):
    incident = await county.reported(**COAL)
    for minutes, told in ((59, []), (1, [0.5]), (1, [0.5]), (34, [0.5]), (1, [0.5, 0.8]), (23, [0.5, 0.8])):
        county.clock.forward(timedelta(minutes=minutes))
        await county.tick()
        assert await reminded(county, "county_report_up") == told
    assert (await owed(county, incident))["county_report_up"] == "running"
    county.clock.forward(timedelta(minutes=1))
    await county.tick()
    assert (await owed(county, incident))["county_report_up"] == "overdue"
    told = {one.duty: one for one in await county.events("incident.reporting_due_soon")}
    assert told["county_report_up"].owner == "县级应急管理部门、主管部门"
    assert told["unit_report"].recipients[0] == "县级应急管理部门"
    lines = await county.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert any("报告时限已过 50%" in line["summary"] for line in lines)


async def test_after_a_pause_only_the_last_share_is_told_and_after_the_end_only_the_breach(county):
    await county.reported(**COAL)
    county.clock.forward(timedelta(minutes=100))
    await county.tick()
    assert await reminded(county, "county_report_up") == [0.8]
    assert await reminded(county, "unit_report") == []
    assert "unit_report" in {one.duty for one in await county.events("incident.reporting_overdue")}
    assert await county.tick() == 0


async def test_nobody_is_reminded_of_a_report_that_went_out(county):
    incident = await county.reported(**COAL)
    await sent(county, incident, "county_report_up")
    county.clock.forward(timedelta(minutes=100))
    await county.tick()
    assert await reminded(county, "county_report_up") == []


async def test_the_board_of_duties_is_read_page_by_page_without_a_gap_or_a_repeat(county):
    for _ in range(3):
        await county.reported(**COAL)
    whole = await county.get("officer", "/due-reports?limit=200")
    read, after = [], ""
    while page := await county.get("officer", f"/due-reports?limit=2&after={after}"):
        read += page
        after = page[-1]["duty_id"]
    assert read == whole
    assert len(whole) == 9
    assert await county.get("officer", "/due-reports?after=nothing") == []
    one = whole[0]
    of_one = await county.get("officer", f"/due-reports?incident_id={one['incident_id']}&limit=1")
    assert [due_report["incident_id"] for due_report in of_one] == [one["incident_id"]]
    assert await county.get("officer", f"/due-reports?incident_id={one['incident_id']}&status=overdue") == []


async def test_a_report_is_discharged_by_the_receipt_of_the_node_it_went_to(county, city):
    incident = await county.reported(**COAL)
    await city.hear(county)
    assert (await sent(county, incident, "county_report_up"))["status"] == "sent"
    heard = len(await county.events())
    await city.hear(county)
    (waiting,) = await city.get("officer", "/submissions")
    assert (waiting["jurisdiction"], waiting["duty"], waiting["proof"]) == (
        county.node,
        "county_report_up",
        "传真 1",
    )
    receipt = {"received_by": "市应急局值班员王芳", "receipt": "回执 7"}
    path = f"/submissions/{waiting['duty_id']}/receipt"
    assert (await city.done("officer", path, receipt))["received_by"] == receipt["received_by"]
    twice = await city.post("officer", path, receipt)
    assert twice.status_code == 409
    assert "王芳" in twice.json()["detail"]
    assert await city.get("officer", "/submissions") == []
    await county.hear(city)
    (due_report,) = await of_duty(county, incident, "county_report_up")
    assert (due_report["status"], due_report["receipt"], due_report["duty_id"]) == (
        "discharged",
        "回执 7",
        waiting["duty_id"],
    )
    assert len(await county.events()) == heard
    lines = await county.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert any("确认收到报告（县级逐级上报）" in line["summary"] for line in lines)


async def test_a_report_to_the_own_government_is_not_addressed_to_the_node_above(county, city):
    incident = await county.reported(**COAL)
    await sent(county, incident, "county_report_own")
    await city.hear(county)
    assert await city.get("officer", "/submissions") == []
    receipt = {"duty": "county_report_own", "received_by": "县政府总值班室李强", "receipt": "电话 03:10"}
    told = await county.done("officer", f"/incidents/{incident}/receipts", receipt)
    assert (told["status"], told["received_by"]) == ("discharged", "县政府总值班室李强")


async def test_a_receipt_for_what_was_never_sent_is_refused(county):
    incident = await county.reported(**COAL)
    receipt = {"duty": "county_report_up", "received_by": "某人", "receipt": "1"}
    refused = await county.post("officer", f"/incidents/{incident}/receipts", receipt)
    assert refused.status_code == 409
    assert "已报送" in refused.json()["detail"]
    assert (await county.post("officer", "/submissions/nothing/receipt", receipt)).status_code == 422
    told = {"received_by": "某人", "receipt": "1"}
    assert (await county.post("officer", "/submissions/nothing/receipt", told)).status_code == 404


async def test_a_report_that_nobody_confirms_is_told_when_its_time_is_up_and_sent_again(county):
    incident = await county.reported(**COAL)
    first = await sent(county, incident, "county_report_up")
    county.clock.forward(timedelta(minutes=121))
    await county.tick()
    (told,) = [one for one in await county.events("incident.reporting_overdue") if one.sent_at]
    assert (told.duty, told.duty_id) == ("county_report_up", first["duty_id"])
    assert (await owed(county, incident))["county_report_up"] == "unconfirmed"
    lines = await county.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert any(line["summary"].startswith("已报未获回执：县级逐级上报") for line in lines)
    again = await sent(county, incident, "county_report_up", confirmed=True)
    assert (again["status"], again["late_seconds"]) == ("discharged", None)
    assert again["submitted_at"] == first["submitted_at"]


async def test_a_late_report_is_a_breach_also_when_nobody_looked_at_the_clock_in_between(county):
    incident = await county.reported(**COAL)
    county.clock.forward(timedelta(minutes=125))
    told = await sent(county, incident, "county_report_up")
    assert (told["status"], told["late_seconds"]) == ("unconfirmed", 300)
    assert [one.duty for one in await county.events("incident.reporting_overdue")] == ["county_report_up"]


async def test_what_the_unit_owes_is_done_by_its_own_report_and_by_nobody_else_s(county):
    """条例 第九条: 单位负责人…向事故发生地县级以上人民政府安全生产监督管理部门…报告."""
    heard_first = await county.reported(**COAL)
    assert (await owed(county, heard_first))["unit_report"] == "running"
    own = await county.reported(**COAL, channel="enterprise", external_reference="M-1")
    (due_report,) = await of_duty(county, own, "unit_report")
    (report,) = await county.get("officer", f"/reports?incident_id={own}")
    assert (due_report["status"], due_report["owed_by"], due_report["proof"]) == (
        "discharged",
        "unit",
        report["report_id"],
    )
    assert (await owed(county, own))["county_report_up"] == "running"


async def test_a_duty_is_owed_again_when_the_grade_rises_after_the_report(county):
    incident = await county.reported(**COAL)
    await sent(county, incident, "county_report_up", confirmed=True)
    await sent(county, incident, "unit_report", confirmed=True)
    await update(county, incident, serious_injuries=3)
    assert len(await of_duty(county, incident, "county_report_up")) == 1
    county.clock.forward(timedelta(hours=3))
    await update(county, incident, deaths=3)
    first, second = await of_duty(county, incident, "county_report_up")
    assert (first["status"], first["grade"]) == ("discharged", "general")
    assert (second["status"], second["grade"], second["trigger"]) == ("running", "significant", "risen")
    assert second["recipients"][0]["name"] == "抚顺市应急管理局（逐级报省）"
    assert first["duty_id"] != second["duty_id"]
    assert datetime.fromisoformat(second["due_at"]) == county.clock.now() + timedelta(hours=2)
    assert len(await of_duty(county, incident, "unit_report")) == 1
    await update(county, incident, deaths=1)
    assert [one["status"] for one in await of_duty(county, incident, "county_report_up")] == [
        "discharged",
        "cancelled",
    ]


async def test_a_duty_sent_at_the_graver_grade_is_not_owed_again_after_a_fall_and_a_rise(county):
    incident = await county.reported(**COAL, facts={"deaths": 3})
    await sent(county, incident, "county_report_up", confirmed=True)
    await update(county, incident, deaths=1)
    await update(county, incident, deaths=3)
    assert len(await of_duty(county, incident, "county_report_up")) == 1
    await update(county, incident, deaths=10)
    assert [one["status"] for one in await of_duty(county, incident, "county_report_up")] == [
        "discharged",
        "running",
    ]
