"""What is around every view: the drill's banner, the city's issuer, keys and commands, the map, and a quick first view."""

import asyncio
import json
import re
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.async_api import expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from services.incident.settings import IncidentSettings
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from shared.tests.world import until
from tests.console.alone import Issuer, alone, free_port, served
from tests.console.conftest import CITY, COUNTY, Desk, Room
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
LONG = 15_000
MIGRATIONS = Path("services/incident/migrations")
FIRST_VIEW_MS = 1000


async def at_work(room: Room, *roles: str) -> Desk:
    desk = await room.desk()
    await desk.log_in(*(roles or ("call_taker", "duty_officer")))
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    return desk


async def reported(caller: Caller, title: str) -> str:
    body = {
        "channel": "119",
        "sector": "fire",
        "event_type": "12G01",
        "title": title,
        "location": {"lon": 123.782, "lat": 41.842},
    }
    return str((await caller.do(COUNTY, "/reports", body))["incident_id"])


async def test_in_a_drill_banner_title_and_every_row_say_so(room, migrated_database, tmp_path):
    keys = tmp_path / "keys"
    LocalIssuer(keys, "exercise").private_key()
    settings = IncidentSettings(
        node=COUNTY,
        mode="exercise",
        drill_id="drill-7",
        database_url=migrated_database(MIGRATIONS),
        kafka_bootstrap_servers="127.0.0.1:1",
        auth_keys_dir=keys,
        local_login=True,
    )
    async with alone(settings) as url:
        desk = await room.desk(url=url)
        desk.forgive("502", "503", "ERR_INCOMPLETE_CHUNKED_ENCODING")
        await desk.log_in("call_taker", "duty_officer")
        token = LocalIssuer(keys, "exercise").issue("x", "x", [Role.CALL_TAKER], COUNTY)
        body = {
            "channel": "119",
            "sector": "fire",
            "event_type": "12G01",
            "title": "演练火警",
            "location": {"lon": 123.782, "lat": 41.842},
        }
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.post(
                f"{url}/reports", json=body, headers={"authorization": f"Bearer {token}"}
            )
            assert answer.status_code == 201, answer.text
        await desk.page.locator(".line .mark-drill").wait_for(timeout=LONG)
        assert "drill-7" in await desk.page.inner_text(".drill")
        assert (await desk.page.title()).startswith("【演练】")
        assert "repeating-linear-gradient" in await desk.page.evaluate(
            "getComputedStyle(document.querySelector('.drill')).backgroundImage"
        )
        await desk.page.keyboard.press("Alt+d")
        await desk.page.locator(".owed td .mark-drill").first.wait_for(timeout=LONG)
        await desk.page.keyboard.press("F2")
        await desk.page.locator(".call-head .mark-drill").wait_for(timeout=LONG)
        desk.forgive("502")


async def test_a_person_of_the_city_s_issuer_logs_in_by_code_and_pkce(room, migrated_database):
    issuer = Issuer(free_port(), COUNTY)
    settings = IncidentSettings(
        node=COUNTY,
        database_url=migrated_database(MIGRATIONS),
        kafka_bootstrap_servers="127.0.0.1:1",
        oidc_issuer=issuer.url,
    )
    async with served(issuer.app, int(issuer.url.rpartition(":")[2])), alone(settings) as url:
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{url}/issuer")).status_code == 404
        desk = await room.desk(url=url)
        await desk.page.goto(url)
        await desk.page.get_by_role("button", name="登录").click()
        await desk.page.get_by_role("link", name="同意").click()
        await desk.page.wait_for_selector("header .seat")
        assert await desk.page.inner_text("header .seat") == "望花区 赵敏 · 接警员"
        stored = await desk.page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
        assert "eyJ" not in stored
        await desk.page.get_by_role("button", name="退出").click()
        await desk.page.wait_for_selector(".welcome")
        desk.forgive(issuer.url, "502", "503", "ERR_INCOMPLETE_CHUNKED_ENCODING")


