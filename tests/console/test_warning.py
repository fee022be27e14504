"""预警 in a real browser: three people, a changed incident that asks, receipts, and the all-clear."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from services.notify.tests.world import Receiver
from shared.http.auth import Role
from tests.console.conftest import COUNTY
from tests.console.test_situation import LONG, reported
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
KIND = {"sector": "hazardous_chemicals", "event_type": "12D02"}


@pytest.fixture
async def warning(console_nodes) -> AsyncIterator[Caller]:
    """The same at the notify services."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        yield Caller(console_nodes, http, "notify")


async def proposed(caller: Caller, warning: Caller, title: str) -> tuple[str, dict[str, Any]]:
    """A leak, and the warning that the plan proposes for it."""
    incident = await reported(caller, title, **KIND)
    (found,) = await warning.until(COUNTY, f"/warnings?incident_id={incident}", bool)
    return incident, found


async def seat(room, role: str, name: str, warning_id: str, **options):
    desk = await room.desk(**options)
    await desk.log_in(role, name=name)
    await desk.page.keyboard.press("F7")
    await desk.page.locator(".warnings .queue .line").first.wait_for(timeout=LONG)
    await desk.page.goto(f"{desk.url}/#/warning/{warning_id}")
    await desk.page.locator(".one .way").wait_for(timeout=LONG)
    return desk


def button(desk, name: str):
    return desk.page.locator(".one").get_by_role("button", name=name, exact=True)


async def test_a_warning_is_written_from_nothing_with_what_law_and_plan_offer(room, warning):
    desk = await room.desk()
    await desk.log_in("warning_author", name="周洋")
    await desk.page.keyboard.press("F7")
    await desk.page.get_by_role("button", name="新预警").wait_for(timeout=LONG)
    await desk.page.keyboard.press("n")
    await desk.page.wait_for_selector("select[name=kind]:focus", timeout=LONG)
    await desk.page.select_option("select[name=kind]", "flood_drought/11A02")
    await desk.page.select_option("select[name=level]", "yellow")
    for name, words in (
        ("headline", "望花区发布内涝黄色预警"),
        ("area", "低洼路段"),
        ("description", "今夜低洼路段可能出现内涝。"),
        ("instruction", "不要驾车进入积水路段。"),
    ):
        await desk.page.fill(f"textarea[name={name}]", words)
    assert await desk.page.locator("input[name=measure]:checked").count() == 0
    await desk.page.locator("input[name=measure]").nth(1).check()
    await desk.page.keyboard.press("Control+Enter")
    await desk.page.locator(".way .done", has_text="周洋").wait_for(timeout=LONG)
    made = desk.page.url.rpartition("/")[2]
    shown = await warning.see(COUNTY, f"/warnings/{made}")
    assert (shown["status"], shown["content"]["level"]) == ("drafted", "yellow")
    assert shown["content"]["area_codes"] == [COUNTY] and len(shown["content"]["measures"]) == 1


async def test_three_people_bring_a_warning_out_and_one_of_them_lifts_it(room, caller, warning):
    _, found = await proposed(caller, warning, "预警：三个人")
    warning_id = found["warning_id"]
    author = await seat(room, "warning_author", "周洋", warning_id)
    await button(author, "采用").click()
    refusal = author.page.locator(".text .refused")
    await refusal.wait_for(timeout=LONG)
    assert "措施" in await refusal.inner_text()
    await author.page.locator("fieldset input[type=checkbox]").first.check()
    await author.page.fill("textarea[name=headline]", "望花区氯气泄漏黄色预警")
    assert "11 / 150" in await author.page.locator(".text").inner_text()
    await button(author, "采用").click()
    await author.page.locator(".way .done", has_text="周洋").wait_for(timeout=LONG)
    assert await button(author, "审核通过").count() == 0
    reviewer = await seat(room, "warning_reviewer", "吴磊", warning_id)
    await button(reviewer, "审核通过").click()
    await author.page.locator(".way .done", has_text="吴磊").wait_for(timeout=LONG)
    signer = await seat(room, "warning_signer", "郑华", warning_id)
    await button(signer, "签发").click()
    await button(signer, "发布").click()
    await author.page.locator(".line .state", has_text="生效中").first.wait_for(timeout=LONG)
    await expect(button(signer, "解除")).to_be_disabled()
    await signer.page.fill("input[name=reason]", "险情排除")
    await button(signer, "解除").click()
    await signer.page.locator(".way .done", has_text="解除").wait_for(timeout=LONG)
    shown = await warning.see(COUNTY, f"/warnings/{warning_id}")
    assert (shown["status"], shown["content"]["headline"]) == ("cancelled", "望花区氯气泄漏黄色预警")


async def test_what_another_seat_changed_is_told_and_what_is_typed_stays(room, caller, warning):
    _, found = await proposed(caller, warning, "预警：两个席位")
    desk = await seat(room, "warning_author", "周洋", found["warning_id"])
    await desk.page.locator("fieldset input[type=checkbox]").first.check()
    await desk.page.fill("textarea[name=instruction]", "关闭门窗")
    await desk.page.route("**/stream*", lambda route: route.abort())
    await desk.page.route(
        "**/notify/warnings/*",
        lambda route: route.abort() if route.request.method == "GET" else route.continue_(),
    )
    other = warning.token(COUNTY, Role.WARNING_AUTHOR, who="另一制作员")
    path = f"/warnings/{found['warning_id']}/adopt"
    await warning.do(COUNTY, path, {"version": found["version"], "measures": ["启动应急预案"]}, other)
    await button(desk, "采用").click()
    await desk.page.locator(".text .refused").wait_for(timeout=LONG)
    assert await desk.page.input_value("textarea[name=instruction]") == "关闭门窗"
    await desk.page.unroute_all()
    desk.forgive("ERR_", "/stream", "/notify/warnings")


