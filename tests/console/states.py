"""Every screen in every state on two sheets, one per light: ``python -m tests.console.states`` → ``docs/console/states-*.png``.

Empty, loading, refused, failed and stale are made by standing between the page and the service, so that each can be looked at.
"""

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import psutil
from playwright.async_api import Browser, Page, Route

from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.running import console_of, progress_of_start, started_servers
from shared.http.auth import Role
from tests.console.conftest import Desk, browsing
from tests.console.screenshots import FOLDER, SIZE, Night

FIRST_PORT = 19600
NODE = "210404"
SILENT_SECONDS = 12
WIDTH = 2_800
SCREENS = (
    ("situation", ("/incidents/",)),
    ("dispatch", ("/dispatch/recommendations", "/dispatch/orders")),
    ("consultation", ("/incidents/",)),
    ("warning", ("/notify/warnings",)),
    ("resources", ("/resources/stock",)),
    ("overdue", ("/due-reports",)),
    ("drill", ("/drill-runs",)),
    ("wall", ("/due-reports",)),
)
REFUSAL = {
    "type": "urn:liandong:problem:forbidden",
    "detail": "本岗位无权查看",
    "detail_en": "not for this role",
}
Stand = Callable[[Route], Awaitable[None]]


async def waits(_: Route) -> None:
    """No answer comes."""
    await asyncio.sleep(3600)


async def refuses(route: Route) -> None:
    """The role may not see it."""
    await route.fulfill(status=403, json=REFUSAL)


async def fails(route: Route) -> None:
    """The line breaks."""
    await route.abort()


STATES: dict[str, Stand] = {"loading": waits, "refused": refuses, "failed": fails}


async def seen(page: Page, screen: str, of: str) -> bytes:
    """A picture of a screen."""
    await page.evaluate("(hash) => { location.hash = hash; }", f"/{screen}/{of}" if of else f"/{screen}")
    await page.wait_for_timeout(900)
    return await page.screenshot(animations="disabled")


async def taken(browser: Browser, url: str, scheme: Any, incident: str) -> list[tuple[str, bytes]]:
    """Every screen of one light when what it is for can't be read."""
    context = await browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    await desk.log_in("duty_officer", "dispatcher", "logistics", "warning_author", name="王芳")
    found = []
    for screen, paths in SCREENS:
        of = _of(screen, incident)
        for state, stand in STATES.items():
            await seen(desk.page, "ops", "")
            for path in paths:
                await desk.page.route(f"**{path}*", stand)
            found.append((f"{screen} · {state}", await seen(desk.page, screen, of)))
            await desk.page.unroute_all(behavior="ignoreErrors")
    await context.close()
    return found


async def stale(
    browser: Browser, url: str, scheme: Any, incident: str, service: psutil.Process
) -> list[tuple[str, bytes]]:
    """Every screen of one light as it is left when the service stands still."""
    desks = {}
    for screen, _ in SCREENS:
        # one profile each: a browser gives all the pages of one no more than six connections to a host
        context = await browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme=scheme)
        desks[screen] = Desk(await context.new_page(), url)
        await desks[screen].log_in("duty_officer", "dispatcher", "logistics", "warning_author", name="王芳")
        await seen(desks[screen].page, screen, _of(screen, incident))
    service.suspend()
    try:
        await asyncio.sleep(SILENT_SECONDS)
        return [
            (f"{screen} · stale", await desk.page.screenshot(animations="disabled"))
            for screen, desk in desks.items()
        ]
    finally:
        service.resume()
        for desk in desks.values():
            await desk.page.context.close()


def _of(screen: str, incident: str) -> str:
    return incident if screen in {"situation", "dispatch", "consultation"} else ""


async def empty(browser: Browser, url: str, scheme: Any) -> list[tuple[str, bytes]]:
    """Every screen of a node where nothing has happened."""
    context = await browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme=scheme)
    desk = Desk(await context.new_page(), url)
    await desk.log_in("duty_officer", "dispatcher", "logistics", "warning_author", name="王芳")
    found = [(f"{screen} · empty", await seen(desk.page, screen, "")) for screen, _ in SCREENS]
    await context.close()
    return found


async def sheet(browser: Browser, pictures: list[tuple[str, bytes]], name: str) -> None:
    """All of them on one page."""
    cells = "".join(
        f"<figure><img src='data:image/png;base64,{base64.b64encode(picture).decode()}'><figcaption>{words}</figcaption></figure>"
        for words, picture in pictures
    )
    style = "body{display:grid;grid-template-columns:repeat(5,1fr);gap:6px;margin:6px;font:14px sans-serif}img{width:100%}figure{margin:0}"
    page = await browser.new_page(viewport={"width": WIDTH, "height": 800})
    await page.set_content(f"<style>{style}</style>{cells}")
    await page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    await page.close()


async def pictures(setup: Setup, service: psutil.Process) -> None:
    """Empty first, then a night, then what stands between."""
    url, schemes = setup.url(NODE, "incident"), ("light", "dark")
    async with browsing() as browser, httpx.AsyncClient(trust_env=False, timeout=20) as http:
        bare = {scheme: await empty(browser, url, scheme) for scheme in schemes}
        await Night(setup, http).goes_on()
        token = setup.token("王芳", "王芳", [Role.DUTY_OFFICER], NODE)
        headers = {"authorization": f"Bearer {token}"}
        rows = (await http.get(f"{url}/board", headers=headers)).json()["rows"]
        for scheme in schemes:
            incident = rows[0]["incident_id"]
            found = await taken(browser, url, scheme, incident)
            found += await stale(browser, url, scheme, incident, service)
            order = sorted([*bare[scheme], *found], key=_place)
            await sheet(browser, order, f"states-{scheme}")


def _place(one: tuple[str, bytes]) -> int:
    screen = one[0].split(" ")[0]
    return [name for name, _ in SCREENS].index(screen)


def main() -> None:
    """One node of a drill, its pictures; none waits for a font that a service at a standstill doesn't send."""
    os.environ["PW_TEST_SCREENSHOT_NO_FONTS_READY"] = "1"
    console = console_of()
    with (
        home.hold("states", fresh=True) as folder,
        started_servers(folder, console, durable=False) as servers,
    ):
        setup = Setup(folder, servers, "exercise", (NODE,), "states", first_port=FIRST_PORT)
        nodes = Nodes(setup)
        try:
            progress_of_start(nodes, console)
            running = nodes.children[f"{NODE}.incident"].process
            assert running is not None
            asyncio.run(pictures(setup, psutil.Process(running.pid)))
        finally:
            nodes.stop()


if __name__ == "__main__":
    main()
