"""``python -m benchmarks.console``: seats that see a change, and the map, each beside a floor that does nothing else."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import httpx
import psutil
import typer
from playwright.async_api import Browser, Page
from rich.console import Console
from rich.progress import Progress

from benchmarks.chain.load import quantile
from benchmarks.console import screens
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.running import bar, console_of, progress_of_start, started_servers
from shared.http.auth import Role
from tests.console.conftest import Desk, browsing

HERE = Path(__file__).parent
NODE, SERVICE = "210404", "210404.incident"
FIRST_PORT, FLOOR_PORT = 18700, 18790
SEATS, ROWS, PACE_SECONDS = 50, 200, 0.1
POINTS, MOVED, MAP_SECONDS = 3000, 500, 10
PAINT_GOAL_MS, CPU_GOAL_MS, FRAMES_GOAL = 25.0, 2.0, 50.0
WATCH = """() => { window.painted = []; const told = []; let inFrame = false;
  const after = new MessageChannel();
  after.port1.onmessage = () => { inFrame = false; const at = performance.timeOrigin + performance.now();
    while (told.length) window.painted.push([told.shift(), at]); };
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => frame((time) => {
    if (!inFrame) { inFrame = true; after.port2.postMessage(0); }
    act(time); });
  const seen = new Set();
  new MutationObserver(() => { const found = /N(\\d+)N/.exec(document.querySelector('.queue').textContent);
    if (!found || seen.has(found[1])) return; seen.add(found[1]); told.push(Number(found[1]));
    if (!inFrame) window.requestAnimationFrame(() => undefined);
  }).observe(document.querySelector('.queue'), {subtree: true, childList: true, characterData: true}); }"""
"""Notes when the frame that shows a number has been painted: a message sent in a frame is heard behind its painting."""
FLEET = """async (points) => { const live = await import('/console/lib/live.js');
  const team = (number) => ({team_id: `t${number}`, name: `队 ${number}`, status: ['idle', 'issued', 'departed'][number % 3],
    home: {lon: 123.6 + Math.random() * 0.4, lat: 41.7 + Math.random() * 0.3, address: ''}, incident_id: null});
  const fleet = new Map(Array.from({length: points}, (_, number) => [`t${number}`, team(number)]));
  live.teams.value = fleet;
  window.moving = setInterval(() => { const next = new Map(live.teams.value);
    for (let count = 0; count < MOVED; count += 1) { const number = Math.floor(Math.random() * points); next.set(`t${number}`, team(number)); }
    if (points) live.teams.value = next; }, 500);
  window.frames = []; const tick = (at) => { window.frames.push(at); requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""


@dataclass(frozen=True)
class Seen:
    """How soon changes are seen, in milliseconds from the answer of the command; CPU of the server per change."""

    api_p50_ms: float
    api_p95_ms: float
    painted_p50_ms: float
    painted_p95_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Moves:
    """How the map moves while it is dragged."""

    frames_per_second: float
    worst_frame_ms: float


@contextmanager
def seats(count: int, url: str, token: str = "") -> Iterator[None]:
    """So many pages that only listen, in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.console.seats", str(count), url, token]
    with subprocess.Popen(command) as listening:
        try:
            time.sleep(1.5)
            yield
        finally:
            listening.kill()


async def seen(
    page: Page, change: Callable[[int], Awaitable[None]], server: psutil.Process, changes: int
) -> Seen:
    """Change after change at an even pace, and when each was painted."""
    await page.evaluate(WATCH)
    answered, took = {}, []
    before = _cpu(server)
    for number in range(changes):
        started = time.time()
        await change(number)
        answered[number] = time.time() * 1000
        took.append((time.time() - started) * 1000)
        await asyncio.sleep(max(0.0, PACE_SECONDS - (time.time() - started)))
    spent = (_cpu(server) - before) * 1000 / changes
    await asyncio.sleep(1)
    painted = dict(await page.evaluate("window.painted"))
    late = [max(0.0, painted[number] - at) for number, at in answered.items() if number in painted]
    assert len(late) >= 0.9 * changes, f"{len(late)} of {changes} changes were painted by themselves"
    return Seen(quantile(took, 0.5), quantile(took, 0.95), quantile(late, 0.5), quantile(late, 0.95), spent)


def _cpu(server: psutil.Process) -> float:
    times = server.cpu_times()
    return times.user + times.system


async def moves(page: Page, points: int) -> Moves:
    """Frames while somebody drags the map and teams move."""
    await page.evaluate(FLEET.replace("MOVED", str(MOVED)), points)
    box = await page.locator(".map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    ends = time.monotonic() + MAP_SECONDS
    step = 0
    while time.monotonic() < ends:
        step += 1
        await page.mouse.move(x + 60 * ((step // 30) % 2) + step % 30, y + step % 20)
        await asyncio.sleep(0.015)
    await page.mouse.up()
    frames = await page.evaluate("clearInterval(window.moving), window.frames")
    gaps = [later - earlier for earlier, later in pairwise(frames)]
    return Moves(1000 * len(gaps) / (frames[-1] - frames[0]), max(gaps))


@contextmanager
def floor_server() -> Iterator[psutil.Process]:
    """The floor's server."""
    command = [sys.executable, "-m", "benchmarks.console.floor", str(FLOOR_PORT)]
    with subprocess.Popen(command) as server:
        try:
            time.sleep(2)
            yield psutil.Process(server.pid)
        finally:
            server.kill()


async def of_floor(browser: Browser, changes: int) -> Seen:
    """The floor with as many seats."""
    url = f"http://127.0.0.1:{FLOOR_PORT}"
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:

        async def change(number: int) -> None:
            (await http.post("/update", content=f"N{number}N")).raise_for_status()

        with floor_server() as server:
            page = await (await browser.new_context()).new_page()
            await page.goto(url)
            with seats(SEATS - 1, url):
                return await seen(page, change, server, changes)


async def of_console(
    browser: Browser, setup: Setup, server: psutil.Process, changes: int, listening: int
) -> Seen:
    """A board of many rows at one page, and as many more seats as are listening."""
    desk, http, incident = await _room(browser, setup)
    try:
        version = (await http.get(f"/incidents/{incident}")).json()["version"]

        async def change(number: int) -> None:
            nonlocal version
            body = {"title": f"N{number}N 和平路居民楼火灾", "version": version}
            answer = await http.post(f"/incidents/{incident}/particulars", json=body)
            version = answer.raise_for_status().json()["version"]

        token = setup.token("seat", "seat", (Role.DUTY_OFFICER,), NODE)
        with seats(listening, setup.url(NODE, "incident"), token):
            return await seen(desk.page, change, server, changes)
    finally:
        await http.aclose()
        await desk.page.context.close()


async def _room(browser: Browser, setup: Setup, *roles: str) -> tuple[Desk, httpx.AsyncClient, str]:
    url = setup.url(NODE, "incident")
    token = setup.token("taker", "taker", (Role.CALL_TAKER, Role.DUTY_OFFICER), NODE)
    http = httpx.AsyncClient(base_url=url, headers={"authorization": f"Bearer {token}"}, trust_env=False)
    standing = len((await http.get("/board")).json()["rows"])
    incident = ""
    for number in range(max(1, ROWS - standing)):
        place = {"lon": 123.75 + number % 50 / 1000, "lat": 41.83 + number // 50 / 1000}
        body = {"channel": "119", "sector": "fire", "event_type": "12G01", "title": f"火警 {number}"}
        incident = (await http.post("/reports", json={**body, "location": place})).json()["incident_id"]
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    desk = Desk(await context.new_page(), url)
    await desk.log_in(*(roles or ("duty_officer",)))
    await desk.page.wait_for_selector(".link.live")
    await desk.page.locator(".line").first.wait_for()
    return desk, http, incident


async def measure(setup: Setup, server: psutil.Process, changes: int, progress: Progress) -> dict[str, Any]:
    """What a page with the incident service alone does, one thing after the other."""
    task, found = progress.add_task("console", total=5), dict[str, Any]()
    async with browsing() as browser:
        works: dict[str, Callable[[], Awaitable[Seen]]] = {
            "floor": lambda: of_floor(browser, changes),
            "alone": lambda: of_console(browser, setup, server, changes, 0),
            "seats": lambda: of_console(browser, setup, server, changes, SEATS - 1),
        }
        for name, work in works.items():
            found[name] = await work()
            progress.advance(task)
        for name, points in (("empty_map", 0), ("full_map", POINTS)):
            desk, http, _ = await _room(browser, setup)
            await http.aclose()
            found[name] = await moves(desk.page, points)
            await desk.page.context.close()
            progress.advance(task)
    return found


async def of_screens(setup: Setup) -> dict[str, screens.Opened]:
    """Every screen with all four services, and the floor's."""
    url = setup.url(NODE, "incident")
    async with browsing() as browser:
        desk, http, incident = await _room(browser, setup, *screens.SEAT)
        await http.aclose()
        await screens.furnish(setup, NODE, incident)
        with floor_server():
            page = await (await browser.new_context()).new_page()
            found = {"floor": await screens.of_floor(page, f"http://127.0.0.1:{FLOOR_PORT}")}
            await page.context.close()
        found |= await screens.open_screens(desk.page, screens.OF_A_DESK, incident)
        found["own"] = await screens.of_a_department(browser, url)
        found["road"] = await screens.of_a_phone(browser, url)
    return found


def markdown(found: dict[str, Any]) -> str:
    """The tables."""
    floor, alone, full = found["floor"], found["alone"], found["seats"]
    lines = [
        f"# The console: {SEATS} seats at one node, a board of {ROWS} rows, a change every {PACE_SECONDS * 1000:.0f} ms",
        "",
        "| | the command's own time p50 / p95 (ms) | from its answer to painted p50 / p95 (ms) | times the floor (p95) | CPU of the server per change (ms) |",
        "|---|---|---|---|---|",
    ]
    for name, one in (("floor, 50 seats", floor), ("console, 1 seat", alone), ("console, 50 seats", full)):
        ratio = one.painted_p95_ms / floor.painted_p95_ms
        lines.append(
            f"| {name} | {one.api_p50_ms:.1f} / {one.api_p95_ms:.1f} | {one.painted_p50_ms:.1f} / {one.painted_p95_ms:.1f} "
            f"| {ratio:.2f} | {one.cpu_ms:.1f} |"
        )
    lines += [
        "",
        f"49 more seats cost {full.cpu_ms - alone.cpu_ms:.1f} ms of CPU per change (goal {CPU_GOAL_MS:.0f}).",
        f"Painted p95 {full.painted_p95_ms:.1f} ms after the answer (goal {PAINT_GOAL_MS:.0f}).",
        "",
        "| map, dragged all the time | frames per second | worst frame (ms) |",
        "|---|---|---|",
    ]
    names = {
        "empty_map": "without a team",
        "full_map": f"{POINTS:,} teams, {MOVED} of them moved twice a second",
    }
    lines += [
        f"| {words} | {found[name].frames_per_second:.1f} | {found[name].worst_frame_ms:.0f} |"
        for name, words in names.items()
    ]
    lines += [
        "",
        f"Goal: at least {FRAMES_GOAL:.0f} frames per second.",
        "",
        "| screen, with a board of 200 rows | from the key to what it is for, painted p50 / p95 (ms) | times the floor (p95) |",
        "|---|---|---|",
    ]
    bare = found["screens"]["floor"]
    for name, one in found["screens"].items():
        words = {"floor": "floor: a page that has both of its lists", "road": "road (the page loaded anew)"}
        lines.append(
            f"| {words.get(name, name)} | {one.p50_ms:.0f} / {one.p95_ms:.0f} | {one.p95_ms / bare.p95_ms:.1f} |"
        )
    return "\n".join(lines) + "\n"


@contextmanager
def started(setup: Setup, console: Console, *only: str) -> Iterator[Nodes]:
    """The services, or only some."""
    nodes = Nodes(setup, only=only)
    try:
        progress_of_start(nodes, console)
        yield nodes
    finally:
        nodes.stop()


def main(
    changes: Annotated[int, typer.Option(min=20)] = 300,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """One node, one Chromium, 49 more seats that only listen."""
    console = console_of(stderr=as_json)
    with home.hold("bench", fresh=True) as folder, started_servers(folder, console) as servers:
        setup = Setup(folder, servers, "exercise", (NODE,), "bench", first_port=FIRST_PORT)
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(NODE, service), fresh=True)
        with started(setup, console, SERVICE) as nodes, bar(console) as progress:
            running = nodes.children[SERVICE].process
            assert running is not None
            server = psutil.Process(running.pid)
            found = asyncio.run(measure(setup, server, changes, progress))
        with started(setup, console):
            found["screens"] = asyncio.run(of_screens(setup))
    console.print(markdown(found), markup=False)
    if as_json:
        Console().print_json(json.dumps(found, default=asdict))
    made_by = (
        f"\nMade by `python -m benchmarks.console` on {os.cpu_count()} cores that also carry PostgreSQL, Valkey, Kafka, "
        f"Chromium (no GPU) and the listening seats; {changes} changes each. Floor: `benchmarks/console/floor.py`.\n"
    )
    if save:
        (HERE / "RESULTS.md").write_text(markdown(found) + made_by, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
