"""A department's page: what it is asked, what it has to do, what it has to confirm, and nothing of anybody else's."""

from typing import Any

import pytest
from playwright.async_api import expect

from shared.http.auth import Role
from tests.console.conftest import COUNTY
from tests.console.screenshots import WARNING
from tests.console.test_situation import LONG, reported
from tests.console.test_warning import warning
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
__all__ = ["warning"]
KIND = {"sector": "hazardous_chemicals", "event_type": "12D02"}


async def convened(caller, title: str, **changes: object) -> str:
    """A consultation of an incident with this title; its id."""
    incident = await reported(caller, title, **KIND)
    body = {"matter": f"{title}：疏散范围", "brief": "", **changes}
    held = await caller.do(COUNTY, f"/incidents/{incident}/consultations", body)
    return str(held["consultation_id"])


async def drafted(warning: Caller, headline: str) -> dict[str, Any]:
    """A draft of a warning, written by its author."""
    body = {**WARNING, "headline": headline}
    made: dict[str, Any] = await warning.do(
        COUNTY, "/warnings", body, warning.token(COUNTY, Role.WARNING_AUTHOR, who="周洋")
    )
    return made


async def department(room, slug: str = "health", **options):
    desk = await room.desk(**options)
    await desk.log_in("department", name="卫健值班员", department=slug)
    await desk.page.locator(".own-page").wait_for(timeout=LONG)
    return desk


def part(desk, heading: str):
    return desk.page.locator("section", has=desk.page.get_by_role("heading", name=heading))


async def test_a_department_begins_with_its_own_and_answers_by_a_digit(room, caller):
    desk = await department(room)
    held = await convened(caller, "本部门：泄漏", departments=["health", "ecology"])
    await convened(caller, "本部门：与卫健无关", departments=["transport"])
    asked = part(desk, "待我部门发表意见的会商")
    await asked.locator("li", has_text="本部门：泄漏").wait_for(timeout=LONG)
    assert "与卫健无关" not in await desk.page.inner_text(".own-page")
    first = await asked.locator("li b").first.inner_text()
    assert "本部门：泄漏" in first
    await desk.page.keyboard.press("1")
    await desk.page.locator("textarea[name=opinion]").first.wait_for(timeout=LONG)
    await desk.page.locator("textarea[name=opinion]").first.fill("同意")
    await desk.page.get_by_role("button", name="提交意见").first.click()
    await desk.page.keyboard.press("Alt+g")
    await asked.locator(".agree", has_text="本部门：泄漏").wait_for(timeout=LONG)
    task = {"department": "health", "action": "备足解毒药品", "due_minutes": 30}
    body = {"conclusion": "疏散一公里", "tasks": [task]}
    await caller.do(COUNTY, f"/consultations/{held}/conclusion", body)
    await part(desk, "我部门的任务").locator("li", has_text="备足解毒药品").wait_for(timeout=LONG)
    await expect(asked.locator("li", has_text="本部门：泄漏")).to_have_count(0, timeout=LONG)


async def test_it_confirms_warnings_in_force_and_sees_nobody_s_drafts(room, caller, warning):
    draft = await drafted(warning, "本部门：还是草稿")
    published = await drafted(warning, "本部门：已发布")
    for step, role, who in (
        ("review", Role.WARNING_REVIEWER, "吴磊"),
        ("sign", Role.WARNING_SIGNER, "郑华"),
        ("publish", Role.WARNING_SIGNER, "郑华"),
    ):
        token = warning.token(COUNTY, role, who=who)
        path, seen = f"/warnings/{published['warning_id']}/{step}", {"version": published["version"]}
        published = await warning.do(COUNTY, path, seen, token)
    desk = await department(room)
    line = part(desk, "生效中的预警").locator("li", has_text="本部门：已发布")
    await line.wait_for(timeout=LONG)
    counter = desk.page.locator(".counters span", has_text="未确认预警").locator("b")
    token = warning.token(COUNTY, Role.DEPARTMENT, department="health")
    in_force = await warning.see(COUNTY, "/warnings?status=published&limit=200", token)
    before = sum(not one["confirmed"] for one in in_force)
    await expect(counter).to_have_text(str(before), timeout=LONG)
    await line.get_by_role("button", name="确认收到").click()
    await line.locator(".good").wait_for(timeout=LONG)
    await expect(counter).to_have_text(str(before - 1), timeout=LONG)
    seen = await warning.see(COUNTY, "/warnings?limit=200", token)
    assert {one["status"] for one in seen} <= {"published", "cancelled"}
    hidden = await warning.ask(COUNTY, "GET", f"/warnings/{draft['warning_id']}", token=token)
    assert hidden.status_code == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_a_department_s_way(room, caller, scheme):
    await convened(caller, f"本部门：无障碍 {scheme}", departments=["health"])
    desk = await department(room, color_scheme=scheme, bypass_csp=True)
    await part(desk, "待我部门发表意见的会商").locator("li").first.wait_for(timeout=LONG)
    assert await desk.serious() == []
