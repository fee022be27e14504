"""态势, 超时 and 运维 in a real browser: what happens shows by itself, and what can't be shown says why."""

import asyncio
import itertools

import pytest
from playwright.async_api import expect
from sqlalchemy import create_engine, text

from tests.console.conftest import CITY, COUNTY
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
LONG = 15_000


async def reported(caller: Caller, title: str, /, **changes: object) -> str:
    body = {
        "channel": "119",
        "sector": "fire",
        "event_type": "12G01",
        "title": title,
        "location": {"lon": 123.782, "lat": 41.842, "address": "和平路 118 号"},
        **changes,
    }
    return str((await caller.do(COUNTY, "/reports", body))["incident_id"])


def line(desk, title: str):
    return desk.page.locator(".line", has_text=title)


async def test_a_report_taken_elsewhere_appears_new_until_somebody_acknowledges_it(room, caller):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    await reported(caller, "新来的火警", facts={"trapped": 4})
    await line(desk, "新来的火警").wait_for(timeout=5000)
    row = await line(desk, "新来的火警").inner_text()
    assert "Ⅳ 一般" in row and "火警 3 级" in row and "新" in row and "待处置" in row
    await desk.page.keyboard.press("F8")
    await desk.page.wait_for_selector(".line.fresh", state="detached")
    assert "新" not in (await line(desk, "新来的火警").inner_text()).replace("新来的", "")


async def test_two_incidents_that_change_between_two_pictures_are_both_drawn(room, caller):
    desk = await room.desk()
    slow = "window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 1500)"
    await desk.page.add_init_script(slow)
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    looked_at, other = [await reported(caller, title) for title in ("同一帧：看着的", "同一帧：另一起")]
    await line(desk, "同一帧：看着的").click(timeout=LONG)
    await desk.page.wait_for_selector(".details")
    for incident in (looked_at, other):
        await caller.update(
            COUNTY, incident, {"facts": {"deaths": 3}, "source": "医院", "statement": "三人死亡"}
        )
    await desk.page.locator(".details", has_text="3 人死亡（≥ 3）").wait_for(timeout=5000)
    await desk.page.locator(".timeline li", has_text="三人死亡").wait_for(timeout=5000)
    for title in ("同一帧：看着的", "同一帧：另一起"):
        assert "Ⅲ 较大" in await line(desk, title).inner_text()


async def test_a_timeline_holds_no_line_of_the_incident_that_was_looked_at_before(room, caller):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    before = await reported(caller, "时间线：先看的", facts={"trapped": 7})
    await caller.update(COUNTY, before, {"facts": {}, "source": "现场", "statement": "先看的一条"})
    await line(desk, "时间线：先看的").click(timeout=LONG)
    await desk.page.locator(".timeline li", has_text="先看的一条").wait_for(timeout=LONG)
    after = await reported(caller, "时间线：后看的")
    answered = asyncio.Event()

    async def late(route):
        await answered.wait()
        await route.continue_()

    await desk.page.route(f"**/incidents/{after}/timeline*", late)
    await line(desk, "时间线：后看的").click(timeout=LONG)
    await desk.page.locator(".details", has_text="时间线：后看的").wait_for(timeout=LONG)
    await caller.update(COUNTY, after, {"facts": {"deaths": 3}, "source": "现场", "statement": "后看的一条"})
    await desk.page.locator(".details", has_text="3 人死亡（≥ 3）").wait_for(timeout=LONG)
    answered.set()
    await desk.page.locator(".timeline li", has_text="后看的一条").wait_for(timeout=LONG)
    assert "先看的一条" not in await desk.page.locator(".timeline").inner_text()


async def test_what_is_known_of_an_incident_changes_before_ones_eyes(room, caller):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    incident = await reported(caller, "看着变化的火警")
    await line(desk, "看着变化的火警").click()
    await desk.page.wait_for_selector(".details")
    body = {"facts": {"deaths": 3}, "source": "医院", "statement": "三人死亡"}
    await caller.update(COUNTY, incident, body)
    await desk.page.locator(".details", has_text="3 人死亡（≥ 3）").wait_for(timeout=5000)
    await desk.page.locator(".timeline li", has_text="三人死亡").wait_for(timeout=5000)
    await desk.page.fill(".timeline input", "定级")
    texts = await desk.page.locator(".timeline li").all_inner_texts()
    assert texts and all("定级" in one for one in texts)
    await desk.page.reload()
    await desk.page.locator(".details", has_text="看着变化的火警").wait_for(timeout=5000)