async def test_what_is_typed_while_the_text_is_being_kept_stays_to_be_kept_next(room, caller, warning):
    _, found = await proposed(caller, warning, "预警：边存边写")
    desk = await seat(room, "warning_author", "周洋", found["warning_id"])
    sent, let_go = await desk.hold("**/adopt")
    await desk.page.locator("fieldset input[type=checkbox]").first.check()
    await desk.page.fill("textarea[name=instruction]", "关闭门窗")
    await button(desk, "采用").click()
    await asyncio.wait_for(sent.wait(), LONG / 1000)
    await desk.page.fill("textarea[name=area]", "和平路两侧")
    let_go.set()
    await desk.page.locator(".way .done", has_text="周洋").wait_for(timeout=LONG)
    assert await desk.page.input_value("textarea[name=area]") == "和平路两侧"
    await button(desk, "修改").click()
    shown = await warning.until(
        COUNTY, f"/warnings/{found['warning_id']}", lambda one: one["content"]["area"] == "和平路两侧"
    )
    assert shown["content"]["instruction"] == "关闭门窗"


async def published(caller: Caller, warning: Caller, title: str) -> tuple[str, str]:
    """A leak, and its warning in force."""
    incident, found = await proposed(caller, warning, title)
    await publish(warning, found)
    return incident, str(found["warning_id"])


async def publish(warning: Caller, found: dict[str, Any]) -> None:
    version = found["version"]
    for who, role, step in (
        ("a", Role.WARNING_AUTHOR, "adopt"),
        ("b", Role.WARNING_REVIEWER, "review"),
        ("c", Role.WARNING_SIGNER, "sign"),
        ("a", Role.WARNING_AUTHOR, "publish"),
    ):
        body = {"version": version} | ({"measures": ["启动应急预案"]} if step == "adopt" else {})
        token = warning.token(COUNTY, role, who=who)
        path = f"/warnings/{found['warning_id']}/{step}"
        version = (await warning.do(COUNTY, path, body, token))["version"]


async def test_what_becomes_of_a_delivery_shows_by_itself(room, caller, warning):
    """Also long after the warning itself has changed for the last time."""
    officer = warning.token(COUNTY, Role.DUTY_OFFICER)
    _, found = await proposed(caller, warning, "预警：送达")
    desk = await seat(room, "warning_author", "周洋", found["warning_id"])
    with Receiver(pause=3) as receiver:
        radio = {"name": "区广播电台", "channel": "webhook", "target": receiver.url}
        subscriber = (await warning.do(COUNTY, "/subscribers", radio, officer))["subscriber_id"]
        await publish(warning, found)
        row = desk.page.locator(".one tbody tr", has_text="区广播电台")
        await row.wait_for(timeout=LONG)
        assert "已送达" not in await row.inner_text()
        await row.filter(has_text="已送达").wait_for(timeout=LONG)
        await warning.ask(COUNTY, "DELETE", f"/subscribers/{subscriber}", token=officer)


async def test_an_incident_that_ends_asks_the_duty_officer_who_answers_here(room, caller, warning):
    incident, warning_id = await published(caller, warning, "预警：事件结束")
    desk = await seat(room, "duty_officer", "值班员", warning_id)
    await caller.do(COUNTY, f"/incidents/{incident}/controlled", {"statement": "已堵漏"})
    await caller.do(COUNTY, f"/incidents/{incident}/close", {"outcome": "ended"})
    question = desk.page.locator(".question", has_text="事件已结束")
    await question.last.wait_for(timeout=LONG)
    answers = await desk.page.locator(".question").count()
    await question.last.locator("input[name=answer-reason]").fill("余气已清")
    await question.last.get_by_role("button", name="解除").click()
    await expect(desk.page.locator(".question")).to_have_count(answers - 1, timeout=LONG)
    lines = await caller.until(
        COUNTY,
        f"/incidents/{incident}/timeline?limit=200",
        lambda told: any("预警研判：余气已清" in one["summary"] for one in told),
    )
    assert any("请值班员研判" in one["summary"] for one in lines)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_an_author_s_way(room, caller, warning, scheme):
    _, found = await proposed(caller, warning, f"预警：无障碍 {scheme}")
    desk = await seat(
        room, "warning_author", "周洋", found["warning_id"], color_scheme=scheme, bypass_csp=True
    )
    assert await desk.serious() == []


async def test_who_signs_an_old_text_is_told_who_moved_it_on(room, caller, warning):
    _, found = await proposed(caller, warning, "预警：两人同时")
    path, measures = f"/warnings/{found['warning_id']}", ["启动应急预案"]
    author = warning.token(COUNTY, Role.WARNING_AUTHOR, who="周洋")
    body = {"version": found["version"], "measures": measures}
    shown = await warning.do(COUNTY, f"{path}/adopt", body, author)
    reviewer = await seat(room, "warning_reviewer", "吴磊", found["warning_id"])
    await button(reviewer, "审核通过").wait_for(timeout=LONG)
    other = warning.token(COUNTY, Role.WARNING_REVIEWER, who="孙丽")

    async def overtaken(route) -> None:
        await warning.do(COUNTY, f"{path}/review", {"version": shown["version"]}, other)
        await route.continue_()

    await reviewer.page.route("**/review", overtaken)
    await button(reviewer, "审核通过").click()
    told = reviewer.page.locator(".steps .refused")
    await told.wait_for(timeout=LONG)
    assert "孙丽" in await told.inner_text() and "已审核" in await told.inner_text()
