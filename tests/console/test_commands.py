"""The command line of a dispatcher who has no time: `d 12 E1 H1`, `s E1 到场`, `n 12 文本`."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.console.conftest import COUNTY
from tests.console.test_situation import LONG, line, reported

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


async def typed(desk, text: str, keys: tuple[str, ...] = ("Enter",)) -> None:
    await desk.page.keyboard.press("/")
    await desk.page.keyboard.insert_text(text)
    for key in keys:
        await desk.page.keyboard.press(key)


def told(desk, text: str):
    return desk.page.locator("footer [role=status]", has_text=text)


async def at_desk(room, caller, title: str):
    kind = {"sector": "hazardous_chemicals", "event_type": "12D02"}
    incident = await reported(caller, title, **kind)
    await caller.until(COUNTY, f"/dispatch/recommendations?incident_id={incident}", bool)
    desk = await room.desk()
    await desk.log_in("dispatcher", "duty_officer", "call_taker", name="陈静")
    await line(desk, title).wait_for(timeout=LONG)
    await desk.page.locator(".tabs").wait_for()
    return desk, incident, await line(desk, title).locator(".number").inner_text()


async def test_teams_are_sent_moved_and_noted_without_leaving_the_line(room, caller, dispatching):
    desk, incident, number = await at_desk(room, caller, "命令行：派两支队伍")
    await typed(desk, f"D {number} e1 H1")
    await expect(desk.page.locator(".order")).to_have_count(2, timeout=LONG)
    await typed(desk, "s E1 接令")
    await typed(desk, "S e1 cd")
    order = desk.page.locator(".order", has_text="E1")
    await expect(order.locator(".state")).to_have_text("已出动", timeout=LONG)
    await typed(desk, "S E1 到场")
    await expect(order.locator(".state")).to_have_text("已到场", timeout=LONG)
    await typed(desk, f"N {number} 阀门已关闭")
    await told(desk, "已执行").wait_for(timeout=LONG)
    lines = await caller.see(COUNTY, f"/incidents/{incident}/timeline?limit=200")
    assert any("阀门已关闭" in one["summary"] for one in lines)
    (seen,) = [one for one in (await caller.see(COUNTY, "/board"))["rows"] if one["incident_id"] == incident]
    assert str(seen["number"]) == number
    await typed(desk, "s H1 归队")
    await expect(desk.page.locator(".order.released", has_text="H1")).to_have_count(1, timeout=LONG)
    await typed(desk, "s H1 到场")
    await told(desk, "没有在执行的命令").wait_for(timeout=LONG)
    await expect(desk.page.get_by_label("命令行", exact=True)).to_have_value("s H1 到场")


async def test_a_line_that_is_sent_before_the_teams_are_read_waits_for_them(room, caller, dispatching):
    incident = await reported(caller, "命令行：刚开页面", sector="hazardous_chemicals", event_type="12D02")
    await caller.until(COUNTY, f"/dispatch/recommendations?incident_id={incident}", bool)
    desk = await room.desk()
    read = asyncio.Event()

    async def late(route):
        await read.wait()
        await route.continue_()

    await desk.page.route("**/dispatch/teams*", late)
    await desk.log_in("dispatcher", name="陈静")
    await line(desk, "命令行：刚开页面").wait_for(timeout=LONG)
    number = await line(desk, "命令行：刚开页面").locator(".number").inner_text()
    await typed(desk, f"D {number} e1 H1")
    await told(desk, "正在读取").wait_for()
    read.set()
    await expect(desk.page.locator(".order")).to_have_count(2, timeout=LONG)


async def test_a_note_whose_answer_was_lost_is_given_again_and_stands_once(room, caller, dispatching):
    desk, incident, number = await at_desk(room, caller, "命令行：答复丢了")
    lost = await desk.lose_first_answer("**/notes")
    await typed(desk, f"n {number} 东侧围堰已合拢")
    await told(desk, "—").wait_for(timeout=LONG)
    assert lost.is_set()
    await desk.page.keyboard.press("Enter")
    await told(desk, "已执行").wait_for(timeout=LONG)
    assert await noted(caller, incident, "东侧围堰已合拢") == 1
    await typed(desk, f"n {number} 东侧围堰已合拢")
    await told(desk, "已执行").wait_for(timeout=LONG)
    assert await noted(caller, incident, "东侧围堰已合拢") == 2, (
        "what was answered and is given again is meant again"
    )


async def noted(caller, incident: str, note: str) -> int:
    lines = await caller.see(COUNTY, f"/incidents/{incident}/timeline?limit=200")
    return sum(note in one["summary"] for one in lines)


async def test_what_is_missing_is_offered_and_completed_and_nothing_goes_out_by_half(
    room, caller, dispatching
):
    desk, _, number = await at_desk(room, caller, "命令行：补全")
    await typed(desk, f"d {number} 花急救", ())
    offered = desk.page.locator("#completions li")
    await expect(offered).to_have_count(1)
    assert "M1 · 望花急救分队" in await offered.inner_text()
    await desk.page.keyboard.press("Tab")
    box = desk.page.get_by_label("命令行", exact=True)
    await expect(box).to_have_value(f"d {number} M1 ")
    await desk.page.keyboard.insert_text("zz9")
    await desk.page.keyboard.press("Enter")
    await told(desk, "是哪支队伍").wait_for()
    assert await caller.see(COUNTY, "/dispatch/orders?live=true&limit=200") == []
    await desk.page.keyboard.press("Escape")
    await typed(desk, "s E1")
    await expect(box).to_have_value("s E1 接令")
    await desk.page.keyboard.press("Escape")
    await typed(desk, f"n {number}  ")
    await told(desk, "还要").wait_for()


async def test_enter_that_takes_a_word_of_the_input_method_sends_nothing(room, caller, dispatching):
    desk, incident, number = await at_desk(room, caller, "命令行：输入法")
    await typed(desk, f"n {number} 阀门", ())
    composing = """() => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"""
    await desk.page.evaluate(composing)
    box = desk.page.get_by_label("命令行", exact=True)
    await expect(box).to_have_value(f"n {number} 阀门")
    lines = await caller.see(COUNTY, f"/incidents/{incident}/timeline?limit=200")
    assert not any("阀门" in one["summary"] for one in lines)
    await desk.page.keyboard.insert_text("已关")
    await desk.page.keyboard.press("Enter")
    await told(desk, "已执行").wait_for(timeout=LONG)
    lines = await caller.see(COUNTY, f"/incidents/{incident}/timeline?limit=200")
    assert any("阀门已关" in one["summary"] for one in lines)
