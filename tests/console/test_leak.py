"""The chlorine leak through the console alone, by the keyboard: from the call to the closing, at two nodes, three seats.

``KEYSTROKES=file.md`` writes how many keys each step took.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.console.conftest import CITY, COUNTY
from tests.console.keyboard import Hands, Night
from tests.console.test_intake import quiet

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]
__all__ = ["quiet"]
LONG = 20_000
MOST_OF_A_STEP = 60
HEAD = """# How many keys a night's work takes at the console

Made by `KEYSTROKES=benchmarks/console/KEYSTROKES.md .venv/bin/python -m pytest tests/console/test_leak.py`.
Keys are counted one by one, every Tab and every letter of a command among them; characters are the Chinese ones that an
input method hands over.

"""


async def seat(room, night: Night, who: str, node: str, *roles: str, **more: str) -> Hands:
    desk = await room.desk(node)
    await desk.log_in(*roles, name=who, **more)
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    return Hands(who, desk, night)


async def handed_over(hands: Hands, who: str, role: str) -> Hands:
    """Another person comes to the seat: out and in again, by the keyboard too."""
    page = hands.desk.page
    hands.begins(f"交班给{who}")
    await hands.command("退出")
    await hands.reach(page.get_by_role("button", name="登录"))
    await hands.press("Enter")
    await hands.reach(page.locator("input[name=name]"))
    await hands.press("Control+a")
    await hands.write(who)
    for box in await page.locator("input[name=role]").all():
        if await box.is_checked() != (await box.get_attribute("value") == role):
            await hands.reach(box)
            await hands.press("Space")
    await hands.reach(page.get_by_role("button", name="进入"))
    await hands.press("Enter")
    await page.wait_for_selector(".link.live", timeout=LONG)
    return Hands(who, hands.desk, hands.night)


async def number_of(caller, node: str, incident: str) -> str:
    """By what number the incident stands on a node's board."""

    def standing(board: dict[str, Any]) -> list[str]:
        return [str(row["number"]) for row in board["rows"] if row["incident_id"] == incident]

    return str(standing(await caller.until(node, "/board", standing))[0])


async def test_from_the_call_to_the_closing_by_the_keyboard_alone(room, caller, quiet, record_property):
    night = Night()
    wang = await seat(
        room, night, "王芳（区）", COUNTY, "call_taker", "dispatcher", "duty_officer", "logistics"
    )
    li = await seat(
        room, night, "李强（市）", CITY, "duty_officer", "commander", "dispatcher", "warning_author"
    )
    health = await seat(room, night, "卫健委（市）", CITY, "department", department="health")
    incident = await the_call(wang, caller)
    await teams_go_out(wang)
    number = await number_of(caller, COUNTY, incident)
    await it_grows(wang, number)
    at_city = await number_of(caller, CITY, incident)
    await the_city_takes_over(li, at_city)
    await reports_go_up(wang, li, number)
    await they_confer(li, health, at_city)
    await a_warning_goes_out(li, health)
    await material_is_brought(wang)
    await it_ends(wang, li, number, at_city)
    for node in (COUNTY, CITY):
        shown: dict[str, Any] = await caller.until(
            node, f"/incidents/{incident}", lambda found: found["status"] == "closed"
        )
        assert shown["facts"]["deaths"] == 3 and not shown["teams_out"]
    told = [one["kind"] for one in await caller.see(CITY, f"/incidents/{incident}/timeline?limit=200")]
    for kind in (
        "incident.reported",
        "dispatch.arrived",
        "incident.command_assumed",
        "consultation.concluded",
    ):
        assert kind in told, kind
    assert {"warning.published", "warning.cancelled", "incident.closed"} <= set(told)
    record_property("keystrokes", [vars(one) for one in night.steps])
    _written(night)
    assert max(one.keys for one in night.steps if "交班" not in one.name) <= MOST_OF_A_STEP


