"""Pictures of every screen for ``docs/console``, from the demo's drill: ``make screenshots``.

The drill is played to its end, then a night goes on at one county: calls, an order, a warning, and a call being typed.
"""

import asyncio
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, ViewportSize

from drills.scenario import load_scenario
from liandong.commands.demo import SCENARIO, play
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.running import console_of, progress_of_start, started_servers
from shared.http.auth import Role
from tests.console.conftest import PHONE, Desk, browsing

FOLDER = Path("docs/console")
FIRST_PORT = 19400
COUNTY = "210404"
SCREEN: ViewportSize = {"width": 1920, "height": 1080}
SIZE: ViewportSize = {"width": 1366, "height": 768}
CALLS: tuple[tuple[str, str, str, float, float, str, dict[str, Any]], ...] = (
    ("flood_drought", "11A02", "示例街道立交桥下内涝，三车被困", 123.8, 41.845, "示例街道立交桥", {}),
    ("road_traffic", "12H02", "示例高速两车相撞，一人被卡", 123.77, 41.832, "示例高速 K10", {"deaths": 3}),
    ("gas", "12P12", "示例小区燃气管道被挖断", 123.815, 41.835, "示例小区北门", {}),
    ("fire", "12G04", "海城街高层住宅地下车库充电区起火冒烟并有爆鸣声", 123.8, 41.856, "海城街 12 号", {}),
    ("fire", "12G03", "和平路居民楼六层起火，有人呼救", 123.783, 41.8425, "和平路 118 号", {"trapped": 4}),
)
WARNING = {
    "sector": "flood_drought",
    "event_type": "11A02",
    "level": "yellow",
    "headline": "望花区发布内涝黄色预警",
    "description": "今夜低洼路段可能出现内涝。",
    "instruction": "不要驾车进入积水路段。",
    "area": "望花区低洼路段",
    "area_codes": [COUNTY],
    "measures": ["加强对积水路段的巡查"],
}


class Night:
    """People of the county's watch, by their own tokens."""

    def __init__(self, setup: Setup, http: httpx.AsyncClient) -> None:
        self._setup, self._http = setup, http

    async def do(self, service: str, path: str, body: object, role: Role, who: str) -> Any:
        token = self._setup.token(who, who, [role], COUNTY)
        url = self._setup.url(COUNTY, service) + path
        answer = await self._http.post(url, json=body, headers={"authorization": f"Bearer {token}"})
        assert answer.is_success, answer.text
        return answer.json()

    async def goes_on(self) -> None:
        """Calls, a team on its way to the last of them, a warning in force."""
        incident = ""
        for sector, event_type, title, lon, lat, address, facts in CALLS:
            place = {"lon": lon, "lat": lat, "address": address}
            body = {"channel": "119", "sector": sector, "event_type": event_type, "title": title}
            told = await self.do(
                "incident", "/reports", {**body, "location": place, "facts": facts}, Role.CALL_TAKER, "李强"
            )
            incident = told["incident_id"]
        await asyncio.sleep(2)
        order = {
            "incident_id": incident,
            "team_ids": ["wanghua-fire-1", "wanghua-medical-1"],
            "task": "灭火救人",
        }
        orders = (await self.do("dispatch", "/orders", order, Role.DISPATCHER, "陈静"))["orders"]
        for step, count in (("acknowledge", 2), ("depart", 1), ("arrive", 1)):
            for one in orders[:count]:
                await self.do("dispatch", f"/orders/{one['order_id']}/{step}", {}, Role.DISPATCHER, "陈静")
        matter = {"matter": "疏散范围与伤员转运", "brief": "六楼明火，两人被困"}
        await self.do("incident", f"/incidents/{incident}/consultations", matter, Role.COMMANDER, "韩梅")
        shown = await self.do("notify", "/warnings", WARNING, Role.WARNING_AUTHOR, "周洋")
        steps = (("review", Role.WARNING_REVIEWER, "吴磊"), ("sign", Role.WARNING_SIGNER, "郑华"))
        for step, role, who in (*steps, ("publish", Role.WARNING_SIGNER, "郑华")):
            path, seen = f"/warnings/{shown['warning_id']}/{step}", {"version": shown["version"]}
            shown = await self.do("notify", path, seen, role, who)


async def shot(page: Page, name: str) -> None:
    """One picture; the fonts are there and nothing moves any more."""
    await page.evaluate("document.fonts.ready.then(() => undefined)")
    await page.wait_for_timeout(700)
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