async def test_the_queue_goes_by_keys_and_not_while_an_input_method_composes(room, caller):
    desk = await room.desk()
    for number in (1, 2):
        await reported(caller, f"按键 {number}")
    await desk.log_in("duty_officer")
    await line(desk, "按键 1").wait_for(timeout=LONG)
    await desk.page.keyboard.press("j")
    await desk.page.wait_for_selector(".line.chosen")
    first = await desk.page.inner_text(".line.chosen b")
    composing = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true, isComposing: true}))"
    await desk.page.evaluate(composing)
    await asyncio.sleep(0.3)
    assert await desk.page.inner_text(".line.chosen b") == first
    await desk.page.keyboard.press("j")
    await desk.page.wait_for_function(
        "(before) => document.querySelector('.line.chosen b').textContent !== before", arg=first
    )
    await desk.page.keyboard.press("Alt+d")
    await desk.page.wait_for_selector(".owed tbody tr")
    rows = await desk.page.locator(".owed tbody tr").all_inner_texts()
    assert any("县级人民政府立即报告" in row and "突发事件应对法" in row for row in rows)


async def test_who_called_is_called_back_from_the_incident_and_who_looked_is_on_record(room, caller):
    person = {
        "name": "刘强",
        "phone": "13900002222",
        "place": {"words": "对面楼上", "lon": 123.79, "lat": 41.85},
    }
    incident = await reported(caller, "回拨：报警人", caller=person)
    for number in range(4):
        later = {"incident_id": incident, "caller": {"phone": f"1390000333{number}"}}
        await reported(caller, f"回拨：又一个来电 {number}", **later)
    desk = await room.desk()
    await desk.log_in("duty_officer", name="值班员")
    await line(desk, "回拨：报警人").filter(has_text="来电 5").click(timeout=LONG)
    calls = desk.page.locator(".callers li")
    await expect(calls).to_have_count(3, timeout=LONG)
    await desk.page.get_by_role("button", name="另有 2 件").click()
    await expect(calls).to_have_count(5)
    first = calls.filter(has_text="回拨：报警人")
    assert "刘强" not in await desk.page.inner_text(".callers")
    await first.get_by_role("button", name="看报警人").click()
    number = first.get_by_role("link", name="13900002222")
    await number.wait_for(timeout=LONG)
    assert await number.get_attribute("href") == "tel:13900002222"
    assert "刘强" in await first.inner_text() and "对面楼上 123.79000, 41.85000" in await first.inner_text()
    dispatcher = await room.desk()
    await dispatcher.log_in("dispatcher")
    await line(dispatcher, "回拨：报警人").click(timeout=LONG)
    await dispatcher.page.locator(".callers li").first.wait_for(timeout=LONG)
    assert await dispatcher.page.get_by_role("button", name="看报警人").count() == 0
    await reported(caller, "回拨：第六个来电", incident_id=incident)
    await line(desk, "回拨：报警人").filter(has_text="来电 6").wait_for(timeout=LONG)
    await expect(calls).to_have_count(6, timeout=LONG)
    assert await number.is_visible()


async def test_in_a_storm_of_changes_what_is_known_is_drawn_while_it_lasts(room, caller):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    incident = await reported(caller, "变化不停的火警")
    await line(desk, "变化不停的火警").click(timeout=LONG)
    await desk.page.wait_for_selector(".details")
    read = 0

    async def slow(route):
        nonlocal read
        read += 1
        await asyncio.sleep(1)
        await route.continue_()

    async def storm():
        path = f"/incidents/{incident}"
        for number in itertools.count(1):
            version = (await caller.see(COUNTY, path))["version"]
            body = {"facts": {"trapped": number}, "source": "现场", "statement": "", "version": version}
            await caller.call(COUNTY, "POST", f"{path}/updates", body)
            await asyncio.sleep(0.2)

    await desk.page.route(f"**/incidents/{incident}", slow)
    told = asyncio.create_task(storm())
    try:
        await desk.page.locator(".details .fact", has_text="被困").wait_for(timeout=6000)
    finally:
        told.cancel()
        await asyncio.wait([told])
    assert read <= 6


async def test_when_the_service_dies_the_page_says_so_and_comes_right_by_itself(room, caller, console_nodes):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    child = console_nodes.children[f"{COUNTY}.incident"]
    child.kill()
    try:
        await desk.page.wait_for_selector(".lost", timeout=10_000)
        assert "以下为断线前数据" in await desk.page.inner_text(".lost")
    finally:
        console_nodes.restart_dead()
    await caller.until(COUNTY, "/board", bool)
    await reported(caller, "断线之后的火警")
    await line(desk, "断线之后的火警").wait_for(timeout=10_000)
    await desk.page.wait_for_selector(".lost", state="detached", timeout=10_000)
    desk.forgive("ERR_", "503")


