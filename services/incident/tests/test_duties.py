"""What is owed follows the incident, on both nodes: duties start, change recipients, end, and start again."""

import asyncio
from datetime import timedelta

import pytest

pytestmark = pytest.mark.servers

COAL = {"sector": "coal_mine", "event_type": "12A01", "title": "瓦斯突出"}


async def update(world, incident: str, **facts: object) -> None:
    await world.done("officer", f"/incidents/{incident}/updates", {"facts": facts, "source": "现场"})


async def owed(world, incident: str) -> dict[str, str]:
    """The status of each duty of an incident at a node."""
    clocks = await world.get("officer", f"/clocks?incident_id={incident}")
    return {clock["duty"]: clock["status"] for clock in clocks}


async def recipients(world, incident: str, duty: str) -> list[str]:
    clocks = await world.get("officer", f"/clocks?incident_id={incident}")
    (clock,) = [one for one in clocks if one["duty"] == duty]
    return [one["name"] for one in clock["recipients"]]


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
    body = {"duty": "urgent_phone", "proof": "电话记录 1"}
    await city.done("officer", f"/incidents/{incident}/submissions", body)
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
    body = {"duty": "county_report_up", "proof": "传真 1"}
    await county.done("officer", f"/incidents/{incident}/submissions", body)
    county.clock.forward(timedelta(minutes=100))
    await county.tick()
    assert await reminded(county, "county_report_up") == []


async def test_the_board_of_duties_is_read_page_by_page_without_a_gap_or_a_repeat(county):
    for _ in range(3):
        await county.reported(**COAL)
    whole = await county.get("officer", "/clocks?limit=200")
    read, after = [], ""
    while page := await county.get("officer", f"/clocks?limit=2&after={after}"):
        read += page
        after = f"{page[-1]['incident_id']}/{page[-1]['duty']}"
    assert read == whole
    assert len(whole) == 9
    assert await county.get("officer", "/clocks?after=nothing/at_all") == []
