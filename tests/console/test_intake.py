"""接警 in a real browser: few keys, nothing typed is lost, nothing is overwritten without a word."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.console.conftest import COUNTY, Desk, Room
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
LONG = 15_000
MOST_KEYS = 20


@pytest.fixture
async def quiet(caller) -> None:
    """No incident is open and no call: nothing that other tests left looks like the same event."""
    for row in (await caller.see(COUNTY, "/board"))["rows"]:
        outcome = "ended" if row["status"] == "controlled" else "false_report"
        end = {"outcome": outcome, "teams_stay_out": True}
        await caller.do(COUNTY, f"/incidents/{row['incident_id']}/close", end)
    for draft in await caller.see(COUNTY, "/intake/drafts"):
        await caller.ask(COUNTY, "DELETE", f"/intake/drafts/{draft['draft_id']}")


async def at_intake(room: Room, *roles: str, **who: Any) -> Desk:
    desk = await room.desk()
    await desk.log_in(*(roles or ("call_taker", "duty_officer")), **who)
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    await desk.page.keyboard.press("F2")
    await desk.page.wait_for_selector("input[name=address]:focus")
    return desk


async def state(desk: Desk, words: str) -> None:
    await desk.page.locator(".call-state", has_text=words).wait_for(timeout=LONG)


async def board(caller: Caller) -> list[dict[str, Any]]:
    return list((await caller.see(COUNTY, "/board"))["rows"])


async def place(desk: Desk, typed: str = "hpl") -> None:
    """Type a few letters and choose the first candidate."""
    await desk.page.keyboard.type(typed)
    await desk.page.keyboard.press("1")
    await desk.page.wait_for_selector("input[name=kind]:focus")


async def test_a_report_is_saved_by_few_keys_and_stands_before_its_kind_is_known(room, caller, quiet):
    desk = await room.desk()
    await desk.log_in("call_taker")
    await desk.page.wait_for_selector(".link.live", timeout=LONG)
    pressed = 0

    async def press(*keys: str) -> None:
        nonlocal pressed
        for key in keys:
            await desk.page.keyboard.press(key)
            pressed += 1

    await press("F2")
    await desk.page.wait_for_selector("input[name=address]:focus")
    await press(*"hpl", "1")
    await state(desk, "已立案")
    (row,) = await board(caller)
    assert (row["sector"], row["title"], row["location"]["address"]) == (
        "other",
        "和平路（示例） 其它突发事件",
        "和平路（示例）",
    )
    await press(*"gcmy", "1")
    await desk.page.wait_for_selector(".questions select:focus")
    await press("Enter", "4", "Control+Enter")
    reminder = desk.page.locator(".reminder")
    await reminder.wait_for(timeout=LONG)
    assert await reminder.inner_text() == "还没有问：什么在烧。问不到就再按一次完成"
    await press("Control+Enter")
    await desk.page.wait_for_selector(".details", timeout=LONG)
    assert pressed <= MOST_KEYS
    (row,) = await board(caller)
    assert (row["sector"], row["facts"]["trapped"], row["alarm_level"]) == ("fire", 4, 3)
    assert row["title"] == "和平路（示例） 高层民用建筑火灾"
    assert await caller.see(COUNTY, "/intake/drafts") == []


async def test_where_the_caller_is_may_be_a_place_of_the_plan_or_any_words(room, caller, quiet):
    desk = await at_intake(room)
    await place(desk)
    await state(desk, "已立案")
    (row,) = await board(caller)
    (report,) = await caller.see(COUNTY, f"/reports?incident_id={row['incident_id']}")
    told = f"/reports/{report['report_id']}/caller"
    box = desk.page.locator("input[name=caller_place]")
    await box.focus()
    await desk.page.keyboard.type("hpl")
    await desk.page.locator("#candidates-caller_place li").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("1")
    await desk.page.wait_for_selector("textarea[name=description]:focus")
    known = await caller.until(COUNTY, told, lambda found: found["place"])
    assert known["place"]["words"] == "和平路（示例）" and 123 < known["place"]["lon"] < 125
    await box.fill("")
    await box.focus()
    await desk.page.keyboard.insert_text("和平路")
    await desk.page.locator("#candidates-caller_place li").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("Enter")
    await desk.page.wait_for_selector("textarea[name=description]:focus")
    assert await box.input_value() == "和平路"
    await caller.until(COUNTY, told, lambda found: found["place"] == {"words": "和平路"})


async def test_who_leaves_the_box_and_is_back_at_once_keeps_the_candidates(room, quiet):
    desk = await at_intake(room)
    box, first = desk.page.locator("input[name=address]"), desk.page.locator("#candidates-address li").first
    await desk.page.keyboard.type("hpl")
    await first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("Tab")
    await first.wait_for(state="hidden", timeout=LONG)
    await box.fill("hp")
    await first.wait_for(timeout=LONG)
    await box.evaluate("box => (box.blur(), box.focus())")
    await desk.page.keyboard.type("l")
    await first.wait_for(timeout=LONG)
    await desk.page.wait_for_timeout(400)
    assert await first.is_visible()


async def test_who_types_faster_than_the_candidates_come_gets_the_first_of_them(room, caller, quiet):
    desk = await at_intake(room)

    async def late(route):
        await asyncio.sleep(1)
        await route.continue_()

    await desk.page.route("**/intake/places*", late)
    await desk.page.keyboard.type("hpl")
    await desk.page.keyboard.press("Enter")
    await desk.page.wait_for_selector("input[name=kind]:focus", timeout=LONG)
    await state(desk, "已立案")
    assert [row["location"]["address"] for row in await board(caller)] == ["和平路（示例）"]
    await desk.page.route("**/intake/kinds*", lambda route: route.abort())
    await desk.page.keyboard.type("gcmy")
    await desk.page.locator(".pick [role=alert]", has_text="查不到候选").wait_for(timeout=LONG)
    desk.forgive("ERR_")


async def test_the_grade_with_criterion_and_article_stands_beside_what_is_typed(room, quiet):
    desk = await at_intake(room)
    await place(desk)
    await desk.page.keyboard.type("xlsg")
    await desk.page.keyboard.press("Enter")
    await desk.page.fill("input[name=fact_deaths]", "3")
    await desk.page.keyboard.press("Tab")
    await desk.page.locator(".assessed", has_text="3 人死亡（≥ 3）").wait_for(timeout=LONG)
    assert "第三条" in await desk.page.inner_text(".assessed")
    assert "Ⅲ 较大" in await desk.page.inner_text(".assessed")


async def test_figures_behind_characters_belong_to_the_address_and_composing_keys_choose_nothing(room, quiet):
    desk = await at_intake(room)
    box = desk.page.locator("input[name=address]")
    await box.evaluate(
        """box => { box.dispatchEvent(new CompositionEvent('compositionstart'));
        box.value = 'hpl'; box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
        box.dispatchEvent(new KeyboardEvent('keydown', {key: '1', bubbles: true, isComposing: true, cancelable: true}));
        box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true, cancelable: true})); }"""
    )
    await asyncio.sleep(1)
    assert await box.input_value() == "hpl"
    await box.fill("")
    await desk.page.keyboard.insert_text("和平路")
    await desk.page.keyboard.type("118")
    assert await box.input_value() == "和平路118"
    await desk.page.locator("#candidates-address li", has_text="118").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("Enter")
    await desk.page.wait_for_selector("input[name=kind]:focus")
    await state(desk, "已立案")
    assert await box.input_value() == "和平路（示例）118"


async def test_what_was_typed_survives_reload_and_restart_of_the_service(room, caller, quiet, console_nodes):
    desk = await at_intake(room)
    await desk.page.fill("textarea[name=description]", "六楼冒烟")
    await desk.page.reload()
    await desk.page.wait_for_selector("textarea[name=description]")
    assert await desk.page.input_value("textarea[name=description]") == "六楼冒烟"
    console_nodes.children[f"{COUNTY}.incident"].kill()
    try:
        await desk.page.fill("textarea[name=description]", "六楼冒烟，有人呼救")
        await desk.page.fill("input[name=caller_name]", "李四")
        await desk.page.wait_for_selector(".lost", timeout=LONG)
        await state(desk, "已存在本机")
        assert await desk.page.input_value("textarea[name=description]") == "六楼冒烟，有人呼救"
    finally:
        console_nodes.restart_dead()
    await caller.until(COUNTY, "/board", bool)
    await desk.page.wait_for_selector(".lost", state="detached", timeout=LONG)
    await caller.until(COUNTY, "/intake/drafts", bool)
    (draft,) = await caller.see(COUNTY, "/intake/drafts")
    kept = await caller.until(
        COUNTY, f"/intake/drafts/{draft['draft_id']}", lambda one: one["body"].get("caller_name") == "李四"
    )
    assert kept["body"]["description"] == "六楼冒烟，有人呼救"
    await desk.page.focus("input[name=address]")
    await place(desk)
    await state(desk, "已立案")
    desk.forgive("ERR_", "502", "503")


async def test_what_this_seat_wrote_before_its_line_broke_is_no_other_seat_s(room, caller, quiet):
    desk = await at_intake(room, name="王芳")
    lost = 0

    async def answer_is_lost(route):
        nonlocal lost
        if route.request.method != "PUT" or lost:
            await route.continue_()
            return
        lost += 1
        await route.fetch()
        await route.abort()

    await desk.page.route("**/intake/drafts/*", answer_is_lost)
    await desk.page.fill("textarea[name=description]", "六楼冒烟")
    (draft,) = await caller.until(COUNTY, "/intake/drafts", bool)
    await desk.page.fill("textarea[name=description]", "六楼冒烟，有人呼救")
    await caller.until(
        COUNTY,
        f"/intake/drafts/{draft['draft_id']}",
        lambda one: one["body"]["description"] == "六楼冒烟，有人呼救",
    )
    assert lost == 1 and await desk.page.locator(".trouble").count() == 0
    desk.forgive("ERR_FAILED")


async def test_a_report_whose_answer_is_lost_is_one_though_more_was_typed_before_the_next_attempt(
    room, caller, quiet
):
    desk = await at_intake(room)
    sent, answered = [], asyncio.Event()

    async def answer_is_lost(route):
        if sent:
            await route.continue_()
            return
        sent.append(await route.fetch())
        await answered.wait()
        await route.abort()

    await desk.page.route("**/reports", answer_is_lost)
    await place(desk)
    (row,) = (await caller.until(COUNTY, "/board", lambda found: found["rows"]))["rows"]
    await desk.page.fill("textarea[name=description]", "六楼冒烟，有人呼救")
    await desk.page.fill("input[name=caller_phone]", "13800138000")
    await desk.page.keyboard.press("Tab")
    answered.set()
    await state(desk, "已立案")
    (report,) = await caller.see(COUNTY, f"/reports?incident_id={row['incident_id']}")
    told = f"/reports/{report['report_id']}/caller"
    await caller.until(COUNTY, told, lambda found: found["phone"] == "13800138000")
    lines = f"/incidents/{row['incident_id']}/timeline?limit=200"
    await caller.until(COUNTY, lines, lambda found: any("有人呼救" in one["summary"] for one in found))
    assert len(await board(caller)) == 1
    desk.forgive("ERR_FAILED")


async def test_a_report_whose_answer_was_lost_with_the_page_is_this_call_s_and_nothing_similar(
    room, caller, quiet
):
    desk = await at_intake(room)
    lost = await desk.lose_first_answer("**/reports")
    await place(desk)
    await asyncio.wait_for(lost.wait(), LONG / 1000)
    await desk.page.fill("textarea[name=description]", "六楼冒烟")
    await desk.page.reload()
    await state(desk, "已立案")
    assert await desk.page.input_value("textarea[name=description]") == "六楼冒烟"
    assert len(await board(caller)) == 1
    await desk.page.locator(".similar").wait_for(state="detached", timeout=LONG)
    desk.forgive("ERR_")


async def test_a_call_whose_incident_cannot_be_read_after_a_reload_is_not_reported_again(room, caller, quiet):
    desk = await at_intake(room)
    await place(desk)
    await state(desk, "已立案")
    (row,) = await board(caller)
    await desk.page.route(f"**/incidents/{row['incident_id']}", lambda route: route.abort())
    await desk.page.fill("textarea[name=description]", "六楼冒烟")
    await desk.page.reload()
    await state(desk, "已存在本机")
    await desk.page.unroute_all()
    await state(desk, "已立案")
    assert len(await caller.see(COUNTY, f"/reports?incident_id={row['incident_id']}")) == 1
    lines = f"/incidents/{row['incident_id']}/timeline?limit=200"
    await caller.until(COUNTY, lines, lambda found: any("六楼冒烟" in one["summary"] for one in found))
    assert await desk.page.locator(".trouble").count() == 0
    desk.forgive("ERR_FAILED")


async def test_an_answer_that_is_older_than_what_is_known_does_not_take_a_grade_back(room, caller, quiet):
    desk = await at_intake(room)
    await place(desk)
    await desk.page.keyboard.type("xlsg")
    await desk.page.keyboard.press("Enter")
    await state(desk, "已立案")
    (row,) = await board(caller)
    old, told = asyncio.Event(), asyncio.Event()

    async def late(route):
        if route.request.method != "GET" or old.is_set():
            await route.continue_()
            return
        old.set()
        answer = await route.fetch()
        await told.wait()
        await route.fulfill(response=answer)

    await desk.page.route(f"**/incidents/{row['incident_id']}", late)
    body = {"facts": {}, "statement": "现场有浓烟", "source": "现场"}
    await caller.update(COUNTY, row["incident_id"], body)
    await asyncio.wait_for(old.wait(), LONG / 1000)
    await desk.page.fill("input[name=fact_deaths]", "3")
    await desk.page.keyboard.press("Tab")
    assessed = desk.page.locator(".assessed")
    await expect(assessed).to_contain_text("3 人死亡（≥ 3）", timeout=LONG)
    told.set()
    for _ in range(20):
        await asyncio.sleep(0.05)
        assert "Ⅲ 较大" in await assessed.inner_text()


async def test_another_seat_goes_on_with_a_call(room, caller, quiet):
    first = await at_intake(room, name="王芳")
    await first.page.keyboard.insert_text("和平路口")
    await first.page.fill("input[name=caller_phone]", "13800138000")
    await caller.until(COUNTY, "/intake/drafts", bool)
    second = await room.desk()
    await second.log_in("call_taker", name="李强")
    await second.page.locator(".line.taking", has_text="和平路口").click(timeout=LONG)
    await expect(second.page.locator("input[name=caller_phone]")).to_have_value("13800138000")
    await second.page.fill("textarea[name=description]", "换席继续")
    await second.page.locator("input[name=address]").fill("")
    await second.page.focus("input[name=address]")
    await place(second)
    await state(second, "已立案")
    await second.page.keyboard.press("Control+Enter")
    await second.page.wait_for_selector(".details", timeout=LONG)
    (row,) = await board(caller)
    reports = await caller.see(COUNTY, f"/reports?incident_id={row['incident_id']}")
    assert len(reports) == 1
    told = await caller.see(COUNTY, f"/reports/{reports[0]['report_id']}/caller")
    assert told["phone"] == "13800138000"


async def test_two_seats_at_one_incident_neither_loses_what_it_typed(room, caller, quiet):
    first = await at_intake(room, name="王芳")
    await place(first)
    await state(first, "已立案")
    (row,) = await board(caller)
    await first.page.route("**/stream**", lambda route: route.abort())
    await first.page.evaluate("window.stop()")
    current = await caller.see(COUNTY, f"/incidents/{row['incident_id']}")
    body = {"title": "和平路电器火灾", "version": current["version"]}
    await caller.do(COUNTY, f"/incidents/{row['incident_id']}/particulars", body)
    await first.page.fill("input[name=title]", "和平路商铺火灾")
    await first.page.keyboard.press("Tab")
    conflict = first.page.locator(".conflict")
    await conflict.wait_for(timeout=LONG)
    words = await conflict.inner_text()
    assert "已由" in words and "改动；您输入的仍保留" in words
    assert "对方 和平路电器火灾，您 和平路商铺火灾" in words
    assert await first.page.input_value("input[name=title]") == "和平路商铺火灾"
    await first.page.get_by_role("button", name="用我的").click()
    await conflict.wait_for(state="detached")
    await caller.until(
        COUNTY, f"/incidents/{row['incident_id']}", lambda one: one["title"] == "和平路商铺火灾"
    )
    first.forgive("ERR_")


async def test_what_may_be_the_same_event_waits_for_a_person_and_joins_by_a_key(room, caller, quiet):
    body = {
        "channel": "119",
        "sector": "fire",
        "event_type": "12G01",
        "title": "先到的火警",
        "location": {"lon": 123.7852, "lat": 41.8431, "address": "和平路口"},
    }
    incident = (await caller.do(COUNTY, "/reports", body))["incident_id"]
    desk = await at_intake(room)
    await place(desk)
    await state(desk, "可能是同一事件")
    assert "先到的火警" in await desk.page.inner_text(".similar")
    assert len(await board(caller)) == 1
    await desk.page.keyboard.press("Alt+m")
    await state(desk, "已立案")
    reports = await caller.see(COUNTY, f"/reports?incident_id={incident}")
    assert len(reports) == 2
    assert len(await board(caller)) == 1
    await desk.page.keyboard.press("F2")
    await desk.page.wait_for_selector("input[name=address]:focus")
    await place(desk)
    await state(desk, "可能是同一事件")
    await desk.page.keyboard.press("Alt+n")
    await state(desk, "已立案")
    assert len(await board(caller)) == 2


async def test_a_call_about_a_hazard_source_shows_what_the_plan_knows_of_it(room, caller, quiet):
    desk = await at_intake(room)
    await place(desk, "ylqy")
    await state(desk, "已立案")
    known = await desk.page.inner_text(".hazard-source")
    assert "用氯企业（示例）" in known and "液氯" in known


async def test_a_place_that_is_not_this_node_s_is_refused_in_words_and_can_be_set_right(room, caller, quiet):
    desk = await at_intake(room)
    await desk.page.keyboard.type("116.4,39.9")
    await desk.page.locator("#candidates-address li").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("Enter")
    await desk.page.locator(".trouble", has_text="望花区").wait_for(timeout=LONG)
    assert await board(caller) == []
    await desk.page.fill("input[name=address]", "")
    await desk.page.focus("input[name=address]")
    await place(desk)
    await state(desk, "已立案")
    assert await desk.page.locator(".trouble").count() == 0


async def test_a_session_that_ends_keeps_what_was_typed(room, caller, quiet):
    desk = await at_intake(room, name="王芳")
    await desk.page.keyboard.insert_text("和平路口")
    await desk.page.fill("textarea[name=description]", "报警人很急")
    await caller.until(COUNTY, "/intake/drafts", bool)
    await desk.page.context.clear_cookies(name="liandong_session")
    await desk.page.fill("input[name=caller_name]", "李四")
    await desk.page.wait_for_selector(".over", timeout=LONG)
    assert await desk.page.input_value("input[name=caller_name]") == "李四"
    await desk.page.locator(".over").get_by_role("button", name="登录").click()
    await desk.page.get_by_role("button", name="进入").click()
    await desk.page.wait_for_selector("input[name=caller_name]")
    assert await desk.page.input_value("input[name=caller_name]") == "李四"
    assert await desk.page.input_value("textarea[name=description]") == "报警人很急"


async def test_who_leaves_takes_nothing_of_a_caller_along(room, caller, quiet):
    desk = await at_intake(room)
    await desk.page.fill("input[name=caller_phone]", "13800138000")
    await caller.until(COUNTY, "/intake/drafts", bool)
    await desk.page.get_by_role("button", name="退出").click()
    await desk.page.wait_for_selector(".welcome")
    assert "13800138000" not in await desk.page.evaluate("JSON.stringify(localStorage)")


async def test_without_the_role_there_is_no_intake(room):
    desk = await room.desk()
    await desk.log_in("commander")
    await desk.page.wait_for_selector(".tabs")
    assert "接警" not in await desk.page.inner_text(".tabs")
    await desk.page.keyboard.press("F2")
    assert await desk.page.locator("input[name=address]").count() == 0


async def asked_about_a_fire(room: Room) -> tuple[Desk, Locator]:
    """A call about a fire at its questions."""
    desk = await at_intake(room)
    await place(desk)
    await desk.page.keyboard.type("gcmy")
    await desk.page.keyboard.press("1")
    asked = desk.page.locator(".questions")
    await asked.locator("[name=answer_burning]").wait_for(timeout=LONG)
    return desk, asked


async def test_what_is_asked_follows_the_kind_and_the_answers_and_is_told_with_the_incident(
    room, caller, quiet
):
    desk, asked = await asked_about_a_fire(room)
    assert await asked.locator("[name=answer_floor]").count() == 0
    assert await asked.locator("label", has_text="什么在烧").get_attribute("title") == "决定灭火剂和力量"
    await asked.locator("[name=answer_burning]").select_option("building")
    await asked.locator("[name=answer_floor]").fill("3 楼，共 6 层")
    await desk.page.keyboard.press("Tab")
    await state(desk, "已立案")
    (row,) = await board(caller)
    path = f"/incidents/{row['incident_id']}"
    shown = await caller.until(COUNTY, path, lambda found: len(found["answers"]) == 2)
    assert {one["words"] for one in shown["answers"]} == {"什么在烧：房屋", "几层，共几层：3 楼，共 6 层"}
    await asked.locator("[name=answer_burning]").select_option("vehicle")
    await asked.locator("[name=answer_floor]").wait_for(state="detached", timeout=LONG)
    await caller.until(COUNTY, path, lambda found: "vehicle" in {one["answer"] for one in found["answers"]})
    await desk.page.keyboard.press("F3")
    await desk.page.locator(".line").first.click(timeout=LONG)
    await desk.page.locator(".details .answers", has_text="什么在烧：车辆").wait_for(timeout=LONG)


async def test_an_answer_that_is_given_while_another_is_being_told_is_told_next(room, caller, quiet):
    desk, asked = await asked_about_a_fire(room)
    await state(desk, "已立案")
    (row,) = await board(caller)
    path = f"/incidents/{row['incident_id']}"
    await caller.until(COUNTY, path, lambda found: found["sector"] == "fire")
    sent, let_go = await desk.hold("**/incidents/*/updates")
    await asked.locator("[name=answer_burning]").select_option("building")
    await asyncio.wait_for(sent.wait(), LONG / 1000)
    await asked.locator("[name=answer_floor]").fill("3 楼，共 6 层")
    await desk.page.keyboard.press("Tab")
    let_go.set()
    shown = await caller.until(COUNTY, path, lambda found: len(found["answers"]) == 2)
    assert {one["question"] for one in shown["answers"]} == {"burning", "floor"}
    await state(desk, "已立案")


async def test_a_border_village_asks_which_of_these_and_keeps_the_choice(room, caller, quiet):
    desk = await at_intake(room)
    await desk.page.keyboard.type("123.8697,41.8349")
    await desk.page.locator("#candidates-address li").first.wait_for(timeout=LONG)
    await desk.page.keyboard.press("Enter")
    await state(desk, "已立案")
    borders = desk.page.locator(".borders button")
    await borders.first.wait_for(timeout=LONG)
    names = [one.split()[0] for one in await borders.all_inner_texts()]
    assert set(names) == {"望花区", "新抚区"}
    await desk.page.keyboard.press(f"Alt+{names.index('望花区') + 1}")
    (row,) = await board(caller)
    shown = await caller.until(COUNTY, f"/incidents/{row['incident_id']}", lambda one: one["lies_in"])
    assert (shown["lies_in_name"], shown["jurisdiction_unsure"]) == ("望花区", False)
    await desk.page.locator(".borders .chosen", has_text="望花区").wait_for(timeout=LONG)


async def test_a_silent_call_is_parked_called_back_and_taken_as_real(room, caller, quiet):
    desk = await at_intake(room)
    await desk.page.fill("input[name=caller_phone]", "13700137000")
    await desk.page.keyboard.press("Alt+p")
    form = desk.page.locator(".park form.act")
    await form.locator("select:focus").wait_for(timeout=LONG)
    await form.locator("input[name=note]").fill("无应答，有哭声")
    await desk.page.keyboard.press("Enter")
    waiting = desk.page.locator(".parked-calls li", has_text="无应答，有哭声")
    await waiting.wait_for(timeout=LONG)
    assert "137******00" in await waiting.inner_text()
    await waiting.get_by_role("button", name="回拨号码").click()
    await expect(waiting).to_contain_text("13700137000", timeout=LONG)
    await waiting.get_by_role("button", name="确有警情，接警").click()
    await desk.page.wait_for_selector("input[name=address]:focus")
    await place(desk)
    await state(desk, "已立案")
    await waiting.wait_for(state="detached", timeout=LONG)
    (call,) = [one for one in await caller.see(COUNTY, "/intake/calls") if one["report_id"]]
    assert call["status"] == "reported"
    kept = await caller.see(COUNTY, f"/reports/{call['report_id']}/caller")
    assert kept["phone"] == "13700137000"


async def test_who_calls_again_after_a_silent_call_is_known_by_the_number(room, caller, quiet):
    body = {"channel": "119", "reason": "silent", "note": "静默", "phone": "13600136000"}
    await caller.do(COUNTY, "/intake/calls", body)
    desk = await at_intake(room)
    await desk.page.fill("input[name=caller_phone]", "13600136000")
    await desk.page.keyboard.press("Tab")
    before = desk.page.locator(".before li")
    await before.wait_for(timeout=LONG)
    assert "无声来电" in await before.inner_text()
    await desk.page.locator("input[name=address]").focus()
    await place(desk)
    await state(desk, "已立案")
    await before.get_by_role("button", name="就是那个来电").click()
    await before.get_by_role("button").wait_for(state="detached", timeout=LONG)
    (call,) = [
        one for one in await caller.see(COUNTY, "/intake/calls") if one["lineage"][0]["note"] == "静默"
    ]
    assert call["status"] == "reported"


async def test_where_nobody_can_say_what_a_call_may_be_about_the_screen_says_so(room, quiet):
    desk = await at_intake(room)
    answer = {
        "errors": [{"message": "查重规则不可用", "message_en": "no rule"}],
        "status": 422,
        "detail": "x",
    }
    await desk.page.route("**/intake/similar", lambda route: route.fulfill(status=422, json=answer))
    await place(desk)
    refused = desk.page.locator(".aside .trouble")
    await refused.wait_for(timeout=LONG)
    assert "查重规则不可用" in await refused.inner_text()
    await desk.page.unroute("**/intake/similar")
    await desk.page.fill("textarea[name=description]", "浓烟")
    await desk.page.keyboard.press("Tab")
    await refused.wait_for(state="detached", timeout=LONG)
