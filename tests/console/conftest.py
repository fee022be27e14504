"""A city and a county with the console, and a real Chromium in front of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Route, async_playwright

from liandong.local.browser import ARGUMENTS, chromium
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from liandong.node import CONSOLE
from shared.http.auth import Role
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics
from tests.integration.desk import Desk as Caller

CITY, COUNTY = "210400", "210404"
FIRST_PORT = 18800
PLAN = Path("plans/fushun")
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
ASKED = "/support-requests?role=asker&waiting=true&limit=200"
AXE = CONSOLE / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="package")
def console_nodes(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """The live nodes behind the console; gone when the stories of kills begin, which need the machine for themselves."""
    folder = tmp_path_factory.mktemp("console")
    setup = Setup(folder, servers, "live", (CITY, COUNTY), first_port=FIRST_PORT)
    for node in setup.jurisdictions:
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(node, service), fresh=True)
    create_topics(servers.kafka_access, load_plan(PLAN).jurisdictions, "live")
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        yield nodes
    finally:
        nodes.stop()


@dataclass
class Desk:
    """One browser before one node's console; it notes what the page did that no page of ours may."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)
    _forgiven: list[str] = field(default_factory=list)

    def forgive(self, *parts: str) -> None:
        """What a test does to the services on purpose is no fault of the page."""
        self._forgiven += parts

    def faults(self) -> list[str]:
        """What the page did wrong."""
        return [one for one in self.wrong if not any(part in one for part in self._forgiven)]

    async def log_in(self, *roles: str, name: str = "", department: str = "", team: str = "") -> None:
        """Come as somebody with these roles; those the page offers, if none are named."""
        await self.page.goto(self.url)
        await self.page.get_by_role("button", name="登录").click()
        if name:
            await self.page.fill("input[name=name]", name)
        if roles:
            for box in await self.page.query_selector_all("input[name=role]"):
                await box.set_checked(await box.get_attribute("value") in roles)
        if department:
            await self.page.select_option("select[name=department]", department)
        if team:
            await self.page.select_option("select[name=team]", team)
        await self.page.get_by_role("button", name="进入").click()
        await self.page.wait_for_selector("header .seat, .road")

    async def hold(self, path: str) -> tuple[asyncio.Event, asyncio.Event]:
        """Requests to a path wait on their way: the first event says that one has come, the second lets all go."""
        come, go = asyncio.Event(), asyncio.Event()

        async def wait(route: Route) -> None:
            come.set()
            await go.wait()
            await route.continue_()

        await self.page.route(path, wait)
        return come, go

    async def lose_first_answer(self, path: str) -> asyncio.Event:
        """The service does what it is asked first at a path, and the page never hears; the event: it is done."""
        done = asyncio.Event()

        async def lose(route: Route) -> None:
            if done.is_set():
                await route.continue_()
                return
            assert (await route.fetch()).ok
            done.set()
            await route.abort()

        await self.page.route(path, lose)
        self.forgive("ERR_FAILED")
        return done

    async def serious(self) -> list[tuple[str, str, str]]:
        """What stands seriously in anybody's way: WCAG 2 A and AA, as axe sees it (the page without its CSP)."""
        await self.page.add_script_tag(path=AXE)
        found = await self.page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        return [
            (one["id"], one["nodes"][0]["html"][:160], one["nodes"][0]["failureSummary"][:200])
            for one in found["violations"]
            if one["impact"] in {"serious", "critical"}
        ]

    def listen(self) -> None:
        """Note every error, and every request that would leave the host."""
        host = urlsplit(self.url).netloc
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", lambda one: _elsewhere(one.url, host) and self.wrong.append(one.url))

    def _heard(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith(REFUSAL):
            self.wrong.append(line.text)


REFUSAL = "Failed to load resource: the server responded with a status of 4"
"""The browser's own line for an answer that says no, which a page then tells in words."""


def _elsewhere(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.netloc != host


@dataclass
class Room:
    """Desks of one browser."""

    nodes: Nodes
    browser: Browser
    desks: list[Desk] = field(default_factory=list)

    async def desk(self, node: str = COUNTY, url: str = "", **options: Any) -> Desk:
        """A new seat, a browser profile of its own: before a node's console, or the one at an address."""
        context: BrowserContext = await self.browser.new_context(
            **{"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN", **options}
        )
        desk = Desk(await context.new_page(), url or self.nodes.setup.url(node, "incident"))
        desk.listen()
        self.desks.append(desk)
        return desk


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture
async def room(console_nodes: Nodes, stood_down: None) -> AsyncIterator[Room]:
    """Where people sit, every service ready; after a test no page has had an error or asked another host."""
    await console_nodes.ready(lambda _: None)
    async with browsing() as browser:
        here = Room(console_nodes, browser)
        yield here
        assert [fault for desk in here.desks for fault in desk.faults()] == []


@pytest.fixture
async def caller(console_nodes: Nodes) -> AsyncIterator[Caller]:
    """Somebody who does things elsewhere while a page is open."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        yield Caller(console_nodes, http)


@pytest.fixture
async def dispatching(console_nodes: Nodes) -> AsyncIterator[Caller]:
    """The same at the dispatch services."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        yield Caller(console_nodes, http, "dispatch")


@pytest.fixture
async def stood_down(console_nodes: Nodes, dispatching: Caller) -> AsyncIterator[None]:
    """After a test nobody is asked for teams any more, and every team is home: the next test finds them idle."""
    yield
    await console_nodes.ready(lambda _: None)
    for node in (CITY, COUNTY):
        token = dispatching.token(node, Role.DISPATCHER)
        for asked in await dispatching.see(node, ASKED, token):
            path = f"/support-requests/{asked['request_id']}/withdraw"
            await dispatching.ask(node, "POST", path, {"reason": "试验结束"}, token)
        for order in await dispatching.see(node, "/orders?live=true&limit=200", token):
            if order["jurisdiction"] == node:
                path = f"/orders/{order['order_id']}/release"
                await dispatching.do(node, path, {"cause": "completed"}, token)