async def taken(browser: Browser, url: str, scheme: Any) -> None:
    """Every screen in one light."""
    context = await browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    page = desk.page
    await page.goto(f"{url}/login")
    await shot(page, f"login-{scheme}")
    await desk.log_in("call_taker", "dispatcher", "duty_officer", "logistics", "auditor", name="王芳")
    await page.locator(".line", has_text="和平路居民楼").click()
    await page.wait_for_selector(".details .timeline li")
    await shot(page, f"situation-{scheme}")
    for key, ready, name in (("F6", ".order", "dispatch"), ("Alt+h", ".consultation", "consultation")):
        await page.keyboard.press(key)
        await page.wait_for_selector(ready)
        await shot(page, f"{name}-{scheme}")
    for key, ready, name in (("F7", ".warnings .line", "warning"), ("F10", ".supply", "resources")):
        await page.keyboard.press(key)
        await page.wait_for_selector(ready)
        if name == "warning":
            await page.locator(".warnings .line").first.click()
            await page.wait_for_selector(".way")
        await shot(page, f"{name}-{scheme}")
    await page.keyboard.press("F2")
    await page.wait_for_selector("input[name=address]:focus")
    await page.keyboard.type("hpl1")
    await page.wait_for_selector("input[name=kind]:focus")
    await page.keyboard.type("gcmy1")
    await page.wait_for_selector(".questions select:focus")
    await page.fill("input[name=fact_trapped]", "2")
    await page.fill("textarea[name=description]", "六楼阳台有两人，楼道有烟")
    await page.wait_for_selector(".similar")
    await shot(page, f"intake-{scheme}")
    await page.keyboard.press("Alt+n")
    await page.wait_for_selector(".call-state.saved")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector(".reminder")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector(".details")
    for key, ready, name in (("Alt+d", ".owed", "overdue"), ("Alt+y", ".service.ready", "ops")):
        await page.keyboard.press(key)
        await page.wait_for_selector(ready)
        await shot(page, f"{name}-{scheme}")
    await page.keyboard.press("Alt+x")
    await page.wait_for_selector(".verdict.passed")
    await page.fill("input[name=note]", "区里先于市里接到企业报告，相隔 40 秒")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".drill-page ul li")
    await shot(page, f"drill-{scheme}")
    await page.keyboard.press("F3")
    await page.keyboard.press("?")
    await page.wait_for_selector("dialog.help")
    await shot(page, f"help-{scheme}")
    await context.close()


async def for_others(browser: Browser, url: str, scheme: Any) -> None:
    """A department's page and the wall."""
    context = await browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    await desk.log_in("department", name="卫健值班员", department="health")
    await desk.page.wait_for_selector(".own-page")
    await shot(desk.page, f"own-{scheme}")
    await context.close()
    context = await browser.new_context(viewport=SCREEN, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    await desk.log_in("auditor", name="大屏")
    await desk.page.keyboard.press("Alt+b")
    await desk.page.wait_for_selector(".wall-incident")
    await shot(desk.page, f"wall-{scheme}")
    await context.close()


async def on_the_road(browser: Browser, url: str, scheme: Any) -> None:
    """A team leader's phone, with a line and without."""
    context = await browser.new_context(**PHONE, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    await desk.log_in("team", name="张队长", team="wanghua-medical-1")
    await desk.page.wait_for_selector(".road-next")
    await shot(desk.page, f"road-{scheme}")
    await context.set_offline(True)
    await desk.page.get_by_role("button", name="出动", exact=True).tap()
    await desk.page.wait_for_selector(".road-line.lost")
    await shot(desk.page, f"road-tunnel-{scheme}")
    await context.close()


async def pictures(setup: Setup) -> None:
    """The night, then the pictures of it."""
    async with httpx.AsyncClient(trust_env=False, timeout=20) as http:
        await Night(setup, http).goes_on()
    async with browsing() as browser:
        for scheme in ("light", "dark"):
            await taken(browser, setup.url(COUNTY, "incident"), scheme)
            await for_others(browser, setup.url(COUNTY, "incident"), scheme)
            await on_the_road(browser, setup.url(COUNTY, "incident"), scheme)


def main() -> None:
    """Start the demo's nodes, play its drill, take the pictures."""
    console, script = console_of(), load_scenario(SCENARIO)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        home.hold("screenshots", fresh=True) as folder,
        started_servers(folder, console, durable=False) as servers,
    ):
        setup = Setup(
            folder, servers, "exercise", script.jurisdictions, script.id, script.plan, first_port=FIRST_PORT
        )
        nodes = Nodes(setup)
        try:
            progress_of_start(nodes, console)
            asyncio.run(play(script, setup, console))
            asyncio.run(pictures(setup))
        finally:
            nodes.stop()


if __name__ == "__main__":
    main()