async def test_a_board_that_was_read_before_a_change_does_not_undo_what_is_drawn(room, caller, console_nodes):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    incident = await reported(caller, "重读：中途变化")
    await line(desk, "重读：中途变化").wait_for(timeout=LONG)
    read, changed = asyncio.Event(), asyncio.Event()

    async def late(route):
        answer = await route.fetch()
        read.set()
        await changed.wait()
        await route.fulfill(response=answer)

    await desk.page.route("**/board", late)
    console_nodes.children[f"{COUNTY}.incident"].kill()
    try:
        await desk.page.wait_for_selector(".lost", timeout=LONG)
    finally:
        console_nodes.restart_dead()
    await asyncio.wait_for(read.wait(), 60)
    await desk.page.wait_for_selector(".link.live", timeout=60_000)
    body = {"facts": {"deaths": 3}, "source": "医院", "statement": "三人死亡"}
    await caller.update(COUNTY, incident, body)
    raised = desk.page.locator(".line", has_text="重读：中途变化").filter(has_text="Ⅲ 较大")
    await raised.wait_for(timeout=LONG)
    await desk.page.wait_for_timeout(3000)  # what follows from the change is told too, and would mend the row
    async with desk.page.expect_event("requestfinished", lambda one: one.url.endswith("/board")):
        changed.set()
    await desk.page.wait_for_timeout(500)
    assert await raised.count() == 1
    desk.forgive("ERR_", "503")


async def test_a_department_sees_its_own_and_is_told_what_it_may_not_see(room, caller):
    await reported(caller, "与文旅无关的火警")
    desk = await room.desk(CITY)
    await desk.log_in("department", department="culture_tourism")
    await desk.page.keyboard.press("F3")
    empty = desk.page.locator(".queue .empty")
    await empty.wait_for(timeout=LONG)
    assert await empty.inner_text() == "没有处置中的事件"
    await desk.page.keyboard.press("Alt+d")
    await desk.page.wait_for_selector(".refused", timeout=5000)
    assert (await desk.page.inner_text(".refused")).startswith("无权查看：")


async def test_every_service_says_how_it_is_also_when_one_does_not_answer(room, console_nodes):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.keyboard.press("Alt+y")
    for name in ("事件", "调派", "资源", "预警"):
        await desk.page.locator(".service.ready", has_text=name).wait_for(timeout=LONG)
    await desk.page.locator(".empty", has_text="没有死信").wait_for()
    console_nodes.children[f"{COUNTY}.notify"].kill()
    try:
        await desk.page.locator(".service.unreachable", has_text="预警").wait_for(timeout=LONG)
        assert "没有应答" in await desk.page.inner_text(".service.unreachable")
    finally:
        console_nodes.restart_dead()
    await desk.page.locator(".service.ready", has_text="预警").wait_for(timeout=30_000)
    desk.forgive("502")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_anybody_s_way(room, caller, scheme):
    """WCAG 2 A and AA, as axe sees it."""
    await reported(caller, "无障碍检查", facts={"deaths": 3})
    desk = await room.desk(color_scheme=scheme, bypass_csp=True)
    await desk.log_in("duty_officer", "call_taker", "auditor")
    await line(desk, "无障碍检查").first.click(timeout=LONG)
    await desk.page.wait_for_selector(".details .timeline li")
    views = {
        None: ".details",
        "Alt+d": ".owed",
        "Alt+y": ".service.ready",
        "F2": ".intake form",
        "?": "dialog.help",
    }
    for key, ready in views.items():
        if key == "?":
            await desk.page.get_by_role("button", name="按键").click()
        elif key:
            await desk.page.keyboard.press(key)
        await desk.page.wait_for_selector(ready)
        assert await desk.serious() == [], key


async def test_a_late_report_counts_also_when_its_incident_is_over(room, caller):
    body = {"occurred_at": "2026-01-02T03:04:05+08:00"}
    incident = await reported(caller, "早就逾期", sector="hazardous_chemicals", event_type="12D02", **body)
    await caller.until(COUNTY, f"/due-reports?incident_id={incident}&status=overdue", bool)
    await caller.do(COUNTY, f"/incidents/{incident}/controlled", {"statement": ""})
    await caller.do(COUNTY, f"/incidents/{incident}/close", {"outcome": "ended"})
    late = [
        one
        for status in ("overdue", "unconfirmed")
        for one in await caller.see(COUNTY, f"/due-reports?status={status}&limit=200")
    ]
    assert incident in {one["incident_id"] for one in late}
    desk = await room.desk()
    await desk.log_in("duty_officer")
    counter = desk.page.locator(".counters .late b")
    await expect(counter).to_have_text(str(len(late)), timeout=LONG)


