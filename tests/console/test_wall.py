"""大屏: read-only, for a whole room, and honest when the line is lost."""

import pytest
from playwright.async_api import expect

from shared.http.auth import Role
from tests.console.conftest import COUNTY
from tests.console.test_situation import LONG, reported

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
SCREEN = {"viewport": {"width": 1920, "height": 1080}}


async def wall(room, **options):
    desk = await room.desk(**SCREEN, **options)
    await desk.log_in("auditor", name="大屏")
    await desk.page.keyboard.press("Alt+b")
    await desk.page.locator(".wall-grid").wait_for(timeout=LONG)
    return desk


async def test_the_room_sees_incidents_teams_and_what_is_owed_and_can_touch_nothing(
    room, caller, dispatching
):
    desk = await wall(room)
    kind = {"sector": "hazardous_chemicals", "event_type": "12D02"}
    when = "2026-01-02T03:04:05+08:00"
    incident = await reported(caller, "大屏：三人死亡", facts={"deaths": 3}, occurred_at=when, **kind)
    row = desk.page.locator(".wall-incident", has_text="大屏：三人死亡")
    await row.wait_for(timeout=LONG)
    await dispatching.until(COUNTY, f"/recommendations?incident_id={incident}", bool)
    body = {"incident_id": incident, "team_ids": ["wanghua-police-1"], "task": "警戒"}
    await dispatching.do(COUNTY, "/orders", body, dispatching.token(COUNTY, Role.DISPATCHER))
    team = desk.page.locator(".wall ul:not(.wall-states) .team", has_text="P1")
    await team.wait_for(timeout=LONG)
    assert "大屏：三人死亡" in await team.inner_text()
    await desk.page.locator(".wall-duty .late").first.wait_for(timeout=20_000)
    assert [await one.inner_text() for one in await desk.page.locator(".wall button").all()] == [
        "离开大屏 Esc"
    ]
    assert await desk.page.locator("nav.tabs, .command, input, form").count() == 0
    assert await desk.page.evaluate("document.documentElement.scrollHeight") <= 1080
    await desk.page.keyboard.press("Escape")
    await desk.page.locator("nav.tabs").wait_for(timeout=LONG)


async def test_a_long_list_turns_its_pages_by_itself(room, caller):
    for number in range(9):
        await reported(caller, f"大屏：第 {number} 起")
    desk = await wall(room)
    page = desk.page.locator("section", has_text="处置中的事件").locator("h2 .dim")
    first = await page.inner_text()
    assert first.startswith("第 1/")
    await expect(page).not_to_have_text(first, timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_when_the_service_is_away_the_wall_says_so_in_the_same_red_as_a_desk(
    room, caller, console_nodes, scheme
):
    await reported(caller, f"大屏：断线 {scheme}")
    desk = await wall(room, color_scheme=scheme, bypass_csp=True)
    await desk.page.locator(".wall-incident").first.wait_for(timeout=LONG)
    assert await desk.serious() == []
    console_nodes.children[f"{COUNTY}.incident"].kill()
    try:
        await desk.page.locator(".wall .lost").wait_for(timeout=LONG)
    finally:
        console_nodes.restart_dead()
    await desk.page.locator(".wall .lost").wait_for(state="detached", timeout=LONG)
    desk.forgive("ERR_", "status of 503")  # while it starts it has no servers yet
