"""会商 in a real browser: convened at one seat, answered by departments at theirs, concluded with tasks."""

import pytest
from playwright.async_api import expect

from tests.console.conftest import COUNTY
from tests.console.test_situation import LONG, line, reported

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
KIND = {"sector": "hazardous_chemicals", "event_type": "12D02"}


async def convened(room, caller, title: str, **options):
    """A duty officer who has convened a consultation by the keyboard."""
    incident = await reported(caller, title, facts={"deaths": 1}, **KIND)
    desk = await room.desk(**options)
    await desk.log_in("duty_officer", "commander", name="指挥长")
    await line(desk, title).click(timeout=LONG)
    await desk.page.keyboard.press("Alt+h")
    await desk.page.locator(".empty", has_text="尚未召集会商").wait_for(timeout=LONG)
    await desk.page.locator("input[name=matter]").focus()
    await desk.page.keyboard.type("下风向疏散范围")
    await desk.page.keyboard.press("Tab")
    await desk.page.keyboard.type("泄漏已两小时")
    await desk.page.keyboard.press("Tab")
    await desk.page.keyboard.press("Enter")
    await desk.page.locator(".consultation", has_text="下风向疏散范围").wait_for(timeout=LONG)
    return desk, incident


async def test_a_consultation_is_convened_answered_and_concluded_before_everybody_s_eyes(room, caller):
    desk, incident = await convened(room, caller, "会商：从召集到结论")
    silent = desk.page.locator(".consultation .silent")
    asked = await silent.count()
    assert asked > 1
    health = await room.desk()
    await health.log_in("department", name="卫健值班员", department="health")
    await line(health, "会商：从召集到结论").click(timeout=LONG)
    await health.page.keyboard.press("Alt+h")
    await health.page.select_option("select[name=position]", "agree_with_conditions")
    await health.page.fill("textarea[name=opinion]", "同意，需备解毒药品")
    assert await health.page.locator("textarea[name=conclusion]").count() == 0
    await health.page.get_by_role("button", name="提交意见").click()
    answered = desk.page.locator(".consultation .agree_with_conditions")
    await answered.wait_for(timeout=LONG)
    assert "需备解毒药品" in await answered.inner_text()
    assert await silent.count() == asked - 1
    await desk.page.fill("textarea[name=conclusion]", "疏散下风向一公里")
    await desk.page.get_by_role("button", name="加一项任务").click()
    await expect(desk.page.get_by_role("button", name="作出结论")).to_be_disabled()
    await desk.page.select_option("select[name=task-department]", "health")
    await desk.page.fill("input[name=task-action]", "备足解毒药品")
    await desk.page.get_by_role("button", name="作出结论").click()
    await desk.page.locator(".consultation .tasks li", has_text="备足解毒药品").wait_for(timeout=LONG)
    await health.page.locator(".consultation .tasks .own", has_text="备足解毒药品").wait_for(timeout=LONG)
    await expect(health.page.locator("textarea[name=opinion]")).to_have_count(0)
    told = await caller.see(COUNTY, f"/incidents/{incident}")
    assert [one["status"] for one in told["consultations"]] == ["concluded"]


async def test_a_button_that_is_clicked_twice_convenes_once(room, caller):
    incident = await reported(caller, "会商：点了两下", facts={"deaths": 1}, **KIND)
    desk = await room.desk()
    await desk.log_in("duty_officer", name="值班长")
    await line(desk, "会商：点了两下").click(timeout=LONG)
    await desk.page.keyboard.press("Alt+h")
    await desk.page.locator("input[name=matter]").fill("是否停水", timeout=LONG)
    await desk.page.get_by_role("button", name="召集会商").dblclick()
    await desk.page.locator(".consultation", has_text="是否停水").wait_for(timeout=LONG)
    await expect(desk.page.locator("input[name=matter]")).to_have_value("")
    assert len((await caller.see(COUNTY, f"/incidents/{incident}"))["consultations"]) == 1


async def test_what_the_service_refuses_is_told_where_it_was_typed_and_nothing_typed_is_lost(room, caller):
    desk, incident = await convened(room, caller, "会商：被拒")
    (held,) = (await caller.see(COUNTY, f"/incidents/{incident}"))["consultations"]
    await desk.page.fill("textarea[name=conclusion]", "晚了一步")
    await desk.page.route("**/stream*", lambda route: route.abort())
    path = f"/consultations/{held['consultation_id']}/conclusion"
    await desk.page.route("**/incidents/*", lambda route: route.abort())
    await caller.do(COUNTY, path, {"conclusion": "别的席位已结论"})
    await desk.page.get_by_role("button", name="作出结论").click()
    await desk.page.locator(".consultation .refused").wait_for(timeout=LONG)
    assert await desk.page.input_value("textarea[name=conclusion]") == "晚了一步"
    desk.forgive("ERR_", "/stream", "/incidents/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_anybody_s_way_at_a_consultation(room, caller, scheme):
    desk, _ = await convened(room, caller, f"会商：无障碍 {scheme}", color_scheme=scheme, bypass_csp=True)
    await desk.page.get_by_role("button", name="加一项任务").click()
    assert await desk.serious() == []
