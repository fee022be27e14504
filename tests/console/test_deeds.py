"""From 续报 to 结束 at the 态势 screen; what others did in between is told, and nothing is done on an old picture."""

import pytest
from playwright.async_api import expect

from tests.console.conftest import CITY, COUNTY
from tests.console.test_commands import told, typed
from tests.console.test_resources import filled
from tests.console.test_situation import LONG, line, reported

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
KIND = {"sector": "hazardous_chemicals", "event_type": "12D02"}


async def officer(room, caller, title: str, node: str = COUNTY, **options):
    incident = await reported(caller, title, **KIND)
    await caller.until(
        node, "/board", lambda board: any(one["incident_id"] == incident for one in board["rows"])
    )
    desk = await room.desk(node, **options)
    await desk.log_in("duty_officer", "commander", name="值班长")
    await line(desk, title).first.click(timeout=LONG)
    await desk.page.locator(".details .deeds").wait_for(timeout=LONG)
    return desk, incident


async def test_an_incident_is_updated_answered_controlled_and_closed_by_its_officer(room, caller):
    desk, incident = await officer(room, caller, "处置：从续报到结束")
    details = desk.page.locator(".details")
    await filled(details, "续报", deaths="1", source="现场指挥员", statement="一人死亡")
    await details.locator(".fact", has_text="死亡").wait_for(timeout=LONG)
    await filled(details, "启动响应", matter="氯气泄漏处置")
    refused = details.locator(".deeds .refused")
    await refused.wait_for(timeout=LONG)
    assert "措施" in await refused.inner_text()
    await details.locator("form.act input[type=checkbox]").first.check()
    await details.locator("form.act button.main").click()
    await details.get_by_role("button", name="终止响应").wait_for(timeout=LONG)
    await filled(details, "终止响应", reason="险情排除")
    await filled(details, "已控制", statement="阀门已堵住")
    await expect(details.get_by_role("button", name="已控制", exact=True)).to_have_count(0, timeout=LONG)
    await filled(details, "结束处置", statement="转入善后")
    await line(desk, "处置：从续报到结束").wait_for(state="detached", timeout=LONG)
    assert (await caller.see(COUNTY, f"/incidents/{incident}"))["status"] == "closed"


async def test_who_decides_on_an_old_picture_is_told_what_changed_and_by_whom(room, caller):
    desk, incident = await officer(room, caller, "处置：两席同时")
    details = desk.page.locator(".details")
    await details.get_by_role("button", name="已控制", exact=True).click()
    form = details.locator("form.act")
    await form.locator("input[name=statement]").fill("已堵住")
    body = {"facts": {"deaths": 2}, "source": "医院", "statement": "两人死亡"}
    await caller.update(COUNTY, incident, body)
    await details.locator(".fact", has_text="死亡").wait_for(timeout=LONG)
    await form.locator("button.main").click()
    refused = form.locator(".refused")
    await refused.wait_for(timeout=LONG)
    text = await refused.inner_text()
    assert "其间的变化" in text and "两人死亡" in text and "医院" in text and not text.startswith("Error")
    assert await form.locator("input[name=statement]").input_value() == "已堵住"
    assert (await caller.see(COUNTY, f"/incidents/{incident}"))["status"] == "reported"
    await form.locator("button.main").click()
    await expect(form).to_have_count(0, timeout=LONG)
    assert (await caller.see(COUNTY, f"/incidents/{incident}"))["status"] == "controlled"