async def test_a_paused_topic_is_shown_with_its_reason_and_goes_on_by_a_button(room, caller, console_nodes):
    setup = console_nodes.setup
    engine = create_engine(setup.servers.database_url(setup.database(COUNTY, "notify")))
    topic = (await caller.see(COUNTY, "/notify/consumer"))["topics"][0]["topic"]
    pause = "INSERT INTO paused_topic (consumer, topic, reason, offsets) VALUES ('notify', :topic, '连续无法解析', '{}')"
    with engine.begin() as connection:
        connection.execute(text(pause), {"topic": topic})
    engine.dispose()
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.keyboard.press("Alt+y")
    letter = desk.page.locator(".letter", has_text="连续无法解析")
    await letter.wait_for(timeout=LONG)
    assert topic in await letter.inner_text()
    await letter.get_by_role("button", name="继续", exact=True).click()
    await letter.wait_for(state="detached", timeout=LONG)
    await desk.page.locator(".empty", has_text="没有暂停的主题").wait_for(timeout=LONG)


async def test_nothing_moves_under_the_pointer(room, caller):
    await reported(caller, "指着的火警")
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await line(desk, "指着的火警").wait_for(timeout=LONG)
    await line(desk, "指着的火警").hover()
    first = await desk.page.locator(".line:not(.taking) b").first.inner_text()
    await reported(caller, "更严重的火警", facts={"deaths": 30})
    await line(desk, "更严重的火警").wait_for(timeout=LONG)
    assert await desk.page.locator(".line:not(.taking) b").first.inner_text() == first
    await desk.page.mouse.move(1200, 400)
    await expect(desk.page.locator(".line:not(.taking) b").first).to_have_text("更严重的火警")


async def test_without_valkey_the_page_says_so_and_goes_on_by_asking(room, caller, servers):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    servers.valkey.kill()
    try:
        await desk.page.wait_for_selector(".link.polling", timeout=LONG)
        assert "每 3 秒刷新" in await desk.page.inner_text(".polling[role]")
        await reported(caller, "没有实时通道的火警")
        await line(desk, "没有实时通道的火警").wait_for(timeout=5000)
    finally:
        servers.valkey.start()
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    await reported(caller, "实时通道回来了")
    await line(desk, "实时通道回来了").wait_for(timeout=5000)


async def test_a_dead_letter_is_looked_at_and_tried_again(room, console_nodes, caller):
    setup = console_nodes.setup
    engine = create_engine(setup.servers.database_url(setup.database(COUNTY, "notify")))
    park = """INSERT INTO dead_letter (id, consumer, kind, reason, topic, partition, record_offset, header_names,
        header_values, fingerprint, body, parked_at) VALUES (gen_random_uuid(), 'notify', 'invalid', '无法解析的记录', 'live.210404.incident',
        0, 777, '{}', '{}', '777', 'not json', now())"""
    with engine.begin() as connection:
        connection.execute(text(park))
    try:
        desk = await room.desk()
        await desk.log_in("duty_officer")
        await desk.page.keyboard.press("Alt+y")
        letter = desk.page.locator(".letter", has_text="无法解析的记录")
        await letter.wait_for(timeout=LONG)
        assert "预警" in await letter.inner_text() and "#777" in await letter.inner_text()
        await letter.get_by_role("button", name="查看").click()
        await letter.locator("pre", has_text="not json").wait_for()
        await letter.get_by_role("button", name="重试").click()
        await letter.locator("[role=status]").filter(has_text="已重试，仍不成功").wait_for(timeout=LONG)
        (standing,) = await caller.see(COUNTY, "/notify/dead-letters")
        assert (standing["retries"], standing["resolved_at"]) == (1, None)
    finally:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM dead_letter WHERE record_offset = 777"))
        engine.dispose()


async def test_a_map_that_is_left_while_it_draws_makes_no_error(room):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    await desk.page.evaluate("""async () => {
      const L = await import('leaflet');
      const { Canvas } = await import('/console/lib/canvas.js');
      const box = document.body.appendChild(document.createElement('div'));
      box.style.cssText = 'width: 300px; height: 200px; position: fixed; top: 0';
      const renderer = new Canvas();
      const map = L.map(box, { renderer }).setView([41.8, 123.9], 9);
      L.circleMarker([41.8, 123.9]).addTo(map);
      renderer._redraw();
      map.remove();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }""")
