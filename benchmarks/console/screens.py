"""How soon a screen stands there with what it is for, from the key on; beside a page that has everything already."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from playwright.async_api import Browser, Page

from benchmarks.chain.load import quantile
from drills.reporting import Reporter
from drills.scenario import load_scenario
from liandong.commands.demo import SCENARIO
from liandong.local.nodes import Setup
from shared.http.auth import Role
from tests.console.conftest import PHONE, Desk

TIMES = 10
SEAT = ("duty_officer", "call_taker", "dispatcher", "logistics", "auditor")
"""The roles of one who sees every screen of a desk."""
WATCH = """(selector) => {
  window.addEventListener('keydown', () => { window.pressedAt = performance.now(); }, { capture: true, once: true });
  window.stood = new Promise((done, failed) => {
    setTimeout(() => failed(new Error(`${selector} did not come`)), 15000);
    const look = () => {
      if (window.pressedAt === undefined || !document.querySelector(selector)) return;
      watching.disconnect();
      const after = new MessageChannel();
      after.port1.onmessage = () => { const took = performance.now() - window.pressedAt; window.pressedAt = undefined; done(took); };
      requestAnimationFrame(() => after.port2.postMessage(0));
    };
    const watching = new MutationObserver(look);
    watching.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}"""
"""A promise of the milliseconds from the next key to the frame in which something that fits has been painted."""


@dataclass(frozen=True)
class Screen:
    """A screen: its key, what it is for by selector, and the key of another one to come from."""

    name: str
    key: str
    stands: str
    away: str = "Alt+y"


@dataclass(frozen=True)
class Opened:
    """Milliseconds from the key to what the screen is for, painted."""

    p50_ms: float
    p95_ms: float


OF_A_DESK = (
    Screen("intake", "F2", ".intake input[name=address]"),
    Screen("situation", "F3", ".queue .line"),
    Screen("dispatch", "F6", ".picks tbody tr", away="F3"),
    Screen("consultation", "Alt+h", ".consultation", away="F3"),
    Screen("warning", "F7", ".warnings .queue .line"),
    Screen("resources", "F10", ".supply .team"),
    Screen("overdue", "Alt+d", ".owed tbody tr"),
    Screen("drill", "Alt+x", ".drill-steps li"),
    Screen("ops", "Alt+y", ".service.ready", away="Alt+d"),
    Screen("wall", "Alt+b", ".wall-incident", away="Escape"),
)


async def open_screens(page: Page, screens: Sequence[Screen], incident: str) -> dict[str, Opened]:
    """Each of them so many times."""
    found = {}
    for screen in screens:
        took = []
        for _ in range(TIMES):
            await page.evaluate("(id) => { location.hash = `/situation/${id}`; }", incident)
            await page.locator(".details").wait_for()
            if screen.away not in {"F3", "Escape"}:
                await page.keyboard.press(screen.away)
            await page.wait_for_timeout(150)
            await page.evaluate(WATCH, screen.stands)
            await page.keyboard.press(screen.key)
            took.append(await page.evaluate("window.stood"))
        found[screen.name] = Opened(quantile(took, 0.5), quantile(took, 0.95))
    return found


async def of_a_department(browser: Browser, url: str) -> Opened:
    """A department's page."""
    desk = Desk(await (await browser.new_context(bypass_csp=True)).new_page(), url)
    await desk.log_in("department", name="卫健", department="health")
    took = []
    for _ in range(TIMES):
        await desk.page.keyboard.press("F3")
        await desk.page.wait_for_timeout(150)
        await desk.page.evaluate(WATCH, ".own-page section")
        await desk.page.keyboard.press("Alt+g")
        took.append(await desk.page.evaluate("window.stood"))
    await desk.page.context.close()
    return Opened(quantile(took, 0.5), quantile(took, 0.95))


async def of_a_phone(browser: Browser, url: str) -> Opened:
    """A phone's page, loaded anew: from the start of the navigation to the order's button."""
    desk = Desk(await (await browser.new_context(**PHONE)).new_page(), url)
    await desk.log_in("team", name="队长", team="wanghua-fire-1")
    took = []
    for _ in range(TIMES):
        await desk.page.reload()
        await desk.page.locator(".road-next").wait_for()
        took.append(await desk.page.evaluate("performance.now()"))
    await desk.page.context.close()
    return Opened(quantile(took, 0.5), quantile(took, 0.95))


async def of_floor(page: Page, url: str) -> Opened:
    """A page that has two lists of 200 lines and shows one or the other."""
    await page.goto(f"{url}/lists")
    took = []
    for number in range(TIMES):
        await page.evaluate(WATCH, f"#list-{(number + 1) % 2}:not([hidden])")
        await page.keyboard.press("x")
        took.append(await page.evaluate("window.stood"))
    return Opened(quantile(took, 0.5), quantile(took, 0.95))


async def furnish(setup: Setup, node: str, incident: str) -> None:
    """Everything that the screens are for: an order, a consultation, a warning, a drill that was told."""

    async with httpx.AsyncClient(trust_env=False, timeout=20) as http:

        async def do(service: str, path: str, body: object, *roles: Role) -> None:
            headers = {"authorization": f"Bearer {setup.token('bench', 'bench', roles, node)}"}
            (await http.post(setup.url(node, service) + path, json=body, headers=headers)).raise_for_status()

        order = {"incident_id": incident, "team_ids": ["wanghua-fire-1"], "task": "灭火"}
        await do("dispatch", "/orders", order, Role.DISPATCHER)
        await do("incident", f"/incidents/{incident}/consultations", {"matter": "疏散范围"}, Role.COMMANDER)
        draft = {
            "sector": "fire",
            "event_type": "12G01",
            "level": "blue",
            "headline": "火灾预警",
            "description": "火灾",
            "instruction": "远离",
            "area": "望花区",
            "area_codes": [node],
            "measures": ["启动应急预案"],
        }
        await do("notify", "/warnings", draft, Role.WARNING_AUTHOR)
        script = load_scenario(SCENARIO).model_copy(update={"jurisdictions": (node,)})
        token = setup.token("drill", "drill", [Role.SYSTEM], node)
        async with Reporter(script, http, setup.url, lambda _: token) as reporter:
            for number, step in enumerate(script.steps, 1):
                reporter.begins(step, step.post or "")
                reporter.tell_verdict(number, step, step.post or "", [])