def _written(night: Night) -> None:
    if os.environ.get("KEYSTROKES"):
        Path(os.environ["KEYSTROKES"]).write_text(HEAD + night.table(), encoding="utf-8")


async def the_call(wang: Hands, caller) -> str:
    page = wang.desk.page
    wang.begins("接警：地点、类别、被困人数")
    await wang.press("F2")
    await page.wait_for_selector("input[name=address]:focus")
    await wang.press(*"hpl", "1")
    await page.wait_for_selector("input[name=kind]:focus")
    await page.locator(".call-state", has_text="已立案").wait_for(timeout=LONG)
    await wang.press(*"whxpxl", "1")
    await page.wait_for_selector(".questions select:focus", timeout=LONG)
    await wang.press("Control+Enter")
    await page.locator(".reminder", has_text="什么物质，数量多少").wait_for(timeout=LONG)
    await wang.press("Control+Enter")
    await page.wait_for_selector(".details", timeout=LONG)
    (row,) = (await caller.see(COUNTY, "/board"))["rows"]
    assert row["sector"] == "hazardous_chemicals"
    return str(row["incident_id"])


async def teams_go_out(wang: Hands) -> None:
    page = wang.desk.page
    wang.begins("按推荐派警")
    await wang.press("F6")
    await page.locator(".picks kbd").first.wait_for(timeout=LONG)
    chosen = await page.locator(".picks input:checked").count()
    assert chosen > 1
    await wang.press("Control+Enter")
    await expect(page.locator(".order")).to_have_count(chosen, timeout=LONG)
    wang.begins("一支队伍接令、出动、到场")
    for step in ("jl", "cd", "dc"):
        await wang.command(f"s H1 {step}")
    await expect(page.locator(".order", has_text="H1").locator(".state")).to_have_text("已到场", timeout=LONG)


async def it_grows(wang: Hands, number: str) -> None:
    page = wang.desk.page
    wang.begins("续报：三人死亡，六人重伤")
    await wang.command(f"a {number} xb")
    await page.wait_for_selector("form.act input[name=deaths]:focus", timeout=LONG)
    await wang.press("3", "Tab", "Tab", "6", "Tab", "Tab")
    await wang.write("现场指挥员")
    await wang.press("Enter")
    await page.locator(".details h2 .significant").wait_for(timeout=LONG)


async def the_city_takes_over(li: Hands, number: str) -> None:
    page = li.desk.page
    line = page.locator(".line", has=page.locator(".number", has_text=re.compile(f"^{number}$")))
    await line.locator(".grade.significant").wait_for(timeout=LONG)
    li.begins("市级接管指挥")
    await li.command(f"a {number} jg")
    await page.wait_for_selector("form.act input[name=commander]:focus", timeout=LONG)
    await li.write("市现场指挥长")
    await li.press("Enter")
    await page.locator(".details dd", has_text="市现场指挥长").wait_for(timeout=LONG)


async def reports_go_up(wang: Hands, li: Hands, number: str) -> None:
    page = wang.desk.page
    wang.begins("区级逐级上报，留文号")
    await wang.command(f"k {number}")
    duty = page.locator(".duties li", has_text="县级逐级上报").first
    await wang.reach(duty.get_by_role("button", name="已上报"))
    await wang.press("Enter")
    await page.wait_for_selector("form.act input[name=proof]:focus", timeout=LONG)
    await wang.write("传真 2031-001")
    await wang.press("Enter")
    li.begins("市级确认收到")
    await li.press("Alt+d")
    arrived = li.desk.page.locator(".arrived-report", has_text="传真 2031-001")
    await arrived.wait_for(timeout=LONG)
    await li.press("Control+Enter")
    await li.desk.page.wait_for_selector("form.act input[name=received_by]:focus", timeout=LONG)
    await li.press("Tab")
    await li.write("市办收 17 号")
    await li.press("Enter")
    await arrived.wait_for(state="detached", timeout=LONG)
    await expect(duty.locator(".state")).to_have_text("已报已回执", timeout=LONG)