async def test_a_report_upward_is_sent_with_proof_and_confirmed_where_it_arrives(room, caller):
    desk, incident = await officer(room, caller, "处置：逐级上报")
    name = "县级逐级上报"
    first = desk.page.locator(".duties li", has_text=name).first
    await filled(first, "已上报", proof="传真 2031-001")
    standing = desk.page.locator(".duties li", has_text=name).first
    await standing.locator(".state", has_text="待回执").wait_for(timeout=LONG)
    arrived = await caller.until(
        CITY,
        "/submissions?waiting=true&limit=200",
        lambda found: [one for one in found if one["incident_id"] == incident],
    )
    assert any(one["proof"] == "传真 2031-001" for one in arrived)
    city = await room.desk(CITY)
    await city.log_in("duty_officer", name="市值班员")
    await city.page.keyboard.press("Alt+d")
    report = city.page.locator(".arrived-report", has_text="传真 2031-001")
    await filled(report, "确认收到", receipt="市办收 17 号")
    await report.wait_for(state="detached", timeout=LONG)
    await expect(standing.locator(".state")).to_have_text("已报已回执", timeout=LONG)


async def test_the_city_takes_command_by_the_command_line(room, caller):
    desk, incident = await officer(room, caller, "处置：市级接管", CITY)
    number = await line(desk, "处置：市级接管").first.locator(".number").inner_text()
    await typed(desk, f"a {number} jg")
    form = desk.page.locator("form.act")
    await form.locator("input[name=commander]:focus").wait_for(timeout=LONG)
    await desk.page.keyboard.insert_text("市现场指挥长")
    await desk.page.keyboard.press("Enter")
    await desk.page.locator(".details dd", has_text="市现场指挥长").wait_for(timeout=LONG)
    await told(desk, "已执行").wait_for()
    led = await caller.until(
        COUNTY, f"/incidents/{incident}", lambda found: found["command"]["jurisdiction"] == CITY
    )
    assert led["command"]["commander"] == "市现场指挥长"


async def test_two_incidents_that_are_one_are_merged_come_apart_again_and_a_call_is_split_off(room, caller):
    first = await reported(caller, "处置：先报的泄漏", **KIND)
    desk, second = await officer(room, caller, "处置：后报的异味")
    details = desk.page.locator(".details")
    await filled(details, "合并到…", into=first, reason="同一处泄漏")
    merged = details.locator(".related li", has_text="处置：先报的泄漏")
    await merged.wait_for(timeout=LONG)
    assert "已并入" in await merged.inner_text()
    await line(desk, "处置：后报的异味").wait_for(state="detached", timeout=LONG)
    await merged.get_by_role("button").click()
    await details.locator("h2", has_text="处置：先报的泄漏").wait_for(timeout=LONG)
    absorbed = details.locator(".related li", has_text="处置：后报的异味")
    await absorbed.wait_for(timeout=LONG)
    assert (await caller.see(COUNTY, f"/incidents/{first}"))["reports"] == 2
    await absorbed.get_by_role("button").click()
    await filled(details, "撤销合并", reason="相距 600 米")
    await line(desk, "处置：后报的异味").wait_for(timeout=LONG)
    await reported(caller, "路上追尾", incident_id=second, sector="road_traffic", event_type="12H01")
    await details.get_by_role("button", name="拆分", exact=True).click(timeout=LONG)
    await details.locator("form.act input[type=checkbox]").check()
    await details.locator("form.act input[name=reason]").fill("说的是另一起")
    await desk.page.keyboard.press("Enter")
    await line(desk, "路上追尾").wait_for(timeout=LONG)
    await filled(details, "关联", kind="caused_by", other=first, reason="泄漏所致")
    link = details.locator(".related li", has_text="引发自")
    await link.wait_for(timeout=LONG)
    kinds = {
        (one["kind"], one["reverse"]) for one in (await caller.see(COUNTY, f"/incidents/{second}"))["related"]
    }
    assert kinds == {("split_from", True), ("caused_by", False)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_an_officer_s_way(room, caller, scheme):
    desk, _ = await officer(room, caller, f"处置：无障碍 {scheme}", color_scheme=scheme, bypass_csp=True)
    await desk.page.get_by_role("button", name="启动响应").click()
    await desk.page.locator("form.act fieldset").wait_for(timeout=LONG)
    assert await desk.serious() == []