async def test_the_first_view_stands_within_a_second(room, caller):
    for number in range(5):
        await reported(caller, f"首屏 {number}")
    desk = await at_work(room)
    took = []
    for _ in range(5):
        await desk.page.reload()
        await desk.page.locator(".line").first.wait_for(timeout=LONG)
        took.append(await desk.page.evaluate("performance.now()"))
    assert min(took) <= FIRST_VIEW_MS, took  # what else the machine does at the moment is not the page's


async def test_the_command_line_completes_and_does_what_it_says(room, caller):
    incident = await reported(caller, "命令行火警")
    desk = await at_work(room)
    await desk.page.locator(".line", has_text="命令行火警").wait_for(timeout=LONG)
    await desk.page.keyboard.press("/")
    await desk.page.keyboard.type("j")
    assert "接警 / jj" in await desk.page.inner_text("#completions")
    await desk.page.keyboard.type("s ")
    await desk.page.keyboard.insert_text("命令行")
    await desk.page.keyboard.press("Tab")
    box = desk.page.get_by_label("命令行", exact=True)
    await expect(box).to_have_value(re.compile(r"js \d+ "))
    await desk.page.keyboard.insert_text("供水已到位")
    await desk.page.keyboard.press("Enter")
    lines = await caller.until(
        COUNTY, f"/incidents/{incident}/timeline", lambda found: "供水已到位" in found[-1]["summary"]
    )
    assert lines[-1]["kind"] == "incident.noted"
    await expect(box).to_have_value("")
    await desk.page.keyboard.press("F1")
    await desk.page.keyboard.type("nonsense")
    await desk.page.keyboard.press("Enter")
    await desk.page.locator("footer [role=status]", has_text="没有“nonsense”这条命令").wait_for()
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("?")
    dialog = desk.page.locator("dialog.help")
    await dialog.wait_for()
    assert "Ctrl+Enter" in await dialog.inner_text() and "记事" in await dialog.inner_text()
    await desk.page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")
    await desk.page.keyboard.press("F1")
    await desk.page.keyboard.insert_text("接警 和平路")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator("input[name=address]")).to_have_value("和平路")


async def test_while_the_line_is_lost_nothing_is_ordered(room, caller, console_nodes):
    incident = await reported(caller, "断线不下令")
    desk = await at_work(room)
    process = psutil.Process(console_nodes.children[f"{COUNTY}.incident"].process.pid)
    process.suspend()
    try:
        await desk.page.wait_for_selector(".lost", timeout=LONG)
        sent: list[str] = []
        desk.page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
        await desk.page.keyboard.press("F1")
        await desk.page.keyboard.insert_text(f"js #{incident[-6:]} 供水到位")
        await desk.page.keyboard.press("Enter")
        await desk.page.locator("footer [role=status]", has_text="命令没有发出").wait_for()
        assert sent == []
        await desk.page.locator("header .lag", has_text="服务无应答").wait_for(timeout=LONG)
    finally:
        process.resume()
    await desk.page.wait_for_selector(".lost", state="detached", timeout=LONG)
    await desk.page.keyboard.press("Enter")
    await caller.until(
        COUNTY, f"/incidents/{incident}/timeline", lambda found: "供水到位" in found[-1]["summary"]
    )
    desk.forgive("ERR_", "503")  # a process that stood still finds its own time-outs run out


async def test_teams_are_told_as_they_move_and_a_sibling_that_is_away_is_named(room, caller, console_nodes):
    incident = await reported(caller, "队伍看得见")
    desk = await at_work(room, "duty_officer", "dispatcher")
    row = desk.page.locator(".line", has_text="队伍看得见")
    await row.wait_for(timeout=LONG)
    assert await row.locator(".units").count() == 0
    dispatch = Caller(console_nodes, caller._http, "dispatch")
    teams = await dispatch.see(COUNTY, "/teams")
    idle = next(team["team_id"] for team in teams if team["status"] == "idle")
    order = {"incident_id": incident, "team_ids": [idle], "task": "灭火"}
    token = dispatch.token(COUNTY, Role.DISPATCHER)
    await dispatch.until(COUNTY, f"/recommendations?incident_id={incident}", bool)
    await dispatch.do(COUNTY, "/orders", order, token)
    await row.locator(".units", has_text="队 1").wait_for(timeout=5000)
    await desk.page.locator(".line", has_text="处置中").filter(has_text="队伍看得见").wait_for(timeout=5000)
    console_nodes.children[f"{COUNTY}.dispatch"].kill()
    try:
        await desk.page.reload()
        await desk.page.locator(".legend .refused", has_text="调派").wait_for(timeout=LONG)
    finally:
        console_nodes.restart_dead()
    await dispatch.until(COUNTY, "/teams", bool)
    desk.forgive("502", "503", "ERR_INCOMPLETE_CHUNKED_ENCODING")