async def they_confer(li: Hands, health: Hands, at_city: str) -> None:
    page = li.desk.page
    li.begins("召集会商")
    await li.command(f"hs {at_city}")
    await page.locator(".empty", has_text="尚未召集会商").wait_for(timeout=LONG)
    await li.press("i")
    await li.write("氯气泄漏处置会商")
    await li.press("Control+Enter")
    await page.locator(".consultation").wait_for(timeout=LONG)
    health.begins("卫健委发表意见")
    theirs = health.desk.page
    await theirs.locator(".own-page .consultation li", has_text="氯气泄漏处置会商").wait_for(timeout=LONG)
    await health.press("1")
    await theirs.locator("textarea[name=opinion]").wait_for(timeout=LONG)
    await health.press("i", "Tab")
    await health.write("同意，备足解毒药品")
    await health.press("Control+Enter")
    await page.locator(".consultation .agree", has_text="解毒药品").wait_for(timeout=LONG)
    li.begins("会商结论：任务、响应、提请预警")
    await li.press("Escape", "i")
    await li.write("疏散下风向一公里，启动Ⅲ级响应，发布预警")
    await li.reach(page.locator("select[name=response-level]"))
    await li.press("ArrowDown", "ArrowDown")
    await li.reach(page.locator("select[name=warning-level]"))
    await li.press("ArrowDown", "ArrowDown")
    await li.reach(page.locator("input[name=warning-area]"))
    await li.write("望花区")
    await li.press("Tab")
    await li.write("氯气泄漏")
    await li.reach(page.get_by_role("button", name="加一项任务"))
    await li.press("Enter")
    await page.wait_for_selector("select[name=task-department]:focus", timeout=LONG)
    while await page.input_value("select[name=task-department]") != "health":
        await li.press("ArrowDown")
    await li.press("Tab")
    await li.write("备足解毒药品")
    await li.press("Control+Enter")
    await page.locator(".consultation .tasks li", has_text="备足解毒药品").wait_for(timeout=LONG)


async def a_warning_goes_out(li: Hands, health: Hands) -> None:
    page = li.desk.page
    li.begins("采用会商提请的预警草稿，选一项措施")
    await li.press("F7")
    await page.locator(".warnings .line .state", has_text="待采用").first.wait_for(timeout=LONG)
    await li.press("j")
    await page.locator(".one .way").wait_for(timeout=LONG)
    await li.reach(page.locator(".one fieldset input[type=checkbox]").first)
    await li.press("Space", "Control+Enter")
    await page.locator(".way .done", has_text="李强").wait_for(timeout=LONG)
    reviewer = await handed_over(health, "吴磊（市）", "warning_reviewer")
    reviewer.begins("审核预警")
    await reviewer.press("F7")
    await reviewer.desk.page.locator(".warnings .line").first.wait_for(timeout=LONG)
    await reviewer.press("j")
    await reviewer.desk.page.locator(".one .way").wait_for(timeout=LONG)
    await reviewer.press("Control+Enter")
    await page.locator(".way .done", has_text="吴磊").wait_for(timeout=LONG)
    signer = await handed_over(reviewer, "郑华（市）", "warning_signer")
    signer.begins("签发并发布预警")
    await signer.press("F7")
    await signer.desk.page.locator(".warnings .line").first.wait_for(timeout=LONG)
    await signer.press("j")
    await signer.desk.page.get_by_role("button", name="签发", exact=True).wait_for(timeout=LONG)
    await signer.press("Control+Enter")
    await signer.desk.page.get_by_role("button", name="发布", exact=True).wait_for(timeout=LONG)
    await signer.press("Control+Enter")
    await page.locator(".warnings .line .state", has_text="生效中").first.wait_for(timeout=LONG)
    health.who, health.desk = signer.who, signer.desk


async def material_is_brought(wang: Hands) -> None:
    page = wang.desk.page
    wang.begins("预留防毒面具")
    await wang.press("F10")
    await wang.reach(page.get_by_role("button", name="预留本级物资"))
    await wang.press("Enter")
    await page.wait_for_selector("form.act select[name=incident_id]:focus", timeout=LONG)
    await wang.press("Tab")
    while await page.input_value("form.act select[name=item]") != "gas_mask":
        await wang.press("ArrowDown")
    await wang.press("Tab", "Control+a", "1", "0", "Enter")
    line = page.locator(".reservation").first
    await line.wait_for(timeout=LONG)
    wang.begins("出库、签收、消耗")
    for act, words in (("出库", "运输一队"), ("签收", "现场库管"), ("消耗", "")):
        await wang.reach(line.get_by_role("button", name=act, exact=True))
        await wang.press("Enter")
        await page.wait_for_selector("form.act input:focus", timeout=LONG)
        if words:
            await wang.write(words)
        await wang.press("Enter")
        await expect(line.locator("form.act")).to_have_count(0, timeout=LONG)
    await expect(line.locator(".state")).to_have_text("已用完", timeout=LONG)


async def it_ends(wang: Hands, li: Hands, number: str, at_city: str) -> None:
    page = li.desk.page
    li.begins("市级宣布已控制")
    await li.command(f"a {at_city} kz")
    await page.wait_for_selector("form.act input[name=statement]:focus", timeout=LONG)
    await li.write("泄漏已堵住")
    await li.press("Enter")
    await expect(page.locator("form.act")).to_have_count(0, timeout=LONG)
    li.begins("解除预警")
    await li.press("F7")
    await page.locator(".warnings .line").first.wait_for(timeout=LONG)
    await li.press("j")
    await li.reach(page.locator(".steps input[name=reason]"))
    await li.write("险情排除")
    await li.reach(page.get_by_role("button", name="解除", exact=True))
    await li.press("Enter")
    await page.locator(".way .done", has_text="解除").wait_for(timeout=LONG)
    wang.begins("队伍归队")
    ours = wang.desk.page
    await wang.command(f"dp {number}")
    await ours.locator(".order").first.wait_for(timeout=LONG)
    for call_sign in await called_out(wang):
        await wang.command(f"s {call_sign} gd")
        await expect(ours.locator(".order.released", has_text=call_sign)).to_have_count(1, timeout=LONG)
    li.begins("终止响应，市级结束处置")
    await li.command(f"a {at_city} zz")
    await page.wait_for_selector("form.act input[name=reason]:focus", timeout=LONG)
    await li.write("险情排除")
    await li.press("Enter")
    await expect(page.locator("form.act")).to_have_count(0, timeout=LONG)
    await li.command(f"a {at_city} close")
    await page.wait_for_selector("form.act select[name=outcome]:focus", timeout=LONG)
    await li.press("Tab")
    await done(li)
    wang.begins("区级结束处置")
    await wang.command(f"k {number}")
    await ours.locator(".details dd", has_text="望花区").first.wait_for(timeout=LONG)
    await wang.command(f"a {number} close")
    await ours.wait_for_selector("form.act select[name=outcome]:focus", timeout=LONG)
    await wang.press("Tab")
    await done(wang)


async def done(hands: Hands) -> None:
    """Enter; and once more for each time that somebody else changed the incident in between, as the page tells."""
    page, form = hands.desk.page, hands.desk.page.locator("form.act")
    standing = "() => document.querySelector('form.act')?.textContent.includes('其间的变化') ?? true"
    for _ in range(3):
        await hands.press("Enter")
        await page.wait_for_timeout(300)
        await page.wait_for_function(standing, timeout=LONG)
        if await form.count() == 0:
            return
    raise AssertionError("the incident never comes to rest")


async def called_out(hands: Hands) -> list[str]:
    names = await hands.desk.page.locator(".order:not(.released) b").all_inner_texts()
    assert names
    return [name.split(" ")[0] for name in names]