async def test_a_department_sees_no_team_s_move_by_the_stream_but_what_it_may_read(room, caller):
    desk = await room.desk()
    await desk.log_in("department", department="health")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    listen = """() => { window.heard = []; const source = new EventSource('/stream');
        source.addEventListener('change', (event) => window.heard.push(event.data)); }"""
    await desk.page.evaluate(listen)
    await reported(caller, "不归卫健的火警")
    await asyncio.sleep(2)
    told = await desk.page.evaluate("window.heard")
    assert all(json.loads(one)["row"] is None for one in told)
    assert await desk.page.locator(".line", has_text="不归卫健的火警").count() == 0


async def test_the_city_sees_an_incident_of_its_county(room, caller):
    desk = await room.desk(CITY)
    await desk.log_in("duty_officer")
    await reported(caller, "区里的火警")
    await desk.page.locator(".line", has_text="区里的火警").wait_for(timeout=LONG)


def field(number: int, value: bytes | int) -> bytes:
    """A field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def land() -> bytes:
    """A vector tile (Mapbox Vector Tile 2.1) that is all land: a square of the layer ``earth``."""
    steps = (9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15)
    outline = b"".join(varint(step) for step in steps)
    feature = field(2, b"\x00\x00") + field(3, 3) + field(4, outline)
    kind = field(3, b"kind") + field(4, field(1, b"earth"))
    layer = field(15, 2) + field(1, b"earth") + field(2, feature) + kind + field(5, 4096)
    return field(3, layer)


def base_map(file: Path) -> None:
    """A PMTiles archive of one tile."""
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.NONE,
        "min_lon_e7": -1_800_000_000,
        "min_lat_e7": -850_000_000,
        "max_lon_e7": 1_800_000_000,
        "max_lat_e7": 850_000_000,
        "center_zoom": 0,
        "center_lon_e7": 0,
        "center_lat_e7": 0,
    }
    with file.open("wb") as opened:
        writer = Writer(opened)
        writer.write_tile(zxy_to_tileid(0, 0, 0), land())
        writer.finalize(header, {"vector_layers": [{"id": "earth"}]})


async def test_the_city_s_own_map_is_drawn_where_a_setting_names_one(room, migrated_database, tmp_path):
    LocalIssuer(tmp_path / "keys", "live").private_key()
    base_map(tmp_path / "city.pmtiles")
    settings = IncidentSettings(
        node=COUNTY,
        database_url=migrated_database(MIGRATIONS),
        kafka_bootstrap_servers="127.0.0.1:1",
        auth_keys_dir=tmp_path / "keys",
        local_login=True,
        base_map=tmp_path / "city.pmtiles",
    )
    async with alone(settings) as url:
        async with httpx.AsyncClient(trust_env=False) as http:
            piece = await http.get(f"{url}/console/base.pmtiles", headers={"range": "bytes=0-6"})
            assert (piece.status_code, piece.content) == (206, b"PMTiles")
        desk = await room.desk(url=url)
        desk.forgive("502", "503", "ERR_INCOMPLETE_CHUNKED_ENCODING")
        await desk.log_in("duty_officer")
        drawn = """() => [...document.querySelectorAll('.leaflet-tile-pane canvas')].some((tile) => tile.width
            && tile.getContext('2d').getImageData(tile.width / 2, tile.height / 2, 1, 1).data[3] === 255)"""

        async def is_drawn() -> bool:
            return bool(await desk.page.evaluate(drawn))

        await until(is_drawn, 15)
